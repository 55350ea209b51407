// What a steward says at a door besides "handed over": that nobody is home was known before, which boxes and items were
// short, what else happened, in words. With script and without.

import assert from "node:assert/strict";
import { Desk } from "./people/desk.js";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { awake, press, until } from "./people/waiting.js";
import { speak } from "./support/pages.js";
import { delivered } from "./support/storage.js";
import { story } from "./support/story.js";

/** The address of a door's stop, as the list of the round has it. */
const stopOf = async (steward, door) => steward.stop(door).getAttribute("href");

const form = (page) => page.locator("form.mark:visible", { has: page.locator('input[name="job"]') });
const tile = (page, menu, words) => form(page).locator("fieldset", { hasText: menu }).locator("label.tile", { hasText: words });

/** The fold with everything but "handed over"; the phone may just be putting its own page in the place of the server's. */
const unfolds = (page) =>
  until(
    async () => {
      if (!(await tile(page, "肉蛋套餐", "鸡蛋").isVisible())) await press(form(page).locator("summary"));
      return tile(page, "肉蛋套餐", "鸡蛋").isVisible();
    },
    (open) => open,
    "the fold is open",
  );

for (const [how, options] of [["with script", {}], ["without script", { javaScriptEnabled: false }]]) {
  story(`${how}: what is short is ticked box by box and item by item, and every side reads which`, async (stage) => {
    const server = await stage.server();
    const resident = new Resident(await stage.person(server, "resident"), server);
    const door = await resident.door();
    const steward = new Steward(await stage.person(server, "steward", options), server);
    const { page } = steward;
    await steward.opensTheRound();
    await page.goto(server.url + (await stopOf(steward, door)));
    if (how === "with script") await awake(page);

    // "Something else" asks for words at the field, in the reader's language, and keeps what was ticked.
    await unfolds(page);
    await tile(page, "肉蛋套餐", "鸡蛋").click();
    await form(page).locator('button[value="other"]').click();
    const wrong = form(page).locator(".field .error:visible");
    await wrong.waitFor();
    assert.match(await wrong.innerText(), /请写几个字，说明是什么情况。/);
    assert.equal(await page.getByText("没有存上").filter({ visible: true }).count(), 0, "nothing was tried to be saved");
    assert.ok(await tile(page, "肉蛋套餐", "鸡蛋").locator("input").isChecked(), "what was ticked is still ticked");
    assert.equal(await page.locator('form.mark:visible textarea[aria-invalid], form.mark:visible input[aria-invalid="true"]').count(), 1);

    // "Short or damaged" asks what, unless something is ticked.
    await unfolds(page);
    await tile(page, "肉蛋套餐", "鸡蛋").click();
    await form(page).locator('button[value="short"]').click();
    await form(page).locator(".field .error:visible", { hasText: "请在下面勾选缺了、坏了什么，或在这里写几个字。" }).waitFor();
    await tile(page, "肉蛋套餐", "鸡蛋").click();

    await form(page).locator('button[value="short"]').click();
    await page.locator(".state:visible", { hasText: "鸡蛋 (肉蛋套餐)" }).first().waitFor();
    if (how === "with script") await delivered(page);

    // The household, the desk and the supplier read the same.
    await resident.opensTheHousehold();
    await resident.delivery("今天").getByText("鸡蛋 (肉蛋套餐)").first().waitFor();
    const desk = new Desk(await stage.person(server, "desk"), server);
    const [run, number] = page.url().split("/").slice(-2);
    await desk.opens(`/desk/door/${number}`);
    await desk.page.getByText("鸡蛋 (肉蛋套餐)").first().waitFor();
    const supplier = await stage.person(server, "supplier");
    await supplier.goto(`${server.url}/desk/picklist/${run}`);
    const row = supplier.locator("tr", { hasText: "鸡蛋 (肉蛋套餐)" });
    await row.waitFor();
    assert.match(await row.innerText(), new RegExp(door.room));
  });
}

