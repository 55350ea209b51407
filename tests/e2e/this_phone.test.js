// The page of this phone without signal: how pages look is chosen as ever, the way out is there, and what needs signal
// says so.

import assert from "node:assert/strict";
import { awake } from "./people/waiting.js";
import { findSignal, loseSignal } from "./support/people.js";
import { equipped } from "./support/storage.js";
import { story } from "./support/story.js";

for (const [role, shell, first] of [["resident", "phones", "/"], ["steward", "device", "/round"]]) {
  story(`a ${role} opens the page of this phone without signal`, async (stage) => {
    const server = await stage.server();
    const page = await stage.person(server, role);
    await page.goto(server.url + first);
    await awake(page);
    await equipped(page, [shell]);
    await loseSignal(server, page.context());
    await page.goto(`${server.url}/phones`);
    const button = page.locator('form[action="/phones"] button[type=submit]');
    await page.getByText("没有信号：生成编码要等有信号。").waitFor();
    assert.ok(await button.isDisabled());
    assert.equal(await page.locator('a[href="/passkeys"]').count(), role === "steward" ? 1 : 0);
    await page.locator('a[href^="/text/large"]').click();
    await page.locator('html[data-elder] a[href^="/text/large"][aria-current="true"]').waitFor();
    await page.locator('a[href^="/theme/dark"]').click();
    await page.locator('html[data-theme="dark"] a[href^="/theme/dark"][aria-current="true"]').waitFor();
    assert.equal(await page.locator("nav.seg a[aria-current]").count(), 2, "one of each");
    assert.equal(await page.locator('a[href="/signout"]').count(), 1);

    await findSignal(server, page.context());
    await page.goto(`${server.url}/phones`);
    await button.click();
    await page.locator("p.code").waitFor();
  });
}
