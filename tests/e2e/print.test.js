// The desk prints everything and somebody holds it in their hands: page counts, words, and codes that phones read.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { accessible } from "./support/axe.js";
import { LAPTOP, PHONE, launch } from "./support/browser.js";
import { enter } from "./support/people.js";
import { print } from "./support/pictures.js";
import { startServer } from "./support/server.js";

const run = promisify(execFile);
const SITE = process.env.SITE ?? fileURLToPath(new URL("../../target/site", import.meta.url));
const ORIGIN = "https://demo.example";

let server;
let browser;

before(async () => {
  // As residents' phones would know it, behind a proxy: for a loopback address no code is printed.
  server = await startServer({ args: ["--demo", "--public-url", ORIGIN] });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Somebody at a laptop, in one of the languages. */
async function at(role, language, device = LAPTOP) {
  const context = await browser.newContext({ ...device, locale: language === "zh" ? "zh-CN" : "en-GB" });
  const page = await context.newPage();
  await enter(page, server, role);
  return page;
}

/** The phones' own decoder, outside of a phone. */
async function decoder() {
  const { decoder } = JSON.parse(await readFile(join(SITE, "assets.json"), "utf8"));
  const glue = await import(pathToFileURL(join(SITE, decoder.js)));
  await glue.default({ module_or_path: await readFile(join(SITE, decoder.wasm)) });
  return (...grey) => [glue.decode(...grey)].flat()[0];
}

/** A sheet of a print as grey pixels. */
async function sheet(pdf, number, resolution) {
  const folder = await mkdtemp(join(tmpdir(), "last-metre-sheet-"));
  try {
    const name = join(folder, "sheet");
    await run("pdftoppm", ["-gray", "-r", String(resolution), "-f", String(number), "-l", String(number), "-singlefile", pdf, name]);
    const bytes = await readFile(`${name}.pgm`);
    const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 60).toString("latin1"));
    const [width, height] = [Number(head[1]), Number(head[2])];
    return { width, height, pixels: bytes.subarray(head[0].length) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One cell of a sheet that is cut into `columns` times `rows`. */
function cut({ width, height, pixels }, columns, rows, place) {
  const [w, h] = [Math.floor(width / columns), Math.floor(height / rows)];
  const [left, top] = [(place % columns) * w, Math.floor(place / columns) * h];
  const cell = new Uint8Array(w * h);
  for (let y = 0; y < h; y += 1) cell.set(pixels.subarray((top + y) * width + left, (top + y) * width + left + w), y * w);
  return [cell, w, h];
}

const sheets = (count, each) => Math.ceil(count / each);

for (const language of ["zh", "en"]) {
  test(`the desk prints door cards that a phone reads (${language})`, async () => {
    const page = await at("desk", language);
    await page.goto(`${server.url}/desk/print/cards?building=1`);
    const cards = await page.locator("article.door-card").count();
    assert.ok(cards > 8, `${cards} cards`);
    const printed = await print(page, `cards-${language}`);
    assert.equal(printed.sheets, sheets(cards, 8));
    const decode = await decoder();
    const first = await sheet(printed.path, 1, 150);
    const codes = await page.locator("article.door-card .short-code").allTextContents();
    for (let place = 0; place < 8; place += 1) {
      const text = decode(...cut(first, 2, 4, place));
      assert.match(text ?? "nothing", /^https:\/\/demo\.example\/d\/[0-9A-Z]{21}$/, `card ${place + 1}`);
      assert.equal(text.slice(`${ORIGIN}/d/`.length).slice(0, 7), codes[place].replaceAll("-", "").slice(0, 7), "the code beside it");
    }
    await page.context().close();
  });

  test(`the desk prints letters that let a household in (${language})`, async () => {
    const page = await at("desk", language);
    await page.goto(`${server.url}/desk/print/letters?building=3`);
    await Promise.all([page.waitForEvent("load"), page.locator("main form button.main").click()]);
    await page.locator("article.letter").first().waitFor();
    const letters = await page.locator("article.letter").count();
    const printed = await print(page, `letters-${language}`);
    assert.equal(printed.sheets, sheets(letters, 3));
    const decode = await decoder();
    const first = await sheet(printed.path, 1, 150);
    for (let place = 0; place < 3; place += 1) {
      const text = decode(...cut(first, 1, 3, place));
      assert.match(text ?? "nothing", /^https:\/\/demo\.example\/e\/[0-9A-Z]{27}$/, `letter ${place + 1}`);
    }
    const last = await sheet(printed.path, 1, 150);
    const household = await browser.newContext(PHONE);
    const phone = await household.newPage();
    await phone.goto(decode(...cut(last, 1, 3, 0)).replace(ORIGIN, server.url));
    await phone.locator("main form button[type=submit]").first().click();
    await phone.waitForURL(`${server.url}/`);
    await household.close();
    await page.context().close();
  });

  test(`what is printed for a delivery fits its pages (${language})`, async () => {
    const page = await at("desk", language);
    // A page that prints itself would meet the print made here; what it asked for is remembered instead.
    await page.addInitScript(() => (window.print = () => (document.documentElement.dataset.printed = "")));
    const open = async (path) => {
      await page.goto(`${server.url}${path}`);
      return print(page, `${path.slice(1).replaceAll(/\W+/g, "-")}-${language}`);
    };
    assert.equal((await open("/desk/print/booklet")).sheets, 1, "an order form is one page");
    const booklet = await open("/desk/print/booklet?building=1&everyone=1");
    assert.equal(booklet.sheets, await page.locator(".order-form").count(), "a page a household");
    const codes = await page.locator(".form-code .short-code").allInnerTexts();
    assert.ok(codes.length > 20 && codes.every((code) => booklet.text.includes(code)), "each form with its number");
    const labels = await open("/desk/print/labels");
    assert.equal(labels.sheets, await page.locator(".sheet.labels").count());
    assert.equal((await open("/desk/print/gate")).sheets, 1);
    const map = await open("/desk/print/map");
    assert.equal(map.sheets, await page.locator(".gate-map").count(), "a sheet for each building");
    assert.ok(map.sheets === 15 && !/住户\d/.test(map.text), "every building, nobody's name");
    const rounds = await open("/desk/print/rounds");
    const stops = await page.locator("td.room").count();
    assert.ok(rounds.sheets <= sheets(stops, 16) + 2, `${rounds.sheets} sheets for ${stops} stops`);
    const fallback = await open("/desk/print/fallback");
    await page.locator("html[data-printed]").waitFor();
    assert.equal(await page.locator("table.list tbody tr").count(), 857, "every household");
    assert.ok(fallback.sheets < 60, `${fallback.sheets} sheets`);
    assert.match(fallback.text, /1\s*\/\s*\d+|2\s*\/\s*\d+/, "numbered pages");
    await page.context().close();
  });

  test(`the supplier's pick list is on the screen, on paper and a file (${language})`, async () => {
    const page = await at("supplier", language);
    assert.equal(new URL(page.url()).pathname, "/desk/picklist");
    await page.locator("main .rows a.row").last().click();
    await page.locator("main .paper table").first().waitFor();
    const printed = await print(page, `picklist-${language}`);
    assert.ok(printed.sheets >= 2 && printed.sheets <= 8, `${printed.sheets} sheets`);
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator(`a[href$=".xlsx"]`).click()]);
    assert.match(file.suggestedFilename(), /^pick-list-\d{4}-\d\d-\d\d-\d+\.xlsx$/);
    const bytes = await readFile(await file.path());
    assert.equal(bytes.subarray(0, 2).toString(), "PK");
    await page.context().close();
  });
}

test("the print pages pass axe on a laptop and a phone, light and dark", async () => {
  for (const [device, name] of [[LAPTOP, "1280"], [{ ...PHONE, isMobile: false }, "390"]]) {
    const page = await at("desk", "zh", device);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const pages = ["", "/letters?building=1", "/cards?building=2", "/booklet", "/rounds", "/labels", "/gate", "/map?building=2"];
      for (const path of [...pages.map((path) => `/desk/print${path}`), "/desk/picklist", "/desk/picklist/1"]) {
        await page.goto(`${server.url}${path}`);
        await accessible(page, `${path} at ${name}, ${colorScheme}`);
      }
    }
    await page.context().close();
  }
});
