// Legend, filters, appearance, and the table of links between sectors.
import { isLink, links, measures, n, styleOf, styles } from "./data.js";
import { drawing } from "./drawing.js";
import { countValues, facets, visible } from "./filter.js";
import { change, INITIAL_ACTORS, now, toggled } from "./state.js";
import { button, buttonsIn, byId, fillSelect, make } from "../shared/dom.js";
import { swatch, swatchOfSector } from "../shared/theme.js";
import { term, word } from "../shared/words.js";

/**
 * @param {Facet} facet
 * @param {string} value
 */
const isOff = (facet, value) => Boolean(now.off.get(facet.name)?.has(value));

/**
 * @param {Facet} facet
 * @param {Set<string>} values
 */
function setOff(facet, values) {
  const off = new Map(now.off);
  if (values.size) off.set(facet.name, values);
  else off.delete(facet.name);
  change({ off });
}

/**
 * @param {Facet} facet
 * @param {string} value
 * @param {number} count
 * @param {number} shown
 */
function facetItem(facet, value, count, shown) {
  const box = make("input", { type: "checkbox", name: facet.name });
  box.checked = !isOff(facet, value);
  box.dataset.value = value;
  box.addEventListener("change", () => setOff(facet, toggled(now.off.get(facet.name) ?? new Set(), value)));
  return make(
    "li",
    {},
    make(
      "label",
      {},
      box,
      facet.name === "kind" && swatch(styles[Number(value)]),
      make("span", {}, facet.label(value)),
      make("small", {}, isOff(facet, value) || shown === count ? String(count) : `${shown} / ${count}`),
    ),
  );
}

/**
 * The values of a facet, with the numbers of what is visible.
 * @param {Facet} facet
 * @param {[string, number][]} values
 */
function facetItems(facet, values) {
  const shown = countValues(facet, [...(facet.ofActor ? visible.actors : visible.links)]);
  return values.map(([value, count]) => facetItem(facet, value, count, shown.get(value) ?? 0));
}

/** @param {Facet} facet */
function facetList(facet) {
  const off = now.off.get(facet.name) ?? new Set();
  const turn = (/** @type {Set<string>} */ values) => () => setOff(facet, values);
  return [
    make(
      "div",
      { class: "both" },
      button(word("all"), turn(new Set()), { ...(!off.size && { disabled: "" }) }),
      button(word("none"), turn(new Set(facet.values.keys())), {
        ...(off.size === facet.values.size && { disabled: "" }),
      }),
    ),
    make("ul", {}, ...facetItems(facet, [...facet.values])),
  ];
}

// An open filter stays open and keeps its scroll position and focus when its values change.
export function showFacets() {
  const legend = facets[0];
  const active = document.activeElement instanceof HTMLInputElement ? document.activeElement : null;
  byId("legend").replaceChildren(
    ...facetItems(
      legend,
      [...legend.values].sort(([a], [b]) => Number(a) - Number(b)),
    ),
  );
  for (const facet of facets.slice(1)) {
    const details = /** @type {HTMLDetailsElement} */ (byId("filters").querySelector(`[data-facet=${facet.name}]`));
    details.hidden = facet.values.size < 2;
    const off = now.off.get(facet.name)?.size;
    const [summary, inner] = details.children;
    summary.textContent = word(facet.name) + (off ? ` (${facet.values.size - off}/${facet.values.size})` : "");
    const top = inner.scrollTop;
    inner.replaceChildren(...(details.open ? facetList(facet) : []));
    inner.scrollTop = top;
  }
  if (active?.dataset.value !== undefined)
    [...byId("side").querySelectorAll("input")]
      .find((box) => box.name === active.name && box.dataset.value === active.dataset.value)
      ?.focus();
}

export function createFacets() {
  byId("filters").append(
    ...facets.slice(1).map((facet) => {
      const details = make(
        "details",
        { "data-facet": facet.name },
        make("summary", {}),
        make("div", { class: "facet", tabindex: "-1" }),
      );
      details.addEventListener("toggle", showFacets);
      return details;
    }),
  );
}

