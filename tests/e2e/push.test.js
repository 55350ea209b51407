// Asking to be rung, as far as a browser goes that reaches no push service: the switch, and its words when nobody answers.
// Messages themselves are sent to and opened by a push service of the tests in `tests/src/tally/push.rs`.

import assert from "node:assert/strict";
import { picture } from "./support/pictures.js";
import { story } from "./support/story.js";

const box = (page) => page.locator("[data-push]");
const state = (page, wanted) => page.locator(`[data-push][data-push-state=${wanted}]`).waitFor({ timeout: 40_000 });

async function permitted(stage, server, options) {
  const page = await stage.person(server, "resident", options);
  await page.context().grantPermissions(["notifications"], { origin: server.url });
  return page;
}

story("a phone whose browser cannot be rung is told so in words, in both languages", async (stage) => {
  const server = await stage.server();
  const page = await permitted(stage, server);
  for (const [lang, failed] of [["zh", "这部手机现在用不了提醒"], ["en", "cannot be rung now"]]) {
    await page.goto(`${server.url}/lang/${lang}?to=/phones`);
    await state(page, "off");
    await picture(page, `push-off-${lang}`);
    await box(page).locator("[data-push-do=on]").click();
    await state(page, "failed");
    await picture(page, `push-failed-${lang}`);
    assert.ok(await box(page).locator("[data-push-do=on]").isVisible(), "it can be tried again");
    assert.ok((await box(page).innerText()).includes(failed), await box(page).innerText());
  }
});

story("quiet hours are the desk's to say, and what is no time is refused with the reason", async (stage) => {
  const server = await stage.server();
  const desk = await stage.person(server, "desk");
  await desk.goto(`${server.url}/desk/settings`);
  const field = desk.locator("[name=quiet]");
  await field.scrollIntoViewIfNeeded();
  await picture(desk, "push-quiet-hours-zh");
  await field.fill("25:00-7");
  await desk.locator("form:has([name=quiet]) button.main").click();
  await desk.locator('[name=quiet][aria-invalid="true"]').waitFor();
  assert.equal(await field.inputValue(), "25:00-7", "what was typed is still there");
  await picture(desk, "push-quiet-hours-wrong-zh");
  await field.fill("22:30-06:30");
  await desk.locator("form:has([name=quiet]) button.main").click();
  await desk.waitForURL(/settings/);
  await desk.goto(`${server.url}/desk/settings`);
  assert.match(await desk.locator("[name=quiet]").inputValue(), /22:30.*0?6:30/);
});
