// What must not be found: a neighbour who picks the phone up after sign-out, or whoever reads the server's log.
// And what must be found at once: the last known state, without a byte from the network.

import assert from "node:assert/strict";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { awake, until } from "./people/waiting.js";
import { record } from "./support/bench.js";
import { enter, findSignal, loseSignal } from "./support/people.js";
import { delivered, equipped, everything, sealed, unsealed } from "./support/storage.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

const HEALTH = "透析金丝雀每周三次";
const PHONE_NUMBER = "13900001234";

story("after signing out nothing of the household is left on the phone, nor ever was in the log", async (stage) => {
  const server = await stage.server();
  const page = await (await stage.window("phone")).newPage();
  const code = new URL(server.signIn.resident).pathname.split("/").at(-1);
  await enter(page, server, "resident");
  await awake(page);
  await equipped(page, ["home", "need", "household"]);
  const resident = new Resident(page, server);
  await resident.needs("用药", `${HEALTH}，电话 ${PHONE_NUMBER}`);
  await resident.need(HEALTH).first().waitFor();
  await delivered(page);
  await equipped(page, ["home", "need", "household"]);
  await page.goto(`${server.url}/household`);
  await resident.need(HEALTH).first().waitFor();

  const canaries = [HEALTH, PHONE_NUMBER, code];
  const caches = (await everything(page)).split("\n").filter((line) => line.startsWith("release-") || line.startsWith("state"));
  assert.deepEqual(canaries.filter((canary) => caches.join("\n").includes(canary)), [], "never in a cache");

  await page.goto(`${server.url}/signout`);
  await page.locator("main form button:visible").first().click();
  await page.getByText("已退出。").waitFor();
  const left = await everything(page);
  const found = canaries.filter((canary) => left.includes(canary));
  await record("R11.phone", found.length, { note: "health, a phone number and the letter's code, after sign-out" });
  const where = left.split("\n").filter((line) => canaries.some((canary) => line.includes(canary))).map((line) => line.slice(0, 300));
  assert.deepEqual(where, []);
  const logged = canaries.filter((canary) => server.log.includes(canary));
  await record("R11.log", logged.length, { note: "the same, in the server's log of the browser tests" });
  assert.deepEqual(logged, []);
});

story("signed out without signal: what was not sent is sealed, counted, and arrives later under its author's name", async (stage) => {
  const server = await stage.server();
  const context = await stage.window("phone");
  const page = await context.newPage();
  await enter(page, server, "resident");
  await awake(page);
  await equipped(page, ["home", "need", "household", "signout", "signedout"]);
  const resident = new Resident(page, server);
  const watcher = await Wire.signIn(server, "resident");
  await page.goto(`${server.url}/need`);
  await awake(page);

  await loseSignal(server, context);
  await resident.fillsInTheNeed("维修", `${HEALTH}，电话 ${PHONE_NUMBER}`);
  await page.locator("form.need:visible button.main").click();
  await resident.need(HEALTH).first().waitFor();
  const other = await context.newPage();
  await other.goto(`${server.url}/household`);
  await new Resident(other, server).need(HEALTH).first().waitFor();

  await page.goto(`${server.url}/signout`);
  await page.getByRole("button", { name: "退出登录" }).click();
  await page.waitForURL(`${server.url}/signedout`);
  const count = page.locator("[data-sealed]:visible");
  await count.waitFor();
  assert.match(await count.innerText(), /^1 条内容还没发出，已经封好/);
  assert.equal(await count.locator("[data-urgent]:visible").count(), 0, "nothing that cannot wait");
  await other.waitForURL(`${server.url}/signedout`);
  const canaries = [HEALTH, PHONE_NUMBER, watcher.token];
  const left = await everything(page);
  assert.deepEqual(canaries.filter((canary) => left.includes(canary)), [], "nothing readable is left");
  assert.equal(/"body"|"token"/.test(left.split("\n").filter((line) => line.startsWith("last-metre/")).join()), false);
  assert.equal((await sealed(page)).length, 1);
  // Whoever opens the app now, still without signal, sees nobody's pages.
  for (const path of ["/", "/household", "/outbox"]) {
    await page.goto(server.url + path);
    await page.getByText("已退出。").waitFor();
    assert.equal((await page.content()).includes(HEALTH), false, path);
  }

  // With signal somebody else signs in here; the server first hears that the one before has gone.
  await findSignal(server, context);
  await page.goto(server.url);
  await page.getByText("收到入户通知单了吗").waitFor();
  assert.equal(await page.locator("section.card:not([data-passkey])").count(), 0, "nobody is signed in");
  await enter(page, server, "steward");
  await page.waitForFunction(() => navigator.locks.request("last-metre-sealed", () => true));
  await unsealed(page);
  const needs = (await watcher.feed()).facts.filter(({ fact }) => fact.body.need?.text.includes(HEALTH));
  assert.equal(needs.length, 1);
  assert.ok(needs[0].by.household !== undefined, `credited to the household, not to the steward: ${JSON.stringify(needs[0].by)}`);
  assert.deepEqual([HEALTH, PHONE_NUMBER].filter((canary) => server.log.includes(canary)), []);
});

