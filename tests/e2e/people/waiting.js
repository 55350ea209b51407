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

/**
 * Presses what is visible, finding it anew each time: the phone may just be swapping the server's page for its own,
 * and the element that was found first is then the hidden one.
 */
export async function press(found) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await found.click({ timeout: 2_000 });
    } catch (error) {
      if (tries === 6) throw error;
    }
  }
}
