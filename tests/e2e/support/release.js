// A second release of the site, as a build would make it: the same program under a new name, beside the old files.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SITE } from "./server.js";

/** A copy of the site that a story may publish to: `startServer({ site: await ownSite(stage) })`. */
export async function ownSite(stage) {
  const folder = await mkdtemp(join(tmpdir(), "last-metre-site-"));
  stage.later(() => rm(folder, { recursive: true, force: true }));
  await cp(SITE, folder, { recursive: true });
  return folder;
}

/** Publishes the next release: the field's program gets another name, the old one stays. Returns both addresses. */
export async function publish(folder) {
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

  let worker = (await readFile(file("sw.js"), "utf8")).replaceAll(manifest.release, second.release);
  for (const path of [js, wasm, update]) worker = worker.replaceAll(path, next(path));
  await writeFile(file("sw.js"), worker);
  for (const packed of ["sw.js.br", "sw.js.gz"]) await rm(file(packed), { force: true });
  return { before: js, after: next(js) };
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
