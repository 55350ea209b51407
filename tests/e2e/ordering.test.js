// What a household hears while it orders, on its phone: its limit, its diet, what is left; that somebody was quicker,
// at once and with what there still is; and then it changes the order and takes it back.

import assert from "node:assert/strict";
import { Desk } from "./people/desk.js";
import { Resident } from "./people/resident.js";
import { awake, until } from "./people/waiting.js";
import { delivered } from "./support/storage.js";
import { story } from "./support/story.js";

const BOX = "蔬菜套餐";

story("limit, diet and what is left are said before; sold out is said at once; an order is changed and cancelled on the phone", async (stage) => {
  const server = await stage.server();
  const resident = new Resident(await stage.person(server, "resident"), server);
  const { page } = resident;
  await awake(page);
  const door = await resident.door();
  const desk = new Desk(await stage.person(server, "desk"), server);
  await desk.correctsTheLedger(`小区,楼栋,单元,房号,户主,忌口\n北林新苑,1号楼,1,${door.room},住户0001,清真`);
  await desk.limitsTheStock("A", 3);
  const run = await desk.opensAWindow("每样不多");

  await resident.opensTheOrderPageOf(run);
  const offer = resident.offer(BOX);
  await offer.getByText("每户最多 2 份").waitFor();
  await offer.getByText("还剩 3 份").waitFor();
  assert.equal(await offer.getByText("注意").count(), 0, "this box keeps the diet");
  await resident.offer("肉蛋套餐").getByText("注意：没有标明清真").waitFor();
  await resident.adds(BOX);
  await resident.adds(BOX);
  assert.equal(await offer.locator(`label[title="${BOX}加一份"]:visible`).count(), 0, "no third one");

  // The neighbours are quicker, by telephone.
  await desk.ordersFor(2, run, BOX, 2);
  await resident.reviews();
  await resident.placesTheOrder();
  const only = `「${BOX}」只剩 1 份了，请减少份数。`;
  const mine = resident.delivery("13:00–15:00");
  await mine.getByText("未受理").waitFor();
  await mine.getByText(only).waitFor();
  await page.goto(`${server.url}/outbox`);
  await page.locator(".rows > li", { hasText: only }).waitFor();

  // One is left, and it is theirs; the next caller hears that there is none.
  await resident.opensTheOrderPageOf(run);
  await offer.getByText("还剩 1 份").waitFor();
  await resident.adds(BOX);
  await resident.reviews();
  await resident.placesTheOrder();
  await delivered(page);
  await mine.getByText(`${BOX} × 1`).first().waitFor();
  await desk.opens(`/behalf/3/order?run=${run}`);
  await desk.offer(BOX).getByText("已订完").waitFor();

  // Another box instead: that is asked first, and is still one order.
  await resident.opensTheOrderPageOf(run);
  await page.getByText(`您家已订：${BOX} × 1`).first().waitFor();
  await resident.removes(BOX);
  await resident.adds("米面油套餐");
  await resident.reviews();
  assert.equal(await resident.isAsked(), `您家已订「${BOX} × 1」。要改成「米面油套餐 × 1」吗？`);
  await resident.placesTheOrder();
  await delivered(page);
  await mine.getByText("已修改").waitFor();
  await mine.getByRole("button", { name: "取消订单" }).click();
  await delivered(page);
  await mine.getByText("已取消").waitFor();
  assert.equal(await mine.getByRole("button", { name: "取消订单" }).count(), 0);
  await desk.opens(`/behalf/3/order?run=${run}`);
  await desk.offer(BOX).getByText("还剩 1 份").waitFor();
  assert.equal(await desk.offer("米面油套餐").getByText("已订完").count(), 0);
});

story("what is wrong with a basket is shown where it is, and the field is ready to be put right", async (stage) => {
  const server = await stage.server();
  const resident = new Resident(await stage.person(server, "resident"), server);
  const { page } = resident;
  await awake(page);
  await resident.opensTheOrderPage();
  const choice = page.locator("form.order:visible article", { has: page.locator("fieldset") }).first();
  await resident.adds((await choice.getByRole("heading").innerText()).trim());
  await page.locator("form.order:visible button.main").click();
  const fault = choice.locator(".error");
  await until(() => fault.boundingBox(), (box) => box && box.y > 0 && box.y + box.height < 844, "the fault is on the screen");
  assert.ok(await choice.evaluate((article) => article.contains(document.activeElement)), "the field has the focus");
});

for (const [how, options] of [["with script", {}], ["without script", { javaScriptEnabled: false }]]) {
  story(`${how}: the same order again changes nothing, what was cancelled is restored, and the review warns like the offer`, async (stage) => {
    const server = await stage.server();
    const resident = new Resident(await stage.person(server, "resident", options), server);
    const { page } = resident;
    const saved = async () => how === "with script" && (await delivered(page));
    if (how === "with script") await awake(page);
    const door = await resident.door();
    const desk = new Desk(await stage.person(server, "desk"), server);
    await desk.correctsTheLedger(`小区,楼栋,单元,房号,户主,忌口\n北林新苑,1号楼,1,${door.room},住户0001,清真`);
    const run = await desk.opensAWindow("想一想");
    const mine = resident.delivery("13:00–15:00");

    await resident.opensTheOrderPageOf(run);
    await resident.adds(BOX);
    await resident.reviews();
    assert.equal(await page.getByText("注意").filter({ visible: true }).count(), 0, "this box keeps the diet");
    await resident.placesTheOrder();
    await saved();

    await resident.opensTheOrderPageOf(run);
    await page.locator("form.order:visible button.main").click();
    await page.getByText("没有改动，订单照旧。").filter({ visible: true }).waitFor();
    await resident.offer(BOX).waitFor();
    await resident.opensTheHousehold();
    await mine.getByText("已下单").waitFor();
    assert.equal(await mine.getByText("已修改").count(), 0, "no fact was made");

    await mine.getByRole("button", { name: "取消订单" }).click();
    await mine.getByText("已取消").waitFor();
    await saved();
    await mine.getByRole("button", { name: "恢复订单" }).click();
    await mine.getByText("重新下单").waitFor();
    await mine.getByText(`${BOX} × 1`).first().waitFor();
    assert.equal(await mine.getByText("已修改").count(), 0, "ordered again is not changed");
    await saved();

    await resident.opensTheOrderPageOf(run);
    await resident.adds("肉蛋套餐");
    await resident.reviews();
    await page.locator(".row:visible", { hasText: "肉蛋套餐" }).getByText("注意：没有标明清真").waitFor();
  });
}
