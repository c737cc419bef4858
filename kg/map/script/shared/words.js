// Words: texts of the page and names of notations, in the language that the reader chose.
import { buttonsIn, byId } from "./dom.js";
import { oneOf } from "./parse.js";
import { data } from "./payload.js";

/** @type {Lang[]} */
export const LANGS = ["en", "zh"];
/** @type {Theme[]} */
export const THEMES = ["light", "dark"];
/** The language and the theme of the page as it was drawn; without a theme it follows the reader's system. */
export const initial = {
  lang: oneOf(LANGS)(data.lang) ?? "en",
  theme: oneOf(THEMES)(data.theme ?? "") ?? null,
};
/** The language and the theme that the reader chose. */
export const reader = { ...initial };

/**
 * @param {object} table
 * @param {string} key
 */
const hasOwn = (table, key) => Object.prototype.hasOwnProperty.call(table, key);
/** @param {(string | null)[]} values */
export const toLabel = ([en, zh]) => /** @type {Label} */ ({ en, zh });
/** @param {Label | 0 | null | undefined} label */
export const text = (label) => (label && (label[reader.lang] || label.en || label.zh)) || "";
/** @param {(string | null)[]} pair */
export const localise = (pair) => text(toLabel(pair));
/**
 * @param {Record<string, (string | null)[]>} table
 * @param {string} key
 */
const lookupText = (table, key) => (hasOwn(table, key) ? localise(table[key]) : "");

/**
 * One thing may have a text of its own.
 * @param {string} key
 * @param {Values} value1
 */
const pluralKey = (key, { n: count }) => (count === 1 && hasOwn(data.words, `${key}One`) ? `${key}One` : key);
/**
 * @param {string} key
 * @param {Values} [values]
 */
export const word = (key, values = {}) =>
  lookupText(data.words, pluralKey(key, values)).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
/**
 * @param {string} scheme
 * @param {string | null | undefined} notation
 */
export const term = (scheme, notation) => (notation ? lookupText(data.terms, `${scheme}/${notation}`) || notation : "");
/** @param {number} value */
export const number = (value) => new Intl.NumberFormat(reader.lang, { maximumSignificantDigits: 3 }).format(value);
/** @returns {Lang} */
export const otherLang = () => (reader.lang === "zh" ? "en" : "zh");
/** @param {string} language */
export const languageTag = (language) => (language === "zh" ? "zh-Hans" : "en");
export const separator = () => (reader.lang === "zh" ? "；" : "; ");
/**
 * The sector is added if the kind does not imply it, as for units.
 * @param {{ kind: string, sector: string }} style
 */
export const kindOf = ({ kind, sector }) =>
  term("class", kind) +
  (data.styles.filter((style) => style.kind === kind).length > 1 ? ` (${term("sector", sector)})` : "");

// Write the texts of the elements that have a key, in the current language.
export function localisePage() {
  document.documentElement.lang = languageTag(reader.lang);
  document.title = byId("title").textContent = localise(data.title);
  /** @type {(name: string, apply: (element: HTMLElement, label: string) => void) => void} */
  const localiseAll = (name, apply) => {
    for (const element of document.querySelectorAll(`[data-${name}]`))
      if (element instanceof HTMLElement) apply(element, word(element.getAttribute(`data-${name}`) ?? ""));
  };
  localiseAll("word", (element, label) => {
    element.textContent = label;
  });
  localiseAll("word-label", (element, label) => {
    element.setAttribute("aria-label", label);
    if (element.matches("button")) element.title = label;
  });
  localiseAll("word-hint", (element, label) => element.setAttribute("placeholder", label));
  for (const one of buttonsIn("languages")) one.setAttribute("aria-pressed", String(one.value === reader.lang));
}

/**
 * Days since 1970-01-01.
 * @param {number} days
 */
export const isoDay = (days) => new Date(days * 864e5).toISOString().slice(0, 10);
/** @param {number} days */
export const yearOf = (days) => new Date(days * 864e5).getUTCFullYear();
/** @param {number} year */
export const firstDayOfYear = (year) => Date.UTC(year, 0, 1) / 864e5;
