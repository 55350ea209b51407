// Whoever is on duty at the community desk, on a laptop.

export class Desk {
  constructor(page, server) {
    Object.assign(this, { page, server });
  }

  async opens(path) {
    await this.page.goto(`${this.server.url}${path}`);
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

  /** The board of the run whose delivery is `when` ("今天", "明天"). */
  async opensTheBoard(when) {
    await this.opens("/desk/board");
    await this.page.locator("nav.tabs a", { hasText: when }).click();
    await this.page.locator(`nav.tabs a[aria-current="page"]`, { hasText: when }).waitFor();
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

  /** What the board says of a door, without its number: "已送达". */
  async seesAt(door) {
    const words = await this.pane(door).getAttribute("title");
    return words.split(" ").slice(1).join(" ");
  }
}
