// What must not be found: a neighbour who picks the phone up after sign-out, or whoever reads the server's log.
// And what must be found at once: the last known state, without a byte from the network.

import assert from "node:assert/strict";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { awake } from "./people/waiting.js";
import { record } from "./support/bench.js";
import { enter } from "./support/people.js";
import { equipped, everything } from "./support/storage.js";
import { story } from "./support/story.js";

const HEALTH = "透析金丝雀每周三次";
const PHONE_NUMBER = "13900001234";

story("after signing out nothing of the household is left on the phone, nor ever was in the log", async (stage) => {
  const server = await stage.server();
  const page = await (await stage.window("phone")).newPage();
  const code = new URL(server.signIn.resident).pathname.split("/").at(-1);
  await enter(page, server, "resident");
  await awake(page);
  await equipped(page, ["home", "need", "household"]);
  const resident = new Resident(page, server);
  await resident.needs("用药", `${HEALTH}，电话 ${PHONE_NUMBER}`);
  await resident.need(HEALTH).first().waitFor();
  await page.waitForFunction(() => !document.querySelector("a.outbox"));
  await equipped(page, ["home", "need", "household"]);
  await page.goto(`${server.url}/household`);
  await resident.need(HEALTH).first().waitFor();

  const canaries = [HEALTH, PHONE_NUMBER, code];
  const caches = (await everything(page)).split("\n").filter((line) => line.startsWith("release-") || line.startsWith("state"));
  assert.deepEqual(canaries.filter((canary) => caches.join("\n").includes(canary)), [], "never in a cache");

  await page.goto(`${server.url}/signout`);
  await awake(page);
  await page.locator("main form button:visible").first().click();
  await page.getByText("已退出。").waitFor();
  const left = await everything(page);
  const found = canaries.filter((canary) => left.includes(canary));
  await record("R11.phone", found.length, { note: "health, a phone number and the letter's code, after sign-out" });
  const where = left.split("\n").filter((line) => canaries.some((canary) => line.includes(canary))).map((line) => line.slice(0, 300));
  assert.deepEqual(where, []);
  const logged = canaries.filter((canary) => server.log.includes(canary));
  await record("R11.log", logged.length, { note: "the same, in the server's log of the browser tests" });
  assert.deepEqual(logged, []);
});

for (const [role, path, shells, shows] of [
  ["resident", "/", ["home"], /101|蔬菜|肉蛋套餐/],
  ["steward", "/round", ["round"], /1号楼[\s\S]*的情况/],
]) {
  story(`opened again, ${path} shows what the ${role} last saw before the network says a byte`, async (stage) => {
    const server = await stage.server();
    const context = await stage.window("phone");
    const first = await context.newPage();
    await enter(first, server, role);
    await first.goto(server.url + path);
    await awake(first);
    await equipped(first, shells);
    await first.close();

    server.network.cut();
    server.network.counted();
    const page = await context.newPage();
    await page.goto(server.url + path);
    await page.waitForFunction((words) => new RegExp(words).test(document.querySelector("main").innerText), shows.source);
    const { received } = server.network.counted();
    await record("P4", received, { note: path });
    assert.equal(received, 0);
    if (role === "steward") await new Steward(page, server).opensTheRound();
    assert.match(await page.locator("body").innerText(), /120/, "the numbers to call are there");
  });
}
