// What a household has typed stays: a reload brings it back, "Back" leads from the review to the basket, and what was
// sent or signed out of is nowhere on the phone any more. What it ordered, what it costs, and what it said and took back.

import assert from "node:assert/strict";
import { Resident } from "./people/resident.js";
import { awake, until } from "./people/waiting.js";
import { ready } from "./support/browser.js";
import { loseSignal, findSignal } from "./support/people.js";
import { delivered, everything } from "./support/storage.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

const BOX = "蔬菜套餐";
const WORDS = "透析金丝雀每周三次";

const boxes = (page) => page.locator('form.order:visible input[name="boxes-A"]:checked').inputValue();
const typed = (page) => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("typed")));

for (const [how, options] of [["from the worker's shell", {}], ["from the server's page", { serviceWorkers: "block" }]]) {
  story(`${how}: a basket survives a reload, and Back leads from the review to it`, async (stage) => {
    const server = await stage.server();
    const resident = new Resident(await stage.person(server, "resident", options), server);
    const { page } = resident;
    await awake(page);
    if (!options.serviceWorkers) await ready(page);
    await resident.opensTheOrderPage();
    await awake(page);
    await resident.adds(BOX);
    await resident.adds(BOX);
    await until(() => typed(page), ({ length }) => length === 1, "it is kept");
    await page.reload();
    await until(() => boxes(page), (count) => count === "2", "the boxes are back");

    await awake(page);
    await until(() => page.locator("form.order:visible .sum").innerText(), (sum) => /2 份/.test(sum), "and the button says so");
    await resident.reviews();
    await page.goBack();
    await page.locator("form.order:visible").waitFor();
    assert.equal(await boxes(page), "2");
    assert.equal(new URL(page.url()).pathname, "/order");
    await page.goForward();
    await page.locator("form.place:visible").waitFor();
    await page.getByRole("button", { name: "返回修改" }).click();
    await page.locator("form.order:visible").waitFor();
    await resident.reviews();
    await resident.placesTheOrder();
    await until(() => typed(page), ({ length }) => length === 0, "what was sent is kept no longer");
    await resident.opensTheHousehold();
    const card = await resident.delivery().innerText();
    assert.match(card, /蔬菜套餐 × 2/);
    // What it costs and how that is paid: the demo's window is paid at the door.
    assert.match(card, /合计 \d+\.\d\d 元 · .+/);
  });
}

story("words of a need survive a reload, and lie nowhere once they are sent or somebody signs out", async (stage) => {
  const server = await stage.server();
  const resident = new Resident(await stage.person(server, "resident"), server);
  const { page } = resident;
  await awake(page);
  await ready(page);
  await page.goto(`${server.url}/need`);
  await awake(page);
  await resident.fillsInTheNeed("用药", WORDS);
  await until(() => typed(page), ({ length }) => length === 1, "it is kept");
  await page.reload();
  const words = page.locator("form.need:visible").getByRole("textbox");
  await until(() => words.inputValue(), (value) => value === WORDS, "the words are back");
  assert.ok(await page.locator("form.need:visible label.tile", { hasText: "用药" }).locator("input").isChecked());
  await page.locator("form.need:visible button.main").click();
  await resident.need(WORDS).first().waitFor();
  await delivered(page);
  await until(() => typed(page), ({ length }) => length === 0, "sent is gone");
  await page.goto(`${server.url}/need`);
  await awake(page);
  await words.waitFor();
  assert.equal(await words.inputValue(), "");

  // Typed and not sent, in two tabs; then somebody signs out in one of them.
  await resident.fillsInTheNeed("用药", WORDS);
  const other = await page.context().newPage();
  await other.goto(`${server.url}/need`);
  await awake(other);
  await new Resident(other, server).fillsInTheNeed("用药", WORDS);
  await until(() => typed(other), ({ length }) => length === 1, "kept in the other tab");
  await page.goto(`${server.url}/signout`);
  await page.locator("main form button:visible").first().click();
  await page.getByText("已退出。").waitFor();
  await other.waitForURL(`${server.url}/signedout`);
  for (const tab of [page, other]) {
    await until(() => everything(tab), (left) => !left.includes(WORDS), "nothing of it is left");
  }
});

story("six of five says one too many, while choosing and afterwards", async (stage) => {
  const server = await stage.server();
  const resident = new Resident(await stage.person(server, "resident"), server);
  const { page } = resident;
  await awake(page);
  await resident.opensTheOrderPage();
  await awake(page);
  const choice = page.locator("form.order:visible article", { has: page.locator("fieldset .tiles") }).first();
  const name = (await choice.getByRole("heading").innerText()).trim();
  await resident.adds(name);
  for (let place = 0; place < 6; place += 1) await choice.locator("label.tile").nth(place).click();
  await choice.locator(".chosen", { hasText: "多选了 1 样" }).waitFor();
  await page.locator("form.order:visible button.main").click();
  await choice.locator(".error", { hasText: "多选了 1 样，请去掉" }).waitFor();
  await choice.locator("label.tile").nth(5).click();
  await until(() => choice.locator(".chosen").innerText(), (words) => !/多选/.test(words), "five are right");
  await resident.reviews();
});

story("an order without signal says one thing; what was said against a mark is taken back, with script and without", async (stage) => {
  const server = await stage.server();
  const resident = new Resident(await stage.person(server, "resident"), server);
  const { page } = resident;
  await awake(page);
  await ready(page);
  await resident.opensTheOrderPage();
  await awake(page);
  await loseSignal(server, page.context());
  await resident.adds(BOX);
  await resident.reviews();
  await resident.placesTheOrder();
  await resident.delivery().getByText("还没有下单成功：已存在这部手机上，有信号就发出").waitFor();
  assert.equal(await resident.delivery().getByText("已下单").count(), 0, "nothing is ordered yet");
  await findSignal(server, page.context());
  await delivered(page);
  await resident.delivery().getByText("已下单").first().waitFor();

  const plain = new Resident(await stage.person(server, "resident", { javaScriptEnabled: false }), server);
  const steward = await Wire.signIn(server, "steward");
  const feed = await (await Wire.signIn(server, "resident")).feed();
  const own = Object.values(feed.community.places.households)[0];
  const run = Object.values(feed.community.windows).find((window) => window.delivery_from < Date.now()).run;
  await steward.handIn([steward.fact({ mark: { run, d: own.door, jobs: [[{ o: own.id }, "done"]], by: "scanned" } })]);
  for (const one of [resident, plain]) {
    await one.opensTheHousehold();
    const today = one.delivery("今天");
    await today.getByRole("button", { name: "没有收到" }).click();
    const undo = today.getByRole("button", { name: "撤回" });
    await undo.waitFor();
    await undo.click();
    await today.getByText("上一条记录已撤回").first().waitFor();
    await today.getByRole("button", { name: "没有收到" }).waitFor();
    assert.equal(await undo.count(), 0);
    if (one === resident) await delivered(page);
  }
});
