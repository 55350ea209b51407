// What may not wait unseen: an urgent or medical need that the community does not have fills the screen with whom to
// call, from a cold start without signal too, until the server says that it has it. That somebody read it is another word.

import assert from "node:assert/strict";
import { Desk } from "./people/desk.js";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { awake } from "./people/waiting.js";
import { Phone } from "./support/browser.js";
import { enter, findSignal, loseSignal } from "./support/people.js";
import { equipped } from "./support/storage.js";
import { story } from "./support/story.js";

const WORDS = "胰岛素今晚用完";
const alarmOf = (page) => page.locator("section.alarm:visible");

async function fillsTheScreen(page) {
  const alarm = alarmOf(page);
  await alarm.waitFor();
  assert.match(await alarm.innerText(), /还没有发出去/);
  assert.match(await alarm.innerText(), new RegExp(WORDS));
  assert.equal(await alarm.locator('a[href="tel:037100000110"]').count(), 1);
  assert.equal(await alarm.locator('a[href="tel:120"]').count(), 1);
  const { width, height } = await alarm.boundingBox();
  assert.ok(width >= 390 && height >= 844, `${width} x ${height}`);
}

story("a medical need made and left without signal fills the screen on every page, cold started, until it is received; read is another word", async (stage) => {
  const server = await stage.server();
  const phone = await Phone.buy();
  stage.later(() => phone.discard());
  let context = await phone.start();
  stage.watch(context);
  let page = await phone.page(context);
  await enter(page, server, "resident");
  await awake(page);
  await equipped(page, ["home", "household", "order", "need", "notices", "held"]);

  await phone.kill();
  server.network.cut();
  context = await phone.start();
  stage.watch(context);
  page = await phone.page(context);
  await page.goto(`${server.url}/need`);
  await new Resident(page, server).fillsInTheNeed("用药", WORDS, { urgent: true });
  await page.locator("form.need:visible button.main").click();
  await fillsTheScreen(page);

  await phone.kill();
  context = await phone.start();
  stage.watch(context);
  page = await phone.page(context);
  for (const path of ["/", "/household", "/order", "/need", "/notices", "/outbox"]) {
    await page.goto(server.url + path);
    await fillsTheScreen(page);
  }

  server.network.restore();
  await page.goto(`${server.url}/household`);
  await alarmOf(page).waitFor({ state: "detached" });
  const need = new Resident(page, server).need(WORDS).first();
  await need.getByText("已收到", { exact: true }).waitFor();
  assert.equal(await need.getByText("有人看过").count(), 0, "received is not read");

  const desk = new Desk(await stage.person(server, "desk"), server);
  await desk.opens("/desk/needs");
  await desk.reads(WORDS);
  // On another phone of the household: this one was killed before its browser had written the session down.
  const other = await stage.person(server, "resident");
  await other.goto(`${server.url}/household`);
  await new Resident(other, server).need(WORDS).first().getByText("有人看过", { exact: true }).waitFor();
});

story("a server that answers but does not take the need is no reason to be calm, nor is one that refuses it", async (stage) => {
  const server = await stage.server();
  const page = await stage.person(server, "resident", { serviceWorkers: "block" });
  await page.goto(`${server.url}/need`);
  await awake(page);
  await page.route("**/api/facts", (route) => route.fulfill({ status: 503, headers: { "retry-after": "60" }, body: "{}" }));
  // Nobody called it urgent; it is about medicine.
  await new Resident(page, server).fillsInTheNeed("用药", WORDS);
  await page.locator("form.need:visible button.main").click();
  await fillsTheScreen(page);
  await page.unroute("**/api/facts");
  await page.goto(`${server.url}/household`);
  await alarmOf(page).waitFor({ state: "detached" });
  await new Resident(page, server).need(WORDS).first().getByText("已收到", { exact: true }).waitFor();

  // An app that is newer than the server says something that the server does not know yet.
  const newer = (route) => route.continue({ postData: route.request().postData().replace('"v":1', '"v":2') });
  await page.route("**/api/facts", newer);
  await page.goto(`${server.url}/need`);
  await awake(page);
  await new Resident(page, server).fillsInTheNeed("食品", "奶粉只够今晚", { urgent: true });
  await page.locator("form.need:visible button.main").click();
  const refused = page.locator("section.alarm.told:visible", { hasText: "奶粉只够今晚" });
  await refused.getByRole("heading", { name: "没有被接受" }).waitFor();
  assert.equal(await refused.locator('a[href="tel:037100000110"]').count(), 1);
  // It stands above the page, on which one can try again.
  assert.equal(await refused.evaluate((section) => getComputedStyle(section).position), "static");
  await page.goto(server.url);
  await refused.waitFor();
  await page.locator('a[href="/need"]:visible').first().click();
  await page.waitForURL(`${server.url}/need`);
});

story("a steward who reported what cannot wait, without signal, calls and goes on with the round", async (stage) => {
  const server = await stage.server();
  const page = await stage.person(server, "steward");
  const steward = new Steward(page, server);
  await steward.opensTheRound();
  await awake(page);
  const [first, second] = await steward.doorsLeft();
  await page.goto(server.url + first);
  await awake(page);
  await equipped(page, ["round", "stop"]);
  await loseSignal(server, page.context());
  await page.locator("summary", { hasText: "这户还有诉求" }).click();
  const form = page.locator("form:visible", { has: page.getByRole("button", { name: "替他们上报" }) });
  await form.locator("select[name=category]").selectOption({ label: "用药" });
  await form.getByRole("textbox").fill(WORDS);
  await form.locator("label.check").click();
  await form.getByRole("button", { name: "替他们上报" }).click();
  await fillsTheScreen(page);
  assert.equal(await page.locator("textarea").inputValue(), "", "nobody sends it twice");

  await page.goto(server.url + second);
  await fillsTheScreen(page);
  await alarmOf(page).getByText("已打电话，继续").click();
  await steward.marks().handedOver();
  await alarmOf(page).getByText(WORDS).waitFor();

  await findSignal(server, page.context());
  await alarmOf(page).waitFor({ state: "detached" });
});
