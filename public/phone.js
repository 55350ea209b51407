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
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (accepted) location.reload();
  });
  const ready = await navigator.serviceWorker.ready;
  ready.active?.postMessage({ lang: document.documentElement.lang, audience });
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

// Signing out: what waits is sent by the page if it can be; the rest stays sealed, everything else is wiped. The
// page's own outbox does it ("leaving"), then the form goes its way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (new URL(form.action, location.href).pathname !== "/signout" || form.dataset.wiped) return;
  event.preventDefault();
  const go = () => {
    form.dataset.wiped = "yes";
    form.submit();
  };
  const leaving = new CustomEvent("leaving", { detail: { go }, cancelable: true });
  // Where no page with an outbox listens, such as the one that asks, what waits stays sealed and the rest goes here.
  if (document.dispatchEvent(leaving)) wipe().then(go, go);
});

// The same database as `app/ui/src/outbox/edge.js`, and the same rule: facts that wait stay, all else goes.
async function wipe() {
  const ask = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = request.onblocked = () => reject(request.error);
    });
  const opening = indexedDB.open("last-metre");
  opening.onupgradeneeded = () => opening.transaction.abort();
  const database = await ask(opening);
  const transaction = database.transaction(["facts", "feed", "meta"], "readwrite", { durability: "strict" });
  transaction.objectStore("feed").clear();
  transaction.objectStore("meta").delete("session");
  const rows = transaction.objectStore("facts").openCursor();
  rows.onsuccess = () => {
    const cursor = rows.result;
    if (!cursor) return;
    if (!cursor.value.waiting) cursor.delete();
    cursor.continue();
  };
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  database.close();
}

serviceWorker().catch(() => {});
