// The program's own words in each language, read from where they are written, and the texts of a page.

import { readdir, readFile } from "node:fs/promises";

const LOCALES = new URL("../../../app/ui/src/locales/", import.meta.url);

/** What makes a text one of a language, and from how much of it on a part of a text gives it away. */
const SCRIPT = {
  zh: { of: /\p{Script=Han}.*\p{Script=Han}/u, telling: (words) => [...words].length >= 5 },
  en: { of: /[A-Za-z]{3}/, telling: (words) => words.split(/\s+/).length >= 3 },
};

/** The texts in `app/ui/src/locales/<lang>`: those that a text node may be as a whole, and those that give it away. */
export async function ownWords(lang) {
  const folder = new URL(`${lang}/`, LOCALES);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".rs"));
  const sources = await Promise.all(files.map((name) => readFile(new URL(name, folder), "utf8")));
  const literals = sources
    .flatMap((source) => source.split("\n"))
    .filter((line) => !line.trim().startsWith("//"))
    .flatMap((line) => [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, words]) => words.replaceAll('\\"', '"')));
  const parts = literals.flatMap((words) => words.split(/\{[^}]*\}/)).map((words) => words.trim());
  const own = parts.filter((words) => SCRIPT[lang].of.test(words));
  return { whole: new Set(own), telling: own.filter(SCRIPT[lang].telling) };
}

/** Those of some texts that are words of the program, in the language these are of. */
export function spoken(texts, { whole, telling }) {
  return texts.filter((text) => whole.has(text) || telling.some((words) => text.includes(words)));
}

/** Every text of the page as it is, and every label; what is marked as of another language is that on purpose. */
export function textsOf(page) {
  return page.evaluate(() => {
    const own = document.documentElement.lang.slice(0, 2);
    const foreign = (element) => !(element.closest("[lang]")?.lang ?? own).startsWith(own);
    const texts = [document.title];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const element = nodes.currentNode.parentElement;
      if (!element.closest("script, style") && !foreign(element)) texts.push(nodes.currentNode.data);
    }
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title], [alt]")) {
      const labels = ["aria-label", "placeholder", "title", "alt"].map((name) => element.getAttribute(name));
      if (!foreign(element)) texts.push(...labels.filter(Boolean));
    }
    return texts.map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
  });
}
