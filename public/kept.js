// What lies on a phone, for scripts beside the program: the service worker, and the page that signs out. The same
// database as `app/ui/src/outbox/edge.js`; change them together. A classic script, since a service worker has no other.
//
// Signing out leaves nothing readable: what waits is sent if it can be, else sealed to the server's key, and shown as
// a count only. A sealed fact holds its author's hand-in token, so it is credited to them whoever is signed in later.

globalThis.kept = (() => {
  const SEALED = "sealed/";
  const ABOUT = new TextEncoder().encode("last metre sealed fact 1");
  const CURVE = { name: "ECDH", namedCurve: "P-256" };
  // Longer than a slow answer, shorter than a person's patience.
  const PATIENCE = 15_000;

  function open() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open("last-metre", 1);
      // Whoever comes first makes it whole: a page that is opened meanwhile must not find an empty one.
      request.onupgradeneeded = () => {
        const database = request.result;
        database.createObjectStore("facts", { keyPath: "id" }).createIndex("waiting", "waiting");
        database.createObjectStore("feed");
        database.createObjectStore("meta");
      };
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
  }

  const ask = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  async function read(work) {
    const database = await open();
    try {
      return await work((name) => database.transaction(name).objectStore(name));
    } finally {
      database.close();
    }
  }

  // True once it is on disk, false if `work` took it back.
  async function write(names, work) {
    const database = await open();
    try {
      const transaction = database.transaction(names, "readwrite", { durability: "strict" });
      let undone = false;
      const undo = () => {
        undone = true;
        transaction.abort();
      };
      const done = new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => (undone ? resolve(false) : reject(transaction.error));
      });
      work((name) => transaction.objectStore(name), undo);
      return await done;
    } finally {
      database.close();
    }
  }

  const tell = (what) => new BroadcastChannel("last-metre").postMessage(what);
  const waiting = () => read((store) => ask(store("facts").index("waiting").getAll()));
  const parcels = () => read((store) => ask(store("meta").getAll(IDBKeyRange.bound(SEALED, SEALED + "~"))));

  // Who is signed in here, and whether somebody signed out whom the server has not heard yet.
  const known = () =>
    read(async (store) => {
      const meta = store("meta");
      const [session, leaving] = await Promise.all([ask(meta.get("session")), ask(meta.get("leaving"))]);
      return { session, leaving };
    }).catch(() => ({}));

  async function post(path, text, headers = {}) {
    let body = text;
    if (globalThis.CompressionStream && text.length > 1000) {
      const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
      body = await new Response(packed).arrayBuffer();
      headers["content-encoding"] = "gzip";
    }
    headers["content-type"] = "application/json";
    const options = { method: "POST", headers, body, credentials: "omit", redirect: "manual", cache: "no-store" };
    return fetch(path, { ...options, signal: AbortSignal.timeout?.(PATIENCE) });
  }

  // --- Sending without the program: the stored bytes, as they are ---

  async function send() {
    const rows = await waiting();
    const people = new Map();
    for (const row of rows) people.set(row.token, [...(people.get(row.token) ?? []), row]);
    for (const [token, own] of people) {
      for (let from = 0; from < own.length; from += 500) await handIn(token, own.slice(from, from + 500));
    }
    if (rows.length) tell("saved");
  }

  async function handIn(token, rows) {
    const text = `{"sent":${Date.now()},"facts":[${rows.map((row) => row.body).join(",")}]}`;
    const reply = await post("/api/facts", text, { authorization: "Bearer " + token });
    // A token that is not accepted (any more) blocks nobody else; its facts stay.
    if (reply.status === 401 || reply.status === 403) return;
    const { now, answers } = await reply.json();
    if (reply.status !== 200 || typeof now !== "number") throw new Error("no answer");
    const asked = new Set(rows.map((row) => row.id));
    await write(["facts"], (store) => {
      for (const { id, is } of answers) {
        const state = is?.stored ? { stored: { verdict: is.stored, at: now } } : is === "other_content" ? is : undefined;
        if (!asked.has(id) || !state) continue;
        const row = store("facts").get(id);
        row.onsuccess = () => {
          if (!row.result?.waiting) return;
          delete row.result.waiting;
          store("facts").put({ ...row.result, state: JSON.stringify(state) });
        };
      }
    });
  }

  // --- Signing out ---

  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));
  const joined = async (...parts) => new Uint8Array(await new Blob(parts).arrayBuffer());

  // A key of its own for each fact, agreed with the server's: not even this phone opens it again.
  async function seal(row, key) {
    const { subtle } = crypto;
    const own = await subtle.generateKey(CURVE, false, ["deriveBits"]);
    const theirs = await subtle.importKey("raw", bytes(key), CURVE, false, []);
    const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
    const half = await subtle.exportKey("raw", own.publicKey);
    const salt = await joined(half, bytes(key));
    const base = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt, info: ABOUT };
    const secret = await subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const said = new TextEncoder().encode(`{"token":${JSON.stringify(row.token)},"fact":${row.body}}`);
    const closed = await subtle.encrypt({ name: "AES-GCM", iv }, secret, said);
    return { id: row.id, sealed: text(await joined(half, iv, closed)), alarm: Boolean(row.alarm) };
  }

  // All or nothing, in one transaction; false if something was saved meanwhile that is not sealed yet.
  const wipe = (sealed) =>
    write(["facts", "feed", "meta"], (store, undo) => {
      const closed = new Set(sealed.map(({ id }) => id));
      const rows = store("facts").openCursor();
      rows.onsuccess = () => {
        const cursor = rows.result;
        if (!cursor) return;
        if (cursor.value.waiting && !closed.has(cursor.value.id)) return undo();
        cursor.delete();
        cursor.continue();
      };
      store("feed").clear();
      store("meta").delete("session");
      store("meta").put(Date.now(), "leaving");
      for (const parcel of sealed) store("meta").put(parcel, SEALED + parcel.id);
    });

  // Gives whether the server has heard it; without signal it hears when this phone has some (`known().leaving`).
  async function leave(key) {
    await send().catch(() => {});
    let sealed;
    do sealed = await Promise.all((await waiting()).map((row) => seal(row, key)));
    while (!(await wipe(sealed)));
    tell("left");
    if (sealed.length) {
      const worker = await navigator.serviceWorker?.getRegistration();
      await worker?.sync?.register("outbox").catch(() => {});
    }
    return end();
  }

  // Ends the session at the server: the cookie is out of every script's reach.
  async function end() {
    try {
      const reply = await fetch("/signout", { method: "POST", redirect: "manual", signal: AbortSignal.timeout?.(PATIENCE) });
      if (reply.status >= 500) return false;
    } catch {
      return false;
    }
    return write(["meta"], (store) => store("meta").delete("leaving"));
  }

  // Hands in what is sealed, whoever is signed in or nobody; what the server has is forgotten here.
  async function deliver() {
    const all = await parcels();
    for (let from = 0; from < all.length; from += 50) {
      const some = all.slice(from, from + 50).map(({ id, sealed }) => ({ id, sealed }));
      const reply = await post("/api/parcels", JSON.stringify({ parcels: some }));
      if (reply.status !== 200) return;
      const { answers } = await reply.json();
      await write(["meta"], (store) => {
        for (const { id, is } of answers) if (is === "taken" || is === "kept") store("meta").delete(SEALED + id);
      });
    }
    if (all.length) tell("sealed");
  }

  const alone = (name, work) => navigator.locks.request(name, { ifAvailable: true }, (held) => held && work());
  return {
    known,
    parcels,
    leave,
    end,
    send: () => alone("last-metre-send", send),
    deliver: () => alone("last-metre-sealed", deliver),
  };
})();
