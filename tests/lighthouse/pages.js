// P5: Lighthouse over every page of every role, as the phone it imitates opens it the first time.

import lighthouse from "lighthouse";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { record } from "../e2e/support/bench.js";
import { Phone } from "../e2e/support/browser.js";
import { AUDIENCES } from "../e2e/support/pages.js";
import { enter } from "../e2e/support/people.js";
import { startServer } from "../e2e/support/server.js";

const CATEGORIES = { performance: "performance", accessibility: "accessibility", "best-practices": "best_practices", seo: "seo" };

/** A camera that shows something: what a scanner's page looks like without one is another matter. */
const CAMERA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"];

/** A look at a page. Under load an audit may fail, and its category has no points then: it is looked at once more. */
async function lookAt(url, port) {
  for (let tries = 1; ; tries += 1) {
    const { lhr } = await lighthouse(url, { port, output: "json", logLevel: "silent" });
    const without = Object.keys(CATEGORIES).filter((category) => lhr.categories[category].score === null);
    if (without.length === 0) return lhr;
    if (tries === 2) throw new Error(`${url}: no points for ${without.join()}`);
  }
}

/** What keeps a category from full points. */
function faults(report, category) {
  const audits = report.categories[category].auditRefs.map(({ id, weight }) => ({ ...report.audits[id], weight }));
  const short = audits.filter(({ weight, score }) => weight > 0 && score !== null && score < 1);
  return short.map(({ id, displayValue }) => (displayValue ? `${id} ${displayValue}` : id)).join(", ");
}

for (const { name, role, paths, find, server: options } of AUDIENCES) {
  const server = await startServer(options);
  const phone = await Phone.buy({ flags: CAMERA });
  try {
    const context = await phone.start();
    const page = await phone.page(context);
    if (role) await enter(page, server, role);
    const found = (await find?.(page, server.url, server)) ?? [];
    await page.goto("about:blank");
    const [port] = (await readFile(join(phone.profile, "DevToolsActivePort"), "utf8")).split("\n");
    for (const path of [...paths, ...found]) {
      const answer = await context.request.get(server.url + path);
      // Lighthouse looks at pages; "not here" and "not yours" are said with a status that it takes for a fault.
      if (!answer.ok()) continue;
      const report = await lookAt(server.url + path, Number(port));
      const points = [];
      for (const [category, id] of Object.entries(CATEGORIES)) {
        const value = Math.round(report.categories[category].score * 100);
        points.push(value);
        const why = value < 100 ? `: ${faults(report, category)}` : "";
        if (why) console.log(`    ${name} ${path} ${category} ${value}${why}`);
        await record(`P5.${id}`, value, { note: `${name}, ${path}${why}` });
      }
      console.log(`  ${points.join(" ")}  ${name} ${path}`);
    }
  } finally {
    await phone.discard();
    await server.close();
  }
}
