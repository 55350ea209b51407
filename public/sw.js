// The service worker: daily pages from this phone, at once and without signal; sends what waits when signal is back.
// Hand-written, no wasm. It never keeps a signed-in page or anything under /api, and never touches saved facts but to
// write the server's final word on them. The build fills in the three names below (`xtask/src/site/release.rs`).

importScripts("/kept.js");

// By audience, and for everybody: files without a hash in their names, and the hash of what is in them.
const FILES = /*FILES*/{};
const ASSETS = /*ASSETS*/{};
const RELEASE = /*RELEASE*/"";

const CACHE = "release-" + RELEASE;
const STATE = "state";
// Caches of so many releases stay: a page that was open before an update still finds its own files.
const KEPT = 3;

const LANGS = ["zh", "en"];
const SHELLS = {
  resident: {
    "/": "home",
    "/household": "household",
    "/order": "order",
    "/need": "need",
    "/notices": "notices",
    "/outbox": "held",
    "/phones": "phones",
    "/signout": "signout",
  },
  field: {
    "/round": "round",
    "/scan": "scan",
    "/outbox": "outbox",
    "/handover": "handover",
    "/phones": "device",
    "/signout": "signout",
  },
};
// Shells that no address of a signed-in reader leads to by itself.
const BESIDES = { resident: ["signedout"], field: ["signedout", "stop"] };

const shellName = (audience, path) => {
  if (audience === "field" && /^\/round\/\d+\/\d+\/?$/.test(path)) return "stop";
  return SHELLS[audience]?.[path];
};
const shellUrl = (name, lang) => `/shell/${name}?lang=${lang}`;

// --- What the reader chose, where a worker can read it ---

async function state(name) {
  const kept = await (await caches.open(STATE)).match("/" + name);
  return kept?.text();
}

async function keepState(name, value) {
  await (await caches.open(STATE)).put("/" + name, new Response(value));
}

// The language is a cookie too, which tells of a choice that went past this worker while it was starting. A browser that
// shows a worker no cookies has only what the worker heard.
async function spoken() {
  const cookie = await self.cookieStore?.get("lang").catch(() => undefined);
  const lang = cookie?.value ?? (await state("lang"));
  return LANGS.includes(lang) ? lang : "zh";
}

async function speak(lang) {
  await keepState("lang", lang);
  const expires = Date.now() + 400 * 24 * 60 * 60_000;
  await self.cookieStore?.set({ name: "lang", value: lang, path: "/", sameSite: "lax", expires }).catch(() => {});
}

// --- Files ---

const NAMED = { ...FILES.everybody, ...FILES.field };
// Kept under name and content: what a release has not changed is the same file, and not asked for again.
const keyOf = (path) => (NAMED[path] ? `${path}?${NAMED[path]}` : path);

const filesOf = (audience) => {
  const own = ASSETS[audience]?.files ?? [];
  const camera = audience === "field" ? (ASSETS.decoder?.files ?? []) : [];
  const core = ASSETS.css?.core ? [ASSETS.css.core] : [];
  return [...Object.keys(FILES.everybody ?? {}), ...Object.keys(FILES[audience] ?? {}), ...core, ...own, ...camera];
};

async function fetched(url, options) {
  const reply = await fetch(url, { ...options, credentials: "omit" });
  if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
  return reply;
}

// Everything an audience needs without signal, in as few requests as can be: each is billed. All or nothing: an update
// that cannot be had whole is tried again.
async function prepare(audience) {
  const cache = await caches.open(CACHE);
  const kept = async () =>
    new Set((await cache.keys()).map((request) => new URL(request.url).pathname + new URL(request.url).search));
  const have = await kept();
  const files = async () => {
    await update(cache, audience, have);
    const now = await kept();
    const wanted = filesOf(audience).filter((path) => !now.has(keyOf(path)));
    const single = wanted.map(async (path) => {
      const hashed = path.startsWith("/pkg/");
      const earlier = await caches.match(keyOf(path));
      await cache.put(keyOf(path), earlier ?? (await fetched(path, { cache: hashed ? "default" : "reload" })));
    });
    await Promise.all(single);
  };
  await Promise.all([files(), SHELLS[audience] && shells(cache, audience, have)]);
}

