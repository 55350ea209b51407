// What somebody has typed on a page that lives and not sent yet: kept for this tab, so that a reload brings it back, and
// "Back" from the review leads to the basket again. Imported by `phone.js`; without it pages work as before.
//
// It lies in the tab's own storage, whole for one household and one window, and is gone as soon as it was sent, when
// anybody signs out, and on every page of nobody's. No texts: pages carry their own.

const KEY = "typed " + location.pathname;
const SENT = "typed-sent";
const FORMS = "form.order, form.need";
const REVIEW = "form.place";

const live = document.querySelector(".live");
const form = () => live.querySelector(FORMS);

const kept = () => JSON.parse(sessionStorage.getItem(KEY) ?? "null");

// What a form is about: typed words never go into another household's or another window's.
const about = (form) => ["h", "run"].map((name) => form.elements[name]?.value ?? "").join();

// What people fill in; the page's own fields stay the page's.
const controls = (form) => [...form.elements].filter(({ name, type }) => name && type !== "hidden" && type !== "submit");

function keep() {
  const now = form();
  if (!now) return;
  const own = new Set(controls(now).map(({ name }) => name));
  const fields = [...new FormData(now)].filter(([name]) => own.has(name));
  sessionStorage.setItem(KEY, JSON.stringify({ about: about(now), fields }));
}

// Into a form that the server or this phone has just drawn.
function bring(form) {
  const typed = kept();
  if (typed?.about !== about(form)) return;
  const values = (name) => typed.fields.filter(([field]) => field === name).map(([, value]) => value);
  for (const control of controls(form)) {
    const given = values(control.name);
    if (control.type === "checkbox" || control.type === "radio") control.checked = given.includes(control.value);
    else control.value = given[0] ?? "";
  }
  tell(form);
}

// The page hears of it as if fingers had done it. It says what a basket costs once it has read the menus, for which a
// slow phone takes a while: so it hears of it again, until it says something else or somebody goes on filling in.
function tell(form, wait = 100) {
  const sum = () => form.querySelector(".sum")?.textContent;
  const before = sum();
  controls(form)[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  const again = () => form.isConnected && !form.touched && !form.querySelector(".error") && tell(form, 2 * wait);
  if (before !== undefined && sum() === before && wait < 10_000) setTimeout(again, wait);
}

// --- The review is a step of its own, for "Back" and "Forward" too ---

const reviewed = () => history.state?.review === true;
// A page that was loaded anew in the middle of a review comes back to it, once.
let again = reviewed();

function look() {
  const now = form();
  if (now && !now.brought) {
    now.brought = true;
    bring(now);
    if (again && kept()) {
      // Its entry is the basket's from now on: the review gets its own, here or at an address of the server's.
      history.replaceState(null, "");
      now.requestSubmit();
    } else if (reviewed()) history.back();
    again = false;
  }
  if (live.querySelector(REVIEW) && !reviewed()) history.pushState({ review: true }, "");
}

addEventListener("popstate", () => {
  const back = !reviewed() && live.querySelector("form.again");
  if (back) return back.requestSubmit();
  if (reviewed() && !live.querySelector(REVIEW)) form()?.requestSubmit();
});

// --- How many are too many, while they are chosen ---

function count(tiles) {
  const line = tiles?.querySelector("[data-over]");
  if (!line) return;
  const more = tiles.querySelectorAll(":checked").length - Number(line.dataset.most);
  const words = line.querySelector("b") ?? line.appendChild(document.createElement("b"));
  words.textContent = more > 0 ? line.dataset.over.replace("#", more) : "";
}

const counted = () => live.querySelectorAll(".tiles").forEach(count);

// --- When it goes ---

// Sent is what led to another page; a form that came back with a fault is still being filled in.
function forget() {
  const sent = sessionStorage.getItem(SENT);
  if (!sent || location.pathname === "/act" || "typed " + location.pathname === sent) return;
  sessionStorage.removeItem(sent);
  sessionStorage.removeItem(SENT);
}

/** Begins, where the page has such a form or may draw one. */
export function begin() {
  forget();
  live?.addEventListener("submit", ({ target }) => {
    const of = target.matches(REVIEW) ? "/order" : target.matches("form.need") && "/need";
    if (of) sessionStorage.setItem(SENT, "typed " + of);
  });
  if (!live || !["/order", "/need"].includes(location.pathname)) return;
  for (const kind of ["input", "change"]) {
    live.addEventListener(kind, ({ target, isTrusted }) => {
      if (isTrusted && target.form) target.form.touched = true;
      keep();
      counted();
    });
  }
  new MutationObserver(look).observe(live, { childList: true, subtree: true });
  look();
}
