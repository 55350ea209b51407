// The camera that reads door cards. It says what it read and never goes there: what a code means is decided by the
// page. The browser's own detector where there is one; else frames go to a worker with a decoder of ours.

// Why there is no picture, so that the page can say what to do:
// denied    the reader or the system said no
// none      this device or this browser has no camera for pages (some apps' built-in browsers)
// insecure  the page did not come over https
// busy      another app holds the camera
// lost      it worked, and stopped
// broken    the decoder could not be loaded
export class CameraTrouble extends Error {
  constructor(kind, cause) {
    super(kind, { cause });
    this.kind = kind;
  }
}

// Milliseconds between two frames that are looked at, if looking takes no longer.
const PACE = 100;
// The longest side of a frame: more would only take longer.
const LONGEST = 1280;
// A code still in view is told once; it counts as new after so long out of view.
const GONE = 2500;
// The decoder may fail on a frame; this many in a row, and something else is wrong.
const PATIENCE = 3;

// Starts the camera in a video element. `onCode(text)` hears each code and may answer false if it is nothing (then
// there is no beep). `onError(trouble)` hears a CameraTrouble and the scanner has stopped; `onReady(handle)` hears when
// there is a picture. Call it from a click where that is possible: sound needs one. The handle works at once.
export function startScanner(video, { onCode, onError, onReady, decoderUrl }) {
  const signal = bell();
  const told = new Map();
  let running = true;
  let stream;
  let reader;
  let lock;

  const handle = {
    get hasTorch() {
      return Boolean(track()?.getCapabilities?.().torch);
    },
    async torch(on) {
      await track()?.applyConstraints({ advanced: [{ torch: on }] });
    },
    stop() {
      if (!running) return;
      running = false;
      close();
      reader?.close();
      signal.close();
      document.removeEventListener("visibilitychange", shown);
      removeEventListener("pagehide", close);
      removeEventListener("pageshow", shown);
    },
  };

  const track = () => stream?.getVideoTracks()[0];

  function fail(trouble) {
    if (!running) return;
    handle.stop();
    onError?.(trouble);
  }

  function close() {
    for (const each of stream?.getTracks() ?? []) {
      each.onended = null;
      each.stop();
    }
    stream = undefined;
    video.srcObject = null;
    lock?.release().catch(() => {});
    lock = undefined;
  }

  async function open() {
    const opened = await camera();
    // Stopped or opened twice while the browser was asking.
    if (!running || stream) return opened.getTracks().forEach((each) => each.stop());
    stream = opened;
    // The system took the camera (a call, another app): it comes back when the page is looked at again.
    track().onended = () => {
      close();
      shown();
    };
    video.srcObject = stream;
    await video.play();
    awake();
  }

  async function awake() {
    if (lock && !lock.released) return;
    try {
      lock = await navigator.wakeLock?.request("screen");
    } catch {
      // The battery is low: the screen may go dark.
    }
  }

  // Browsers drop the wake lock, and some the camera, when the page is hidden.
  async function shown() {
    if (!running || document.hidden) return;
    try {
      if (stream?.active) await awake();
      else await open();
    } catch (error) {
      const found = trouble(error);
      fail(found.kind === "busy" ? new CameraTrouble("lost", error) : found);
    }
  }

  function tell(text) {
    const now = performance.now();
    const known = now - (told.get(text) ?? -Infinity) < GONE;
    told.set(text, now);
    if (!known && onCode(text) !== false) signal.ring();
  }

  async function look() {
    while (running) {
      const began = performance.now();
      if (stream && !document.hidden && video.videoWidth > 0) {
        const texts = await reader.read(video);
        for (const text of texts) if (running) tell(text);
      }
      await new Promise((next) => setTimeout(next, Math.max(0, began + PACE - performance.now())));
    }
  }

  function take(found) {
    if (running) reader = found;
    else found.close();
  }

  async function run() {
    try {
      // Both at once: the permission takes a person, the decoder the network.
      await Promise.all([findReader(decoderUrl).then(take), open()]);
      if (!running) return;
      document.addEventListener("visibilitychange", shown);
      addEventListener("pagehide", close);
      addEventListener("pageshow", shown);
      onReady?.(handle);
      await look();
    } catch (error) {
      fail(trouble(error));
    }
  }

  run();
  return handle;
}