// What a release usually changes comes in one file, and is laid down under the addresses of its parts: only what differs
// from the release that this phone has, where the build knew that one. Not on a phone that has no earlier release: its
// page has just fetched the most of it. Nor where the program stayed as it was.
async function update(cache, audience, have) {
  const { update: whole, since, wasm } = ASSETS[audience] ?? {};
  if (!whole || have.has(wasm) || (await caches.match(wasm))) return;
  if (!(await caches.keys()).some((name) => name.startsWith("release-") && name !== CACHE)) return;
  const { reply, parts, bytes } = (await difference(since ?? {})) ?? (await packed(whole));
  let at = 0;
  for (const [path, length] of parts) {
    const headers = headersOf(reply, KINDS[path.split(".").pop()]);
    await cache.put(keyOf(path), new Response(bytes.slice(at, at + length), { headers }));
    at += length;
  }
}

// A line of JSON, and bytes.
async function lined(url) {
  const reply = await fetched(url, { cache: "no-store" });
  const all = new Uint8Array(await reply.arrayBuffer());
  const end = all.indexOf(10);
  return { reply, line: JSON.parse(new TextDecoder().decode(all.subarray(0, end))), bytes: all.subarray(end + 1) };
}

async function packed(url) {
  const { reply, line, bytes } = await lined(url);
  return { reply, parts: line, bytes };
}

// Nothing, where this phone has another release, not all of it, or where something else comes out than was published.
async function difference(since) {
  for (const [wasm, url] of Object.entries(since)) {
    if (!(await caches.match(wasm))) continue;
    try {
      const { reply, line, bytes } = await lined(url);
      const kept = await Promise.all(line.from.map(async (key) => (await caches.match(key)).arrayBuffer()));
      const old = new Uint8Array(await new Blob(kept).arrayBuffer());
      const made = patched(old, bytes, line.parts.reduce((sum, [, length]) => sum + length, 0));
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", made));
      const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
      if (hex === line.sha256) return { reply, parts: line.parts, bytes: made };
    } catch {
      // The whole is asked for.
    }
  }
  return undefined;
}

// As bsdiff writes it: how many bytes are the earlier ones and something added to each, how many are new, and how far to
// go in the earlier ones from there. Numbers have 64 bits with the sign apart, of which files this size need 32.
function patched(old, patch, length) {
  const view = new DataView(patch.buffer, patch.byteOffset, patch.byteLength);
  const number = (at) => (view.getUint8(at + 7) & 0x80 ? -1 : 1) * view.getUint32(at, true);
  const made = new Uint8Array(length);
  for (let from = 0, to = 0, at = 0; to < length; ) {
    const [added, fresh, on] = [number(at), number(at + 8), number(at + 16)];
    at += 24;
    for (const end = to + added; to < end; ) made[to++] = (old[from++] ?? 0) + patch[at++];
    made.set(patch.subarray(at, at + fresh), to);
    at += fresh;
    to += fresh;
    from += on;
  }
  return made;
}

