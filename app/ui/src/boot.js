// Appended to the glue of each audience's bundle (`xtask/src/site/bundle.rs`), so that a page needs one
// script and none inline: starts the program, then wakes every island, parents before children.
if (globalThis.document) {
  import(import.meta.url).then(async (page) => {
    // Both files carry the same hash in their names.
    await page.default({ module_or_path: import.meta.url.replace(/js$/, "wasm") });
    page.hydrate();
    const wokenByChildren = [];
    const walk = async (node) => {
      const isIsland = node.localName === "leptos-island";
      const isChildren = node.localName === "leptos-children";
      if (isIsland) {
        wokenByChildren.at(-1)?.();
        await page[node.dataset.component]?.(node);
      }
      if (isChildren) wokenByChildren.push(node.$$on_hydrate);
      for (const child of [...node.children]) await walk(child);
      if (isChildren) wokenByChildren.pop();
    };
    await walk(document.body);
    const root = document.documentElement.dataset;
    root.audience = /\/pkg\/(\w+)\./.exec(import.meta.url)?.[1] ?? "";
    root.awake = "";
    import("/phone.js").catch(() => {});
  });
}
