// Passkeys of staff: making one, and signing in with one. No texts: the page has one for each outcome.

const box = document.querySelector("[data-passkey]");
const { passkey: what, challenge, site, community, user, name, known } = box.dataset;
const button = box.querySelector("[data-passkey-do]");
const LATE = "passkey-late";

const show = (outcome) => {
  for (const part of box.querySelectorAll("[data-passkey-when]")) part.hidden = part.dataset.passkeyWhen !== outcome;
};

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer ?? []))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// Only ES256 (-7) is understood; whoever is there has to prove it by finger, face or PIN.
const create = () => navigator.credentials.create({
  publicKey: {
    challenge: bytes(challenge),
    rp: { id: site, name: community },
    user: { id: bytes(user), name, displayName: name },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: known.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytes(id) })),
    attestation: "none",
  },
});

const get = () => navigator.credentials.get({
  publicKey: { challenge: bytes(challenge), rpId: site, userVerification: "required" },
});

async function send(path, fields) {
  const { status, ok } = await fetch(path, { method: "POST", body: new URLSearchParams(fields) });
  if (ok) return "done";
  if (status === 409) return "late";
  return status === 422 ? "refused" : "failed";
}

async function add() {
  const { response } = await create();
  return send("/passkeys", {
    client: text(response.clientDataJSON),
    data: text(response.getAuthenticatorData()),
    key: text(response.getPublicKey()),
  });
}

async function enter() {
  const { id, response } = await get();
  return send("/signin/passkey", {
    id,
    client: text(response.clientDataJSON),
    data: text(response.authenticatorData),
    signature: text(response.signature),
    user: text(response.userHandle),
  });
}

const outcomes = { NotAllowedError: "cancelled", AbortError: "cancelled", InvalidStateError: "there", SecurityError: "address" };

button.onclick = async () => {
  button.disabled = true;
  const outcome = await (what === "get" ? enter() : add()).catch((error) => outcomes[error.name] ?? "failed");
  button.disabled = false;
  if (outcome === "done") return location.assign(what === "get" ? "/" : "/passkeys");
  if (outcome !== "late") return show(outcome);
  // A challenge is good for ten minutes and once: a new page has a new one.
  sessionStorage.setItem(LATE, "1");
  location.reload();
};

const able = window.PublicKeyCredential && (what === "get" || window.AuthenticatorAttestationResponse?.prototype.getPublicKey);
// Browsers bind passkeys to names, not to addresses of four numbers.
const named = !/^[\d.]+$|:/.test(site);
button.hidden = !(able && named);
show(sessionStorage.getItem(LATE) ? "late" : able && named ? "" : able ? "address" : "none");
sessionStorage.removeItem(LATE);
