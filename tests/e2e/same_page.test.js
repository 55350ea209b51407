// Daily pages exist twice from one view function: as the server writes them, and as the phone draws them into a shell.
// For the same facts they have to be the same page, element by element. Only the names of facts that a form will make,
// and what a minute changes, may differ.

import assert from "node:assert/strict";
import { Resident } from "./people/resident.js";
import { Steward } from "./people/steward.js";
import { awake, until } from "./people/waiting.js";
import { speak } from "./support/pages.js";
import { delivered, equipped } from "./support/storage.js";
import { story } from "./support/story.js";

/** A page as lines, one an element or text, indented: runs in the browser. */
function outline(html) {
  const page = html === undefined ? document : new DOMParser().parseFromString(html, "text/html");
  const lines = [];
  // What the phone wraps around a page, says above one or about its camera is not the page.
  const around = (node) => node.matches(".live, .served, [data-part=drawn], [data-part=served]");
  const besides = (node) => node.matches("template, script, #newer, #signal, #scanner, [data-part=above], [data-part=told], [data-part=eye]");
  const walk = (node, depth) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.replace(/\s+/g, " ").trim();
      // "2 hours 10 minutes left"
      if (!text) return;
      const last = lines.at(-1);
      const words = text.replace(/\d+ ?(分钟|小时|min|h)/g, "# $1");
      // Neighbouring texts are one to a reader, and in HTML.
      if (last?.words && last.depth === depth) last.words += words;
      else lines.push({ depth, words });
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || besides(node)) return;
    if (around(node)) return node.childNodes.forEach((child) => walk(child, depth));
    const attributes = [...node.attributes]
      .filter(({ name }) => !(node.matches('input[name="fact"]') && name === "value"))
      .map(({ name, value }) => `${name}="${value}"`)
      .sort();
    lines.push({ depth, element: [node.localName, ...attributes].join(" ") });
    node.childNodes.forEach((child) => walk(child, depth + 1));
  };
  for (const part of ["header.bar", "main", "footer.calls"]) walk(page.querySelector(part), 0);
  return lines.map(({ depth, element, words }) => "  ".repeat(depth) + (element ?? words.replaceAll(" ", "")));
}

async function same(page, server, path) {
  const reply = await page.context().request.get(server.url + path);
  assert.equal(reply.status(), 200, path);
  const served = await reply.text();
  await page.goto(server.url + path);
  const live = page.locator(".live");
  await live.waitFor();
  assert.equal(await live.getAttribute("data-as-of"), null, `${path} came from the shell`);
  await page.waitForFunction(() => document.querySelector('.live > [data-part="drawn"]').childElementCount > 0);
  await page.waitForFunction(() => !document.querySelector("a.outbox"));
  await awake(page);
  const drawn = await page.evaluate(outline);
  assert.deepEqual(drawn, await page.evaluate(outline, served), path);
}

for (const lang of ["zh", "en"]) {
  story(`a resident's pages are the same from the shell as from the server, in ${lang}`, async (stage) => {
    const server = await stage.server();
    const page = await stage.person(server, "resident");
    const resident = new Resident(page, server);
    await awake(page);
    await resident.ordersTwoVegetableBoxes();
    await resident.needs("维修", "厨房水管漏了");
    await resident.need("厨房水管漏了").first().waitFor();
    await delivered(page);
    await equipped(page, ["home", "household", "order", "need", "notices", "held"]);
    await speak(page.context(), server.url, lang);
    await page.goto(`${server.url}/lang/${lang}?to=/`);
    // The server's first page counts open needs on a board, which is tallied a moment after the fact.
    const counted = async () => !/没有未办|Nothing open/.test(await (await page.context().request.get(`${server.url}/`)).text());
    await until(counted, (so) => so, "the need is counted on the first page");
    for (const path of ["/", "/household", "/order", "/need", "/notices", "/outbox"]) await same(page, server, path);
  });

  story(`a steward's pages are the same from the shell as from the server, in ${lang}`, async (stage) => {
    const server = await stage.server();
    const page = await stage.person(server, "steward");
    const steward = new Steward(page, server);
    await awake(page);
    await steward.opensTheRound();
    const [first, second] = await steward.doorsLeft();
    await page.goto(server.url + first);
    await steward.marks().handedOver();
    await delivered(page);
    await equipped(page, ["round", "stop", "scan", "outbox"]);
    await speak(page.context(), server.url, lang);
    await page.goto(`${server.url}/lang/${lang}?to=/round`);
    for (const path of ["/round", first, second, "/scan"]) await same(page, server, path);
  });
}
