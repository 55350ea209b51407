// Every page of every role, by its address, for the tests that look at all of them.

import { LAPTOP, PHONE } from "./browser.js";

/** Who sees which pages. `find` looks for addresses that only the demo knows. */
export const AUDIENCES = [
  { role: undefined, device: PHONE, paths: ["/", "/signin", "/nowhere"] },
  {
    role: "resident",
    device: PHONE,
    paths: ["/", "/order", "/household", "/need", "/notices", "/phones", "/outbox", "/signout"],
    find: async (page, url) => {
      await page.goto(`${url}/order`);
      const run = await page.locator('form.order input[name="run"]').first().inputValue();
      return [`/order/review?run=${run}&h=1&boxes-A=2`];
    },
  },
  {
    role: "steward",
    device: PHONE,
    paths: ["/round", "/round?up&left", "/scan", "/scan?code=AAAA-0000", "/outbox"],
    find: async (page, url) => {
      await page.goto(`${url}/round`);
      return [await page.locator("a.stop").first().getAttribute("href")];
    },
  },
  {
    role: "desk",
    device: LAPTOP,
    paths: [
      "/desk",
      "/desk/find?q=101",
      "/desk/board",
      "/desk/needs",
      "/desk/door/1",
      "/behalf/1/order",
      "/behalf/1/need",
      "/desk/ledger",
      "/desk/menus",
      "/desk/windows",
      "/desk/windows/edit",
      "/desk/windows/1",
      "/desk/windows/2",
      "/desk/people",
      "/desk/people/2",
      "/desk/notices",
      "/desk/notices/1",
      "/desk/settings",
      "/desk/picklist",
      "/desk/picklist/1",
      "/desk/print",
    ],
  },
  { role: "supplier", device: LAPTOP, paths: ["/desk/picklist", "/desk/picklist/1"] },
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
