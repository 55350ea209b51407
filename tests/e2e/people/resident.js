// A resident with a phone: orders, changes their mind, says what is needed, looks what became of it.
// Works with and without script; everything is pressed where a finger would press.

import { outcomeOf, press } from "./waiting.js";

export class Resident {
  constructor(page, server) {
    Object.assign(this, { page, server });
  }

  /** "1号楼 1单元 101", as the page's own bar says it. */
  async door() {
    const bar = this.page.locator("header.bar");
    const [building, unit] = (await bar.locator("p").innerText()).split(" ");
    return { building, unit: unit.replace("单元", " 单元"), room: await bar.locator(".plate").innerText() };
  }

  async opensHome() {
    await this.page.goto(this.server.url);
  }

  /** From the first page to "ordered". */
  async ordersTwoVegetableBoxes() {
    await this.opensTheOrderPage();
    await this.adds("蔬菜套餐");
    await this.adds("蔬菜套餐");
    await this.reviews();
    await this.placesTheOrder();
  }

  async opensTheOrderPage() {
    await press(this.page.locator('a.btn[href^="/order"]:visible').first());
    await this.page.locator("form.order >> visible=true").first().waitFor();
  }

  /** Where several windows are open at once. */
  async opensTheOrderPageOf(run) {
    await this.page.goto(`${this.server.url}/order?run=${run}`);
    await this.page.locator("form.order >> visible=true").first().waitFor();
  }

  offer(menu) {
    return this.page.locator("article:visible", { has: this.page.getByRole("heading", { name: menu, exact: true }) });
  }

  async adds(menu) {
    await this.offer(menu).locator(`label[title="${menu}加一份"]:visible`).click();
  }

  async removes(menu) {
    await this.offer(menu).locator(`label[title="${menu}减一份"]:visible`).click();
  }

  async reviews() {
    await this.page.locator("form.order:visible button.main").click();
    await this.page.locator("form.place:visible").waitFor();
  }

  /** The one button of the review: "place the order" or, where there is one already, "change it". */
  async placesTheOrder() {
    await outcomeOf(this.page, () => this.page.locator("form.place:visible button.main").click(), "/household");
  }

  /** What the review asks before it changes an order. */
  async isAsked() {
    return this.page.locator("main .note.warn:visible").first().innerText();
  }

  async opensTheHousehold() {
    await this.page.goto(`${this.server.url}/household`);
  }

  /** The card of the delivery that is ordered for now (tomorrow's), or of the one that is on its way (today's). */
  delivery(when = "明天") {
    // One that is on its way in the evening may end tomorrow: the day is that of its beginning.
    const name = when.endsWith("天") ? new RegExp(`^${when}`) : when;
    return this.page.locator("section.card:visible", { has: this.page.getByRole("heading", { name }) });
  }

  async cancels() {
    await this.delivery().getByRole("button", { name: "取消订单" }).click();
  }

  /** Says what is needed; `what` is the word on the tile. */
  async needs(what, words, { urgent = false } = {}) {
    await this.page.goto(`${this.server.url}/need`);
    await this.fillsInTheNeed(what, words, { urgent });
    await this.page.locator("form.need:visible button.main").click();
  }

  async fillsInTheNeed(what, words, { urgent = false } = {}) {
    const form = this.page.locator("form.need:visible");
    await form.locator("label.tile", { hasText: what }).first().click();
    await form.getByRole("textbox").fill(words);
    if (urgent) await form.locator("label.check", { hasText: "很急" }).click();
  }

  /** The card of a need. */
  need(words) {
    return this.page.locator("section.card:visible, article.card:visible", { hasText: words });
  }
}
