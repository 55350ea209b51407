// The desk hears of what cannot wait on every one of its pages, until somebody has read it.

import assert from "node:assert/strict";
import { Desk } from "./people/desk.js";
import { until } from "./people/waiting.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

/** Counts tones that really start, in every page of the window from now on. */
async function listens(page) {
  let tones = 0;
  await page.exposeFunction("lastMetreTone", () => void (tones += 1));
  await page.addInitScript(() => {
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) {
      if (this.context.state === "running") globalThis.lastMetreTone();
      return start.apply(this, when);
    };
  });
  return {
    /** Resolves once another tone is heard. */
    async hearsOne() {
      const before = tones;
      await until(async () => (await page.evaluate(() => document.readyState), tones), (now) => now > before, "a tone");
    },
    heard: () => tones,
  };
}

const said = (page) => page.locator("[data-bell]");
// In the bar, while nothing rings.
const muted = (page) => page.locator(".bar").getByText("打开提示音");

story("an unread urgent need rings on the board as on every page, until somebody has read it", async (stage) => {
  const server = await stage.server();
  const resident = await Wire.signIn(server, "resident");
  const page = await stage.person(server, "desk");
  const ears = await listens(page);
  const desk = new Desk(page, server);
  await desk.opens("/desk/windows");
  const { me } = await resident.feed();
  const need = { h: me.household, category: "medical", text: "喘不上气", urgent: true, channel: "app" };
  await resident.handIn([resident.fact({ need })]);

  await said(page).getByText("有未读的紧急诉求").waitFor();
  assert.match(await page.title(), /^\(!\) /);
  // One touch anywhere, if the browser wants one; then it sounds, and so it does on the next page without another.
  await page.locator("h1").first().click();
  await ears.hearsOne();
  await muted(page).waitFor({ state: "hidden" });
  await said(page).getByText("打开提示音").waitFor({ state: "hidden" });
  await page.getByRole("link", { name: "楼栋图" }).first().click();
  await page.waitForURL(/board/);
  await ears.hearsOne();

  // Over a print too.
  await desk.opens("/desk/print/rounds");
  await said(page).getByText("有未读的紧急诉求").waitFor();

  await said(page).getByText("有未读的紧急诉求").click();
  await page.waitForURL(/needs/);
  await desk.reads("喘不上气");
  await said(page).getByText("有未读的紧急诉求").waitFor({ state: "hidden" });
  const before = ears.heard();
  await desk.opens("/desk/board");
  // Once the page has asked again, it knows that nothing rings any more.
  await page.waitForResponse((reply) => new URL(reply.url()).pathname === "/desk/needs");
  assert.doesNotMatch(await page.title(), /^\(!\) /);
  assert.equal(ears.heard(), before, "silent once it is read");
});

story("the first touch of a page, which gives it its sound, ends where it began", async (stage) => {
  const server = await stage.server();
  const page = await stage.person(server, "desk");
  await page.goto(`${server.url}/desk/windows`);
  await muted(page).waitFor();
  const link = page.locator('main a[href^="/desk/windows/"]').first();
  const { x, y, width, height } = await link.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.waitForFunction(() => sessionStorage.getItem("heard") === "1");
  assert.equal((await link.boundingBox()).y, y, "nothing moved under the finger");
  await Promise.all([page.waitForURL(/desk\/windows\/./), page.mouse.up()]);
});
