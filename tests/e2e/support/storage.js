// What lies on a phone: read the way somebody would who picked it up.

import { until } from "../people/waiting.js";

/** The facts in the phone's database, in the order they were made; `waiting` ones have not been received yet. */
export function stored(page) {
  return page.evaluate(async () => {
    const ask = (request) =>
      new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    if (!(await indexedDB.databases()).some(({ name }) => name === "last-metre")) return [];
    const database = await ask(indexedDB.open("last-metre"));
    const rows = await ask(database.transaction("facts").objectStore("facts").getAll());
    database.close();
    return rows.map((row) => ({ id: row.id, waiting: Boolean(row.waiting), body: row.body, by: row.by, state: row.state }));
  });
}

/** What lies sealed on the phone since somebody signed out without signal. */
export function sealed(page) {
  return page.evaluate(async () => {
    const ask = (request) =>
      new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    if (!(await indexedDB.databases()).some(({ name }) => name === "last-metre")) return [];
    const database = await ask(indexedDB.open("last-metre"));
    const parcels = await ask(database.transaction("meta").objectStore("meta").getAll(IDBKeyRange.bound("sealed/", "sealed/~")));
    database.close();
    return parcels;
  });
}

/** Waits until everything that the phone holds has been received: read from its storage, since a page may not have begun to speak. */
export async function delivered(page) {
  const waiting = async () => (await stored(page)).filter((row) => row.waiting);
  await until(waiting, (rows) => rows.length === 0, "nothing waits on the phone");
}

/** Waits until the server has what was sealed on the phone, and the phone has forgotten it. */
export async function unsealed(page) {
  await until(() => sealed(page), (parcels) => parcels.length === 0, "nothing lies sealed on the phone");
}

/** Waits until the phone could be switched off: pages and files are kept, and who is signed in. */
export function equipped(page, shells = ["round", "stop", "scan"]) {
  // Not `waitForFunction`: it takes the promise of an async function for its answer.
  return page.evaluate(async (names) => {
    const ask = (request) =>
      new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const complete = async () => {
      if ((await navigator.serviceWorker.getRegistration())?.active?.state !== "activated") return false;
      if (!(await indexedDB.databases()).some(({ name }) => name === "last-metre")) return false;
      const database = await ask(indexedDB.open("last-metre"));
      const session = await ask(database.transaction("meta").objectStore("meta").get("session"));
      const feed = await ask(database.transaction("feed").objectStore("feed").get("last"));
      database.close();
      const kept = await Promise.all(names.map((name) => caches.match(`/shell/${name}?lang=zh`)));
      return Boolean(session && feed) && kept.every(Boolean);
    };
    while (!(await complete())) await new Promise((resolve) => setTimeout(resolve, 50));
  }, shells);
}

/** Everything that a phone has kept, as one text: databases, caches, both storages, cookies that scripts see. */
export function everything(page) {
  return page.evaluate(async () => {
    const ask = (request) =>
      new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const found = [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await ask(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        found.push(`${name}/${store}: ${JSON.stringify(await ask(database.transaction(store).objectStore(store).getAll()))}`);
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const reply = await cache.match(request);
        const type = reply.headers.get("content-type") ?? "";
        found.push(`${name}: ${request.url} ${/text|json|javascript/.test(type) ? await reply.text() : type}`);
      }
    }
    return found.join("\n");
  });
}
