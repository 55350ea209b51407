// Whoever is on duty at the community desk, on a laptop.

import { until } from "./waiting.js";

/** How old a board may be, in milliseconds. */
const FRESH_MS = 15_000;

export class Desk {
  constructor(page, server) {
    Object.assign(this, { page, server });
  }

  async opens(path) {
    await this.page.goto(`${this.server.url}${path}`);
  }

  /** Says that somebody has seen an urgent need. */
  async reads(words) {
    const need = this.page.locator("article", { hasText: words });
    await need.getByRole("button", { name: "我已看到" }).click();
    await need.getByRole("button", { name: "我已看到" }).waitFor({ state: "detached" });
  }

  /**
   * Opens a window for ordering that closes whenever the desk says so; delivery in two days from 13 to 15, when no
   * other is. Returns the run.
   */
  async opensAWindow(note) {
    await this.opens("/desk/windows");
    await this.page.getByRole("link", { name: "开一个下单时段" }).click();
    const day = new Date(Date.now() + 2 * 86_400_000).toLocaleDateString("sv", { timeZone: "Asia/Shanghai" });
    const field = (name) => this.page.locator(`form.office [name="${name}"]`);
    await field("grace").fill("0");
    await field("delivery_from").fill(`${day}T13:00`);
    await field("delivery_to").fill(`${day}T15:00`);
    await field("note").fill(note);
    await this.page.getByRole("button", { name: "发布给居民" }).click();
    await this.page.getByText("已发布，居民现在能看到。").waitFor();
    return Number(/\/desk\/windows\/(\d+)/.exec(this.page.url())[1]);
  }

  /** Chooses a file and asks to see what it would do. */
  async uploads(file) {
    await this.page.locator('input[type="file"]').setInputFiles(file);
    await this.page.getByRole("button", { name: "先看内容" }).click();
  }

  /** Imports a corrected ledger, its rows as text with commas; households that are not in it stay. */
  async correctsTheLedger(rows) {
    await this.opens("/desk/ledger");
    await this.uploads({ name: "ledger.csv", mimeType: "text/csv", buffer: Buffer.from(rows) });
    await this.page.getByRole("button", { name: /^确认导入/ }).click();
    await this.page.getByText("台账已导入。").last().waitFor();
  }

  /** So many boxes of a menu, and no more, in the windows that are opened from now on. */
  async limitsTheStock(code, boxes) {
    await this.opens(`/desk/menus/edit?code=${code}`);
    await this.page.locator('form.office [name="stock"]').fill(String(boxes));
    await this.page.locator("form.office button.main").click();
    await this.page.waitForURL((url) => url.pathname === "/desk/menus");
  }

  /** A box on offer, where the desk orders for a household. */
  offer(menu) {
    return this.page.locator("article", { has: this.page.getByRole("heading", { name: menu, exact: true }) });
  }

  /** Orders for a household that calls. */
  async ordersFor(household, run, menu, boxes) {
    await this.opens(`/behalf/${household}/order?run=${run}`);
    for (let n = 0; n < boxes; n += 1) await this.offer(menu).locator(`label[title="${menu}加一份"]:visible`).click();
    await Promise.all([this.page.waitForURL(/review/), this.page.locator("form.order button.main").click()]);
    await this.page.locator("form.place button.main").click();
    await this.page.waitForURL((url) => url.pathname.startsWith("/desk/door/"));
  }

  /** Every one of the words stands on the page. */
  async sees(...words) {
    const main = this.page.locator("main");
    for (const some of words) await main.filter({ hasText: new RegExp(some.replace(/ /g, "\\s*")) }).waitFor();
  }

  /** Adds a steward for a building; returns the code to be typed on their phone. */
  async invitesASteward(name, building) {
    await this.opens("/desk/people");
    await this.page.getByLabel("姓名").fill(name);
    await this.page.getByLabel("担任什么").selectOption({ label: "楼栋管家" });
    await this.page.getByRole("button", { name: "添加并邀请" }).click();
    await this.page.getByText("已添加。").waitFor();
    await this.page.getByLabel("范围").selectOption({ label: building });
    await this.page.getByRole("button", { name: "分配", exact: true }).click();
    await this.page.getByText("已分配。").waitFor();
    await this.page.getByRole("button", { name: "出示邀请" }).click();
    return (await this.page.locator(".big-code").innerText()).trim();
  }

