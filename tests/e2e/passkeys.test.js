// Whoever helps adds a passkey and comes in by it again: the browser's own authenticator, as if it were the laptop's lock.

import assert from "node:assert/strict";
import { picture } from "./support/pictures.js";
import { story } from "./support/story.js";

/** A lock with a finger that is always right; gives what it holds. */
async function lock(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable", { enableUI: false });
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  const send = (method, more = {}) => devtools.send(`WebAuthn.${method}`, { authenticatorId, ...more });
  return {
    credentials: async () => (await send("getCredentials")).credentials,
    put: (credential) => send("addCredential", { credential }),
    empty: () => send("clearCredentials"),
    finger: (isUserVerified) => send("setUserVerified", { isUserVerified }),
  };
}

async function signsOut(page, server) {
  await page.goto(`${server.url}/signout`);
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/signedout/);
}

story("the desk adds a passkey, signs out and comes in by it; a copy and a passkey that was taken away do not", async (stage) => {
  const server = await stage.server({ args: ["--empty"], host: "localhost" });
  const desk = await stage.person(server, "desk");
  const own = await lock(desk);

  // From the desk's own menu.
  await desk.getByRole("link", { name: "这台设备" }).click();
  await desk.getByRole("link", { name: "通行密钥" }).click();
  await desk.getByText("还没有通行密钥").waitFor();
  await picture(desk, "passkeys-none-zh");
  await desk.getByRole("button", { name: "在这台设备上添加" }).click();
  await desk.getByText("还没用过").waitFor();
  await picture(desk, "passkeys-one-zh");
  await desk.goto(`${server.url}/lang/en?to=/passkeys`);
  await desk.getByText("not used yet").waitFor();
  await picture(desk, "passkeys-one-en");
  // A second one on the same device makes no sense, and the page says so.
  await desk.getByRole("button", { name: "Add a passkey on this device" }).click();
  await desk.getByText("This device has a passkey for you already.").waitFor();
  await desk.goto(`${server.url}/lang/zh?to=/passkeys`);

  const [copy] = await own.credentials();
  assert.equal(copy.rpId, "localhost");
  await signsOut(desk, server);
  await desk.goto(`${server.url}/signin`);
  await picture(desk, "passkeys-signin-zh");
  const button = desk.getByRole("button", { name: "用通行密钥登录" });
  // Without the right finger nothing happens, and that is said.
  await own.finger(false);
  await button.click();
  await desk.getByText("没有完成").waitFor();
  await own.finger(true);
  await button.click();
  await desk.waitForURL(/\/desk/);

  // A copy of the passkey counts as it did before the last time.
  await signsOut(desk, server);
  await own.empty();
  await own.put(copy);
  await desk.goto(`${server.url}/lang/en?to=/signin`);
  await picture(desk, "passkeys-signin-en");
  await desk.getByRole("button", { name: "Sign in with a passkey" }).click();
  await desk.getByText("This passkey is not taken here.").waitFor();
  await desk.goto(`${server.url}/desk`);
  assert.notEqual(new URL(desk.url()).pathname, "/desk", "nobody came in");
  await desk.goto(`${server.url}/lang/en?to=/signin`);
  await own.empty();
  await own.put({ ...copy, signCount: copy.signCount + 10 });
  await desk.getByRole("button", { name: "Sign in with a passkey" }).click();
  await desk.waitForURL(/\/desk/);

  // The desk sees it on the person's page, with when it was used, and takes it away.
  await desk.goto(`${server.url}/desk/people`);
  await desk.locator("main a[href^='/desk/people/']").first().click();
  await desk.getByText("last used").waitFor();
  await picture(desk, "passkeys-person-en");
  await desk.getByRole("button", { name: "Take away" }).click();
  await desk.getByText("The passkey is taken away").waitFor();
  await signsOut(desk, server);
  await desk.goto(`${server.url}/signin`);
  await desk.getByRole("button", { name: "Sign in with a passkey" }).click();
  await desk.getByText("This passkey is not taken here.").waitFor();
  assert.ok(!server.log.includes(copy.credentialId), "no passkey is named in the log");
});

story("a steward finds the way to a passkey from what the phone holds, and comes back in by it", async (stage) => {
  const server = await stage.server({ host: "localhost" });
  const steward = await stage.person(server, "steward");
  await lock(steward);
  await steward.goto(`${server.url}/outbox`);
  await picture(steward, "passkeys-outbox-zh");
  await steward.getByRole("link", { name: "这部手机" }).click();
  await steward.getByRole("link", { name: "通行密钥" }).click();
  await steward.getByRole("button", { name: "在这台设备上添加" }).click();
  await steward.getByText("还没用过").waitFor();
  await picture(steward, "passkeys-steward-zh");
  await signsOut(steward, server);
  await steward.goto(`${server.url}/signin`);
  await steward.getByRole("button", { name: "用通行密钥登录" }).click();
  await steward.waitForURL(/\/round/);
});

story("a browser without passkeys, and an address that has none, say what to do", async (stage) => {
  const server = await stage.server({ args: ["--empty"], host: "localhost" });
  const without = await (await stage.window("phone")).newPage();
  await without.addInitScript(() => delete globalThis.PublicKeyCredential);
  await without.goto(`${server.url}/signin`);
  await without.getByText("这个浏览器不支持通行密钥").waitFor();
  assert.equal(await without.getByRole("button", { name: "用通行密钥登录" }).isVisible(), false);
  await picture(without, "passkeys-without-zh");

  const numbers = await stage.server({ args: ["--empty"] });
  const page = await (await stage.window("phone", { locale: "en-GB" })).newPage();
  await page.goto(`${numbers.url}/signin`);
  await page.getByText("Passkeys work only under a name with https.").waitFor();

  const scriptless = await (await stage.window("phone", { javaScriptEnabled: false, locale: "en-GB" })).newPage();
  await scriptless.goto(`${server.url}/signin`);
  await scriptless.getByText("This browser has no passkeys.").waitFor();
});
