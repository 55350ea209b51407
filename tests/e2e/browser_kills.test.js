// The system kills the app again and again while a steward without signal marks doors: whatever the page called
// "saved on this phone" is there when the app is opened again, and arrives once when there is signal.

import assert from "node:assert/strict";
import { Steward } from "./people/steward.js";
import { awake } from "./people/waiting.js";
import { record } from "./support/bench.js";
import { Phone } from "./support/browser.js";
import { enter } from "./support/people.js";
import { equipped, stored } from "./support/storage.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

const KILLS = Number(process.env.BROWSER_KILLS ?? 20);

story(
  `${KILLS} kills of the app with a full outbox: every mark that was saved arrives, once`,
  async (stage) => {
    const server = await stage.server();
    const kept = await Wire.signIn(server, "steward");
    const phone = await Phone.buy();
    stage.later(() => phone.discard());
    const open = async (path) => {
      const context = await phone.start();
      stage.watch(context);
      const page = await phone.page(context);
      await page.goto(server.url + path);
      return page;
    };

    let page = await phone.page(await phone.start());
    await enter(page, server, "steward");
    await page.goto(`${server.url}/round`);
    await awake(page);
    await equipped(page);
    const doors = (await new Steward(page, server).doorsLeft()).slice(0, KILLS);
    assert.equal(doors.length, KILLS);
    server.network.cut();

    const saved = new Set();
    for (const door of doors) {
      await phone.kill();
      page = await open(door);
      const before = new Set((await stored(page)).map(({ id }) => id));
      assert.deepEqual([...saved].filter((id) => !before.has(id)), [], "saved and lost");
      await page.locator("form.mark:visible button.main").click();
      await page.getByText("已存在这部手机上").first().waitFor();
      // What the page has called saved, whatever becomes of the app from here on.
      for (const { id } of await stored(page)) saved.add(id);
      assert.equal(saved.size, before.size + 1);
    }
    await phone.kill();
    page = await open("/outbox");
    await page.getByText(`${KILLS} 条等待信号`).waitFor();

    server.network.restore();
    await page.getByRole("button", { name: "现在发一次" }).click();
    await page.waitForFunction(() => !document.body.innerText.includes("条等待信号"));
    const marks = (await kept.feed()).facts.filter(({ fact }) => fact.body.mark).map(({ fact }) => fact.id);
    const lost = [...saved].filter((id) => !marks.includes(id));
    await record("R2.browser.kills", KILLS);
    await record("R2.browser.lost", lost.length);
    assert.deepEqual(lost, []);
    assert.equal(marks.length, saved.size, "each once, and nothing else");
  },
  { limit: 240_000 },
);
