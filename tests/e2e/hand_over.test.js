// The steward has to leave in the middle of the round. No phone has signal: theirs shows codes, the volunteer's camera
// films that very screen, and the volunteer walks on. Whichever phone finds signal first, everything arrives, under the
// name of whoever did it.

import assert from "node:assert/strict";
import { join } from "node:path";
import { Desk } from "./people/desk.js";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { awake, outcomeOf } from "./people/waiting.js";
import { Phone } from "./support/browser.js";
import { film } from "./support/clip.js";
import { enter } from "./support/people.js";
import { delivered, equipped, stored } from "./support/storage.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

const SHELLS = ["round", "stop", "scan", "handover", "outbox"];

/** A volunteer's own phone, ready for the stairwell; the desk has taken every assignment away from them. */
async function unassignedVolunteer(stage, server) {
  const desk = new Desk(await stage.person(server, "desk"), server);
  await desk.opens("/desk/people/3");
  const buttons = desk.page.locator('form[action="/desk/people/3/end"] button');
  for (let left = await buttons.count(); left > 0; left -= 1) {
    await Promise.all([desk.page.waitForURL(/did=/), buttons.first().click()]);
    await desk.opens("/desk/people/3");
  }
  const phone = await Phone.buy();
  stage.later(() => phone.discard());
  const context = await phone.start();
  stage.watch(context);
  const page = await phone.page(context);
  await enter(page, server, "volunteer");
  await page.goto(`${server.url}/round`);
  await awake(page);
  await equipped(page, SHELLS);
  await phone.kill();
  return { desk, phone };
}

/** What the giver's screen shows, as pictures of each code. */
async function codesOn(page, folder) {
  const canvas = page.locator("#codes canvas");
  await canvas.waitFor();
  const words = await page.locator("#codes p").innerText();
  const count = Number(/(\d+) 张$/.exec(words)[1]);
  const after = page.locator("#codes button").last();
  const shown = [];
  for (let n = 0; n < count; n += 1) {
    if (count > 1) await after.click();
    const image = join(folder, `code-${n}.png`);
    await canvas.screenshot({ path: image });
    shown.push({ image });
  }
  return shown;
}

for (const first of ["giver", "receiver"]) {
  story(
    `the rest of a round goes to another phone by light alone; the ${first}'s phone finds signal first`,
    async (stage) => {
      const server = await stage.server();
      const { desk, phone } = await unassignedVolunteer(stage, server);
      const { me, community } = await (await Wire.signIn(server, "resident")).feed();
      const theirs = community.places.households[me.household].door;
      const number = (door) => Number(door.split("/").at(-1));
      const giving = await stage.person(server, "steward");
      await giving.goto(`${server.url}/round`);
      await awake(giving);
      await equipped(giving, SHELLS);
      server.network.cut();

      // The steward did one door, and leaves.
      const steward = new Steward(giving, server);
      await steward.opensTheRound();
      const [done, ...rest] = await steward.doorsLeft();
      await giving.goto(server.url + done);
      await giving.locator("form.mark:visible button.main").click();
      await giving.getByText("已存在这部手机上").first().waitFor();
      await steward.opensTheRound();
      const link = giving.locator('a.tool[href^="/handover"]:visible').first();
      await link.click();
      await giving.getByRole("button", { name: "显示图案" }).click();
      await giving.getByText("已存在这部手机上").first().waitFor();
      const codes = await codesOn(giving, server.folder);
      await giving.goto(`${server.url}/round`);
      await giving.getByText("您把剩下的交出去了").waitFor();
      assert.equal((await stored(giving)).filter(({ waiting }) => waiting).length, 2, "the mark and the hand-over wait");

      // The volunteer's camera sees nothing but that screen.
      const camera = await film(stage, codes, { width: 90, angle: 8, roll: 4, size: 420, seconds: 1 });
      phone.flags.push("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${camera}`);
      const context = await phone.start();
      stage.watch(context);
      const taking = await phone.page(context);
      await taking.goto(`${server.url}/round`);
      await awake(taking);
      const taker = new Steward(taking, server);
      assert.deepEqual(await taker.doorsLeft(), [], "this phone has never heard of these doors");
      await taking.goto(`${server.url}/scan`);
      await taking.getByRole("button", { name: "接着送" }).waitFor({ timeout: 60_000 });
      await outcomeOf(taking, () => taking.getByRole("button", { name: "接着送" }).click(), "/round");
      await awake(taking);
      await taking.getByText("手里接过来的").waitFor();
      const mine = await taker.doorsLeft();
      assert.ok(mine.length > 2, `${mine.length} doors`);
      assert.deepEqual(mine.filter((door) => !rest.includes(door)), [], "the rest, and nothing else");
      assert.deepEqual(mine, rest.filter((door) => mine.includes(door)), "in the order of the floors");
      const own = mine.find((door) => number(door) === theirs);
      const walked = [mine[0], own];
      for (const door of walked) {
        await taking.goto(server.url + door);
        await taking.locator("form.mark:visible button.main").click();
        await taking.getByText("已存在这部手机上").first().waitFor();
      }
      // Killed, and opened again from the home screen: the round is still there.
      await phone.kill();
      const again = await phone.start();
      stage.watch(again);
      const later = await phone.page(again);
      await later.goto(`${server.url}/`);
      await later.getByText("手里接过来的").waitFor();
      assert.deepEqual(await new Steward(later, server).doorsLeft(), mine.filter((door) => !walked.includes(door)));

      // Signal for one of them, then for the other.
      const phones = { giver: giving, receiver: later };
      const second = first === "giver" ? "receiver" : "giver";
      await phones[second].context().setOffline(true);
      await phones[second].route("**/api/**", (route) => route.abort());
      server.network.restore();
      for (const who of [first, second]) {
        await phones[who].context().setOffline(false);
        await phones[who].unroute("**/api/**");
        await phones[who].goto(`${server.url}/outbox`);
        await delivered(phones[who]);
        const refused = (await stored(phones[who])).filter(({ state }) => state?.includes("refused"));
        assert.deepEqual(refused, [], "nothing is refused");
      }

      const marks = (await (await Wire.signIn(server, "steward")).feed()).facts.filter(({ fact }) => fact.body.mark);
      const by = new Map(marks.map((mark) => [mark.fact.body.mark.d, mark.by.person[1]]));
      assert.equal(marks.length, 3, "each once");
      assert.deepEqual(by, new Map([[number(done), "steward"], [number(mine[0]), "volunteer"], [theirs, "volunteer"]]));

      // The giver's round, the desk and the household all know who walks it.
      await giving.goto(`${server.url}/round`);
      await giving.getByText(/把剩下的交给了/).waitFor();
      await giving.locator("a.stop:visible", { hasText: "已交给" }).first().waitFor();
      await desk.opens("/desk/people");
      await desk.page.locator("#handed", { hasText: "接着送" }).waitFor();
      await desk.opens(`/desk/door/${number(mine[0])}`);
      await desk.page.getByText(/志愿者/).first().waitFor();
      const resident = new Resident(await stage.person(server, "resident"), server);
      await resident.opensTheHousehold();
      await resident.delivery("今天").getByText("志愿者小李").first().waitFor();
    },
    { limit: 240_000 },
  );
}
