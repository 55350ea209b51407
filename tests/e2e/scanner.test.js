// The scanner by itself, in the browser that has no detector of its own: the fallback decoder in its worker, under the
// server's real content security policy. What a code then means is tested with the rounds.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, PHONE } from "./support/browser.js";
import { film } from "./support/clip.js";
import { story } from "./support/story.js";

const SITE = process.env.SITE ?? fileURLToPath(new URL("../../target/site", import.meta.url));
const FIRST = "https://lm.example.org/d/EHPQ8S909NM6YS35CGG0C";
const SECOND = "https://lm.example.org/d/1C0DEJUSTF0RTEST1NGX0";

/** A page of the real server, in a browser started for this story. */
async function open(stage, server, { camera, flags = [], address = server.url, context: options = {} } = {}) {
  const browser = await launch({ camera, flags });
  stage.later(() => browser.close());
  const context = await browser.newContext({ ...PHONE, ...options });
  stage.watch(context);
  const page = await context.newPage();
  await page.goto(`${address}/signin`);
  return page;
}

/** Starts the scanner on the page as an island does. What it says collects in `heard`. */
async function scan(page, { decoder } = {}) {
  const { decoder: files } = JSON.parse(await readFile(join(SITE, "assets.json"), "utf8"));
  await page.evaluate(async (decoder) => {
    const scanner = await import("/scanner.js");
    const place = document.createElement("div");
    place.className = "scanner";
    place.dataset.decoder = decoder;
    place.dataset.torch = "照明";
    document.querySelector("main").prepend(place);
    globalThis.heard = { codes: [], trouble: [], began: performance.now() };
    const found = (text) => void heard.codes.push({ text, after: performance.now() - heard.began });
    globalThis.scanner = scanner.start(place, found, (kind) => void heard.trouble.push(kind));
  }, decoder ?? files.js);
}

const heard = (page, wanted) => page.waitForFunction((n) => heard.codes.length >= n || heard.trouble.length > 0, wanted).then(() => page.evaluate(() => heard));

story("the camera reads a slanted card, and tells it once while it stays in view", async (stage) => {
  const server = await stage.server();
  const camera = await film(stage, [{ url: FIRST }], { angle: 40, roll: 25 });
  const page = await open(stage, server, { camera });
  assert.equal(await page.evaluate(() => "BarcodeDetector" in globalThis), false, "this browser needs our decoder");
  await scan(page);
  const { codes, trouble } = await heard(page, 1);
  assert.deepEqual([codes.map(({ text }) => text), trouble], [[FIRST], []]);

  // The camera goes on; the worker answers frame after frame, and the code is not told again.
  const frames = () => page.evaluate(() => document.querySelector(".scanner video").getVideoPlaybackQuality().totalVideoFrames);
  const seen = await frames();
  await page.waitForFunction((seen) => document.querySelector(".scanner video").getVideoPlaybackQuality().totalVideoFrames > seen + 60, seen);
  assert.equal((await page.evaluate(() => heard)).codes.length, 1);
  assert.equal(page.url(), `${server.url}/signin`, "a scan never leads anywhere by itself");

  const state = await page.evaluate(() => {
    const video = document.querySelector(".scanner video");
    const [track] = video.srcObject.getVideoTracks();
    scanner.stop();
    return { track: track.readyState, shows: video.srcObject };
  });
  assert.deepEqual(state, { track: "ended", shows: null }, "the camera's lamp goes out");
});

story("a shaking hand in a dim stairwell goes from one card to the next", async (stage) => {
  const server = await stage.server();
  const camera = await film(stage, [{ url: FIRST }, { url: SECOND }], { hard: 2041 });
  const page = await open(stage, server, { camera });
  await scan(page);
  const { codes } = await heard(page, 2);
  assert.deepEqual(new Set(codes.map(({ text }) => text)), new Set([FIRST, SECOND]));
});

story("without a picture the page hears why", async (stage) => {
  const server = await stage.server();
  const camera = await film(stage, [{ url: FIRST }], { seconds: 0.1 });
  const fake = "--use-fake-device-for-media-stream";
  const cases = [
    ["none", {}],
    ["denied", { flags: [fake, "--deny-permission-prompts"] }],
    ["insecure", { camera, flags: ["--host-resolver-rules=MAP stairwell.test 127.0.0.1"], address: server.url.replace("127.0.0.1", "stairwell.test") }],
    ["broken", { camera, decoder: "/pkg/decoder.gone.js" }],
  ];
  for (const [kind, { decoder, ...how }] of cases) {
    const page = await open(stage, server, how);
    await scan(page, { decoder });
    const { codes, trouble } = await heard(page, 1);
    assert.deepEqual([codes, trouble], [[], [kind]]);
    assert.equal(await page.locator(".scanner video").count(), 0, `${kind}: no black box is left`);
  }
});

story("a browser's own detector is used, and ours when it promises too much", async (stage) => {
  const server = await stage.server();
  const camera = await film(stage, [{ url: FIRST }]);
  for (const works of [true, false]) {
    const page = await open(stage, server, { camera });
    // No browser on this system has one, so its interface stands in.
    await page.evaluate((works) => {
      globalThis.BarcodeDetector = class {
        static getSupportedFormats = async () => ["qr_code"];
        async detect() {
          if (!works) throw new DOMException("no service", "NotSupportedError");
          return [{ rawValue: "read by the browser" }];
        }
      };
    }, works);
    await scan(page);
    const { codes } = await heard(page, 1);
    assert.deepEqual(codes.map(({ text }) => text), [works ? "read by the browser" : FIRST]);
    const workers = page.workers().filter((worker) => worker.url().endsWith("scanner-worker.js"));
    assert.equal(workers.length, works ? 0 : 1);
  }
});
