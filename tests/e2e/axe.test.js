// Every page of every role, in both languages, light and dark, on a phone and a laptop, and with text twice as large
// on the narrowest phone: no violation, nothing wider than the screen, nothing that the browser complains about.

import assert from "node:assert/strict";
import { accessible } from "./support/axe.js";
import { LAPTOP, PHONE } from "./support/browser.js";
import { AUDIENCES, complaints, speak } from "./support/pages.js";
import { enter } from "./support/people.js";
import { story } from "./support/story.js";

/** Each language at each width, in one light with every rule and in the other with those about colours. */
const LOOKS = [
  ["zh", [PHONE.viewport, "light"], [LAPTOP.viewport, "dark"]],
  ["en", [PHONE.viewport, "dark"], [LAPTOP.viewport, "light"]],
];
const NARROW = { width: 320, height: 640 };

for (const { name: who, role, device, paths, find, acts = {}, server: options } of AUDIENCES) {
  story(
    `every page of the ${who} can be read, at any width, in any light, in both languages`,
    async (stage) => {
      const server = await stage.server(options);
      // Not a touching phone: those zoom out instead of scrolling sideways, and would hide what is too wide.
      const context = await stage.window(device === PHONE ? "phone" : "laptop", { isMobile: false });
      // Undoing the whole ledger asks every door of every run.
      context.setDefaultNavigationTimeout(60_000);
      const page = await context.newPage();
      if (role) await enter(page, server, role);
      const found = (await find?.(page, server.url, server)) ?? [];
      const opened = [...paths, ...found].map((path) => [path, () => page.goto(server.url + path)]);
      const done = Object.entries(acts).map(([name, act]) => [name, () => act(page, server.url)]);
      const heard = complaints(page);
      const wide = [];
      const violations = [];
      const look = async (name, size, colours) => {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme: colours, reducedMotion: "reduce" });
        const [needs, has] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        if (needs > has) wide.push(`${name}: ${needs} px`);
        await accessible(page, name).catch((error) => violations.push(error.message));
        // In the other light only colours differ.
        const other = colours === "light" ? "dark" : "light";
        await page.emulateMedia({ colorScheme: other, reducedMotion: "reduce" });
        await accessible(page, `${name}, then ${other}`, ["color-contrast"]).catch((error) => violations.push(error.message));
      };
      for (const [lang, ...sights] of LOOKS) {
        await speak(context, server.url, lang);
        for (const [name, open] of [...opened, ...done]) {
          await open();
          for (const [size, colours] of sights) await look(`${name} ${lang} ${size.width} ${colours}`, size, colours);
          if (lang === "zh") continue;
          await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
          await look(`${name} ${lang} 320 at 200 %`, NARROW, "light");
        }
      }
      assert.deepEqual(violations, [], "violations");
      assert.deepEqual(wide, [], "wider than the screen");
      // A page that says "not here" or "not so" is answered with its status, which the console repeats.
      const own = heard.filter((words) => !/status of (403|404|410|422)/.test(words));
      assert.deepEqual(own, [], "what the browser complained about");
    },
    { limit: 600_000 },
  );
}

for (const who of ["resident", "steward", "desk, day by day"]) {
  story(
    `every page of the ${who} can be read in elder mode: large, with words beside the icons, nothing wider than the screen`,
    async (stage) => {
      const server = await stage.server();
      const { role, device, paths, find } = AUDIENCES.find(({ name }) => name === who);
      const context = await stage.window(device === PHONE ? "phone" : "laptop", { isMobile: false, serviceWorkers: "block" });
      const page = await context.newPage();
      await enter(page, server, role);
      const all = [...paths, ...((await find?.(page, server.url)) ?? []), ...(role === "resident" ? ["/signedout"] : [])];
      await context.addCookies([{ name: "elder", value: "1", url: server.url }]);
      const [violations, wide, silent] = [[], [], []];
      // English words are the longer ones.
      for (const lang of role === "resident" ? ["zh", "en"] : ["en"]) {
        await speak(context, server.url, lang);
        for (const path of all) {
          await page.goto(server.url + path);
          assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "24px", path);
          const hidden = await page.locator(".word").evaluateAll((words) => words.filter((word) => word.offsetWidth < 10).length);
          if (hidden > 0) silent.push(`${path} ${lang}: ${hidden}`);
          const [needs, has] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
          if (needs > has) wide.push(`${path} ${lang}: ${needs} px`);
          await accessible(page, `${path} ${lang} elder`).catch((error) => violations.push(error.message));
        }
      }
      assert.deepEqual(violations, [], "violations");
      assert.deepEqual(wide, [], "wider than the screen");
      assert.deepEqual(silent, [], "icons without their words");
      if (role !== "resident") return;
      // One decision a screen: no two boxes on offer are whole on the screen at once.
      await page.goto(`${server.url}/order`);
      const heights = await page.locator("form.order article").evaluateAll((all) => all.map((one) => one.offsetHeight));
      assert.ok(heights.length > 3 && heights.every((height) => height > 844 / 2), heights.join());
    },
    { limit: 300_000 },
  );
}
