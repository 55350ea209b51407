// Every page of every role, in both languages, light and dark, on a phone and a laptop, and with text twice as large
// on the narrowest phone: no violation, nothing wider than the screen, nothing that the browser complains about.

import assert from "node:assert/strict";
import { accessible } from "./support/axe.js";
import { LAPTOP, PHONE } from "./support/browser.js";
import { AUDIENCES, complaints, speak } from "./support/pages.js";
import { enter } from "./support/people.js";
import { story } from "./support/story.js";

/** Pairs of language, width and colours, chosen so that each meets each. */
const LOOKS = [
  ["zh", [PHONE.viewport, "light"], [LAPTOP.viewport, "dark"]],
  ["en", [PHONE.viewport, "dark"], [LAPTOP.viewport, "light"]],
];
const NARROW = { width: 320, height: 640 };

for (const { role = "stranger", device, paths, find } of AUDIENCES) {
  story(
    `every page of the ${role} can be read, at any width, in any light, in both languages`,
    async (stage) => {
      const server = await stage.server();
      // Not a touching phone: those zoom out instead of scrolling sideways, and would hide what is too wide.
      const context = await stage.window(device === PHONE ? "phone" : "laptop", { isMobile: false });
      const page = await context.newPage();
      if (role !== "stranger") await enter(page, server, role);
      const all = [...paths, ...((await find?.(page, server.url)) ?? [])];
      const heard = complaints(page);
      const wide = [];
      const violations = [];
      const look = async (name, size, colours) => {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme: colours, reducedMotion: "reduce" });
        const [needs, has] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        if (needs > has) wide.push(`${name}: ${needs} px`);
        await accessible(page, name).catch((error) => violations.push(error.message));
      };
      for (const [lang, ...sights] of LOOKS) {
        await speak(context, server.url, lang);
        for (const path of all) {
          await page.goto(server.url + path);
          for (const [size, colours] of sights) await look(`${path} ${lang} ${size.width} ${colours}`, size, colours);
          if (lang === "zh") continue;
          await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
          await look(`${path} ${lang} 320 at 200 %`, NARROW, "light");
        }
      }
      assert.deepEqual(violations, [], "violations");
      assert.deepEqual(wide, [], "wider than the screen");
      const own = heard.filter((words) => !/\/nowhere: .*404/.test(words));
      assert.deepEqual(own, [], "what the browser complained about");
    },
    { limit: 240_000 },
  );
}
