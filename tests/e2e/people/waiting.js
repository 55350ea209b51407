// What a person waits for: never a time, always a thing that shows.

import { setTimeout as breath } from "node:timers/promises";

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

/**
 * Looks again until `good` holds of what is seen: for what is told a moment after the fact, as boards that are tallied
 * and letters that a worker sends by itself. Returns what was seen; after `within` milliseconds it fails with what it
 * waited for and what it saw last.
 */
export async function until(look, good, waitedFor, within = 20_000) {
  const patience = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (good(seen)) return seen;
    // Somebody who looks does not stare: what is waited for needs the machine, too.
    await breath(100);
    if (Date.now() > patience) throw new Error(`${waitedFor}: not within ${within / 1_000} s; last seen: ${JSON.stringify(seen)}`);
  }
}
