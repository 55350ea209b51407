// What the desk has typed and not sent yet is there after a reload and in the other language, and nowhere once it is sent.

import assert from "node:assert/strict";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

story("a notice and an answer that are being written survive a reload and the other language, until they are sent", async (stage) => {
  const server = await stage.server();
  const resident = await Wire.signIn(server, "resident");
  const { me } = await resident.feed();
  const need = { h: me.household, category: "food", text: "缺米", urgent: false, channel: "app" };
  await resident.handIn([resident.fact({ need })]);
  const page = await stage.person(server, "desk");

  await page.goto(`${server.url}/desk/notices`);
  const words = page.locator('main form[method="post"] textarea:visible').first();
  await words.fill("明早八点做核酸");
  await page.reload();
  assert.equal(await words.inputValue(), "明早八点做核酸");
  await page.locator('a[hreflang="en"]').click();
  await page.locator("html[lang=en]").waitFor();
  assert.equal(await words.inputValue(), "明早八点做核酸");

  await page.goto(`${server.url}/desk/needs`);
  const answer = page.locator("main form textarea").first();
  await answer.locator("xpath=ancestor::details[1]/summary").click();
  await answer.fill("下午送到");
  await page.reload();
  assert.equal(await answer.inputValue(), "下午送到");
  await Promise.all([page.waitForEvent("load"), answer.evaluate((field) => field.form.requestSubmit())]);
  const left = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  assert.doesNotMatch(left, /下午送到/);
});
