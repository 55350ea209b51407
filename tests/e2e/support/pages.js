// Every page of every role, by its address, for the tests that look at all of them. What only a button leads to is an
// act: it is done anew in each language, and the page it ends on is looked at.

import { fileURLToPath } from "node:url";
import { LAPTOP, PHONE } from "./browser.js";

const fixture = (name) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

/** Letters and cards are printed for no other kind of address. */
const PRINTABLE = { args: ["--demo", "--public-url", "https://demo.example"] };

/** Presses the button of the page's own form and waits for what the server says, empty fields or not. */
const submit = async (page, within = "main form") => {
  await page.locator(within).last().evaluate((form) => (form.noValidate = true));
  await Promise.all([page.waitForEvent("load"), page.locator(`${within} button[type="submit"]`).last().click()]);
};

const upload = (path, file) => async (page, url) => {
  await page.goto(`${url}${path}`);
  await page.locator('input[type="file"]').setInputFiles(fixture(file));
  await submit(page, 'form[enctype="multipart/form-data"]');
};

/** Who sees which pages. `find` looks for addresses that only the demo knows. */
export const AUDIENCES = [
  {
    name: "stranger",
    device: PHONE,
    paths: ["/", "/signin", "/nowhere", "/e/000000000000000000000000000", "/d/000000000000000000000"],
    find: async (_, __, server) => [server.signIn.resident, server.signIn.steward].map((link) => new URL(link).pathname),
    acts: {
      "a code that is wrong": async (page, url) => {
        await page.goto(url);
        await page.locator('input[name="code"]').fill("0000000000");
        await submit(page);
      },
    },
  },
  {
    name: "resident",
    role: "resident",
    device: PHONE,
    paths: ["/", "/order", "/household", "/need", "/notices", "/phones", "/outbox", "/signout", "/desk"],
    find: async (page, url) => {
      await page.goto(`${url}/order`);
      const run = await page.locator('form.order input[name="run"]').first().inputValue();
      return [`/order/review?run=${run}&h=1&boxes-A=2`, `/order/review?run=${run}&h=1&boxes-A=9`];
    },
    acts: {
      "a code for another phone": async (page, url) => {
        await page.goto(`${url}/phones`);
        await submit(page);
      },
    },
  },
  {
    name: "steward",
    role: "steward",
    device: PHONE,
    paths: ["/round", "/round?up&left", "/scan", "/scan?code=AAAA-0000", "/outbox", "/behalf/1/order", "/behalf/1/need"],
    find: async (page, url) => {
      await page.goto(`${url}/round`);
      return [await page.locator("a.stop").first().getAttribute("href")];
    },
  },
  {
    name: "desk, day by day",
    role: "desk",
    device: LAPTOP,
    paths: [
      "/desk",
      "/desk/find?q=101",
      "/desk/find?q=1.2.0",
      "/desk/board",
      "/desk/needs",
      "/desk/needs?closed=1&h=1",
      "/desk/door/1",
      "/desk/household/1",
      "/desk/care/1",
      "/behalf/1/order",
      "/behalf/1/need",
      "/desk/picklist",
      "/desk/picklist/1",
      "/order",
      "/phones",
      "/passkeys",
    ],
    acts: {
      "care remarks, without a reason": async (page, url) => {
        await page.goto(`${url}/desk/care/1`);
        await submit(page, 'form[action="/desk/care/1"]');
      },
      "care remarks, with a reason": async (page, url) => {
        await page.goto(`${url}/desk/care/1`);
        await page.locator('label.tile:has(input[value="medicine"])').click();
        await submit(page, 'form[action="/desk/care/1"]');
      },
    },
  },
  {
    name: "desk's records",
    role: "desk",
    device: LAPTOP,
    paths: [
      "/desk/ledger",
      "/desk/ledger/undo",
      "/desk/menus",
      "/desk/menus/edit",
      "/desk/menus/edit?code=A",
      "/desk/windows",
      "/desk/windows/edit",
      "/desk/windows/1",
      "/desk/windows/2",
      "/desk/errands",
      "/desk/people",
      "/desk/people/2",
      "/desk/people/3",
      "/desk/notices",
      "/desk/notices/1",
      "/desk/settings",
    ],
    acts: {
      "a ledger before it is taken": upload("/desk/ledger", "households.xlsx"),
      "a ledger that is none": upload("/desk/ledger", "households.expected.json"),
      "menus before they are taken": upload("/desk/menus", "menus.csv"),
      "an invite": async (page, url) => {
        await page.goto(`${url}/desk/people/2`);
        await submit(page, 'form[action="/desk/people/2/invite"]');
      },
      "a menu with faults": async (page, url) => {
        await page.goto(`${url}/desk/menus/edit`);
        await submit(page, "form.office");
      },
    },
  },
  {
    name: "desk's paper",
    role: "desk",
    device: LAPTOP,
    server: PRINTABLE,
    paths: [
      "/desk/print",
      "/desk/print/letters?building=1",
      "/desk/print/cards?building=2",
      "/desk/print/booklet",
      "/desk/print/rounds",
      "/desk/print/labels",
      "/desk/print/gate",
      "/desk/print/map?building=2",
    ],
    acts: {
      "letters that were made": async (page, url) => {
        await page.goto(`${url}/desk/print/letters?h=1`);
        await submit(page);
      },
    },
  },
  { name: "supplier", role: "supplier", device: LAPTOP, paths: ["/desk/picklist", "/desk/picklist/1"] },
];

/** Collects what a browser complains about: errors, refused scripts or styles, files that are not there. */
export function complaints(page) {
  const heard = [];
  page.on("console", (message) => message.type() === "error" && heard.push(`${page.url()}: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`${page.url()}: ${error.message}`));
  return heard;
}

/** Switches the language the way a reader does. */
export async function speak(context, url, lang) {
  await context.addCookies([{ name: "lang", value: lang, url }]);
}
