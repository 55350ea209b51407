// The real server on a folder of its own, behind a cuttable network.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Network } from "./network.js";

const TOP = fileURLToPath(new URL("../../../", import.meta.url));
const PROGRAM = process.env.LOCAL_SERVER ?? join(TOP, "target/debug/local");
export const SITE = process.env.SITE ?? join(TOP, "target/site");

/** Runs the program to its end; returns its exit code and all it said. */
export async function runProgram(args) {
  const child = spawn(PROGRAM, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  return { code, said };
}

/** How long a kept demo is good: its windows open and close by the clock. */
const KEPT_MS = 20 * 60_000;

/**
 * Starts the demo community; `args` replaces `--demo`, `data` keeps a folder of the caller's. The demo is filled once
 * and copied, since filling takes many times longer than starting; `fresh` fills it anew for the address it is served
 * at, which is what door cards and letters name. `site` is another folder of what phones download. `host` is the name by
 * which the server is reached, where an address of four numbers will not do.
 */
export async function startServer({ args = ["--demo"], data, env = {}, fresh = false, site = SITE, host = "127.0.0.1" } = {}) {
  const kept = args.join() === "--demo" && data === undefined && !fresh ? await keptDemo() : undefined;
  const network = await Network.open();
  const folder = data ?? (await mkdtemp(join(tmpdir(), "last-metre-")));
  // Without the socket by which a running server is asked for a backup: it cannot be copied.
  if (kept) await cp(kept.folder, folder, { recursive: true, filter: (from) => basename(from) !== "control" });
  const server = new Server(network, folder, args, env, data === undefined, site, host);
  if (kept) server.know(kept.signIn, kept.url);
  try {
    await server.start();
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}

/** A filled folder and the links into it, made by the program as it is now. */
async function keptDemo() {
  const program = Math.round((await stat(PROGRAM)).mtimeMs).toString(36);
  const age = Math.floor(Date.now() / KEPT_MS);
  const place = join(tmpdir(), `last-metre-demo-${program}-${age}`);
  const read = async () => ({ folder: join(place, "data"), ...JSON.parse(await readFile(join(place, "links.json"), "utf8")) });
  const found = await read().catch(() => undefined);
  if (found) return found;

  const making = await mkdtemp(join(tmpdir(), "last-metre-demo-"));
  const data = join(making, "data");
  await mkdir(data, { mode: 0o700 });
  const server = await startServer({ data });
  const { signIn, url } = server;
  await server.stop();
  await server.close();
  await writeFile(join(making, "links.json"), JSON.stringify({ signIn, url }));
  // Whoever was quicker keeps theirs.
  await rename(making, place).catch(() => rm(making, { recursive: true, force: true }));
  return read();
}

class Server {
  #process;

  constructor(network, folder, args, env, ownsFolder, site, host) {
    const url = network.url.replace("127.0.0.1", host);
    Object.assign(this, { network, folder, args, env, ownsFolder, site, log: "", url, signIn: {}, community: undefined });
  }

  /** The process, for what the system knows about it. */
  get pid() {
    return this.#process.pid;
  }

  /** Starts the process and waits for its ready line. */
  async start() {
    const fixed = ["--data", this.folder, "--listen", "127.0.0.1:0", "--site", this.site, "--public-url", this.url, "--ready-json"];
    const child = spawn(PROGRAM, [...fixed, ...this.args], { env: { ...process.env, ...this.env }, stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    child.stderr.on("data", (text) => (this.log += text));
    const failed = new Promise((_, reject) => {
      child.on("error", reject);
      child.on("exit", (code, signal) => reject(new Error(`the server ended (${signal ?? code}) before it was ready:\n${this.log}`)));
    });
    const lines = createInterface({ input: child.stdout });
    const ready = new Promise((resolve) => {
      lines.on("line", (line) => (line.startsWith("{") ? resolve(JSON.parse(line)) : (this.log += `${line}\n`)));
    });
    const { url, sign_in: signIn = {}, community } = await Promise.race([ready, failed]);
    failed.catch(() => {}); // From here on its end is the caller's business.
    this.network.leadTo(Number(new URL(url).port));
    this.know(signIn, url);
    this.community = community ?? this.community;
  }

  /** Keeps links, as they are reached through the network. */
  know(signIn, url) {
    for (const [role, link] of Object.entries(signIn)) {
      const { pathname, search, hash } = new URL(link, url);
      this.signIn[role] = this.url + pathname + search + hash;
    }
  }

  /** As Ctrl-C does. */
  async stop() {
    await this.#end("SIGINT");
  }

  /** As a power cut does. */
  async kill() {
    await this.#end("SIGKILL");
  }

  /** Starts again on the same data, at the same address; nothing is made anew. */
  async restart() {
    await this.stop();
    await this.start();
  }

  async close() {
    await this.#end("SIGTERM");
    await this.network.close();
    if (this.ownsFolder) await rm(this.folder, { recursive: true, force: true });
  }

  async #end(signal) {
    const child = this.#process;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}
