// Shows QR codes on this screen for another phone's camera, one after the other, made here without signal. What they say
// is decided by the page.

// Milliseconds that each is shown: long enough for a camera that looks ten times a second.
const EACH = 900;
// Light border in modules, and pixels a module: whole ones, so that edges are sharp.
const BORDER = 4;
const PIXELS = 8;

// The place says where the program that draws is, and its own words.
export async function show(place, texts) {
  const { program: url, picture, before, after, count } = place.dataset;
  const program = await import(url);
  await program.default({ module_or_path: new URL(url.replace(/js$/, "wasm"), location.href) });
  const pictures = texts.map((text) => program.encode(text));

  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", picture);
  const words = document.createElement("p");
  let at = 0;
  let turning;

  const draw = () => {
    paint(canvas, pictures[at]);
    const numbers = [at + 1, pictures.length];
    words.textContent = count.replace(/#/g, () => numbers.shift());
    canvas.dataset.at = at;
  };
  const step = (by) => {
    at = (at + by + pictures.length) % pictures.length;
    draw();
  };
  // Whoever turns the codes by hand wants to keep one: it stays.
  const button = (label, by) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: label });
    made.addEventListener("click", () => {
      clearInterval(turning);
      step(by);
    });
    return made;
  };
  draw();
  place.replaceChildren(canvas, words);
  if (pictures.length > 1) {
    const pair = Object.assign(document.createElement("div"), { className: "pair" });
    pair.append(button(before, -1), button(after, 1));
    place.append(pair);
    turning = setInterval(() => step(1), EACH);
  }
  stayBright();
}

function paint(canvas, modules) {
  const side = Math.sqrt(modules.length);
  canvas.width = canvas.height = (side + 2 * BORDER) * PIXELS;
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  for (const [place, dark] of modules.entries()) {
    const [x, y] = [place % side, Math.floor(place / side)];
    if (dark) context.fillRect((x + BORDER) * PIXELS, (y + BORDER) * PIXELS, PIXELS, PIXELS);
  }
}

// The screen must not go dark while another phone looks at it. Browsers drop this when the page is hidden.
function stayBright() {
  const ask = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", ask);
  ask();
}