// Fills a place of the page with the picture and, where there is one, a switch for the lamp. The place says where the
// decoder is (data-decoder) and what the switch is called (data-torch). `failed` hears the kind of trouble.
export function start(place, found, failed) {
  const video = document.createElement("video");
  video.playsInline = true;
  video.muted = true;
  place.replaceChildren(video);
  return startScanner(video, {
    decoderUrl: place.dataset.decoder,
    onCode: found,
    onError(trouble) {
      place.replaceChildren();
      failed(trouble.kind);
    },
    onReady(handle) {
      if (handle.hasTorch) place.append(lamp(handle, place.dataset.torch));
    },
  });
}

function lamp(handle, label) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = label;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", async () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    try {
      await handle.torch(on);
      button.setAttribute("aria-pressed", String(on));
    } catch {
      // Too hot, or the battery is low: the system keeps it as it is.
    }
  });
  return button;
}

async function camera() {
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraTrouble(isSecureContext ? "none" : "insecure");
  const wanted = { facingMode: { ideal: "environment" }, width: { ideal: LONGEST }, height: { ideal: 720 } };
  return navigator.mediaDevices.getUserMedia({ video: wanted });
}

function trouble(error) {
  if (error instanceof CameraTrouble) return error;
  const kinds = {
    NotAllowedError: "denied",
    SecurityError: "denied",
    NotFoundError: "none",
    OverconstrainedError: "none",
    NotSupportedError: "none",
  };
  return new CameraTrouble(kinds[error?.name] ?? "busy", error);
}

// --- Readers: `read(video)` gives the texts in the picture of this moment ---

async function findReader(decoderUrl) {
  return (await nativeReader(decoderUrl)) ?? ownReader(decoderUrl);
}

async function nativeReader(decoderUrl) {
  let detector;
  try {
    const formats = await BarcodeDetector.getSupportedFormats();
    if (!formats.includes("qr_code")) return undefined;
    detector = new BarcodeDetector({ formats: ["qr_code"] });
  } catch {
    return undefined;
  }
  let own;
  return {
    async read(video) {
      if (own) return own.read(video);
      try {
        return (await detector.detect(video)).map((code) => code.rawValue);
      } catch {
        // It promises more than this system keeps (Android without Google's services).
        own = ownReader(decoderUrl);
        return [];
      }
    },
    close() {
      own?.close();
    },
  };
}

function ownReader(decoderUrl) {
  if (!decoderUrl) throw new CameraTrouble("broken");
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let worker;
  // The frame in flight; the caller waits for its answer before it sends another.
  let waiting;
  let lost;
  let failures = 0;

  function lose() {
    lost = new CameraTrouble("broken");
    waiting?.reject(lost);
  }

  function begin() {
    worker = new Worker(new URL("./scanner-worker.js", import.meta.url), { type: "module" });
    worker.postMessage({ decoder: new URL(decoderUrl, document.baseURI).href });
    worker.onerror = lose;
    worker.onmessage = ({ data }) => {
      if (data.missing) return lose();
      failures = data.failed ? failures + 1 : 0;
      if (failures >= PATIENCE) return lose();
      if (data.failed) {
        // The program's memory can't be trusted any more.
        worker.terminate();
        begin();
      }
      waiting.resolve(data.texts ?? []);
    };
  }

  begin();
  return {
    async read(video) {
      if (lost) throw lost;
      const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
      const width = Math.round(video.videoWidth * scale);
      const height = Math.round(video.videoHeight * scale);
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      context.drawImage(video, 0, 0, width, height);
      const pixels = context.getImageData(0, 0, width, height).data.buffer;
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        worker.postMessage({ pixels, width, height }, [pixels]);
      });
    },
    close() {
      worker.terminate();
    },
  };
}

// A short tone and a touch: hands and eyes are on the door.
function bell() {
  let audio;
  try {
    audio = new AudioContext();
  } catch {
    // No sound on this device.
  }
  return {
    ring() {
      navigator.vibrate?.(60);
      if (!audio) return;
      audio.resume().catch(() => {});
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const now = audio.currentTime;
      tone.frequency.value = 1100;
      volume.gain.setValueAtTime(0.15, now);
      volume.gain.exponentialRampToValueAtTime(0.001, now + 0.12);
      tone.connect(volume).connect(audio.destination);
      tone.start(now);
      tone.stop(now + 0.12);
    },
    close() {
      audio?.close().catch(() => {});
    },
  };
}