story("a household that said it is away shows in the round's list, in both languages", async (stage) => {
  const server = await stage.server();
  const resident = new Resident(await stage.person(server, "resident"), server);
  const door = await resident.door();
  await resident.opensTheHousehold();
  await resident.delivery("今天").getByRole("button", { name: "我们不在家" }).click();
  await resident.delivery("今天").getByText("您说过家里没人").first().waitFor();
  const steward = new Steward(await stage.person(server, "steward"), server);
  await steward.opensTheRound();
  await steward.stop(door).getByText("住户说今天不在家").waitFor();
  await speak(steward.page.context(), server.url, "en");
  await steward.opensTheRound();
  await steward.page.locator("a.stop:visible", { hasText: "They say: not home today" }).waitFor();
});

for (const [how, options] of [["with script", {}], ["without script", { javaScriptEnabled: false }]]) {
  story(`${how}: boxes from the gate are asked about where no number or an impossible one is typed`, async (stage) => {
    const server = await stage.server();
    const steward = new Steward(await stage.person(server, "steward", options), server);
    const { page } = steward;
    await steward.opensTheRound();
    if (how === "with script") await awake(page);
    const gate = () => page.locator("section.card:visible").first().locator("details", { hasText: "卡口清点" });
    const taken = () => gate().getByLabel("领了几份");
    const saves = (words) => press(gate().getByRole("button", { name: words, exact: true }));
    const told = async (words) => {
      await gate().locator(".error", { hasText: words }).waitFor();
      assert.equal(await page.getByText("没有存上").filter({ visible: true }).count(), 0, "nothing was tried to be saved");
    };
    await until(
      async () => {
        if (!(await taken().isVisible())) await press(gate().locator("summary"));
        return taken().isVisible();
      },
      (open) => open,
      "the fold is open",
    );
    const due = await taken().inputValue();
    await taken().fill("");
    await saves("保存清点");
    await told("请填领了几份或退回几份，只写数字。");
    await taken().fill("999");
    await saves("保存清点");
    await told(`领了 999 份？这里要领的只有 ${due} 份。`);
    assert.equal(await taken().inputValue(), "999");
    // Another number is another question; the same one, said again, is believed.
    await taken().fill("998");
    await saves("没有错，保存清点");
    await told(`领了 998 份？这里要领的只有 ${due} 份。`);
    await saves("没有错，保存清点");
    await gate().locator("summary", { hasText: /手上还有 \d+ 份/ }).waitFor();
  });
}

for (const [how, options] of [["with script", {}], ["without script", { javaScriptEnabled: false }]]) {
  story(`${how}: a household says that its food never came, and nothing against the rubbish that was taken down`, async (stage) => {
    const server = await stage.server();
    const resident = new Resident(await stage.person(server, "resident", options), server);
    const door = await resident.door();
    const steward = new Steward(await stage.person(server, "steward"), server);
    await steward.opensTheRound();
    await steward.opens(door);
    await steward.marks().handedOver();
    await delivered(steward.page);
    const stop = steward.page.url();

    await resident.opensTheHousehold();
    const today = resident.delivery("今天");
    const never = today.getByRole("button", { name: "没有收到" });
    const notDone = today.getByRole("button", { name: "没有办好" });
    await notDone.waitFor();
    assert.equal(await never.count(), 1, "what is taken away cannot fail to arrive");
    await never.click();
    await today.locator(".story", { hasText: "没有收到" }).waitFor();
    assert.deepEqual([await never.count(), await notDone.count()], [0, 1]);
    if (how === "with script") await delivered(resident.page);

    await steward.page.goto(stop);
    const card = (job) => steward.page.locator("section.card:visible", { has: steward.page.getByRole("heading", { name: job }) });
    await card("送套餐").getByText("没有收到").waitFor();
    assert.equal(await card("带走垃圾").locator(".note").count(), 0);
  });
}
