// Both languages on every page: the page says which one it speaks, and speaks it.

import assert from "node:assert/strict";
import { until } from "./people/waiting.js";
import { ready } from "./support/browser.js";
import { ownWords, spoken, textsOf } from "./support/own_words.js";
import { AUDIENCES, speak } from "./support/pages.js";
import { enter, findSignal, loseSignal } from "./support/people.js";
import { equipped } from "./support/storage.js";
import { story } from "./support/story.js";

/** What the program itself says on a page, not what people wrote: headings, buttons, labels. */
const OWN_WORDS = "h1, main h2, main button, main legend, main label, main summary, main th[scope=col], footer.calls a";
const CHINESE = /\p{Script=Han}/u;

for (const { name: who, role, device, paths, find, acts = {}, server: options } of AUDIENCES) {
  story(`every page of the ${who} speaks Chinese and English`, async (stage) => {
    const server = await stage.server(options);
    // The service worker keeps the language by itself; here every page is asked of the server.
    const context = await stage.window(device.isMobile ? "phone" : "laptop", { serviceWorkers: "block" });
    const page = await context.newPage();
    if (role) await enter(page, server, role);
    const all = [...paths, ...((await find?.(page, server.url, server)) ?? [])];
    const words = { zh: await ownWords("zh"), en: await ownWords("en") };
    const foreign = [];
    // No word of the program's other language anywhere; what people wrote and named stays as it is.
    const listen = async (name, lang) => {
      const other = spoken(await textsOf(page), words[lang === "zh" ? "en" : "zh"]);
      foreign.push(...other.filter((text) => !NAMES.test(text)).map((text) => `${name} in ${lang}: ${text}`));
    };
    const said = async (path, lang) => {
      await speak(context, server.url, lang);
      await page.goto(server.url + path);
      const html = page.locator("html");
      assert.match(await html.getAttribute("lang"), lang === "zh" ? /^zh/ : /^en/, path);
      assert.notEqual(await page.title(), "", path);
      const own = await page.locator(OWN_WORDS).evaluateAll((all) => all.map((element) => element.innerText.trim()));
      await listen(path, lang);
      return { own, title: await page.locator("h1").first().innerText() };
    };
    for (const path of all) {
      const [zh, en] = [await said(path, "zh"), await said(path, "en")];
      assert.notEqual(zh.own.join("\n"), en.own.join("\n"), path);
      assert.ok(zh.own.some((words) => CHINESE.test(words)), `${path} says nothing in Chinese`);
      assert.ok(en.own.length > 0 && en.own.every((words) => !/undefined|\{\w*\}/.test(words)), path);
      // Headings of the program's own; doors and people keep their names.
      const untranslated = en.own.filter((words) => CHINESE.test(words) && zh.own.includes(words));
      assert.deepEqual([path, ...untranslated.filter((words) => !NAMES.test(words))], [path]);
    }
    for (const [name, act] of Object.entries(acts)) {
      for (const lang of ["zh", "en"]) {
        await speak(context, server.url, lang);
        await act(page, server.url);
        await listen(name, lang);
      }
    }
    if (BOTH.test(who)) assert.ok(foreign.length > 0, "the search finds nothing even where both languages stand");
    else assert.deepEqual(foreign, [], "words of the other language");
    if (!role) return;
    // The switch in the bar: one tap, and it stays.
    await speak(context, server.url, "zh");
    await page.goto(server.url + paths[0]);
    await page.locator('.ways a[hreflang^="en"]').click();
    await page.locator('html[lang^="en"]').waitFor({ state: "attached" });
    await page.goto(server.url + paths[0]);
    assert.match(await page.locator("html").getAttribute("lang"), /^en/);
  });
}

story("a language that was chosen while the worker was starting is spoken by its pages too, and one chosen without signal by the server's", async (stage) => {
  const server = await stage.server();
  const page = await stage.person(server, "resident");
  await page.goto(server.url);
  await ready(page);
  // The worker draws the pages from now on, in the language that it heard.
  const kept = () => page.evaluate(async () => [await (await caches.match("/lang"))?.text(), Boolean(await caches.match("/shell/order?lang=zh"))]);
  await until(kept, ([lang, shell]) => lang === "zh" && shell, "the worker has its pages");
  assert.match(await page.locator("html").getAttribute("lang"), /^zh/);
  // The choice went past the worker: only the cookie knows of it.
  await speak(page.context(), server.url, "en");
  for (const path of ["/", "/household", "/order"]) {
    await page.goto(server.url + path);
    assert.match(await page.locator("html").getAttribute("lang"), /^en/, path);
  }
  await equipped(page, ["home", "phones"]);
  await loseSignal(server, page.context());
  await page.locator('a[hreflang^="zh"]:visible').first().click();
  await page.locator('html[lang^="zh"]').waitFor({ state: "attached" });
  await findSignal(server, page.context());
  // A page that no worker draws.
  await page.goto(`${server.url}/nowhere`);
  assert.match(await page.locator("html").getAttribute("lang"), /^zh/);
});

/** Paper is in both languages: nobody chooses one before a door. */
const BOTH = /paper/;

/** Names that people gave: compounds, holders, the community, its people, the sheet of their ledger. */
const NAMES = /^(.*住户\d+.*|北林.*|.*(新苑|家园|小区|花园|家属区|院)|王楼长|志愿者小李|惠民超市|社区服务台|住户台账|中|中文|顺丰.*)$/u;
