// What a browser offers a page that lives: its parts, its events, its forms, its address, the camera's module. Nothing
// here decides.

const part = (name) => document.querySelector(`.live [data-part="${name}"]`);

// Puts drawn HTML into a part of the page, if it is another than the last: what somebody fills in stays. Whoever said
// that they have called about a need is not asked again in this tab.
export function put(name, html) {
  const place = part(name);
  if (!place || place.drawn === html) return;
  place.drawn = html;
  place.innerHTML = html;
  const alarm = place.querySelector(".alarm");
  const called = alarm?.querySelector("input");
  if (!called) return;
  called.checked = sessionStorage.called === alarm.dataset.about;
  called.onchange = () => (sessionStorage.called = alarm.dataset.about);
}

// Calls back on events inside a drawn page, wherever in it they happen: pages are drawn as text, so nothing can hang
// on a single button.
export function listen(kind, callback) {
  document.addEventListener(kind, (event) => event.target.closest?.(".live") && callback(event));
}

// The fields of the form around the control that changed, as JSON text. What was wrong there is being mended.
export function form_around(event) {
  event.target.closest("article")?.querySelector(".error")?.remove();
  const form = event.target.form;
  if (!form) return "[]";
  return JSON.stringify([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

// The path that a submitted form posts to.
export const action_of = (event) => new URL(event.target.action, location.href).pathname;

// Puts words into the first element of a class.
export function say(name, words) {
  const place = document.getElementsByClassName(name)[0];
  if (place) place.textContent = words;
}

// Says in the bar whose door it is, where the page came without: a shell is nobody's.
export function door(plate, detail) {
  const say = (place, words) => {
    if (!words || !place) return;
    place.textContent = words;
    place.hidden = false;
  };
  say(document.querySelector(".bar .plate"), plate);
  say(document.querySelector(".bar p"), detail);
}

// The form that was submitted last.
let form;

// Keeps it; the function lets the server have it after all, with the button that was pressed.
export function hold(event) {
  form = event.target;
  const { name, value } = event.submitter ?? {};
  return () => {
    if (name) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  };
}

// What is saved is emptied and folded, so that nobody sends it twice.
export const saved = () => {
  form.reset();
  (form.closest("details") ?? form).open = false;
};

// Whether something is written in another form of this page, which would be drawn anew.
export const unsent = (event) =>
  [...document.querySelectorAll(".live textarea")].some((field) => field.value && field.form !== event.target);

// Whether a click was on a button of this name.
export const pressed = (event, name) => event.target.closest?.("button")?.name === name;

export const go = (path) => location.assign(path);
// To the first fault that shows, or to the top of a page without any.
export const to_fault_or_top = () => {
  const fault = [...document.querySelectorAll(".error")].find((one) => one.offsetParent);
  if (!fault) return scrollTo(0, 0);
  fault.scrollIntoView({ block: "center" });
  fault.closest("article, .field")?.querySelector("input:not([type=hidden])")?.focus({ preventScroll: true });
};
// What the address asks for, such as `?run=3`.
export const asked = (name) => new URLSearchParams(location.search).get(name) ?? "";
// How the round is walked, as its address said last.
export function walk() {
  if (location.pathname === "/round" && location.search) sessionStorage.walk = location.search;
  return sessionStorage.walk ?? "";
}
export const path = () => location.pathname;
// Whether somebody has opened a fold, to read or to fill in.
export const unfolded = () => Boolean(document.querySelector(".live details[open]"));

// Shows codes where the page has a place for them.
export function show_codes(texts) {
  const place = document.getElementById("codes");
  if (!place) return;
  import("/codes.js").then(
    (codes) => codes.show(place, JSON.parse(texts)),
    () => {},
  );
}

// Starts the camera where the page has a place for it. Without one that place says why, in words that the server wrote
// into the page, and nothing else moves; the page's own field takes the typed code.
export function scan(found) {
  const place = document.getElementById("scanner");
  if (!place) return;
  const failed = (kind) => {
    const words = document.querySelector(`template[data-trouble="${kind}"]`);
    place.classList.add("blind");
    if (words) place.replaceChildren(words.content.cloneNode(true));
  };
  import("/scanner.js").then(
    (scanner) => scanner.start(place, found, failed),
    () => failed("broken"),
  );
}
