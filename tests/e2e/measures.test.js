// How much work it is for people: taps, seconds, from the moment they are signed in or hold the invite.

import assert from "node:assert/strict";
import { brotliCompressSync } from "node:zlib";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { awake, outcomeOf } from "./people/waiting.js";
import { record } from "./support/bench.js";
import { countTaps, enter } from "./support/people.js";
import { story } from "./support/story.js";

const seconds = (since) => (performance.now() - since) / 1_000;

for (const javaScriptEnabled of [true, false]) {
  story(`a first order ${javaScriptEnabled ? "with" : "without"} script takes at most six taps`, async (stage) => {
    const server = await stage.server();
    const context = await stage.window("phone", { javaScriptEnabled });
    const page = await context.newPage();
    await enter(page, server, "resident");
    const resident = new Resident(page, server);
    const began = performance.now();
    if (javaScriptEnabled) {
      await awake(page);
      const taps = await countTaps(page);
      await resident.ordersTwoVegetableBoxes();
      await resident.delivery().getByText("蔬菜套餐 × 2").first().waitFor();
      await record("H1.taps", taps(), { note: "home, two boxes, review, order" });
      await record("H1.seconds", seconds(began));
      assert.ok(taps() > 3 && taps() <= 6, `${taps()} taps`);
    } else {
      // The same five presses; nobody is there to count them but the page objects.
      await resident.ordersTwoVegetableBoxes();
      await resident.delivery().getByText("蔬菜套餐 × 2").first().waitFor();
    }
    assert.ok(seconds(began) < 60);
  });
}

// Node's brotli packs as small as it can where nothing else is said.
const packed = (text) => brotliCompressSync(text).length;

story("the order page can be read and sent after one first flight, before any script", async (stage) => {
  const server = await stage.server();
  const page = await (await stage.window("phone", { javaScriptEnabled: false })).newPage();
  await enter(page, server, "resident");
  await new Resident(page, server).opensTheOrderPage();
  const get = async (url) => (await page.request.get(url)).body();
  const named = (selector, name) => page.locator(selector).evaluateAll((found, name) => found.map((one) => one[name]), name);
  const html = await get(page.url());
  const sheets = await Promise.all((await named("link[rel=stylesheet]", "href")).map(get));
  const bytes = [html, ...sheets].map(packed).reduce((sum, size) => sum + size);
  // What a page that its program draws would wait for as well.
  const [glue] = await named("script[src*='/pkg/']", "src");
  const program = await Promise.all([glue, glue.replace(/js$/, "wasm")].map(get));
  const control = program.map(packed).reduce((sum, size) => sum + size, bytes);
  await record("P1", bytes, { control, note: `HTML ${packed(html)}; control: with the program` });
  assert.ok(sheets.length > 0 && bytes <= 14_000 && control > 14_000, `${bytes} of ${control} bytes`);
});

story("a volunteer who never saw it does the first door from the invite, and each next one with a code and a tap", async (stage) => {
  const server = await stage.server();
  const page = await (await stage.window("phone")).newPage();
  const began = performance.now();
  await enter(page, server, "volunteer");
  const volunteer = new Steward(page, server);
  await page.locator("a.stop.next:visible").first().waitFor();
  await awake(page);
  await page.locator("a.stop.next:visible").first().click();
  await page.locator(".plate.giant:visible").waitFor();
  await volunteer.marks().handedOver();
  await record("H2.first_door", seconds(began), { note: "without the camera, which scan.test.js holds before the card" });
  assert.ok(seconds(began) < 90);
});

story("the desk orders for a caller by keyboard alone, in under half a minute", async (stage) => {
  const server = await stage.server();
  const page = await stage.person(server, "desk");
  const began = performance.now();
  // From the desk's first page, by the number on the door.
  await page.goto(`${server.url}/desk/door/2`);
  const number = (await page.locator("h1").innerText()).match(/\d+/g).join("-");
  await page.goto(`${server.url}/desk`);
  await page.keyboard.press("/");
  await page.keyboard.type(number);
  await Promise.all([page.waitForURL(/desk\/find/), page.keyboard.press("Enter")]);
  // Three compounds have such a door: the name says which.
  await page.locator('main a[href="/desk/door/2"]').focus();
  await Promise.all([page.waitForURL(/desk\/door\/2/), page.keyboard.press("Enter")]);
  // The page begins where it goes on.
  await Promise.all([page.waitForURL(/behalf\/2\/order/), page.keyboard.press("Enter")]);
  const first = page.locator('article input[type="radio"]:checked, article input[type="number"]').first();
  await first.focus();
  const boxes = () => page.locator('article input[type="radio"]:checked').first().inputValue();
  while ((await boxes()) !== "2") await page.keyboard.press("ArrowRight");
  await Promise.all([page.waitForURL(/review/), page.keyboard.press("Enter")]);
  const place = page.locator("form.place button.main");
  await place.focus();
  await outcomeOf(page, () => page.keyboard.press("Enter"), "/desk/door/2");
  await page.getByText("蔬菜套餐 × 2").first().waitFor();
  const order = seconds(began);
  await record("H4", order, { note: "an order" });

  const needed = performance.now();
  await page.goto(`${server.url}/desk/door/2`);
  await page.keyboard.press("Tab");
  await Promise.all([page.waitForURL(/behalf\/2\/need/), page.keyboard.press("Enter")]);
  // How it reached us, what it is about, in words: each the next stop of the Tab key.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type("暖气不热，老人怕冷");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await Promise.all([page.waitForURL(/desk\/door\/2/), page.keyboard.press("Enter")]);
  await page.getByText("暖气不热，老人怕冷").first().waitFor();
  await page.getByText("纸质填报").first().waitFor();
  await record("H4", seconds(needed), { note: "a need" });
  assert.ok(order < 30 && seconds(needed) < 30);
});
