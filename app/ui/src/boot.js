// Appended to the glue of each audience's bundle (`xtask/src/site/finish.rs`), so that a page needs one script and
// none inline: starts the program on the page that the server wrote, and says when there is no signal.
if (globalThis.document) {
  import(import.meta.url).then(async (page) => {
    // Both files carry the same hash in their names.
    await page.default({ module_or_path: import.meta.url.replace(/js$/, "wasm") });
    const root = document.documentElement;
    const live = document.querySelector(".live")?.dataset;
    // A shell stands for several pages: the other language is to show this one.
    const switched = live?.asOf === undefined && document.querySelector(".ways a[hreflang]");
    const here = encodeURIComponent(location.pathname + location.search);
    if (switched) switched.setAttribute("href", `${switched.pathname}?to=${here}`);
    page.start(root.lang, live?.page ?? "", live?.asOf ?? "");
    root.dataset.audience = /\/pkg\/(\w+)\./.exec(import.meta.url)?.[1] ?? "";
    root.dataset.awake = "";
    import("/phone.js").catch(() => {});
  });
  const line = document.getElementById("signal");
  const words = line?.firstElementChild;
  // Put there when it becomes true, so that it is read aloud.
  const look = () => line?.replaceChildren(words, ...(navigator.onLine ? [] : [words.content.cloneNode(true)]));
  for (const event of ["online", "offline"]) addEventListener(event, look);
  look();
}
