// Figures for `cargo xtask bench`. Ids, units and limits are in xtask/src/bench/bars.rs.

import { appendFile } from "node:fs/promises";

/** Notes a figure; `control` is what the naive way costs, measured in the same run. */
export async function record(id, value, { control, note } = {}) {
  if (!process.env.BENCH_OUT) return;
  await appendFile(process.env.BENCH_OUT, `${JSON.stringify({ id, value, control, note })}\n`);
}
