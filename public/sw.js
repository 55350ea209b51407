// The service worker: daily pages from this phone, at once and without signal; sends what waits when signal is back.
// Hand-written, no wasm. It never keeps a signed-in page or anything under /api, and never touches saved facts but to
// write the server's final word on them. The build fills in the three names below (`xtask/src/site/release.rs`).

const PRECACHE = /*PRECACHE*/[];
const ASSETS = /*ASSETS*/{};
const RELEASE = /*RELEASE*/"";

const CACHE = "release-" + RELEASE;
const STATE = "state";
// Caches of so many releases stay: a page that was open before an update still finds its own files.
const KEPT = 3;

const LANGS = ["zh", "en"];
const SHELLS = {
  resident: { "/": "home", "/household": "household", "/order": "order", "/need": "need", "/notices": "notices" },
  field: { "/round": "round", "/scan": "scan", "/outbox": "outbox" },
};

const shellName = (audience, path) => {
  if (audience === "field" && /^\/round\/\d+\/\d+\/?$/.test(path)) return "stop";
  return SHELLS[audience]?.[path];
};
const shellUrl = (name, lang) => `/shell/${name}?lang=${lang}`;

// --- The phone's own storage (the same database as `app/ui/src/outbox/edge.js`) ---

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

async function session() {
  try {
    const database = await open();
    const found = await ask(database.transaction("meta").objectStore("meta").get("session"));
    database.close();
    return found;
  } catch {
    return undefined;
  }
}

async function state(name) {
  const kept = await (await caches.open(STATE)).match("/" + name);
  return kept?.text();
}

async function keepState(name, value) {
  await (await caches.open(STATE)).put("/" + name, new Response(value));
}

// --- Files ---

const filesOf = (audience) => {
  const own = ASSETS[audience]?.files ?? [];
  const camera = audience === "field" ? (ASSETS.decoder?.files ?? []) : [];
  return [...own, ...camera];
};

// Everything an audience needs without signal. All or nothing: an update that cannot be had whole is tried again.
async function prepare(audience) {
  const cache = await caches.open(CACHE);
  const have = new Set((await cache.keys()).map((request) => new URL(request.url).pathname + new URL(request.url).search));
  const names = [...new Set([...Object.values(SHELLS[audience] ?? {}), ...(audience === "field" ? ["stop"] : [])])];
  const shells = names.flatMap((name) => LANGS.map((lang) => shellUrl(name, lang)));
  const wanted = [...PRECACHE, ...filesOf(audience), ...shells].filter((url) => !have.has(url));
  await Promise.all(
    wanted.map(async (url) => {
      const hashed = url.startsWith("/pkg/");
      const reply = await fetch(url, { cache: hashed ? "default" : "reload", credentials: "omit" });
      if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
      await cache.put(url, reply);
    }),
  );
}

addEventListener("install", (event) => {
  event.waitUntil(session().then((known) => prepare(known?.audience)));
});

