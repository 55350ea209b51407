// What a phone's camera sees: clips of door cards for Chromium's fake camera, drawn by the `clips` crate.

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const TOP = fileURLToPath(new URL("../../../", import.meta.url));
const PROGRAM = process.env.CLIP ?? join(TOP, "target/debug/clip");

/**
 * Films cards one after the other, each for `seconds`, and returns the clip for `launch({ camera })` or
 * `Phone.buy({ camera })`. A card is `{ url }` (drawn as the project prints it) or `{ image }` (a PNG of the printed
 * card, `width` millimetres wide). `angle` and `roll` in degrees, `size` of the code in pixels; `hard` takes the
 * unsteady hand and the stairwell's light of a seed instead.
 */
export async function film(stage, cards, options = {}) {
  const folder = await mkdtemp(join(tmpdir(), "last-metre-clip-"));
  stage.later(() => rm(folder, { recursive: true, force: true }));
  const out = join(folder, "card.mjpeg");
  const shown = cards.flatMap(({ url, image }) => (image ? ["--image", image] : ["--url", url]));
  const how = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  await promisify(execFile)(PROGRAM, ["--out", out, ...shown, ...how]);
  return out;
}
