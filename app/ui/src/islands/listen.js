// Events inside a drawn page, wherever in it they happen.
export function listen(kind, callback) {
  document.addEventListener(kind, (event) => event.target.closest?.(".live") && callback(event));
}
