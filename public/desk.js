// The desk's page stays fresh and audible: every ten seconds the page is asked for again and the parts marked
// data-fresh are swapped, unless somebody is typing in them. An unread urgent need rings until it is read.
// Without this script everything works; it only has to be reloaded by hand.

const EVERY = 10_000;
let audio;

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}

// A page that is one click away from paper.
if (document.querySelector("[data-print-now]")) addEventListener("load", () => print());

for (const button of document.querySelectorAll("[data-sound]")) {
  button.hidden = false;
  // Browsers give sound only after a touch.
  button.addEventListener("click", () => {
    audio ??= new AudioContext();
    audio.resume();
    button.hidden = true;
    ring();
  });
}

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

const parts = () => [...document.querySelectorAll("[data-fresh]")];
const busy = (part) =>
  part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
const opened = (part) => [...part.querySelectorAll("details")].map((details) => details.open);

async function refresh() {
  if (document.hidden || parts().length === 0 || parts().some(busy)) return;
  let page;
  try {
    const reply = await fetch(location.href, { cache: "no-store", redirect: "error" });
    if (!reply.ok) throw new Error(reply.statusText);
    page = new DOMParser().parseFromString(await reply.text(), "text/html");
  } catch {
    document.documentElement.dataset.stale = "";
    return;
  }
  delete document.documentElement.dataset.stale;
  for (const part of parts()) {
    const fresh = page.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
    if (!fresh || busy(part) || fresh.innerHTML === part.innerHTML) continue;
    const open = opened(part);
    part.replaceWith(fresh);
    [...fresh.querySelectorAll("details")].forEach((details, n) => (details.open = open[n] ?? details.open));
  }
  ring();
}

function ring() {
  const rings = document.querySelector("[data-rings]");
  document.title = document.title.replace(/^\(!\) /, "");
  if (!rings) return;
  document.title = "(!) " + document.title;
  if (audio?.state !== "running") return;
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

setInterval(refresh, EVERY);
document.addEventListener("visibilitychange", () => document.hidden || refresh());
