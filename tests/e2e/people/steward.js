// A steward or volunteer on their round: finds the door in the list, says what happened there.

export class Steward {
  constructor(page, server) {
    Object.assign(this, { page, server });
  }

  async opensTheRound() {
    await this.page.goto(`${this.server.url}/round`);
    await this.page.locator("main ol.floors:visible").first().waitFor();
  }

  /** The card of a building. */
  building(name) {
    return this.page.locator("section.card:visible", { has: this.page.getByRole("heading", { name, exact: true }) });
  }

  /** A door in the list of the round. */
  stop({ building, unit, room }) {
    const list = `xpath=.//h3[normalize-space()="${unit}"]/following-sibling::ol[1]`;
    return this.building(building).locator(list).locator("a.stop", { has: this.page.locator(`b:text-is("${room}")`) });
  }

  /** The same in one run, where several are under way; `id` is the door's. */
  stopOf(run, id) {
    return this.page.locator(`a.stop:visible[href="/round/${run}/${id}"]`);
  }

  /** "3 / 29" of a building, as numbers. */
  async progress(building) {
    const text = await this.building(building).locator(".prog span").innerText();
    const [done, total] = text.split("/").map(Number);
    return { done, total };
  }

  /** The stops that are left, as the addresses of their pages, in walking order. */
  async doorsLeft() {
    return this.page.locator("a.stop:visible:not(.done)").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  }

  async opens(door) {
    await this.stop(door).click();
    await this.page.locator(".plate.giant:visible").waitFor();
  }

  /** `await steward.marks().handedOver()` at the stop that is open. */
  marks() {
    const main = this.page.locator("form.mark:visible button.main");
    return {
      handedOver: async () => {
        await main.click();
        await this.page.locator(".state:visible", { hasText: /当面交付|已办/ }).first().waitFor();
      },
      leftAtTheDoor: async () => {
        await this.page.locator("form.mark:visible summary").first().click();
        await this.page.locator('form.mark:visible button[value="left"]').click();
        await this.page.locator(".state:visible", { hasText: "放门口" }).first().waitFor();
      },
    };
  }

  async takesItBack() {
    await this.page.getByRole("button", { name: "撤回" }).first().click();
  }
}
