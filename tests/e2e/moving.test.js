// The operator saves and moves everything while the server runs: a backup restored into an empty place shows everybody
// the same, an export taken in elsewhere is the same table, and nothing damaged is taken.

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { record } from "./support/bench.js";
import { runProgram } from "./support/server.js";
import { story } from "./support/story.js";
import { Wire } from "./support/wire.js";

const ROLES = ["resident", "steward", "volunteer"];

/** Runs a command that has to work. */
async function work(...args) {
  const { code, said } = await runProgram(args);
  assert.equal(code, 0, said);
  return said;
}

/** What somebody's phone gets, without what belongs to the moment and to the server's own address. */
async function seen(wire) {
  const { as_of: _, ...feed } = await wire.feed();
  delete feed.community.settings.hosts;
  return JSON.stringify(feed);
}

/** A folder for this test's files. */
async function folder(stage) {
  const path = await mkdtemp(join(tmpdir(), "last-metre-moving-"));
  stage.later(() => rm(path, { recursive: true, force: true }));
  return path;
}

const digestIn = (said) => said.match(/digest ([0-9a-f]{64})/)[1];

story("a backup made while phones hand in, restored into an empty place, shows everybody the same", async (stage) => {
  const server = await stage.server();
  const place = await folder(stage);
  const wires = Object.fromEntries(await Promise.all(ROLES.map(async (role) => [role, await Wire.signIn(server, role)])));
  const { community } = await wires.steward.feed();
  const { run } = Object.values(community.windows).find((window) => window.sealed);
  const [{ id: building }] = Object.values(community.places.buildings);
  const load = () => wires.steward.fact({ load: { run, b: building, taken: 1, returned: 0 } });

  const before = [];
  for (let n = 0; n < 10; n += 1) before.push(load());
  await wires.steward.handIn(before);
  const expected = Object.fromEntries(await Promise.all(ROLES.map(async (role) => [role, await seen(wires[role])])));
  // In the middle of handing in: the copy is of one moment, and nobody is turned away.
  const meanwhile = [];
  let copying = true;
  const handingIn = (async () => {
    while (copying) {
      const fact = load();
      meanwhile.push(fact.id);
      await wires.steward.handIn([fact]);
    }
  })();
  await work("backup", "--data", server.folder, "--to", join(place, "backups"));
  copying = false;
  await handingIn;

  const [name] = (await readdir(join(place, "backups"))).filter((file) => file.endsWith(".db"));
  const key = join(server.folder, "care.key");
  await work("restore", "--from", join(place, "backups", name), "--data", join(place, "again"), "--key", key);
  assert.equal((await stat(join(place, "again", "care.key"))).mode & 0o777, 0o600);
  const again = await stage.server({ data: join(place, "again"), args: [] });
  let differences = 0;
  for (const role of ROLES) {
    // Sessions are in a backup: the same phones go on.
    wires[role].server = again;
    const feed = JSON.parse(await seen(wires[role]));
    // What came in while it was made may be in it or not.
    feed.facts = feed.facts.filter(({ fact }) => !meanwhile.includes(fact.id));
    if (JSON.stringify(feed) !== expected[role]) differences += 1;
  }
  await record("R9", differences, { note: `${ROLES.length} people's feeds, ${meanwhile.length} facts handed in meanwhile` });
  assert.equal(differences, 0);

  const refused = await runProgram(["restore", "--from", join(place, "backups", name), "--data", join(place, "again")]);
  assert.equal(refused.code, 1);
  assert.match(refused.said, /there is a table in .* already/);
});

story("backups are made on a schedule, and the oldest go", async (stage) => {
  const place = await folder(stage);
  const to = join(place, "backups");
  const names = async () => (await readdir(to).catch(() => [])).filter((file) => file.endsWith(".db"));
  const server = await stage.server({ args: ["--empty", "--backup-every", "1h", "--backup-to", to, "--backup-keep", "2"] });
  // The first comes at once, since there is none.
  while ((await names()).length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  const [first] = await names();
  for (let n = 0; n < 2; n += 1) await work("backup", "--data", server.folder, "--to", to, "--keep", "2");
  const kept = await names();
  assert.equal(kept.length, 2);
  assert.ok(!kept.includes(first));
});

story("an export taken in elsewhere is the same table, and damage is refused before anything is taken", async (stage) => {
  const server = await stage.server();
  const place = await folder(stage);
  const [file, key, other] = [join(place, "all.jsonl"), join(server.folder, "care.key"), join(place, "other")];
  const digest = digestIn(await work("export", "--data", server.folder, "--out", file));
  assert.equal((await stat(file)).mode & 0o777, 0o600);

  const running = await runProgram(["import", "--data", server.folder, "--from", file]);
  assert.equal(running.code, 1);
  assert.match(running.said, /Stop the server first/);

  const whole = await readFile(file);
  await writeFile(join(place, "cut.jsonl"), whole.subarray(0, whole.length / 2));
  const cut = await runProgram(["import", "--data", other, "--from", join(place, "cut.jsonl"), "--key", key]);
  assert.equal(cut.code, 1);
  assert.match(cut.said, /cut off[^]*Nothing was taken/);
  const keyless = await runProgram(["import", "--data", other, "--from", file]);
  assert.equal(keyless.code, 1);
  assert.match(keyless.said, /care\.key of where the export was made/);

  await work("import", "--data", other, "--from", file, "--key", key);
  const back = await work("export", "--data", other, "--out", join(place, "back.jsonl"));
  assert.equal(digestIn(back), digest);
  assert.match(await work("import", "--data", other, "--from", file), /0 items written/);
  // It serves: the desk comes in by a new link, since sessions do not move.
  const moved = await stage.server({ data: other, args: ["--desk-link"] });
  const desk = await Wire.signIn(moved, "desk");
  const page = await fetch(`${moved.url}/desk`, { headers: { cookie: desk.cookie } });
  assert.equal(page.status, 200);
});
