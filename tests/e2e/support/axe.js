// Accessibility by axe: every violation is named with the element that has it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { record } from "./bench.js";

const engine = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Fails with a readable list if the page, as it is now, has a violation; of `rules` alone, if some are named. */
export async function accessible(page, name = page.url(), rules) {
  // Evaluated, not added as a script: the page's own policy forbids foreign scripts, and should.
  await page.evaluate(await engine);
  const { violations } = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(runOnly && { runOnly }) }),
    rules,
  );
  await record("H3", violations.length, { note: name });
  const places = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help})\n    ${node.target.join(" ")}\n    ${node.html}`));
  assert.equal(places.length, 0, `${name}:\n  ${places.join("\n  ")}`);
}
