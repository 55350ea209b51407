// Takes the pictures of the manifest and the README anew, from the demo community at work: `node shots.js`.
// They are quantised with ImageMagick where it is there, since a phone downloads them before it installs.

import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { LAPTOP, launch, PHONE } from "./support/browser.js";
import { enter } from "./support/people.js";
import { startServer } from "./support/server.js";

const TOP = fileURLToPath(new URL("../../", import.meta.url));
const SHOTS = `${TOP}public/screenshots`;
const run = promisify(execFile);

await mkdir(SHOTS, { recursive: true });
const server = await startServer();
const browser = await launch();

async function person(role, device) {
  const page = await (await browser.newContext({ ...device, reducedMotion: "reduce" })).newPage();
  await enter(page, server, role);
  return page;
}

async function shot(page, name) {
  const path = `${SHOTS}/${name}.png`;
  await page.screenshot({ path, animations: "disabled" });
  await run("convert", [path, "-strip", "-colors", "96", `PNG8:${path}`]).catch(() => {});
}

try {
  const resident = new Resident(await person("resident", PHONE), server);
  await resident.ordersTwoVegetableBoxes();
  await resident.delivery().getByText("蔬菜套餐 × 2").first().waitFor();
  await resident.page.locator("main >> text=还没有下单成功").first().waitFor({ state: "detached" });
  await shot(resident.page, "household");
  await resident.page.goto(server.url);
  await resident.page.locator('a.btn[href^="/order"]:visible').first().waitFor();
  await shot(resident.page, "home");
  await resident.opensTheOrderPage();
  await shot(resident.page, "order");

  const steward = new Steward(await person("steward", PHONE), server);
  await steward.opensTheRound();
  const doors = await steward.doorsLeft();
  for (const door of doors.slice(0, 17)) {
    await steward.page.goto(server.url + door);
    await steward.page.locator(".plate.giant:visible").waitFor();
    if (door === doors[5]) await steward.marks().leftAtTheDoor();
    else await steward.marks().handedOver();
  }
  await steward.page.goto(server.url + doors[20]);
  await steward.page.locator(".plate.giant:visible").waitFor();
  await shot(steward.page, "stop");

  const desk = await person("desk", LAPTOP);
  await desk.goto(`${server.url}/desk/board`);
  await desk.locator("nav.tabs a", { hasText: "今天" }).click();
  await desk.locator("figure.house").first().waitFor();
  // Down to the ground, where the houses stand side by side.
  await desk.locator("figure.house").first().evaluate((house) => house.scrollIntoView({ block: "end" }));
  await shot(desk, "board");

  // The README's picture: phones beside each other, then the board.
  const names = ["home", "order", "stop"].map((name) => `${SHOTS}/${name}.png`);
  const frame = ["-bordercolor", "#857b6c", "-border", "2"];
  await run("convert", ["(", ...names, ...frame, "-resize", "x800", "+append", ")", "(", `${SHOTS}/board.png`, ...frame, "-resize", "x800", ")", "+append", "-colors", "128", `PNG8:${TOP}.github/last-metre.png`]);
} finally {
  await browser.close();
  await server.close();
}
