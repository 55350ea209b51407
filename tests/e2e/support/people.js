// Signing in as somebody of the demo, and what people do with their fingers.

/** Opens the person's link and presses its button (opening a link spends nothing). */
export async function enter(page, server, role) {
  const link = server.signIn[role];
  if (!link) throw new Error(`the server printed no link for ${role}; it has ${Object.keys(server.signIn).join(", ")}`);
  await page.goto(link);
  const button = page.locator("main form button[type=submit]").first();
  if (new URL(page.url()).pathname === new URL(link).pathname) {
    await Promise.all([page.waitForURL((url) => url.pathname !== new URL(link).pathname), button.click()]);
  }
}

/** Counts what the person presses from now on, over all pages of the window: `await taps()`. */
export async function countTaps(page) {
  let count = 0;
  await page.exposeFunction("lastMetreTapped", () => void (count += 1));
  // Not "click": a label's click is followed by one of its field, for the same finger.
  const listen = () => addEventListener("pointerdown", (event) => event.isTrusted && event.isPrimary && globalThis.lastMetreTapped(), true);
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return () => count;
}

/** No signal from now on: the network is cut and the browser says so. */
export async function loseSignal(server, context) {
  server.network.cut();
  await context.setOffline(true);
}

/** Signal again. */
export async function findSignal(server, context) {
  server.network.restore();
  await context.setOffline(false);
}
