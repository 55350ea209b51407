// The desk's page stays fresh and audible: every ten seconds the page is asked for again and the parts marked
// data-fresh are swapped, unless somebody is typing in them. An unread urgent need rings on every page of the desk until
// it is read; where the browser gives no sound yet, the page says so.
// What is typed survives a reload and the other language.
// Without this script everything works; it only has to be reloaded by hand.

const EVERY = 10_000;
// Nothing moves or is swapped under a finger, whose touch would then end on something else than it began on.
let pressed = false;
addEventListener("pointerdown", () => (pressed = true), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (pressed = false), true);

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}

// A page that is one click away from paper.
if (document.querySelector("[data-print-now]")) addEventListener("load", () => print());

// By keyboard: "/" leads to the search from everywhere, and a page that is for one thing begins there.
const typing = () => document.activeElement.matches("input, textarea, select");
addEventListener("keydown", (event) => {
  const search = document.querySelector("[data-search] input");
  if (event.key === "/" && !typing() && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    if (search) search.focus();
    else location.href = "/desk/find";
  }
});
const first = document.querySelector("[data-first]");
(first?.querySelector("input:checked") ?? first?.querySelector("input, a, button, select, textarea"))?.focus();

// On a phone the links between pages are a strip: the page that is open is in sight.
document.querySelector(".side [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// --- What is typed and not sent yet, in this tab; gone once it is sent, and on every page of nobody's (`phone.js`) ---

const TYPED = "typed-desk " + location.pathname + location.search;
const typed = () => JSON.parse(sessionStorage.getItem(TYPED) ?? "{}");
// Why somebody looks at care remarks is kept nowhere.
const forms = () => (location.pathname.includes("/care") ? [] : [...document.querySelectorAll("main form[method=post]")]);
// What a form is about: words never go into another household's form, nor into one whose record has changed since.
const about = (form) => {
  const own = [...form.querySelectorAll("input[type=hidden]")].filter(({ name }) => name !== "fact");
  return [new URL(form.action).pathname, ...own.map(({ name, value }) => `${name}=${value}`)].join(" ");
};
const ticked = ({ type }) => type === "checkbox" || type === "radio";
const unlike = (control) => {
  if (ticked(control)) return control.checked !== control.defaultChecked;
  if (control.options) return [...control.options].some((option) => option.selected !== option.defaultSelected);
  return control.value !== control.defaultValue;
};
const fields = (form) =>
  [...form.elements].filter(({ name, type }) => name && !["hidden", "submit", "file", "password", "button"].includes(type));

function keep({ target: { form } }) {
  if (!form || !forms().includes(form)) return;
  const all = typed();
  all[about(form)] = fields(form).filter(unlike).map((field) => [field.name, field.value, ticked(field) && field.checked]);
  sessionStorage.setItem(TYPED, JSON.stringify(all));
}

function bring() {
  const all = typed();
  for (const form of forms()) {
    for (const [name, value, checked] of all[about(form)] ?? []) {
      const field = fields(form).find((one) => one.name === name && (!ticked(one) || one.value === value));
      if (field && ticked(field)) field.checked = checked;
      else if (field) field.value = value;
      if (field) field.closest("details")?.setAttribute("open", "");
    }
  }
}

for (const kind of ["input", "change"]) document.addEventListener(kind, keep);
document.addEventListener("submit", ({ target }) => {
  const { [about(target)]: _, ...rest } = typed();
  sessionStorage.setItem(TYPED, JSON.stringify(rest));
});
bring();

const parts = () => [...document.querySelectorAll("[data-fresh]")];
const busy = (part) =>
  part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
const opened = (part) => [...part.querySelectorAll("details")].map((details) => details.open);

/** A page as it is now; nothing where there is no answer. */
async function asked(address) {
  try {
    const reply = await fetch(address, { cache: "no-store", redirect: "error" });
    if (!reply.ok) throw new Error(reply.statusText);
    return new DOMParser().parseFromString(await reply.text(), "text/html");
  } catch {
    return undefined;
  }
}

async function refresh() {
  if (pressed || document.hidden || parts().length === 0 || parts().some(busy)) return undefined;
  const page = await asked(location.href);
  if (!page) {
    document.documentElement.dataset.stale = "";
    return undefined;
  }
  delete document.documentElement.dataset.stale;
  for (const part of parts()) {
    const fresh = page.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (!fresh || busy(part) || fresh.innerHTML === part.innerHTML) continue;
    const open = opened(part);
    part.replaceWith(fresh);
    [...fresh.querySelectorAll("details")].forEach((details, n) => (details.open = open[n] ?? details.open));
    bring();
  }
  return page;
}

const bell = document.querySelector("[data-bell]");
const audio = bell && new AudioContext();
const audible = () => audio.state === "running";
// These pages know themselves what rings.
const knows = location.pathname === "/desk" || (location.pathname === "/desk/needs" && !location.search);
let rings = Boolean(document.querySelector("[data-rings]"));
// A browser that gave sound on the page before mostly gives it here in a moment: nothing is said until then.
const HEARD = "heard";
const patience = sessionStorage.getItem(HEARD) ? 1_000 : 0;
const begun = performance.now();

/** Fresh parts, and what rings: from this page, or from the needs where it does not know or cannot be asked now. */
async function look() {
  const page = await refresh();
  if (!bell) return;
  const needs = (knows && page) || (await asked("/desk/needs"));
  if (needs) rings = Boolean(needs.querySelector("[data-rings]"));
  ring();
}

function show() {
  if (pressed || performance.now() - begun < patience) return;
  for (const mute of document.querySelectorAll("[data-mute]")) mute.hidden = audible();
  bell.hidden = !rings;
}

function ring() {
  show();
  document.title = document.title.replace(/^\(!\) /, "");
  if (!rings) return;
  document.title = "(!) " + document.title;
  if (!audible()) return;
  for (const [at, tone] of [[0, 880], [0.25, 660]]) {
    const sound = audio.createOscillator();
    const loudness = audio.createGain();
    sound.frequency.value = tone;
    loudness.gain.setValueAtTime(0.3, audio.currentTime + at);
    loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.22);
    sound.connect(loudness).connect(audio.destination);
    sound.start(audio.currentTime + at);
    sound.stop(audio.currentTime + at + 0.24);
  }
}

if (bell) {
  // A browser gives sound after a touch, and often keeps it from page to page: so it is asked for at once, and again
  // at every touch until it is there.
  audio.addEventListener("statechange", () => {
    if (audible()) sessionStorage.setItem(HEARD, "1");
    ring();
  });
  // What was held back while a finger was down, once its touch has done what it does.
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(show), true);
  setTimeout(show, patience);
  const ask = () => audible() || audio.resume().catch(() => {});
  for (const touch of ["pointerdown", "pointerup", "keydown"]) addEventListener(touch, ask);
  ask();
  if (knows) ring();
  else look();
}
setInterval(look, EVERY);
document.addEventListener("visibilitychange", () => document.hidden || look());
