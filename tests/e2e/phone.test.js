// A steward's phone in a stairwell: opened without signal from a cold start, doors marked, the app killed, opened
// again, signal back: everything arrives once.

import assert from "node:assert/strict";
import { Steward } from "./people/steward.js";
import { awake } from "./people/waiting.js";
import { Phone } from "./support/browser.js";
import { speak } from "./support/pages.js";
import { enter, findSignal, loseSignal } from "./support/people.js";
import { delivered, stored } from "./support/storage.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

/** Waits until who is signed in is stored and, with a service worker, pages and files too: now signal may go. */
const ready = (page, { worker = true } = {}) =>
  page.evaluate(async (worker) => {
    const ask = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const session = async () => {
      if (!(await indexedDB.databases()).some(({ name }) => name === "last-metre")) return undefined;
      const database = await ask(indexedDB.open("last-metre"));
      const found = await ask(database.transaction("meta").objectStore("meta").get("session"));
      database.close();
      return found;
    };
    const shells = () => Promise.all(["round", "stop", "scan", "outbox"].map((name) => caches.match(`/shell/${name}?lang=zh`)));
    const kept = async () => !worker || (navigator.serviceWorker.controller && (await shells()).every(Boolean));
    while (!((await kept()) && (await session()))) await new Promise((next) => requestAnimationFrame(next));
  }, worker);

story("twenty doors without signal, from a cold start, with the app killed twice: everything arrives once", async (stage) => {
  const server = await stage.server();
  const phone = await Phone.buy();
  stage.later(() => phone.discard());
  let context = await phone.start();
  stage.watch(context);
  let page = await phone.page(context);
  await enter(page, server, "steward");
  await page.goto(`${server.url}/round`);
  await awake(page);
  await ready(page);

  await phone.kill();
  server.network.cut();
  context = await phone.start();
  stage.watch(context);
  page = await phone.page(context);
  const steward = new Steward(page, server);
  await steward.opensTheRound();
  assert.equal(server.network.counted().received > 0, true, "what was loaded before");

  const doors = (await steward.doorsLeft()).slice(0, 20);
  assert.equal(doors.length, 20);
  for (const door of doors) {
    await page.goto(server.url + door);
    await page.locator("form.mark:visible button.main").click();
    await page.getByText("已存在这部手机上").first().waitFor();
  }
  assert.equal(server.network.counted().received, 0, "not a byte came through");
  const rows = await stored(page);
  assert.equal(rows.filter((row) => row.waiting).length, 20);
  const numbers = rows.map((row) => JSON.parse(row.body).seq.n).sort((a, b) => a - b);
  assert.deepEqual(numbers, Array.from({ length: 20 }, (_, n) => n + 1), "numbered without a gap");

  await phone.kill();
  context = await phone.start();
  stage.watch(context);
  page = await phone.page(context);
  await page.goto(`${server.url}/outbox`);
  await page.getByText("20 条等待信号").waitFor();
  assert.equal((await stored(page)).filter((row) => row.waiting).length, 20, "nothing that was saved is lost");

  server.network.restore();
  await page.getByRole("button", { name: "现在发一次" }).click();
  await page.getByText("没有待发的内容").or(page.getByText("已收到")).first().waitFor();
  await page.waitForFunction(() => !document.body.innerText.includes("等待信号"));
  const left = (await stored(page)).filter((row) => row.waiting || (row.state && !row.state.includes("taken")));
  assert.deepEqual(left, []);

  const another = new Steward(await stage.person(server, "steward"), server);
  await another.opensTheRound();
  const still = await another.doorsLeft();
  assert.deepEqual(doors.filter((door) => still.includes(door)), [], "the server has every mark");
});

story("what is saved is saved with strict durability, and a second tab never takes the same number", async (stage) => {
  const server = await stage.server();
  const context = await stage.window("phone");
  const page = await context.newPage();
  // Reads back what every transaction really got.
  await context.addInitScript(() => {
    globalThis.durabilities = [];
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...args) {
      const transaction = begin.apply(this, args);
      if (transaction.mode === "readwrite") globalThis.durabilities.push(transaction.durability);
      return transaction;
    };
  });
  await enter(page, server, "steward");
  await page.goto(`${server.url}/round`);
  await awake(page);
  await ready(page);
  const doors = (await new Steward(page, server).doorsLeft()).slice(0, 2);
  await loseSignal(server, context);
  const tabs = await Promise.all(doors.map(async (door) => {
    const tab = await context.newPage();
    await tab.goto(server.url + door);
    await tab.locator("form.mark:visible button.main").waitFor();
    return tab;
  }));
  await Promise.all(tabs.map((tab) => tab.locator("form.mark:visible button.main").click()));
  await Promise.all(tabs.map((tab) => tab.getByText("已存在这部手机上").first().waitFor()));
  const rows = await stored(tabs[0]);
  assert.deepEqual(rows.map((row) => JSON.parse(row.body).seq.n).sort(), [1, 2]);
  assert.equal(new Set(rows.map((row) => JSON.parse(row.body).seq.e)).size, 1);
  for (const tab of tabs) {
    const got = await tab.evaluate(() => globalThis.durabilities);
    assert.ok(got.length > 0 && got.every((durability) => durability === "strict"), got.join());
  }

  // Signal comes back by itself: nobody presses anything.
  await findSignal(server, context);
  await delivered(tabs[0]);
});

