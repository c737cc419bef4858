// Chips: the filters in force, each a button that removes it.
import { actors, styles } from "./data.js";
import { facets } from "./filter.js";
import { change, day, nameOf, now } from "./state.js";
import { button, byId, make } from "../shared/dom.js";
import { term, word } from "../shared/words.js";

const MAX_LISTED = 2; // values that a chip lists; above it, it counts them

/**
 * The values of a facet that are shown: some by name, or their number.
 * @param {Facet} facet
 * @param {Set<string>} off
 */
function facetText(facet, off) {
  const on = [...facet.values.keys()].filter((value) => !off.has(value));
  const names = (/** @type {string[]} */ values) => values.map((value) => facet.label(value)).join(", ");
  if (on.length > 0 && on.length <= MAX_LISTED) return `${word(facet.name)}: ${names(on)}`;
  if (off.size <= MAX_LISTED) return `${word(facet.name)}: ${word("chipWithout", { names: names([...off]) })}`;
  return `${word(facet.name)}: ${on.length}/${facet.values.size}`;
}

/**
 * The filters in force, each with the change that removes it.
 * @returns {{ text: string, patch: Partial<State> }[]}
 */
function filtersInForce() {
  const sector = (/** @type {string} */ name) =>
    styles.some((style) => style.sector === name) ? term("sector", name) || word("unknown") : name;
  /** @type {{ text: string, patch: Partial<State> }[]} */
  const found = facets.flatMap((facet) => {
    const off = now.off.get(facet.name);
    if (!off?.size) return [];
    return [
      { text: facetText(facet, off), patch: { off: new Map([...now.off].filter(([name]) => name !== facet.name)) } },
    ];
  });
  if (now.tie) found.push({ text: now.tie.map(sector).join(" – "), patch: { tie: null } });
  if (now.from !== null || now.to !== null)
    found.push({ text: `${day(now.from).slice(0, 7)} – ${day(now.to).slice(0, 7)}`, patch: { from: null, to: null } });
  if (!now.undated) found.push({ text: word("chipDated"), patch: { undated: true } });
  if (now.focus !== null)
    found.push({ text: word("around", { name: nameOf(actors[now.focus]) }), patch: { focus: null } });
  if (now.only) found.push({ text: word("only"), patch: { only: false } });
  return found;
}

export const filterTexts = () => filtersInForce().map(({ text }) => text);

export function showChips() {
  const filters = filtersInForce();
  byId("chipList").replaceChildren(
    ...filters.map(({ text, patch }) =>
      button([make("span", {}, text), " ×"], () => change(patch), { "aria-label": word("chipRemove", { text }) }),
    ),
  );
  byId("all").hidden = !filters.length;
  byId("empty").textContent = word(filters.length ? "noMatch" : "empty");
}
