// Somebody sends what is far too large: the server says so in words and stays small.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { LAPTOP, launch } from "./support/browser.js";
import { enter } from "./support/people.js";
import { startServer } from "./support/server.js";

const MB = 1024 * 1024;
/** What one upload may take at its worst: the largest file that is read is 10 MB (measured: 13 MB more). */
const MOST = 64 * MB;

let server, browser, folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "last-metre-files-"));
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A zip of one file of blanks, as small as they pack. */
function bomb(bytes) {
  const name = Buffer.from("xl/worksheets/sheet1.xml");
  const packed = deflateRawSync(Buffer.alloc(bytes, " "), { level: 9 });
  const fields = Buffer.alloc(22);
  fields.writeUInt16LE(8, 4); // deflated
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(bytes, 18);
  const sizes = (head) => {
    const local = Buffer.alloc(head === 0x04034b50 ? 30 : 46);
    local.writeUInt32LE(head, 0);
    const at = head === 0x04034b50 ? 4 : 6;
    local.writeUInt16LE(20, at);
    local.writeUInt16LE(8, at + 4);
    local.writeUInt32LE(packed.length, at + 14);
    local.writeUInt32LE(bytes, at + 18);
    local.writeUInt16LE(name.length, at + 22);
    return local;
  };
  const body = Buffer.concat([sizes(0x04034b50), name, packed]);
  const directory = Buffer.concat([sizes(0x02014b50), name]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, directory, end]);
}

/** The most memory the server held while something happened, above what it held before. */
async function peak(what) {
  const status = async (line) => {
    const text = await readFile(`/proc/${server.pid}/status`, "utf8");
    return Number(text.match(new RegExp(`${line}:\\s+(\\d+) kB`))[1]) * 1024;
  };
  await writeFile(`/proc/${server.pid}/clear_refs`, "5");
  const start = await status("VmRSS");
  await what();
  return (await status("VmHWM")) - start;
}

test("50 MB and a file that unpacks to 500 MB are told at the field, and the server stays small", async (t) => {
  const page = await (await browser.newContext(LAPTOP)).newPage();
  await enter(page, server, "desk");
  const files = [
    ["50 MB", Buffer.alloc(50 * MB, "a"), "文件超过 10 MB"],
    ["500 MB in half a MB", bomb(500 * MB), "文件展开后超过 32 MB"],
  ];
  for (const [what, bytes, words] of files) {
    const file = join(folder, "households.xlsx");
    await writeFile(file, bytes);
    const grown = await peak(async () => {
      await page.goto(`${server.url}/desk/ledger`);
      await page.setInputFiles("input[type=file]", file);
      await page.locator("form:has(input[type=file]) button[type=submit]").click();
      await page.getByText(words).first().waitFor();
    });
    t.diagnostic(`${what}: ${(grown / MB).toFixed(1)} MB more at most`);
    assert.ok(grown < MOST, `${what} took ${grown} bytes`);
  }
});