const KINDS = { css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8", wasm: "application/wasm" };

// Of a part of an answer: what the answer said of the whole, its policy too.
function headersOf(reply, kind) {
  const headers = new Headers(reply.headers);
  headers.set("content-type", kind);
  for (const gone of ["content-encoding", "content-length", "etag"]) headers.delete(gone);
  return headers;
}

// All shells in one answer, each kept under its own address.
async function shells(cache, audience, have) {
  const names = [...Object.values(SHELLS[audience]), ...(BESIDES[audience] ?? [])];
  if (names.every((name) => LANGS.every((lang) => have.has(shellUrl(name, lang))))) return;
  const reply = await fetched(`/shells/${audience}`, { cache: "reload" });
  const headers = headersOf(reply, "text/html; charset=utf-8");
  const drawn = Object.entries(await reply.json());
  await Promise.all(drawn.map(([url, html]) => cache.put(url, new Response(html, { headers }))));
}

addEventListener("install", (event) => {
  event.waitUntil(kept.known().then(({ session }) => prepare(session?.audience)));
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
  const { take, lang, look, audience } = event.data ?? {};
  if (take) event.waitUntil(skipWaiting());
  if (lang) event.waitUntil(keepState("lang", lang.startsWith("zh") ? "zh" : "en"));
  if (look !== undefined) event.waitUntil(keepState("look", look));
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
    event.waitUntil(kept.deliver().catch(() => {})); // Without signal it waits on.
  } else if (url.pathname.startsWith("/pkg/") || NAMED[url.pathname]) {
    event.respondWith(file(request));
  }
});

// This release's copy; an earlier one's for a page that is open since before.
async function stored(url) {
  return (await (await caches.open(CACHE)).match(url)) ?? caches.match(url);
}

async function file(request) {
  const key = keyOf(new URL(request.url).pathname);
  return (await stored(key)) ?? fetch(request);
}

// Whether an address is a choice of text size or colours, which the next shell has to show.
async function choose(path) {
  const [, kind, value] = /^\/(text|theme)\/(\w+)$/.exec(path) ?? [];
  if (!kind) return false;
  const name = kind === "text" ? "data-elder" : "data-theme";
  const others = ((await state("look")) ?? "").split(" ").filter((one) => one && !one.startsWith(name));
  const own = { large: ["data-elder"], light: ['data-theme="light"'], dark: ['data-theme="dark"'] }[value] ?? [];
  await keepState("look", [...others, ...own].join(" "));
  return true;
}

// A shell as this reader wants it: with large text or fixed colours from the first moment.
async function shell(name, lang) {
  const found = await stored(shellUrl(name, lang));
  if (!found) return undefined;
  // A copy: the kept one says that it was fetched from /shell, and a page must not seem redirected.
  const look = await state("look");
  const html = look ? (await found.text()).replace("<html ", `<html ${look} `) : found.body;
  return new Response(html, { headers: found.headers });
}

async function page(request, url) {
  const language = /^\/lang\/(zh|en)$/.exec(url.pathname)?.[1];
  if (language) await speak(language);
  const chosen = await choose(url.pathname);
  const { session: known, leaving } = await kept.known();
  const lang = await spoken();
  // Whoever signed out without signal is still signed in for the server: it hears that before it shows a page.
  if (leaving && !(await kept.end())) return (await shell("signedout", lang)) ?? Response.error();
  const name = shellName(known?.audience, url.pathname);
  const own = name && (await shell(name, lang));
  if (own) return own;
  // A volunteer's installed app opens at "/": the round is what it is for.
  if (known?.audience === "field" && url.pathname === "/") return Response.redirect("/round");
  try {
    return await fetch(request);
  } catch (error) {
    if (language || chosen) return Response.redirect(backFrom(url, request));
    const out = url.pathname === "/signedout" && (await shell("signedout", lang));
    if (out) return out;
    const home = shellName(known?.audience, "/") ?? shellName(known?.audience, "/round");
    const first = home && (await shell(home, lang));
    if (first) return Response.redirect(known.audience === "field" ? "/round" : "/");
    throw error;
  }
}

function backFrom(url, request) {
  const to = url.searchParams.get("to");
  if (to?.startsWith("/") && !to.startsWith("//")) return to;
  const from = request.referrer && new URL(request.referrer);
  return from && from.origin === location.origin ? from.pathname + from.search : "/";
}

// --- Sending without a page ---

addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(Promise.all([kept.send(), kept.deliver()]));
});

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
