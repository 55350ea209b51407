// One ordering window from its opening to the delivered box, everybody on their own device.

import assert from "node:assert/strict";
import { Desk } from "./people/desk.js";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { delivered } from "./support/storage.js";
import { story } from "./support/story.js";

story("a window: the desk opens it, a resident orders, it closes, the steward delivers, everybody sees it", async (stage) => {
  const server = await stage.server();
  const desk = new Desk(await stage.person(server, "desk"), server);
  const run = await desk.opensAWindow("这一批有新鲜菠菜");

  const resident = new Resident(await stage.person(server, "resident"), server);
  const door = await resident.door();
  await resident.opensHome();
  await resident.page.getByText("这一批有新鲜菠菜").first().waitFor();
  await resident.opensTheOrderPageOf(run);
  await resident.adds("蔬菜套餐");
  await resident.adds("蔬菜套餐");
  await resident.reviews();
  await resident.placesTheOrder();
  const mine = resident.delivery("13:00–15:00");
  assert.match(await mine.innerText(), /蔬菜套餐 × 2/);

  // The phone says so at once; nobody else knows before it has sent it.
  await delivered(resident.page);
  await desk.closes(run);
  await resident.opensTheHousehold();
  // What is sealed stays, as soon as the phone has heard of it.
  await mine.getByRole("button", { name: "取消订单" }).waitFor({ state: "detached" });
  await desk.opens(`/desk/picklist/${run}`);
  const list = desk.page.locator("table tr", { hasText: "蔬菜套餐" }).first();
  assert.match(await list.innerText(), /2/);

  const steward = new Steward(await stage.person(server, "steward"), server);
  await desk.seesAt(run, door, "待送");
  const id = (await desk.pane(door).getAttribute("href")).split("/").at(-1);
  await steward.opensTheRound();
  const stop = steward.stopOf(run, id);
  assert.match(await stop.innerText(), new RegExp(`${door.room}\\s+A × 2`));
  await stop.click();
  await steward.page.locator(".plate.giant:visible").waitFor();
  await steward.marks().handedOver();
  await steward.opensTheRound();
  assert.match(await stop.getAttribute("class"), /done/);
  await delivered(steward.page);

  await resident.opensTheHousehold();
  await mine.getByText("当面交付").first().waitFor();
  assert.match(await mine.innerText(), /王楼长/, "who brought it");
  await desk.seesAt(run, door, "已送达");

  // The household may say that it never came; the desk sees it, and nothing is overwritten.
  await mine.getByRole("button", { name: "没有收到" }).click();
  // Told by the phone at once; the desk hears of it when it is no longer only there.
  await mine.locator(".story", { hasText: "没有收到" }).filter({ hasNotText: "存在本机" }).waitFor();
  await desk.seesAt(run, door, "有异议");
});
