// Screenshots and prints in tests/e2e/out, for people to look at.

import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where pictures go; git ignores it. */
export const OUT = fileURLToPath(new URL("../out/", import.meta.url));

/** The whole page as it looks now; returns the file. */
export async function picture(page, name) {
  await mkdir(OUT, { recursive: true });
  const path = join(OUT, `${name}.png`);
  await page.screenshot({ path, fullPage: true, animations: "disabled" });
  return path;
}

/** The page on A4: the file, its number of sheets and its text. */
export async function print(page, name) {
  await mkdir(OUT, { recursive: true });
  const path = join(OUT, `${name}.pdf`);
  await page.pdf({ path, format: "A4", preferCSSPageSize: true, printBackground: true });
  const [text, info] = await Promise.all([run("pdftotext", ["-layout", path, "-"]), run("pdfinfo", [path])]);
  return { path, text: text.stdout, sheets: Number(/^Pages:\s+(\d+)/m.exec(info.stdout)[1]) };
}
