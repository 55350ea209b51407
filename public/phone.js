// Around the pages, on every phone: the service worker, a newer version, leaving nothing behind at sign-out.
// Imported by the glue of each audience's bundle once its islands are awake. No texts: pages carry their own.

const audience = document.documentElement.dataset.audience ?? "";

// Every page with a program carries a bar, hidden and with its own words, that offers a newer version. Only the reader
// takes it, and only their own page is loaded anew: whoever is in the middle of a round stays where they are, on the
// files of the release they began with. What waits on this phone is not concerned.
const bar = document.getElementById("newer");
const LATER = "newer-later";
// "Later" holds for so many milliseconds, over all pages of this tab.
const PEACE = 30 * 60_000;
// The release that the server had when it was heard last.
const RELEASE = "release";
// How long a newer one that cannot be had yet is left alone.
const ASK_AGAIN = 5 * 60_000;
let accepted = false;

function offer(registration) {
  if (!bar || Date.now() - Number(sessionStorage.getItem(LATER)) < PEACE) return;
  bar.hidden = false;
  bar.onclick = ({ target }) => {
    const answer = target.closest("button")?.name;
    if (!answer) return;
    bar.hidden = true;
    if (answer === "later") return sessionStorage.setItem(LATER, Date.now());
    accepted = true;
    // Another tab may have taken it meanwhile: then it only has to be loaded.
    if (registration.waiting) registration.waiting.postMessage({ take: true });
    else location.reload();
  };
}

async function serviceWorker() {
  if (!navigator.serviceWorker) return;
  const controlled = Boolean(navigator.serviceWorker.controller);
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "all" });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (accepted) location.reload();
  });
  const ready = await navigator.serviceWorker.ready;
  // Large text and fixed colours are cookies, which a worker cannot read.
  const chosen = (name, value) => document.cookie.split("; ").includes(`${name}=${value}`);
  const theme = ["light", "dark"].find((theme) => chosen("theme", theme));
  const look = [chosen("elder", "1") && "data-elder", theme && `data-theme="${theme}"`].filter(Boolean).join(" ");
  ready.active?.postMessage({ lang: document.documentElement.lang, look, audience });
  if (registration.waiting && controlled) offer(registration);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && controlled) offer(registration);
    });
  });
  listen(registration);
}

// Answers to this page's program say which release the server has. A browser believes its worker for a day, since each
// time it asks is paid for: where there is another release, the worker is fetched past what the browser keeps.
function listen(registration) {
  let asked = -ASK_AGAIN;
  const hear = async (release) => {
    const before = localStorage.getItem(RELEASE);
    if (release === before || performance.now() - asked < ASK_AGAIN) return;
    asked = performance.now();
    // While a release is being put up, the worker of the one before may still come: then it is asked for again later.
    const worker = before ? await (await fetch("/sw.js", { cache: "reload" })).text() : release;
    if (!worker.includes(release)) return;
    if (before) await registration.update();
    localStorage.setItem(RELEASE, release);
  };
  const answers = new PerformanceObserver((list) => {
    for (const { serverTiming = [] } of list.getEntries()) {
      const said = serverTiming.find(({ name }) => name === RELEASE)?.description;
      if (said) hear(said).catch(() => {}); // No signal: a later answer says it again.
    }
  });
  answers.observe({ type: "resource", buffered: true });
}

// Signing out: what waits is sent or sealed, everything else is wiped, and only then does the server hear of it
// (`kept.js`). If what waits can be neither sent nor sealed, the page says so and nothing is lost.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.seal === undefined) return;
  event.preventDefault();
  form.querySelector("button[type=submit]").disabled = true;
  try {
    await import("/kept.js");
    await globalThis.kept.leave(form.dataset.seal);
    location.replace("/signedout");
  } catch {
    form.querySelector("button[type=submit]").disabled = false;
    form.querySelector("[data-stuck]").hidden = false;
  }
});

// A form that was quicker than this script went its way by itself: what it left on the phone goes now.
async function late() {
  if (location.pathname !== "/signedout" || !(await globalThis.kept.known()).session) return;
  if ((await fetch("/api/me")).status !== 401) return;
  const page = await (await fetch("/shell/signout")).text();
  await globalThis.kept.leave(/data-seal="(\w+)"/.exec(page)[1]);
}

// What was typed and not sent belongs to whoever is signed in: it goes with them, in every tab.
if (audience) {
  import("/typed.js").then(({ begin }) => begin(), () => {});
  new BroadcastChannel("last-metre").addEventListener("message", ({ data }) => data === "left" && sessionStorage.clear());
} else if (!document.querySelector("form[data-seal]")) {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("typed")) sessionStorage.removeItem(key);
}

// What is still sealed here, on the pages of somebody who is not signed in: how much, never what.
async function sealed(box) {
  await import("/kept.js");
  const show = async () => {
    const parcels = await globalThis.kept.parcels();
    box.hidden = parcels.length === 0;
    box.querySelector("[data-count]").textContent = parcels.length;
    box.querySelector("[data-urgent]").hidden = !parcels.some(({ alarm }) => alarm);
  };
  new BroadcastChannel("last-metre").addEventListener("message", ({ data }) => data === "sealed" && show());
  const deliver = () => globalThis.kept.deliver().then(show);
  await show();
  await late().then(show, () => {});
  addEventListener("online", deliver);
  await deliver();
}

const box = document.querySelector("[data-sealed]");
if (box) sealed(box).catch(() => {});

// A stranger's first look registers nothing.
if (audience || navigator.serviceWorker?.controller) serviceWorker().catch(() => {});
