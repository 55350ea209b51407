// The system's Chromium: shared for most stories, or a phone of its own whose browser can be killed.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const PROGRAM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A phone as residents and volunteers hold it. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
  locale: "zh-CN",
  timezoneId: "Asia/Shanghai",
};

/** The desk's laptop. */
export const LAPTOP = { viewport: { width: 1280, height: 800 }, locale: "zh-CN", timezoneId: "Asia/Shanghai" };

/** A browser without memory; `camera` is a .mjpeg clip that its camera shows in a loop, `flags` are further ones. */
export function launch({ camera, flags = [] } = {}) {
  return chromium.launch({ executablePath: PROGRAM, args: [...FLAGS, ...cameraFlags(camera), ...flags] });
}

/** A phone that keeps its storage when its browser dies: `start`, `kill`, `start` again. */
export class Phone {
  #process;
  #browser;

  static async buy({ camera, language = "zh-CN", flags = [] } = {}) {
    const phone = new Phone();
    phone.profile = await mkdtemp(join(tmpdir(), "last-metre-phone-"));
    phone.flags = [...FLAGS, ...cameraFlags(camera), ...flags, `--lang=${language}`, `--accept-lang=${language}`];
    return phone;
  }

  /** Opens the browser on what is stored; returns its context. */
  async start() {
    const active = join(this.profile, "DevToolsActivePort");
    await rm(active, { force: true });
    const own = ["--headless", "--remote-debugging-port=0", `--user-data-dir=${this.profile}`, "about:blank"];
    const child = spawn(PROGRAM, [...this.flags, ...own], { stdio: ["ignore", "ignore", "pipe"] });
    this.#process = child;
    const address = await new Promise((resolve, reject) => {
      let said = "";
      child.stderr.on("data", (text) => {
        said += text;
        const found = /DevTools listening on (ws:\/\/\S+)/.exec(said);
        if (found) resolve(found[1]);
      });
      child.on("exit", () => reject(new Error(`the browser ended before it listened:\n${said}`)));
    });
    this.#browser = await chromium.connectOverCDP(address);
    const [context] = this.#browser.contexts();
    context.setDefaultTimeout(15_000);
    return context;
  }

  /** A page with the size and touch of a phone. */
  async page(context) {
    const page = await context.newPage();
    await page.setViewportSize(PHONE.viewport);
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setDeviceMetricsOverride", { ...PHONE.viewport, deviceScaleFactor: 2, mobile: true });
    await devtools.send("Emulation.setTouchEmulationEnabled", { enabled: true });
    return page;
  }

  /** The system kills the app: no goodbye, nothing flushed. */
  async kill() {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    await this.#browser?.close().catch(() => {}); // The connection is gone with it.
  }

  /** Kills it and throws the storage away. */
  async discard() {
    await this.kill();
    // Helper processes may still be writing for a moment.
    await rm(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Whether the running page's service worker has taken over; wait for it before cutting the network. */
export async function ready(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
}


function cameraFlags(clip) {
  if (!clip) return [];
  return ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${clip}`];
}
