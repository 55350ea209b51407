// A steward's scanner as it is used: what it says when there is no picture, which way the right door is, and that the
// phone lights, rings, shakes and stays awake.

import assert from "node:assert/strict";
import { Steward } from "./people/steward.js";
import { awake } from "./people/waiting.js";
import { launch, PHONE } from "./support/browser.js";
import { film } from "./support/clip.js";
import { enter } from "./support/people.js";
import { story } from "./support/story.js";

/** A steward's phone on the scanner's page; `prepare` runs in the page before anything else. */
async function scanning(stage, server, { prepare, lang, ...how } = {}) {
  const browser = await launch(how);
  stage.later(() => browser.close());
  const context = await browser.newContext(PHONE);
  context.setDefaultTimeout(20_000);
  stage.watch(context);
  const page = await context.newPage();
  await enter(page, server, "steward");
  if (lang) {
    await page.goto(`${server.url}/lang/${lang}?to=/round`);
    // Where pages from this phone find it; the worker may only just be starting.
    await page.waitForFunction(async (lang) => (await (await caches.open("state")).match("/lang"))?.text().then((kept) => kept === lang), lang);
  }
  if (prepare) await context.addInitScript(prepare);
  await page.goto(`${server.url}/scan`);
  await awake(page);
  return page;
}

/** What is printed under a door card's picture: seven characters of its token and their check. */
function shortCode(token) {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const times = (value) => ((value << 1) & 32 ? (value << 1) ^ 0b100101 : value << 1);
  const data = token.slice(0, 7);
  return data + alphabet[[...data].reduce((sum, sign) => times(sum ^ alphabet.indexOf(sign)), 0)];
}

const refuse = (name) => `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "${name}"); };`;

