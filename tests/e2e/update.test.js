// The app is updated while somebody is on their round with a full outbox: the new version is offered, not forced, and
// nothing that the old one saved is lost or sent twice.

import assert from "node:assert/strict";
import { Steward } from "./people/steward.js";
import { awake } from "./people/waiting.js";
import { ownSite, publish } from "./support/release.js";
import { delivered, equipped, stored } from "./support/storage.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

const program = (page) => page.evaluate(() => new URL(document.querySelector("script[src*='/pkg/']").src).pathname);

const ofTheSite = (server) => server.network.asked.filter((path) => /^\/(pkg|shell)|\.js$/.test(path)).sort();

const keptFile = (page, path) => page.evaluate(async (path) => (await caches.match(path)).text(), path);
const published = async (server, path) => (await fetch(server.url + path)).text();

async function marks(page, server, door) {
  await page.goto(server.url + door);
  await page.locator("form.mark:visible button.main").click();
  await page.getByText("已存在这部手机上").first().waitFor();
}

story("the app is updated with a full outbox: offered calmly, taken by hand, and every mark arrives once", async (stage) => {
  const site = await ownSite(stage);
  const server = await stage.server({ site });
  const desk = await Wire.signIn(server, "steward");
  const page = await stage.person(server, "steward");
  await page.goto(`${server.url}/round`);
  await awake(page);
  await equipped(page, ["round", "stop", "scan", "outbox"]);
  const doors = (await new Steward(page, server).doorsLeft()).slice(0, 4);

  server.network.cut();
  for (const door of doors.slice(0, 3)) await marks(page, server, door);
  const { before, after, less } = await publish(site);
  await server.restart();
  // Signal again, but what waits is held up on its way, whoever sends it, so that the outbox is still full when the new
  // version comes.
  server.network.hold("/api/facts");
  server.network.restore();

  server.network.asked = [];
  // The browser would believe its service worker for the rest of the day; the feed says that there is another release.
  await page.goto(`${server.url}/round`);
  await awake(page);
  await page.evaluate(() => (globalThis.sameVisit = true));
  const bar = page.locator("#newer");
  await bar.waitFor();
  assert.match(await bar.innerText(), /有新版本了/);
  assert.deepEqual(ofTheSite(server), [less, "/shells/field", "/sw.js"], "each request is billed: an update is three");
  assert.equal(await keptFile(page, after), await published(server, after), "what was put together is what was published");
  assert.equal(await program(page), before, "the round goes on with the version it began with");
  assert.equal(await page.evaluate(() => globalThis.sameVisit), true, "nothing was loaded anew by itself");
  const kept = await fetch(server.url + before);
  assert.equal(kept.status, 200, "the old release's files are still served");

  await bar.getByRole("button", { name: "以后再说" }).click();
  await marks(page, server, doors[3]);
  assert.equal(await bar.isVisible(), false, "later means later");
  assert.equal((await stored(page)).filter((row) => row.waiting).length, 4);

  // Another tab, opened by hand, is asked once more, and accepts.
  const tab = await page.context().newPage();
  await tab.goto(`${server.url}/outbox`);
  await awake(tab);
  await tab.locator("#newer").waitFor();
  await tab.locator("#newer button[name=take]").click();
  await tab.waitForFunction((name) => document.querySelector(`script[src='${name}']`), after);
  await awake(tab);
  assert.equal((await stored(tab)).filter((row) => row.waiting).length, 4, "an update does not touch the outbox");
  await tab.getByText("4 条等待信号").waitFor();
  assert.equal(new URL(page.url()).pathname, new URL(server.url + doors[3]).pathname);
  assert.equal(await program(page), before, "the tab that said later is left alone");

  server.network.hold(undefined);
  await tab.goto(`${server.url}/outbox`);
  await delivered(tab);
  const arrived = (await desk.feed()).facts.filter(({ fact }) => fact.body.mark).map(({ fact }) => fact.body.mark.d);
  assert.deepEqual(arrived.sort(), doors.map((door) => Number(door.split("/").at(-1))).sort(), "every mark, once");
});

story("where something else comes out of a difference than was published, the whole is fetched", async (stage) => {
  const site = await ownSite(stage);
  const server = await stage.server({ site });
  const page = await stage.person(server, "steward");
  await page.goto(`${server.url}/round`);
  await awake(page);
  await equipped(page, ["round", "stop", "scan", "outbox"]);
  const { after, less } = await publish(site, { broken: true });
  await server.restart();
  server.network.asked = [];
  await page.goto(`${server.url}/round`);
  await awake(page);
  await page.locator("#newer").waitFor();
  const whole = less.replace("d1ffd1ffd1ff", "0123456789ab");
  assert.deepEqual(ofTheSite(server), [whole, less, "/shells/field", "/sw.js"]);
  assert.equal(await keptFile(page, after), await published(server, after));
});
