// The page of this phone, also from its shell: which look is chosen, that a code for another phone needs signal, and
// asking to be rung. Every text is the page's own.

const root = document.documentElement;

// A shell was drawn for no look in particular; the one that is chosen stands on the page itself.
const now = { text: root.dataset.elder === undefined ? "usual" : "large", theme: root.dataset.theme ?? "device" };
for (const link of document.querySelectorAll("nav.seg a")) {
  const [, kind, value] = /^\/(text|theme)\/(\w+)/.exec(link.getAttribute("href")) ?? [];
  if (now[kind] === value) link.setAttribute("aria-current", "true");
  else link.removeAttribute("aria-current");
}

const without = document.querySelector("[data-without-signal]");
const ask = () => {
  without.hidden = navigator.onLine;
  without.closest("form").querySelector("button[type=submit]").disabled = !navigator.onLine;
};
for (const event of ["online", "offline"]) addEventListener(event, ask);
ask();

// --- Being rung: hidden until the browser is found able to ---

const box = document.querySelector("[data-push]");
const key = box?.dataset.push;

const show = (state) => {
  for (const part of box.querySelectorAll("[data-push-when]")) {
    part.hidden = !part.dataset.pushWhen.split(" ").includes(state);
  }
  box.dataset.pushState = state;
};

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);

// The server keeps what the phone will show, in the language of the page it was asked on.
async function tell(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const reply = await fetch("/push", { method: "POST", body: new URLSearchParams({ endpoint, ...keys }) });
  if (!reply.ok) throw new Error(String(reply.status));
}

async function worker() {
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "all" });
  return navigator.serviceWorker.ready;
}

// Where the push service is out of reach, or the service worker cannot be had, a browser may try for ever; nobody waits
// longer. If it succeeds later, the next look at this page tells the server.
const PATIENCE = 15_000;
const inTime = (work) => Promise.race([work, new Promise((_, fail) => setTimeout(fail, PATIENCE, new Error("no push service")))]);

async function on() {
  if ((await Notification.requestPermission()) !== "granted") return show("blocked");
  const { pushManager } = await inTime(worker());
  const applicationServerKey = bytes(key);
  await (await pushManager.getSubscription())?.unsubscribe();
  await tell(await inTime(pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })));
  show("on");
}

async function off() {
  const { pushManager } = await worker();
  await fetch("/push/off", { method: "POST" });
  await (await pushManager.getSubscription())?.unsubscribe();
  show("off");
}

async function look() {
  const registration = await navigator.serviceWorker.getRegistration();
  const known = await registration?.pushManager.getSubscription();
  box.hidden = false;
  if (!known || Notification.permission !== "granted") return show("off");
  // A server with a new key, or a reader with another language: said again without asking.
  const own = known.options.applicationServerKey;
  if (own && !same(new Uint8Array(own), bytes(key))) return on();
  await tell(known);
  show("on");
}

if (key && navigator.serviceWorker && window.PushManager && window.Notification) {
  const tried = (work) => work().catch(() => show("failed"));
  for (const [name, work] of Object.entries({ on, off })) {
    const button = box.querySelector(`[data-push-do=${name}]`);
    button.onclick = async () => {
      button.disabled = true;
      await tried(work);
      button.disabled = false;
    };
  }
  tried(look);
}
