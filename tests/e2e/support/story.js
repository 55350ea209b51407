// One browser test: people acting on one server. On failure it says what the server logged and
// leaves a picture of every open page in tests/e2e/out.
//
//     story("a resident orders", async (stage) => {
//       const server = await stage.server();
//       const resident = await stage.person(server, "resident");
//       await resident.getByRole("link", { name: "订餐" }).click();
//     });

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, test } from "node:test";
import { launch, LAPTOP, PHONE } from "./browser.js";
import { enter } from "./people.js";
import { OUT, picture } from "./pictures.js";
import { startServer } from "./server.js";

/** Longer than any story needs on a busy machine; a hang should say what it waited for. */
const LIMIT_MS = 120_000;

let shared;
after(async () => (await shared)?.close());

/** Declares a test. `limit` in milliseconds is for stories that are long by nature. */
export function story(name, act, { limit = LIMIT_MS } = {}) {
  test(name, async () => {
    const stage = new Stage(name);
    try {
      await within(limit, act(stage));
      stage.noPolicyBroken();
    } catch (error) {
      await stage.explain(error);
      throw error;
    } finally {
      await stage.close();
    }
  });
}

class Stage {
  #closing = [];
  #contexts = [];
  #servers = [];
  #refused = [];

  constructor(name) {
    this.name = name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60);
  }

  /** A server of this story alone, with the demo community unless `args` say otherwise. */
  async server(options = {}) {
    const server = await startServer(options);
    this.#servers.push(server);
    this.later(() => server.close());
    return server;
  }

  /** A fresh browser window: `phone` (390 px, touch) or `laptop` (1280 px). Options are playwright's. */
  async window(device, options = {}) {
    shared ??= launch();
    const context = await (await shared).newContext({ ...(device === "laptop" ? LAPTOP : PHONE), ...options });
    context.setDefaultTimeout(15_000);
    this.watch(context);
    this.later(() => context.close());
    return context;
  }

  /** Somebody of the demo, signed in by their link; returns their page. `context` options as in `window`. */
  async person(server, role, options = {}) {
    const device = ["desk", "supplier"].includes(role) ? "laptop" : "phone";
    const page = await (await this.window(device, options)).newPage();
    await enter(page, server, role);
    return page;
  }

  /** Takes part in the pictures on failure (for contexts that a test opens itself). */
  watch(context) {
    this.#contexts.push(context);
    context.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) this.#refused.push(`${message.page()?.url()}: ${message.text()}`);
    });
  }

  /** Whatever the story was about: no page of it asked for something that its own policy forbids. */
  noPolicyBroken() {
    assert.deepEqual(this.#refused, [], "refused by the content security policy");
  }

  /** Does something at the end, the latest first. */
  later(close) {
    this.#closing.push(close);
  }

  async explain(error) {
    await mkdir(OUT, { recursive: true });
    const pages = this.#contexts.flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
      const taken = await picture(page, `failed-${this.name}-${index}`).catch(() => undefined);
      if (taken) error.message += `\n  page ${index}: ${page.url()} -> ${taken}`;
    }
    for (const server of this.#servers) {
      error.message += `\n  the server's last lines:\n${server.log.split("\n").slice(-30).join("\n")}`;
    }
  }

  async close() {
    for (const close of this.#closing.reverse()) await close();
  }
}

function within(milliseconds, work) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${milliseconds / 1000} s`)), milliseconds);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
