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
// A page that stays open for days asks for a newer version when it is looked at, at most this often.
const ASK_AGAIN = 60 * 60_000;
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
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - asked < ASK_AGAIN) return;
    asked = Date.now();
    registration.update().catch(() => {}); // No signal: the next look will ask.
  });
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