  /** Letters for every household of a building, on paper; returns what the first of them says. */
  async printsLetters(building, print) {
    await this.opens("/desk/print");
    await this.page.getByLabel("哪栋楼").selectOption({ label: building });
    await this.page.getByRole("button", { name: "打开：入户信" }).click();
    await this.page.getByRole("button", { name: "每户都印" }).click();
    const letters = this.page.locator("article.letter");
    await letters.first().waitFor();
    const paper = await print(this.page, "first-letters");
    const code = (await letters.first().locator(".short-code").innerText()).trim();
    if (!paper.text.includes(code)) throw new Error(`the code ${code} is not on the paper`);
    return { code, room: (await letters.first().locator(".plate").first().innerText()).trim(), count: await letters.count() };
  }

  /** Keys in one vegetable box from a paper form of the building, not of the door `besides`; returns the room. */
  async keysInAPaperOrder(run, building, besides) {
    await this.opens("/desk/print");
    await this.page.getByLabel("哪栋楼").selectOption({ label: building });
    await this.page.getByRole("button", { name: "打开：套餐订购单" }).click();
    const form = this.page.locator(".order-form", { has: this.page.locator(".plate", { hasNotText: besides }) }).first();
    const room = (await form.locator(".plate").innerText()).trim();
    const code = (await form.locator(".form-code .short-code").innerText()).trim();
    await this.opens("/desk");
    await this.page.getByRole("searchbox").fill(code);
    await this.page.keyboard.press("Enter");
    await this.page.waitForURL((url) => url.pathname.startsWith("/behalf/"));
    await this.page.locator('article input[type="radio"]:checked').first().focus();
    await this.page.keyboard.press("ArrowRight");
    await Promise.all([this.page.waitForURL(/review/), this.page.keyboard.press("Enter")]);
    await this.page.locator("form.place button.main").click();
    await this.page.waitForURL((url) => url.pathname.startsWith("/desk/door/"));
    await this.page.getByText("蔬菜套餐 × 1").first().waitFor();
    return room;
  }

  /** Keys in what a steward ticked on paper a minute ago, with that time. */
  async keysInAMark(door, run, outcome) {
    await this.opensTheBoardOf(run);
    await this.pane(door).click();
    await this.page.locator("summary", { hasText: "补录纸上的记录" }).click();
    await this.page.getByLabel("结果").selectOption({ label: outcome });
    const when = new Date(Date.now() - 60_000).toLocaleString("sv", { timeZone: "Asia/Shanghai" });
    await this.page.getByLabel("实际时间").fill(when.slice(0, 16).replace(" ", "T"));
    await this.page.getByRole("button", { name: "保存", exact: true }).click();
    await this.page.getByText(`${outcome} 今天 ${when.slice(11, 16).replace(/^0/, "")}`).first().waitFor();
  }

  /** Stops the ordering by hand and sees it sealed. */
  async closes(run) {
    await this.opens(`/desk/windows/${run}`);
    await this.page.getByRole("button", { name: "现在停止下单" }).click();
    await this.page.getByText("已停止下单。").waitFor();
    // Without grace it may be sealed by the hand or by the clock, whichever comes first.
    const seal = this.page.getByRole("button", { name: "现在截单" });
    if (await seal.isVisible()) await seal.click();
    await this.opens(`/desk/windows/${run}`);
    await this.page.getByText("订单已定。").waitFor();
  }

  async opensTheBoardOf(run) {
    await this.opens(`/desk/board?run=${run}`);
  }

  /** A building on the board. Compounds number theirs alike. */
  house(building, compound = "北林新苑") {
    const street = this.page.locator(`h2:text-is("${compound}") + .street`);
    return street.locator("figure.house", { has: this.page.locator(`figcaption b:text-is("${building}")`) });
  }

  /** A door on the board: its window. Units stand from left to right. */
  pane({ building, unit, room }) {
    const column = Number.parseInt(unit, 10) - 1;
    return this.house(building).locator(`li.storey .unit:nth-of-type(${column + 1}) a.pane[title^="${room} "]`);
  }

  /** Opens the run's board until it says `words` of a door ("已送达"): it is tallied after the fact, and fresh within 15 s. */
  async seesAt(run, door, words) {
    const look = async () => {
      await this.opensTheBoardOf(run);
      const title = await this.pane(door).getAttribute("title");
      return title.split(" ").slice(1).join(" ");
    };
    await until(look, (seen) => seen === words, `${words} at ${door.room} on the board`, FRESH_MS);
  }
}