story("whoever signs out before the page's script is there leaves nothing either", async (stage) => {
  const server = await stage.server();
  const context = await stage.window("phone", { serviceWorkers: "block" });
  const page = await context.newPage();
  await enter(page, server, "resident");
  await awake(page);
  await page.waitForFunction(async () => (await indexedDB.databases()).length > 0);
  await page.route("**/phone.js", (route) => route.abort());
  await page.goto(`${server.url}/signout`);
  await page.unroute("**/phone.js");
  await page.getByRole("button", { name: "退出登录" }).click();
  await page.getByText("已退出。").waitFor();
  const kept = async () => (await everything(page)).includes('"token"');
  await until(kept, (some) => !some, "neither who was signed in nor what they saw");
});

story("a sealed fact that was tampered with ends clearly, and one that cannot wait keeps saying whom to call", async (stage) => {
  const server = await stage.server();
  const context = await stage.window("phone");
  const page = await context.newPage();
  await enter(page, server, "resident");
  await awake(page);
  await equipped(page, ["home", "need", "household", "signout", "signedout"]);
  const resident = new Resident(page, server);
  await page.goto(`${server.url}/need`);
  await awake(page);
  await loseSignal(server, context);
  await resident.fillsInTheNeed("用药", HEALTH, { urgent: true });
  await page.locator("form.need:visible button.main").click();
  await page.locator("section.alarm:visible").waitFor();
  await page.goto(`${server.url}/signout`);
  await page.getByRole("button", { name: "退出登录" }).click();
  const urgent = page.locator("[data-urgent]:visible");
  await urgent.waitFor();
  assert.match(await urgent.innerText(), /马上打下面的电话/);
  assert.equal(await page.locator('footer.calls a[href="tel:120"]').count(), 1);

  await page.evaluate(async () => {
    const ask = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const database = await ask(indexedDB.open("last-metre"));
    const meta = database.transaction("meta", "readwrite").objectStore("meta");
    const [key] = (await ask(meta.getAllKeys())).filter((key) => key.startsWith("sealed/"));
    const parcel = await ask(meta.get(key));
    await ask(meta.put({ ...parcel, sealed: parcel.sealed.slice(0, 200) + (parcel.sealed[200] === "A" ? "B" : "A") + parcel.sealed.slice(201) }, key));
    database.close();
  });
  const statuses = [];
  context.on("response", (reply) => reply.url().includes("/api/parcels") && statuses.push(reply.status()));
  await findSignal(server, context);
  await page.goto(server.url);
  await unsealed(page);
  assert.deepEqual(statuses.filter((status) => status !== 200), []);
  const desk = await stage.person(server, "desk");
  await desk.goto(`${server.url}/desk`);
  await desk.getByText("有 1 条封好的手机记录打不开").waitFor();
});

for (const [role, path, shells, shows] of [
  ["resident", "/", ["home"], /101|蔬菜|肉蛋套餐/],
  ["steward", "/round", ["round"], /1号楼[\s\S]*的情况/],
]) {
  story(`opened again, ${path} shows what the ${role} last saw before the network says a byte`, async (stage) => {
    const server = await stage.server();
    const context = await stage.window("phone");
    const first = await context.newPage();
    await enter(first, server, role);
    await first.goto(server.url + path);
    await awake(first);
    await equipped(first, shells);
    await first.close();

    server.network.cut();
    server.network.counted();
    const page = await context.newPage();
    await page.goto(server.url + path);
    await page.waitForFunction((words) => new RegExp(words).test(document.querySelector("main").innerText), shows.source);
    const { received } = server.network.counted();
    await record("P4", received, { note: path });
    assert.equal(received, 0);
    if (role === "steward") await new Steward(page, server).opensTheRound();
    assert.match(await page.locator("body").innerText(), /120/, "the numbers to call are there");
  });
}
