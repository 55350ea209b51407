// What a browser offers an outbox, and nothing that decides: one database, strict transactions, a lock, two requests,
// the moments at which something may have changed. What is written, sent and believed is decided in Rust.
//
// `public/kept.js` opens the same database; change them together.

let opening;

function open() {
  return (opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("last-metre", 1);
    request.onupgradeneeded = () => {
      const database = request.result;
      database.createObjectStore("facts", { keyPath: "id" }).createIndex("waiting", "waiting");
      database.createObjectStore("feed");
      database.createObjectStore("meta");
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      database.onclose = () => (opening = undefined);
      resolve(database);
    };
    request.onerror = () => {
      opening = undefined;
      reject(request.error);
    };
  }));
}

// Resolves when the transaction is on disk, as far as the system can promise: with the durability it really had.
async function write(stores, work) {
  const transaction = (await open()).transaction(stores, "readwrite", { durability: "strict" });
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(transaction.durability ?? "unknown");
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
    work((name) => transaction.objectStore(name), transaction);
  });
}

const meta = (store, key, value) => store("meta").put(value, key);

const ask = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// All facts, as JSON text.
export const rows = async () =>
  JSON.stringify(await ask((await open()).transaction("facts").objectStore("facts").getAll()));

// [facts, feed, etag, session, clock], each text or undefined.
export async function load() {
  const transaction = (await open()).transaction(["facts", "feed", "meta"]);
  const store = (name) => transaction.objectStore(name);
  const [rows, feed, session, clock] = await Promise.all([
    ask(store("facts").getAll()),
    ask(store("feed").get("last")),
    ask(store("meta").get("session")),
    ask(store("meta").get("clock")),
  ]);
  return [JSON.stringify(rows), feed?.text, feed?.etag, session && JSON.stringify(session), clock];
}

// Saves facts of the person who is signed in, with the next numbers of this device, in one transaction, so that two
// tabs never use a number twice. `make(epoch, next)` gives `[{id, body}, ...]` as JSON text. Fails if somebody else
// than `by` is signed in by now.
export async function save(by, make) {
  const durability = await write(["facts", "meta"], (store, transaction) => {
    const session = store("meta").get("session");
    const device = store("meta").get("device");
    device.onsuccess = () => {
      const owner = session.result;
      if (owner?.by !== by) return transaction.abort();
      const { epoch, next } = device.result ?? { epoch: crypto.getRandomValues(new Uint32Array(1))[0], next: 1 };
      const rows = JSON.parse(make(epoch, next));
      for (const row of rows) store("facts").add({ ...row, token: owner.token, by: owner.by, waiting: 1 });
      meta(store, "device", { epoch, next: next + rows.length });
    };
  });
  channel?.postMessage("saved");
  navigator.storage?.persist?.();
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
  return durability;
}

// Writes final words, `[[id, state], ...]` as JSON text, onto facts that still wait: states only move forward.
export async function settle(words) {
  await write(["facts"], (store) => {
    for (const [id, state] of JSON.parse(words)) {
      const row = store("facts").get(id);
      row.onsuccess = () => {
        if (!row.result?.waiting) return;
        delete row.result.waiting;
        store("facts").put({ ...row.result, state });
      };
    }
  });
  channel?.postMessage("saved");
}

// Forgets facts that need not be kept any more; a waiting one is never forgotten.
export function forget(ids) {
  return write(["facts"], (store) => {
    for (const id of JSON.parse(ids)) {
      const row = store("facts").get(id);
      row.onsuccess = () => row.result && !row.result.waiting && store("facts").delete(id);
    }
  });
}

export const keep_clock = (clock) => write(["meta"], (store) => meta(store, "clock", clock));

// Keeps a feed with who it is for; `until` is when it has to leave this phone (server's milliseconds).
export async function keep_feed(text, etag, session, until) {
  if (gone) return;
  await write(["feed", "meta"], (store) => {
    store("feed").put({ text, etag, until }, "last");
    meta(store, "session", JSON.parse(session));
  });
  channel?.postMessage("feed");
}

