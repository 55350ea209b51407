// Everything a household and a steward must be able to do, with script switched off: plain links and forms.

import assert from "node:assert/strict";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { story } from "./support/story.js";

const WITHOUT_SCRIPT = { javaScriptEnabled: false };

story("without script: sign in, order, change, cancel, say what is needed, mark a stop", async (stage) => {
  const server = await stage.server();
  const resident = new Resident(await stage.person(server, "resident", WITHOUT_SCRIPT), server);
  const page = resident.page;
  assert.equal(await page.locator("html[data-awake]").count(), 0, "script is off");
  const door = await resident.door();

  await resident.ordersTwoVegetableBoxes();
  assert.match(await resident.delivery().innerText(), /蔬菜套餐 × 2/);

  // "Back" and another quantity is a question, not a second order.
  await resident.opensHome();
  await resident.opensTheOrderPage();
  assert.match(await page.locator("form.order .note").first().innerText(), /您家已订：蔬菜套餐 × 2/);
  await resident.removes("蔬菜套餐");
  await resident.adds("米面油套餐");
  await resident.reviews();
  assert.equal(await resident.isAsked(), "您家已订「蔬菜套餐 × 2」。要改成「蔬菜套餐 × 1、米面油套餐 × 1」吗？");
  await resident.placesTheOrder();
  const ordered = await resident.delivery().innerText();
  assert.match(ordered, /蔬菜套餐 × 1、米面油套餐 × 1/);
  assert.match(ordered, /已修改/);

  await resident.cancels();
  await resident.delivery().getByText("已取消").waitFor();
  assert.equal(await resident.delivery().getByRole("button", { name: "取消订单" }).count(), 0);

  // A form with a mistake comes back with what was filled in.
  await page.goto(`${server.url}/need`);
  await page.locator("form.need").getByRole("textbox").fill("厨房水管漏了");
  await page.locator("form.need button.main").click();
  await page.getByText("请先选一类。").waitFor();
  assert.equal(await page.locator("form.need").getByRole("textbox").inputValue(), "厨房水管漏了");
  await page.locator("form.need label.tile", { hasText: "维修" }).click();
  await page.locator("form.need button.main").click();
  await resident.need("厨房水管漏了").waitFor();
  assert.match(await resident.need("厨房水管漏了").innerText(), /已收到/);

  const steward = new Steward(await stage.person(server, "steward", WITHOUT_SCRIPT), server);
  const before = await steward.progress(door.building);
  await steward.opens(door);
  await steward.marks().handedOver();
  await steward.opensTheRound();
  assert.equal((await steward.progress(door.building)).done, before.done + 1);

  await resident.opensHome();
  await resident.opensTheHousehold();
  assert.match(await resident.delivery("今天").innerText(), /当面交付/);

  // Signed out means out.
  await page.goto(`${server.url}/signout`);
  await page.locator("main form button").click();
  await page.getByText("已退出。").waitFor();
  await page.goto(`${server.url}/household`);
  assert.equal(await page.locator("section.card:not([data-passkey])").count(), 0);
});
