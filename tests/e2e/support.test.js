// The helpers themselves, against the real browser: a story is only as true as its stage.

import assert from "node:assert/strict";
import http from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { launch, Phone, PHONE } from "./support/browser.js";
import { countTaps } from "./support/people.js";
import { Network } from "./support/network.js";

async function hello() {
  const page = "<!doctype html><html lang=en><meta name=viewport content=width=device-width><title>hello</title><main><button>Tap</button></main>";
  const server = http.createServer((_, answer) => answer.setHeader("content-type", "text/html").end(page));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const network = await Network.open();
  network.leadTo(server.address().port);
  const close = async () => {
    await network.close();
    server.closeAllConnections();
    server.close();
  };
  return { network, close };
}

test("a cut network stops the page and restores without a restart", async () => {
  const { network, close } = await hello();
  const browser = await launch();
  try {
    const page = await (await browser.newContext(PHONE)).newPage();
    await page.goto(network.url);
    assert.ok(network.counted().received > 80);

    const ask = () => page.evaluate(() => fetch("/", { cache: "no-store" }).then((answer) => answer.status));
    network.cut();
    await assert.rejects(ask());
    assert.equal(network.counted().received, 0);

    network.restore();
    assert.equal(await ask(), 200);
  } finally {
    await browser.close();
    await close();
  }
});

test("taps are counted as a finger makes them", async () => {
  const { network, close } = await hello();
  const browser = await launch();
  try {
    const page = await (await browser.newContext(PHONE)).newPage();
    await page.goto(network.url);
    const taps = await countTaps(page);
    await page.getByRole("button").tap();
    await page.goto(`${network.url}/next`);
    await page.getByRole("button").tap();
    await page.evaluate(() => document.querySelector("button").click());
    assert.equal(taps(), 2);
  } finally {
    await browser.close();
    await close();
  }
});

test("a killed browser keeps what was durably stored", async () => {
  const { network, close } = await hello();
  const phone = await Phone.buy();
  try {
    const before = await phone.page(await phone.start());
    await before.goto(network.url);
    await before.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const open = indexedDB.open("kept", 1);
          open.onupgradeneeded = () => open.result.createObjectStore("facts");
          open.onerror = reject;
          open.onsuccess = () => {
            const write = open.result.transaction("facts", "readwrite", { durability: "strict" });
            write.objectStore("facts").put("delivered", 1101);
            write.oncomplete = () => resolve(undefined);
          };
        }),
    );
    await phone.kill();

    const after = await phone.page(await phone.start());
    await after.goto(network.url);
    const kept = await after.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const open = indexedDB.open("kept", 1);
          open.onerror = reject;
          open.onsuccess = () => {
            const read = open.result.transaction("facts").objectStore("facts").get(1101);
            read.onsuccess = () => resolve(read.result);
          };
        }),
    );
    assert.equal(kept, "delivered");
    assert.equal(await after.evaluate(() => innerWidth), 390);
  } finally {
    await phone.discard();
    await close();
  }
});
