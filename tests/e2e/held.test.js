// Without script a session may end while somebody writes: what they wrote is held by the page that asks to sign in, sent
// once they have, and is in no address on the way.

import assert from "node:assert/strict";
import { Resident } from "./people/resident.js";
import { story } from "./support/story.js";

const WORDS = "透析金丝雀每周三次";
const WITHOUT_SCRIPT = { javaScriptEnabled: false };

/** A code that another phone of the household makes, good for ten minutes. */
async function codeOf(stage, server) {
  const other = await stage.person(server, "resident", WITHOUT_SCRIPT);
  await other.goto(`${server.url}/phones`);
  await other.locator('form[action="/phones"] button[type=submit]').click();
  return other.locator("p.code").innerText();
}

story("a need written after the session had ended is not lost: signed in again, it is sent with one press", async (stage) => {
  const server = await stage.server();
  const resident = new Resident(await stage.person(server, "resident", WITHOUT_SCRIPT), server);
  const { page } = resident;
  const addresses = [];
  page.on("request", (request) => addresses.push(request.url()));
  const code = await codeOf(stage, server);
  await page.goto(`${server.url}/need`);
  await resident.fillsInTheNeed("用药", WORDS, { urgent: true });
  await page.context().clearCookies();
  const [refused] = await Promise.all([
    page.waitForResponse((reply) => reply.url().endsWith("/act")),
    page.locator("form.need button.main").click(),
  ]);
  assert.equal(refused.status(), 401);
  assert.equal(refused.headers()["cache-control"], "no-store");
  await page.getByText("登录已经过期").waitFor();
  await page.locator("blockquote", { hasText: WORDS }).waitFor();

  // A slip in the code loses nothing either.
  const sign = page.locator('form[action="/enrol"]');
  await sign.locator('input[name="code"]').fill("AAAA");
  await sign.locator("button.main").click();
  await page.locator("blockquote", { hasText: WORDS }).waitFor();
  await sign.locator('input[name="code"]').fill(code);
  await sign.locator("button.main").click();
  await page.getByText("您刚才填的内容还没有发出").waitFor();
  await page.locator("blockquote", { hasText: WORDS }).waitFor();
  await page.getByRole("button", { name: "现在发送" }).click();
  await resident.need(WORDS).waitFor();
  assert.match(await resident.need(WORDS).innerText(), /已收到/);
  assert.equal(await page.getByText(WORDS).count(), 1, "once");
  assert.deepEqual(addresses.filter((address) => decodeURIComponent(address).includes(WORDS)), []);
  assert.equal(server.log.includes(WORDS), false);
});

story("whoever signs in by a link instead comes back to the page and sends it from there", async (stage) => {
  const server = await stage.server();
  const context = await stage.window("phone", WITHOUT_SCRIPT);
  const page = await context.newPage();
  const resident = new Resident(page, server);
  await page.goto(server.signIn.resident);
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(`${server.url}/`);
  await page.goto(`${server.url}/need`);
  await resident.fillsInTheNeed("维修", "厨房水管漏了");
  await context.clearCookies();
  await page.locator("form.need button.main").click();
  await page.getByText("登录已经过期").waitFor();
  const letter = await context.newPage();
  await letter.goto(server.signIn.resident);
  await letter.locator("main form button[type=submit]").first().click();
  await letter.waitForURL(`${server.url}/`);
  await page.getByRole("button", { name: "现在发送" }).click();
  await resident.need("厨房水管漏了").waitFor();
});
