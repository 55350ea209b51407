// One stop, in cold hands: a double tap is one mark, and a box that arrived beside a job that failed is one mark with
// both outcomes.

import assert from "node:assert/strict";
import { Steward } from "./people/steward.js";
import { awake } from "./people/waiting.js";
import { equipped, stored } from "./support/storage.js";
import { story } from "./support/story.js";

async function inTheStairwell(stage) {
  const server = await stage.server();
  const page = await stage.person(server, "steward");
  await page.goto(`${server.url}/round`);
  await awake(page);
  await equipped(page);
  server.network.cut();
  return { server, page, steward: new Steward(page, server) };
}

const marks = async (page) => (await stored(page)).map(({ body }) => JSON.parse(body).body.mark).filter(Boolean);

story("a double tap on the one big button is one mark", async (stage) => {
  const { server, page, steward } = await inTheStairwell(stage);
  const [door] = await steward.doorsLeft();
  await page.goto(server.url + door);
  await page.locator("form.mark:visible button.main").dblclick();
  await page.getByText("已存在这部手机上").first().waitFor();
  assert.equal((await marks(page)).length, 1);
});

story("one job done and one failed at the same door: one mark, both outcomes", async (stage) => {
  const { server, page } = await inTheStairwell(stage);
  // A door with a box and a parcel.
  const door = await page.locator("a.stop:visible", { hasText: "代取快递" }).first().getAttribute("href");
  await page.goto(server.url + door);
  const form = page.locator("form.mark:visible").first();
  await form.locator("summary").first().click();
  await form.locator('select[name^="as-j"]').first().selectOption("nobody");
  await form.locator('button[value="each"]').click();
  await page.getByText("已存在这部手机上").first().waitFor();
  const [mark, ...more] = await marks(page);
  assert.deepEqual(more, []);
  const outcomes = mark.jobs.map(([, outcome]) => JSON.stringify(outcome)).sort();
  assert.deepEqual(outcomes, ['"done"', '{"failed":"nobody_home"}']);
  await page.locator(".state:visible", { hasText: "当面交付" }).first().waitFor();
  await page.locator(".state:visible", { hasText: "家中无人" }).first().waitFor();
});
