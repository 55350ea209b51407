// Around the pages, on every phone: the service worker, a newer version, leaving nothing behind at sign-out.
// Imported by the glue of each audience's bundle once its islands are awake. No texts: pages carry their own.

const audience = document.documentElement.dataset.audience ?? "";

// The island of the frame shows "there is a newer version" when it hears "new-version", and answers "take-version".
function offer(worker) {
  const say = () => document.dispatchEvent(new Event("new-version"));
  document.addEventListener("take-version", () => worker.postMessage({ take: true }), { once: true });
  say();
}

async function serviceWorker() {
  if (!navigator.serviceWorker) return;
  const controlled = Boolean(navigator.serviceWorker.controller);
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // The very first one takes over quietly; a newer one was asked for by the reader.
    if (controlled) location.reload();
  });
  const ready = await navigator.serviceWorker.ready;
  ready.active?.postMessage({ lang: document.documentElement.lang, audience });
  if (registration.waiting && controlled) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && controlled) offer(coming);
    });
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
