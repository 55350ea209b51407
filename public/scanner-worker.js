// Reads QR codes in camera frames, away from the page's own thread. First it hears where the decoder lies, then frame
// after frame; it answers each frame with the texts in it, or that the decoder failed and a new worker is needed.

let decode;
let loading;
let luma = new Uint8Array(0);

async function load(url) {
  const decoder = await import(url);
  // Both files carry the same hash in their names.
  await decoder.default({ module_or_path: url.replace(/js$/, "wasm") });
  decode = decoder.decode;
}

// Four bytes a pixel to one, as the eye weighs colours.
function grey(pixels) {
  const words = new Uint32Array(pixels);
  if (luma.length !== words.length) luma = new Uint8Array(words.length);
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    luma[at] = (77 * (word & 255) + 150 * ((word >> 8) & 255) + 29 * ((word >> 16) & 255)) >> 8;
  }
  return luma;
}

addEventListener("message", async ({ data }) => {
  if (data.decoder) {
    loading = load(data.decoder);
    loading.catch(() => postMessage({ missing: true }));
    return;
  }
  try {
    await loading;
  } catch {
    return;
  }
  try {
    postMessage({ texts: decode(grey(data.pixels), data.width, data.height) });
  } catch {
    postMessage({ failed: true });
  }
});
