// A second release of the site, as a build would make it: the same program under a new name, beside the old files.

import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SITE } from "./server.js";

const XTASK = process.env.XTASK ?? new URL("../../../target/debug/xtask", import.meta.url).pathname;

/** A copy of the site that a story may publish to: `startServer({ site: await ownSite(stage) })`. */
export async function ownSite(stage) {
  const folder = await mkdtemp(join(tmpdir(), "last-metre-site-"));
  stage.later(() => rm(folder, { recursive: true, force: true }));
  await cp(SITE, folder, { recursive: true });
  return folder;
}

/**
 * Publishes the next release: the field's program gets another name, the old one stays. Returns both addresses, and that
 * of what differs, which the build's own tool makes; `broken` publishes one that makes something else.
 */
export async function publish(folder, { broken = false } = {}) {
  const file = (path) => join(folder, path);
  const manifest = JSON.parse(await readFile(file("assets.json"), "utf8"));
  const { js, wasm, update, files } = manifest.field;
  const next = (path) => path.replace(/\.[0-9a-f]{12}\./, ".0123456789ab.");
  await writeFile(file(next(js)), `${await readFile(file(js), "utf8")}\n// the second release\n`);
  await cp(file(wasm), file(next(wasm)));
  await writeFile(file(next(update)), await repacked(file(update), async (path) => (path === js ? readFile(file(next(js))) : undefined), next));
  const renamed = { js: next(js), wasm: next(wasm), update: next(update), files: files.map((path) => ([js, wasm].includes(path) ? next(path) : path)) };
  const second = { ...manifest, release: "0123456789ab", field: { ...manifest.field, ...renamed } };
  await writeFile(file("assets.json"), JSON.stringify(second));

  const less = update.replace(/\.[0-9a-f]{12}\./, ".d1ffd1ffd1ff.");
  const { stdout } = await promisify(execFile)(XTASK, ["difference", file(update), file(next(update))], { encoding: "buffer", maxBuffer: 1 << 26 });
  // The last byte is one of the new script's.
  if (broken) stdout[stdout.length - 1] ^= 1;
  await writeFile(file(less), stdout);

  let worker = (await readFile(file("sw.js"), "utf8")).replaceAll(manifest.release, second.release);
  for (const path of [js, wasm, update]) worker = worker.replaceAll(path, next(path));
  worker = worker.replace(new RegExp(`"?update"?:\\s*"${next(update)}"`), (found) => `${found},"since":${JSON.stringify({ [wasm]: less })}`);
  await writeFile(file("sw.js"), worker);
  for (const packed of ["sw.js.br", "sw.js.gz"]) await rm(file(packed), { force: true });
  return { before: js, after: next(js), less };
}

/** The file with everything that a release changes, its parts under their next names; `changed` gives new content. */
async function repacked(pack, changed, next) {
  const bytes = await readFile(pack);
  let at = bytes.indexOf(10) + 1;
  const list = [];
  const parts = [];
  for (const [path, length] of JSON.parse(bytes.subarray(0, at))) {
    const part = (await changed(path)) ?? bytes.subarray(at, at + length);
    list.push([next(path), part.length]);
    parts.push(part);
    at += length;
  }
  return Buffer.concat([Buffer.from(`${JSON.stringify(list)}\n`), ...parts]);
}