story("what the server does not accept stays on the phone, with which door it was and why, and blocks nothing", async (stage) => {
  const server = await stage.server();
  const page = await stage.person(server, "steward", { serviceWorkers: "block" });
  await page.goto(`${server.url}/round`);
  await awake(page);
  await ready(page, { worker: false });
  const steward = new Steward(page, server);
  const doors = (await steward.doorsLeft()).slice(0, 2);
  const rooms = await Promise.all(doors.map((door) => page.locator(`a.stop[href="${door}"] b`).first().innerText()));

  // The app on this phone is newer than the server: its first mark is of a kind that the server does not know yet.
  const newer = (route) => route.continue({ postData: route.request().postData().replace('"v":1', '"v":2') });
  await page.route("**/api/facts", newer, { times: 1 });
  for (const door of doors) {
    await page.goto(server.url + door);
    await awake(page);
    await page.locator("form.mark:visible button.main").click();
    await page.getByText("已存在这部手机上").first().waitFor();
    await delivered(page);
  }
  const strip = page.locator("a.outbox:visible", { hasText: "没有被接受" });
  await strip.waitFor();
  await strip.click();
  const refused = page.locator(".rows > li:visible", { hasText: rooms[0] });
  await refused.getByText("没有被接受").waitFor();
  await refused.getByText("手机上的程序比服务器新").waitFor();
  assert.match(await refused.innerText(), /当面交付/, "what it was");
  assert.equal(await page.locator(".rows > li:visible", { hasText: rooms[1] }).getByText("没有被接受").count(), 0);

  await speak(page.context(), server.url, "en");
  await page.reload();
  await refused.getByText("This app is newer than the server").waitFor();
  await speak(page.context(), server.url, "zh");

  // Opened again it is still there, word for word.
  await page.reload();
  await refused.getByText("没有被接受").waitFor();
  const [kept] = (await stored(page)).filter(({ state }) => state?.includes("refused"));
  assert.equal(JSON.parse(kept.body).body.mark.d, Number(doors[0].split("/").at(-1)));
  await steward.opensTheRound();
  assert.deepEqual((await steward.doorsLeft()).filter((door) => doors.includes(door)), [doors[0]], "only the other counts");
});

story("a captive portal that says 200 to everything acknowledges nothing", async (stage) => {
  const server = await stage.server();
  const page = await stage.person(server, "steward", { serviceWorkers: "block" });
  await page.goto(`${server.url}/round`);
  await awake(page);
  const [door] = await new Steward(page, server).doorsLeft();
  await page.goto(server.url + door);
  await awake(page);
  await ready(page, { worker: false });
  await page.locator("form.mark:visible button.main").waitFor();
  await page.route("**/api/**", (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Welcome, please log in</h1>" }));
  await page.locator("form.mark:visible button.main").click();
  await page.getByText("已存在这部手机上").first().waitFor();
  await page.waitForRequest("**/api/facts").catch(() => {});
  const [row] = await stored(page);
  assert.equal(row.waiting, true);
  await page.unroute("**/api/**");
  // The real server answers again; opening a page is enough.
  await page.goto(`${server.url}/outbox`);
  await delivered(page);
});

story("a look at the server that is asked for while another is under way is not forgotten", async (stage) => {
  const server = await stage.server();
  const other = await Wire.signIn(server, "steward");
  const page = await stage.person(server, "steward", { serviceWorkers: "block" });
  await page.goto(`${server.url}/round`);
  await awake(page);
  await ready(page, { worker: false });
  const [door] = await new Steward(page, server).doorsLeft();
  const [, run, number] = door.split("/").slice(1).map(Number);

  // One answer is on its way and slow; it was made before the other phone's mark.
  const held = new Promise((resolve) => {
    const hold = async (route) => {
      const reply = await route.fetch();
      resolve(() => route.fulfill({ response: reply }));
    };
    page.route("**/api/feed", hold, { times: 1 });
  });
  await page.evaluate(() => dispatchEvent(new Event("online")));
  const slow = await held;
  const feed = await other.feed();
  const household = Object.values(feed.community.places.households).find((one) => one.door === number);
  const jobs = [[{ o: household.id }, "done"]];
  await other.handIn([other.fact({ mark: { run, d: number, jobs, by: "listed" } })]);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await slow();
  // Well before the look that comes every half minute.
  await page.locator(`a.stop.done[href="${door}"]:visible`).waitFor({ timeout: 10_000 });
});
