// What the browser itself says about installing: the manifest as it read it, and what it misses.

import assert from "node:assert/strict";
import { ready } from "./support/browser.js";
import { story } from "./support/story.js";

story("a phone may install the app: the browser finds nothing missing, and every picture of the manifest is there", async (stage) => {
  const server = await stage.server();
  const page = await stage.person(server, "resident");
  await page.goto(server.url);
  await ready(page);
  const devtools = await page.context().newCDPSession(page);
  const { url, errors, data } = await devtools.send("Page.getAppManifest");
  assert.equal(new URL(url).pathname, "/manifest.webmanifest");
  assert.deepEqual(errors, [], "the manifest is read without complaint");
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  // Windows of tests have no profile of their own, which the browser counts as incognito; that is the test's.
  const missing = installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito");
  assert.deepEqual(missing, [], "what the browser misses before it installs");

  const manifest = JSON.parse(data);
  assert.ok(manifest.icons.some((icon) => icon.purpose === "maskable"), "an icon that may be cut to any shape");
  const forms = manifest.screenshots.map((shot) => shot.form_factor);
  assert.ok(forms.includes("narrow") && forms.includes("wide"), forms.join());
  assert.ok(manifest.shortcuts.length >= 3);
  for (const { url: shortcut } of manifest.shortcuts) {
    const reply = await page.request.get(`${server.url}${shortcut}`, { maxRedirects: 0 });
    assert.ok(reply.status() < 404, `${shortcut}: ${reply.status()}`);
  }
  for (const { src, sizes, type } of [...manifest.icons, ...manifest.screenshots]) {
    const reply = await page.request.get(`${server.url}${src}`);
    assert.equal(reply.status(), 200, src);
    assert.equal(reply.headers()["content-type"], type, src);
    if (type !== "image/png") continue;
    const bytes = await reply.body();
    // A PNG's width and height are the first words of its first chunk.
    assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
  }
});
