// Trembling fingers and no signal: one order, and never a word that is not true yet.

import assert from "node:assert/strict";
import { Desk } from "./people/desk.js";
import { Resident } from "./people/resident.js";
import { awake } from "./people/waiting.js";
import { ready } from "./support/browser.js";
import { findSignal, loseSignal } from "./support/people.js";
import { delivered } from "./support/storage.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

/** The orders that the server keeps of this household in the window that is open. */
async function orders(wire) {
  const { facts, community } = await wire.feed();
  const open = Object.values(community.windows).find((window) => !window.sealed).run;
  return facts.filter(({ fact }) => fact.body.order?.run === open);
}

story("a double tap, a double post and a double click are one order each", async (stage) => {
  const server = await stage.server();
  const kept = await Wire.signIn(server, "resident");
  const resident = new Resident(await stage.person(server, "resident"), server);
  await awake(resident.page);

  await resident.opensTheOrderPage();
  await resident.adds("蔬菜套餐");
  await resident.reviews();
  const button = resident.page.locator("form.place:visible button.main");
  await Promise.all([resident.page.waitForURL((url) => url.pathname === "/household"), button.dblclick()]);
  await resident.delivery().getByText("蔬菜套餐 × 1").first().waitFor();
  await delivered(resident.page);
  assert.equal((await orders(kept)).length, 1, "tapped twice");

  // The same form posted twice at once, as a browser without script does that lost the first answer.
  const plain = new Resident(await stage.person(server, "resident", { javaScriptEnabled: false }), server);
  await plain.opensTheOrderPage();
  await plain.adds("蔬菜套餐");
  await plain.reviews();
  const fields = await plain.page.locator("form.place input").evaluateAll((all) => all.map(({ name, value }) => [name, value]));
  const post = () =>
    plain.page.context().request.post(`${server.url}/act`, {
      data: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", origin: server.url },
      maxRedirects: 0,
    });
  const statuses = await Promise.all([post(), post(), post()].map(async (reply) => (await reply).status()));
  assert.deepEqual(statuses, [303, 303, 303]);
  assert.equal((await orders(kept)).length, 2, "one order and one change");
  await plain.opensTheHousehold();
  assert.match(await plain.delivery().innerText(), /蔬菜套餐 × 2/);
});

story("ordered without signal: says so, is sent once, then says that", async (stage) => {
  const server = await stage.server();
  const kept = await Wire.signIn(server, "resident");
  const resident = new Resident(await stage.person(server, "resident"), server);
  const context = resident.page.context();
  await awake(resident.page);
  await ready(resident.page);
  await resident.opensTheOrderPage();
  await awake(resident.page);

  await loseSignal(server, context);
  await resident.adds("蔬菜套餐");
  await resident.adds("蔬菜套餐");
  await resident.reviews();
  await resident.placesTheOrder();
  await resident.delivery().getByText("还没有下单成功：已存在这部手机上，有信号就发出").waitFor();
  assert.match(await resident.page.locator("a.outbox").innerText(), /1 条待发/);

  await findSignal(server, context);
  await delivered(resident.page);
  await resident.delivery().getByText("还没有下单成功").waitFor({ state: "detached" });
  assert.match(await resident.delivery().innerText(), /蔬菜套餐 × 2/);
  assert.equal((await orders(kept)).length, 1);
});

story("an urgent need without signal fills the screen with NOT SENT and whom to call, until it is received", async (stage) => {
  const server = await stage.server();
  const resident = new Resident(await stage.person(server, "resident"), server);
  const { page } = resident;
  await awake(page);
  await ready(page);
  await page.goto(`${server.url}/need`);
  await awake(page);

  await loseSignal(server, page.context());
  await resident.fillsInTheNeed("用药", "胰岛素今晚用完", { urgent: true });
  await page.locator("form.need:visible button.main").click();
  const alarm = page.locator("section.alarm:visible");
  await alarm.waitFor();
  assert.match(await alarm.innerText(), /还没有发出去/);
  assert.match(await alarm.innerText(), /胰岛素今晚用完/);
  assert.equal(await alarm.locator('a[href="tel:037100000110"]').count(), 1);
  assert.equal(await alarm.locator('a[href="tel:120"]').count(), 1);
  const { width, height } = await alarm.boundingBox();
  assert.deepEqual([width, Math.round(height) >= 844], [390, true], "the whole screen");

  // Still there when the app is opened again.
  await page.reload();
  await alarm.waitFor();

  await findSignal(server, page.context());
  await alarm.waitFor({ state: "detached" });
  const desk = new Desk(await stage.person(server, "desk"), server);
  await desk.opens("/desk/needs");
  await desk.page.getByText("胰岛素今晚用完").first().waitFor();
});