// Everything there is to read here, rests of rounds too.
export const drop_all = () => write(["feed"], (store) => store("feed").clear());

export const drop_feed = () => write(["feed"], (store) => store("feed").delete("last"));

// The rests of rounds that were handed to this phone, as JSON text.
export const rests = async () => ask((await open()).transaction("feed").objectStore("feed").get("rests"));

export async function keep_rests(texts) {
  await write(["feed"], (store) => store("feed").put(texts, "rests"));
  channel?.postMessage("feed");
}

// A function that gives the lock back, or undefined if another tab has it.
export function lock(name) {
  if (!navigator.locks) return () => {};
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (held) => {
      if (!held) return resolve(undefined);
      return new Promise((release) => resolve(release));
    });
  });
}

// The feed that came with the answer to a batch, until the page asks for it: an order is one request.
let brought;
const header = (reply, name) => reply.headers.get(name) ?? undefined;

function news() {
  const fresh = brought?.at > performance.now() - 2_000 ? brought.feed : undefined;
  brought = undefined;
  return fresh;
}

// [status, seconds to wait or undefined, text]; status 0 is no answer at all.
export async function post(token, text) {
  let body = text;
  const headers = { authorization: "Bearer " + token, "content-type": "application/json", accept: "application/x-ndjson" };
  if (globalThis.CompressionStream && text.length > 1000) {
    const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    body = await new Response(packed).arrayBuffer();
    headers["content-encoding"] = "gzip";
  }
  try {
    const options = { method: "POST", headers, body, redirect: "manual", cache: "no-store" };
    const reply = await fetch("/api/facts", { ...options, signal: AbortSignal.timeout?.(60_000) });
    const [answers, feed] = (await reply.text()).split("\n");
    if (reply.ok && feed) brought = { at: performance.now(), feed: [200, header(reply, "hand-in"), header(reply, "etag"), feed] };
    return [reply.status, Number(reply.headers.get("retry-after")) || undefined, answers];
  } catch {
    return [0, undefined, ""];
  }
}

// [status, hand-in token, etag, text] of the feed.
export async function feed(etag) {
  const came = news();
  if (came) return came;
  try {
    const headers = etag ? { "if-none-match": etag } : {};
    const options = { headers, redirect: "manual", cache: "no-store" };
    const reply = await fetch("/api/feed", { ...options, signal: AbortSignal.timeout?.(30_000) });
    const text = reply.status === 200 ? await reply.text() : "";
    // What came meanwhile with the answer to a batch tells more.
    return news() ?? [reply.status, header(reply, "hand-in"), header(reply, "etag"), text];
  } catch {
    return [0, undefined, undefined, ""];
  }
}

// The fields of a submitted form with the pressed button's, as JSON text.
export function take_form(event) {
  event.preventDefault();
  const fields = [...new FormData(event.target)].filter(([, value]) => typeof value === "string");
  if (event.submitter?.name) fields.push([event.submitter.name, event.submitter.value]);
  return JSON.stringify(fields);
}

export const device_now = () => Date.now();
export const dice = () => crypto.getRandomValues(new Uint8Array(10));
export const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
export const online = () => navigator.onLine !== false;

let channel;
// Somebody signed out (`public/kept.js`): nothing more of theirs is written to this phone, and no tab shows it.
let gone = false;

// Calls back whenever there may be something to send or to show: "online", "offline",
// "visible", "tick", "saved" and "feed" (by another tab).
export function watch(callback) {
  channel = globalThis.BroadcastChannel && new BroadcastChannel("last-metre");
  channel?.addEventListener("message", ({ data }) => {
    if (data !== "left") return callback(data);
    gone = true;
    location.replace("/signedout");
  });
  addEventListener("online", () => callback("online"));
  addEventListener("offline", () => callback("offline"));
  addEventListener("pageshow", (event) => event.persisted && callback("visible"));
  document.addEventListener("visibilitychange", () => document.hidden || callback("visible"));
  setInterval(() => document.hidden || callback("tick"), 30_000);
}
