// The main job, from nothing: an empty community on its first evening, a ledger in a file, and at the end a box in
// somebody's hands. Everybody uses their own device; every step is a page that somebody sees.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Desk } from "./people/desk.js";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { record } from "./support/bench.js";
import { print } from "./support/pictures.js";
import { delivered } from "./support/storage.js";
import { story } from "./support/story.js";

const fixture = (name) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const LEDGER = JSON.parse(await readFile(fixture("households.expected.json"), "utf8"));
/** Where residents would find it; letters are printed for no other kind of address. */
const ORIGIN = "https://beilin.example";

story(
  "the desk runs a window from import to closed round, starting with an empty community",
  async (stage) => {
    const server = await stage.server({ args: ["--empty", "--public-url", ORIGIN] });
    const desk = new Desk(await stage.person(server, "desk"), server);
    const { page } = desk;

    // The first evening: the page says what comes first.
    await desk.opens("/desk");
    await page.getByRole("heading", { name: "六步开始" }).waitFor();
    await page.getByRole("link", { name: "导入住户台账" }).click();

    // The ledger of 857 households: looked at, nothing written, every row that cannot be read has a reason.
    await desk.uploads(fixture("households.xlsx"));
    await desk.sees(`${LEDGER.households} 户`, `${LEDGER.buildings} 栋楼`, `${LEDGER.compounds} 个小区`);
    const rejected = page.locator("section.card", { has: page.getByRole("heading", { name: "没有导入的行" }) }).locator("tbody tr");
    assert.equal(await rejected.count(), LEDGER.rejected_rows);
    const reasons = await rejected.evaluateAll((rows) => rows.map((row) => row.querySelector("td").innerText.trim()));
    const silent = reasons.filter((reason) => reason.length < 3).length;
    await record("H5.silent", silent, { note: `${LEDGER.rejected_rows} of the file's rows rejected, on the page` });
    assert.equal(silent, 0, "every rejected row says why");
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "下载这些行" }).click()]);
    assert.equal((await readFile(await file.path(), "utf8")).trimEnd().split("\n").length, LEDGER.rejected_rows + 1);
    await page.getByRole("button", { name: `确认导入：新增 ${LEDGER.households} 户` }).click();
    await page.getByText("台账已导入。").last().waitFor({ timeout: 60_000 });

    // Taken back by mistake, and the mistake taken back.
    await desk.opens("/desk/ledger");
    for (const [households, words] of [[0, "还没有住户台账"], [LEDGER.households, `${LEDGER.households} 户`]]) {
      await page.getByRole("link", { name: "撤销台账上次的更改" }).click();
      await page.getByText(`撤销后回到 ${households} 户`).waitFor();
      await page.getByRole("button", { name: "撤销台账上次的更改" }).click();
      await desk.sees("已撤销", words);
    }

    // Menus, a steward, a window.
    await desk.opens("/desk");
    await page.getByRole("link", { name: "导入套餐" }).click();
    await desk.uploads(fixture("menus.csv"));
    await page.getByRole("button", { name: "确认导入 7 个套餐" }).click();
    await desk.sees("套餐已导入", "A 蔬菜套餐");
    const invite = await desk.invitesASteward("赵楼长", "北林新苑 1号楼");
    const run = await desk.opensAWindow("第一次下单，请大家互相转告");

    // Letters through the doors of building 1, and one of them is read.
    const letter = await desk.printsLetters("北林新苑 1号楼", print);
    const phone = await (await stage.window("phone")).newPage();
    await phone.goto(server.url);
    await phone.getByLabel("通知单上的编码").fill(letter.code.toLowerCase());
    await phone.getByRole("button", { name: "登录", exact: true }).click();
    if (await phone.getByRole("button", { name: "是我家" }).isVisible()) await phone.getByRole("button", { name: "是我家" }).click();
    await phone.getByText("第一次下单，请大家互相转告").first().waitFor();

    // The household orders.
    const resident = new Resident(phone, server);
    await resident.opensTheOrderPageOf(run);
    await resident.adds("蔬菜套餐");
    await resident.adds("蔬菜套餐");
    await resident.reviews();
    await resident.placesTheOrder();
    const mine = resident.delivery("13:00–15:00");
    await mine.getByText("蔬菜套餐 × 2").first().waitFor();
    await delivered(phone);

    // Its neighbour has no phone: the paper form comes back, and is keyed in by its number.
    const neighbour = await desk.keysInAPaperOrder(run, "北林新苑 1号楼", letter.room);

    // Ordering ends; the supplier's list is whole.
    await desk.closes(run);
    await desk.opens(`/desk/picklist/${run}`);
    assert.match(await page.locator("table tr", { hasText: "蔬菜套餐" }).first().innerText(), /\b3\b/, "two boxes and one");

    // The steward comes in by the code that was told at the gate, and finds both doors.
    const stewardPhone = await (await stage.window("phone")).newPage();
    await stewardPhone.goto(server.url);
    await stewardPhone.getByLabel("通知单上的编码").fill(invite);
    await stewardPhone.getByRole("button", { name: "登录", exact: true }).click();
    await stewardPhone.waitForURL((url) => url.pathname !== "/enrol" && url.pathname !== "/");
    const steward = new Steward(stewardPhone, server);
    await steward.opensTheRound();
    const doors = await steward.doorsLeft();
    assert.equal(doors.length, 2, doors.join());
    const [first] = await stewardPhone.locator("a.stop:visible", { has: stewardPhone.locator(`b:text-is("${letter.room}")`) }).all();
    await first.click();
    await stewardPhone.locator(".plate.giant:visible").waitFor();
    await steward.marks().handedOver();
    await delivered(stewardPhone);

    // At the neighbour's door the phone was empty: a tick on the round sheet, keyed in later with its true time.
    await desk.keysInAMark({ building: "1号楼", unit: "1", room: neighbour }, run, "当面交付");
    await steward.opensTheRound();
    await stewardPhone.locator("a.stop.done:visible").nth(1).waitFor();
    assert.deepEqual(await steward.doorsLeft(), [], "the round is closed");

    // Everybody sees it.
    await resident.opensTheHousehold();
    await mine.getByText("当面交付").first().waitFor();
    assert.match(await mine.innerText(), /赵楼长/, "who brought it");
    for (const room of [letter.room, neighbour]) await desk.seesAt(run, { building: "1号楼", unit: "1", room }, "已送达");
    await desk.house("1号楼").getByText("已送达 2 / 2").waitFor();
  },
  { limit: 240_000 },
);