export function showChoices() {
  fillSelect(
    byId("by"),
    [...measures.keys()].map((name) => [name, term("measure", name)]),
    now.by,
  );
  fillSelect(
    byId("colour"),
    [
      ["sector", word("bySector")],
      ["community", word("byCommunity")],
    ],
    now.colour,
  );
  const steps = [100, 300, 1000, 3000].filter((count) => count < n);
  fillSelect(
    byId("top"),
    [...new Set([...steps, now.top, n])]
      .sort((a, b) => a - b)
      .map((count) => [String(count), count === n ? word("topAll", { n }) : word("topN", { n: count })]),
    String(now.top),
  );
  byId("more").hidden = n <= INITIAL_ACTORS;
  const left = n - now.top;
  byId("limitNote").textContent =
    left > 0 ? word("limitNote", { n: now.top, all: n, measure: term("measure", now.by) }) : "";
  for (const one of buttonsIn("views")) one.setAttribute("aria-pressed", String(one.value === now.view));
  showSigns();
}

// Only the signs of the current view are listed.
function showSigns() {
  const points = [...drawing.points.values()];
  const bare = ["geo", "timeline", "years"].includes(now.view);
  /** @type {Record<string, [boolean, string]>} */
  const meanings = {
    size: [!bare, word("size", { measure: term("measure", now.by) })],
    hyperedge: [!bare && points.some(({ id }) => isLink(id)), word(now.view === "two-mode" ? "link" : "hyperedge")],
    ring: [now.view !== "years" && points.some((point) => point.ring.count > 0), word("ring")],
    city: [now.view === "geo", word("cityDot")],
    dot: [now.view === "timeline", word("linkDot")],
    bar: [now.view === "timeline", word("spanBar")],
  };
  for (const sign of byId("signs").querySelectorAll("li")) {
    const [on, meaning] = meanings[sign.dataset.sign ?? ""];
    sign.hidden = !on;
    sign.lastElementChild?.replaceChildren(meaning);
  }
}

// Number of links between each two sectors; pressing a number filters by it.
export function showTies() {
  const sectors = [...new Set(styles.map(({ sector }) => sector))];
  const counts = countTies(sectors);
  const most = Math.max(1, ...counts.values());
  const cell = (/** @type {string} */ a, /** @type {string} */ b) => tieCell(a, b, counts.get(`${a} ${b}`) ?? 0, most);
  const heads = sectors.map((sector) => sectorHead(sector, "col"));
  const row = (/** @type {string} */ a, /** @type {number} */ i) =>
    make("tr", {}, sectorHead(a, "row"), ...sectors.map((b, j) => (j < i ? make("td", {}) : cell(a, b))));
  byId("ties").replaceChildren(
    make("thead", {}, make("tr", {}, make("td", {}), ...heads)),
    make("tbody", {}, ...sectors.map(row)),
  );
}

/** @param {string} sector */
const nameOfSector = (sector) => term("sector", sector) || word("unknown");

/**
 * Numbers of visible links with parties of both sectors, or with two parties of one.
 * @param {string[]} sectors
 */
function countTies(sectors) {
  /** @type {Map<string, Set<string>>} */
  const records = new Map();
  for (const k of visible.links) {
    const own = links[k].members.map((actor) => styleOf(actor).sector);
    const ties = (/** @type {string} */ a, /** @type {string} */ b) =>
      a === b ? own.filter((one) => one === a).length > 1 : own.includes(a) && own.includes(b);
    for (const [i, a] of sectors.entries())
      for (const b of sectors.slice(i).filter((one) => ties(a, one)))
        records.set(`${a} ${b}`, (records.get(`${a} ${b}`) ?? new Set()).add(links[k].record));
  }
  return new Map([...records].map(([pair, own]) => [pair, own.size]));
}

/**
 * The head of a row with sign and name, or that of a column with the sign.
 * @param {string} sector
 * @param {string} scope
 */
function sectorHead(sector, scope) {
  const name = make("span", scope === "row" ? {} : { class: "visually-hidden" }, nameOfSector(sector));
  return make("th", { scope, title: nameOfSector(sector) }, swatchOfSector(sector), name);
}

/**
 * @param {string} a
 * @param {string} b
 * @param {number} count
 * @param {number} most
 */
function tieCell(a, b, count, most) {
  const on = Boolean(now.tie && now.tie[0] === a && now.tie[1] === b);
  const label = word("tied", { n: count, a: nameOfSector(a), b: nameOfSector(b) });
  const press = button(String(count), () => change({ tie: on ? null : [a, b] }), {
    "aria-label": label,
    title: label,
    "aria-pressed": String(on),
  });
  press.style.setProperty("--share", `${Math.round(55 * Math.sqrt(count / most))}%`);
  return make("td", {}, count || on ? press : "·");
}
