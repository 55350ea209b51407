// Whoever runs the server: one process a folder, a clean end, and plain words where something won't work.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { runProgram } from "./support/server.js";
import { story } from "./support/story.js";

const SITE = process.env.SITE ?? fileURLToPath(new URL("../../target/site", import.meta.url));

const run = (args) => runProgram(["--site", SITE, ...args]);

story("a second server on the same folder is refused in plain words", async (stage) => {
  const server = await stage.server({ args: ["--empty"] });
  const second = await run(["--data", server.folder, "--listen", "127.0.0.1:0"]);
  assert.equal(second.code, 1);
  assert.match(second.said, /in use by another server \(process \d+\)/);
  // The first one never noticed.
  assert.equal((await fetch(`${server.url}/health`)).status, 200);
});

story("a server stops cleanly and its folder can be opened again at once", async (stage) => {
  const server = await stage.server({ args: ["--empty"] });
  const desk = await stage.person(server, "desk");
  assert.equal((await desk.goto(`${server.url}/desk`)).status(), 200);
  await server.restart();
  // Still signed in; nothing was made anew.
  assert.equal((await desk.goto(`${server.url}/desk`)).status(), 200);
  assert.deepEqual(Object.keys(server.signIn), ["desk"]);
});

story("options that do not go together are explained", async () => {
  const half = await run(["--tls-cert", "chain.pem"]);
  assert.equal(half.code, 2);
  assert.match(half.said, /belong together/);
  const both = await run(["--acme", "lm.example.org", "--tls-cert", "chain.pem", "--tls-key", "key.pem"]);
  assert.equal(both.code, 2);
  assert.match(both.said, /choose one/);
  const address = await run(["--acme", "https://lm.example.org"]);
  assert.equal(address.code, 2);
  assert.match(address.said, /a domain like lm\.example\.org/);
});
