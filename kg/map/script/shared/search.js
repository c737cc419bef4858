// Search: the field, its results, and its keys.
import { button, byId, inputById, make } from "./dom.js";
import { swatch } from "./theme.js";
import { languageTag, otherLang, word } from "./words.js";

const KINDS = ["name", "short name", "beginning", "abbreviation", "part", "pinyin", "typing error"];
/**
 * How a query matches, in words.
 * @param {number} kind
 */
export const matchWord = (kind) => word(`match/${KINDS[kind]}`);

/**
 * Show the first results; an item has a style, a name, a name in the other language, the reason, and an action.
 * @param {string} query
 * @param {Found[]} results
 * @param {(found: Found) => Result} itemOf
 */
export function showResults(query, results, itemOf) {
  byId("searchStatus").textContent = query && word(results.length ? "found" : "nothingFound", { n: results.length });
  byId("search").setAttribute("aria-expanded", String(results.length > 0));
  byId("results").replaceChildren(
    ...results.slice(0, 50).map((found) => {
      const { style, name, other, why, choose } = itemOf(found);
      const small = other && other !== name && make("small", { lang: languageTag(otherLang()) }, other);
      return make(
        "li",
        {},
        button([swatch(style), make("span", {}, name, small, make("small", { class: "why" }, why))], choose),
      );
    }),
  );
}

/**
 * Enter chooses the first result, arrow keys move between field and results, Escape clears the field.
 * @param {KeyboardEvent} event
 * @param {() => void} search
 */
export function onSearchKey(event, search) {
  const field = inputById("search");
  /** @type {HTMLElement[]} */
  const stops = [field, ...byId("results").querySelectorAll("button")];
  const step = new Map([
    ["ArrowDown", 1],
    ["ArrowUp", -1],
  ]).get(event.key);
  const at = stops.findIndex((stop) => stop === document.activeElement);
  if (step) stops[(at + step + stops.length) % stops.length].focus();
  else if (event.key === "Enter" && document.activeElement === field) stops[1]?.click();
  else if (event.key === "Escape" && field.value) {
    field.value = "";
    search();
    field.focus();
    event.stopPropagation();
  } else return;
  event.preventDefault();
}
