// The way between browser and server: it can be cut like a stairwell does, and counts what passes.
// Unlike the browser's own offline switch it also stops a service worker and a half-sent request.

import { once } from "node:events";
import net from "node:net";

export class Network {
  #target;
  #cut = false;
  #held;
  #sockets = new Set();

  /** Bytes from the server to the browser since the last `counted()`. */
  received = 0;
  /** Bytes from the browser to the server since the last `counted()`. */
  sent = 0;

  /** Addresses that the browser asked for, since this was last emptied. */
  asked = [];

  static async open() {
    const network = new Network();
    network.listener = net.createServer((browser) => network.#carry(browser));
    network.listener.listen(0, "127.0.0.1");
    await once(network.listener, "listening");
    network.url = `http://127.0.0.1:${network.listener.address().port}`;
    return network;
  }

  leadTo(port) {
    this.#target = port;
  }

  /** No signal: open connections break, new ones are refused at once. */
  cut() {
    this.#cut = true;
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  restore() {
    this.#cut = false;
  }

  /** From now on requests to this path break off, a service worker's too; `undefined` lets all pass again. */
  hold(path) {
    this.#held = path;
  }

  /** What passed since the last call. */
  counted() {
    const { received, sent } = this;
    this.received = this.sent = 0;
    return { received, sent };
  }

  async close() {
    this.cut();
    this.listener.close();
    await once(this.listener, "close");
  }

  #carry(browser) {
    this.#track(browser);
    if (this.#cut || !this.#target) return browser.resetAndDestroy();
    const server = net.connect(this.#target, "127.0.0.1");
    this.#track(server);
    browser.on("data", (bytes) => {
      this.sent += bytes.length;
      for (const [, path] of bytes.toString("latin1").matchAll(/^[A-Z]+ (\/\S*) HTTP\/1\.1\r$/gm)) {
        this.asked.push(path);
        if (path !== this.#held) continue;
        // Both, since what was read is still on its way to the server.
        server.destroy();
        browser.resetAndDestroy();
      }
    });
    server.on("data", (bytes) => (this.received += bytes.length));
    browser.pipe(server).pipe(browser);
    browser.on("close", () => server.destroy());
    server.on("close", () => browser.destroy());
  }

  #track(socket) {
    this.#sockets.add(socket);
    socket.on("error", () => {}); // A broken connection is what this is for; "close" follows.
    socket.on("close", () => this.#sockets.delete(socket));
  }
}