story("without a picture the page says what to do, and the code can be typed at once", async (stage) => {
  const server = await stage.server();
  const cases = [
    ["zh", "NotAllowedError", /没有允许使用摄像头[\s\S]*再试一次/],
    ["zh", "NotFoundError", /没有可用的摄像头/],
    ["zh", "NotReadableError", /正被别的应用占用[\s\S]*再试一次/],
    ["en", "NotAllowedError", /Allow it in the browser's site settings[\s\S]*Try again/],
    ["en", "NotReadableError", /Another app is using the camera/],
  ];
  for (const [lang, name, words] of cases) {
    const page = await scanning(stage, server, { prepare: refuse(name), lang });
    const said = page.locator('#scanner .note');
    await said.waitFor();
    assert.match(await said.innerText(), words);
    await page.locator('input[name="code"]:visible').fill("12");
    await page.context().close();
  }
});

story("a camera that stops in the middle is opened again, and if that fails the page says so", async (stage) => {
  const server = await stage.server();
  const camera = await film(stage, [{ url: "https://lm.example.org/d/EHPQ8S909NM6YS35CGG0C" }]);
  const page = await scanning(stage, server, { camera });
  const playing = () => page.waitForFunction(() => document.querySelector("#scanner video")?.videoWidth > 0);
  await playing();
  const end = () => page.evaluate(() => {
    const [track] = document.querySelector("#scanner video").srcObject.getVideoTracks();
    track.stop();
    track.dispatchEvent(new Event("ended"));
  });
  await end();
  await playing();
  await page.evaluate(() => (navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotReadableError"); }));
  await end();
  await page.locator('#scanner .note', { hasText: "摄像头中断了" }).waitFor();
  await page.locator('input[name="code"]:visible').waitFor();
});

story("a read card rings and shakes the phone, the lamp is switched, the screen stays on", async (stage) => {
  const server = await stage.server();
  const camera = await film(stage, [{ url: "https://lm.example.org/d/EHPQ8S909NM6YS35CGG0C" }]);
  const page = await scanning(stage, server, {
    camera,
    // The fake camera has no lamp, so its track says that it has one; what is asked of browser and track is noted.
    prepare: () => {
      globalThis.asked = { shaken: [], rung: 0, kept: [], lamp: [] };
      const offer = MediaStreamTrack.prototype.getCapabilities;
      MediaStreamTrack.prototype.getCapabilities = function () {
        return { ...offer.call(this), torch: true };
      };
      MediaStreamTrack.prototype.applyConstraints = async (wanted) => void asked.lamp.push(wanted.advanced[0].torch);
      Navigator.prototype.vibrate = (pattern) => asked.shaken.push(pattern) > 0;
      const ring = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (when) {
        asked.rung += 1;
        return ring.call(this, when);
      };
      const keep = WakeLock.prototype.request;
      WakeLock.prototype.request = function (kind) {
        asked.kept.push(kind);
        return keep.call(this, kind);
      };
    },
  });
  await page.waitForFunction(() => asked.shaken.length > 0);
  const asked = () => page.evaluate(() => globalThis.asked);
  const { shaken, rung, kept } = await asked();
  assert.deepEqual([shaken, rung, kept], [[60], 1, ["screen"]]);

  const lamp = page.locator("#scanner button");
  await lamp.click();
  await page.locator('#scanner button[aria-pressed="true"]').waitFor();
  await lamp.click();
  await page.locator('#scanner button[aria-pressed="false"]').waitFor();
  assert.deepEqual((await asked()).lamp, [true, false]);
});

story("before the wrong door the page says which way the right one is, and whose this is only if it is on the round", async (stage) => {
  const server = await stage.server();
  const page = await stage.person(server, "steward");
  await page.goto(`${server.url}/round`);
  await awake(page);
  const feed = await page.evaluate(() => fetch("/api/feed").then((reply) => reply.json()));
  const { doors, households } = feed.community.places;
  const all = Object.values(doors);
  const behind = (door) => Object.values(households).find(({ door: id }) => id === door.id);
  const stairs = (a, b) => a.b === b.b && a.u === b.u;
  const number = (door) => Number.parseInt(door.r, 10);
  const pairs = all.flatMap((right) => all.map((wrong) => [right, wrong])).filter(([right, wrong]) => behind(wrong)?.holder && stairs(right, wrong));
  const floor = (door) => all.filter((other) => stairs(door, other) && other.f === door.f).map(number).sort((a, b) => a - b);
  const beside = pairs.find(([right, wrong]) => right.f === wrong.f && floor(right).indexOf(number(wrong)) === floor(right).indexOf(number(right)) + 1);
  const below = pairs.find(([right, wrong]) => right.f === wrong.f + 2 && wrong.f > 0);

  for (const [[right, wrong], zh, en] of [
    [beside, "就在左边隔壁。", "It is 1 door to the left."],
    [below, "再往上走 2 层。", "It is 2 floors up."],
  ]) {
    for (const [lang, way] of [["zh", zh], ["en", en]]) {
      await page.goto(`${server.url}/lang/${lang}?to=/round`);
      await page.goto(`${server.url}/scan?for=${right.id}`);
      await awake(page);
      await page.locator('input[name="code"]:visible').fill(shortCode(feed.cards.find((card) => card.door === wrong.id).token));
      await page.locator('form.typing:visible button[type="submit"]').click();
      const note = page.locator("main .note.warn:visible", { hasText: way });
      await note.waitFor();
      const said = await note.innerText();
      assert.ok(said.includes(right.r) && said.includes(wrong.r), said);
      assert.ok(said.includes(behind(wrong).holder), "it is on the round, so its name is said");
    }
  }

  // Somebody who came from the list reaches the scanner that knows the door; a card from elsewhere is nobody's.
  await page.goto(`${server.url}/lang/zh?to=/round`);
  await new Steward(page, server).opensTheRound();
  const [href] = await new Steward(page, server).doorsLeft();
  await page.goto(server.url + href);
  await page.locator('a[href^="/scan?for="]:visible').click();
  await page.waitForURL(/scan\?for=/);
  await awake(page);
  await page.locator('input[name="code"]:visible').fill(shortCode("EHPQ8S9"));
  await page.locator('form.typing:visible button[type="submit"]').click();
  const elsewhere = page.locator("main:visible", { hasText: "这是另一户，不在您的配送里" });
  await elsewhere.waitFor();
});
