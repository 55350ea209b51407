// What a person waits for: never a time, always a thing that shows.

/** Presses, then waits until the page of `path` is there, whether the browser or the program went. */
export async function outcomeOf(page, press, path) {
  const arrived = page.waitForURL((url) => url.pathname === path, { waitUntil: "commit" });
  await Promise.all([arrived, press()]);
}

/** Waits until the page's program has taken over. */
export async function awake(page) {
  await page.locator("html[data-awake]").waitFor({ state: "attached" });
}
