// What a browser offers a page's island: the fields of the form somebody is filling in, words put into the page,
// going elsewhere. Nothing here decides.

// The fields of the form around the control that changed, as JSON text.
export function form_around(event) {
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

// Lets the server have the form after all.
export const send_form = (form) => HTMLFormElement.prototype.submit.call(form);

export const go = (path) => location.assign(path);

export const to_top = () => scrollTo(0, 0);
