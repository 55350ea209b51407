// What a browser offers the pages of a round: the address, the camera's module, a form to fall back to. Nothing here
// decides.

export const query = () => location.search;
export const path = () => location.pathname;
export const to_top = () => scrollTo({ top: 0 });

// Whether a click was on a button of this name.
export const pressed = (event, name) => event.target.closest?.("button")?.name === name;

// Keeps a submitted form; the function lets the server have it after all, with the button that was pressed.
export function hold(event) {
  const form = event.target;
  const { name, value } = event.submitter ?? {};
  return () => {
    if (name) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(field);
    }
    HTMLFormElement.prototype.submit.call(form);
  };
}

// Starts the camera where the page has a place for it. Without a camera the page's own field takes the typed code.
export function scan(found, trouble) {
  const place = document.getElementById("scanner");
  if (!place) return;
  import("/scanner.js").then(
    (scanner) => scanner.start(place, found, trouble),
    () => trouble("no-camera"),
  );
}