addEventListener("activate", (event) => {
  const tidy = async () => {
    const releases = (await caches.keys()).filter((name) => name.startsWith("release-"));
    const old = releases.filter((name) => name !== CACHE).slice(0, -(KEPT - 1));
    await Promise.all(old.map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(tidy());
});

addEventListener("message", (event) => {
  const { take, lang, audience } = event.data ?? {};
  if (take) event.waitUntil(skipWaiting());
  if (lang) event.waitUntil(keepState("lang", lang.startsWith("zh") ? "zh" : "en"));
  // A page that came while this worker was starting is nobody's yet.
  if (lang) event.waitUntil(clients.claim());
  if (SHELLS[audience]) event.waitUntil(prepare(audience).catch(() => {}));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(page(request, url));
  } else if (url.pathname.startsWith("/pkg/") || PRECACHE.includes(url.pathname)) {
    event.respondWith(file(request));
  }
});

// This release's copy; an earlier one's for a page that is open since before.
async function kept(request) {
  return (await (await caches.open(CACHE)).match(request)) ?? caches.match(request);
}

async function file(request) {
  return (await kept(request)) ?? fetch(request);
}

async function page(request, url) {
  const language = /^\/lang\/(zh|en)$/.exec(url.pathname)?.[1];
  if (language) await keepState("lang", language);
  const known = await session();
  const name = shellName(known?.audience, url.pathname);
  const lang = (await state("lang")) ?? "zh";
  if (name) {
    const shell = await kept(shellUrl(name, lang));
    // A copy: the kept one says that it was fetched from /shell, and a page must not seem redirected.
    if (shell) return new Response(shell.body, { headers: shell.headers });
  }
  // A volunteer's installed app opens at "/": the round is what it is for.
  if (known?.audience === "field" && url.pathname === "/") return Response.redirect("/round");
  try {
    return await fetch(request);
  } catch (error) {
    if (language) return Response.redirect(backFrom(url, request));
    const home = shellName(known?.audience, "/") ?? shellName(known?.audience, "/round");
    const shell = home && (await kept(shellUrl(home, lang)));
    if (shell) return Response.redirect(known.audience === "field" ? "/round" : "/");
    throw error;
  }
}

function backFrom(url, request) {
  const to = url.searchParams.get("to");
  if (to?.startsWith("/") && !to.startsWith("//")) return to;
  const from = request.referrer && new URL(request.referrer);
  return from && from.origin === location.origin ? from.pathname + from.search : "/";
}

// --- Sending without a page: the stored bytes, as they are ---

addEventListener("sync", (event) => {
  if (event.tag === "outbox") {
    event.waitUntil(navigator.locks.request("last-metre-send", { ifAvailable: true }, (held) => held && send()));
  }
});

async function send() {
  const database = await open();
  const rows = await ask(database.transaction("facts").objectStore("facts").index("waiting").getAll());
  const people = new Map();
  for (const row of rows) people.set(row.token, [...(people.get(row.token) ?? []), row]);
  for (const [token, own] of people) {
    for (let from = 0; from < own.length; from += 500) await handIn(database, token, own.slice(from, from + 500));
  }
  database.close();
  new BroadcastChannel("last-metre").postMessage("saved");
}

async function handIn(database, token, rows) {
  const text = `{"sent":${Date.now()},"facts":[${rows.map((row) => row.body).join(",")}]}`;
  const headers = { authorization: "Bearer " + token, "content-type": "application/json" };
  let body = text;
  if (self.CompressionStream && text.length > 1000) {
    const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
    body = await new Response(packed).arrayBuffer();
    headers["content-encoding"] = "gzip";
  }
  const reply = await fetch("/api/facts", { method: "POST", headers, body, credentials: "omit", redirect: "manual" });
  // A token that is not accepted (any more) blocks nobody else; its facts stay.
  if (reply.status === 401 || reply.status === 403) return;
  const { now, answers } = await reply.json();
  if (reply.status !== 200 || typeof now !== "number") throw new Error("no answer");
  const asked = new Set(rows.map((row) => row.id));
  const transaction = database.transaction("facts", "readwrite", { durability: "strict" });
  const store = transaction.objectStore("facts");
  for (const { id, is } of answers) {
    const state = is?.stored ? { stored: { verdict: is.stored, at: now } } : is === "other_content" ? is : undefined;
    if (!asked.has(id) || !state) continue;
    const row = store.get(id);
    row.onsuccess = () => {
      if (!row.result?.waiting) return;
      delete row.result.waiting;
      store.put({ ...row.result, state: JSON.stringify(state) });
    };
  }
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}

// --- Being rung: what is shown is what the reader was told when they agreed, never what happened ---

addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data?.json() ?? {};
  } catch {
    // Somebody else's message, or a later release's: the phone still says that there is something.
  }
  const shown = { body: said.text ?? "", tag: "news", icon: "/icons/icon-192.png", badge: "/icons/icon-192.png" };
  event.waitUntil(registration.showNotification(said.title ?? "Last Metre", shown));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const open = async () => {
    const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
    const own = windows.find((client) => new URL(client.url).origin === location.origin);
    return own ? own.focus() : clients.openWindow("/");
  };
  event.waitUntil(open());
});
