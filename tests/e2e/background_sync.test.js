// Signal comes back while the app is closed: the service worker sends what waits, without a page and without the
// program. Only Chromium's family has this; on other phones the next opening sends.

import assert from "node:assert/strict";
import { Resident } from "./people/resident.js";
import { awake, until } from "./people/waiting.js";
import { enter, findSignal, loseSignal } from "./support/people.js";
import { equipped, stored } from "./support/storage.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

story("what was saved without signal is sent while no page is open", async (stage) => {
  const server = await stage.server();
  const watcher = await Wire.signIn(server, "resident");
  const context = await stage.window("phone");
  let page = await context.newPage();
  await enter(page, server, "resident");
  await awake(page);
  await equipped(page, ["home", "need", "household"]);
  await page.goto(`${server.url}/need`);
  await awake(page);
  await loseSignal(server, context);
  const resident = new Resident(page, server);
  await resident.fillsInTheNeed("维修", "厨房水管漏了");
  await page.locator("form.need:visible button.main").click();
  await resident.need("厨房水管漏了").first().waitFor();
  assert.equal((await stored(page)).filter((row) => row.waiting).length, 1);

  // A page of nobody's keeps the browser open; ours is closed.
  const blank = await context.newPage();
  const devtools = await context.newCDPSession(blank);
  const found = new Promise((resolve) =>
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL.startsWith(server.url));
      if (own) resolve(own);
    }),
  );
  await devtools.send("ServiceWorker.enable");
  const { registrationId } = await found;
  await page.close();
  await findSignal(server, context);
  const ours = () => context.pages().filter((open) => open.url().startsWith(server.url));
  assert.deepEqual(ours(), []);
  // A browser asks the worker again and again until it has sent: the first time may still be without signal.
  const arrived = async () => {
    await devtools.send("ServiceWorker.dispatchSyncEvent", { origin: server.url, registrationId, tag: "outbox", lastChance: false });
    return (await watcher.feed()).facts.filter(({ fact }) => fact.body.need?.text === "厨房水管漏了");
  };
  const facts = await until(arrived, ({ length }) => length > 0, "it arrived");
  assert.equal(facts.length, 1, "once");
  assert.deepEqual(ours(), [], "and nobody opened anything");

  // The phone knows: opened again without signal it has nothing to send any more.
  await loseSignal(server, context);
  page = await context.newPage();
  await page.goto(`${server.url}/household`);
  await new Resident(page, server).need("厨房水管漏了").first().waitFor();
  assert.deepEqual((await stored(page)).filter((row) => row.waiting), []);
  assert.equal(await page.locator("a.outbox").count(), 0);
});
