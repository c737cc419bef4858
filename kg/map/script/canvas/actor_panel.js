// Panel of an actor: names, measures, partners, kinds of link, publishers and links.
import {
  actors,
  countLinks,
  evidence,
  firstParts,
  links,
  linksOf,
  measureOf,
  measures,
  n,
  rankOf,
  scene,
  styleOf,
} from "./data.js";
import { visible } from "./filter.js";
import { linkItem } from "./link_panel.js";
import { actorActions, choose } from "./panel.js";
import { nameOf, now } from "./state.js";
import { button, joined, make, svgElement } from "../shared/dom.js";
import { swatch, swatchOfSector } from "../shared/theme.js";
import { kindOf, number, term, text, word, yearOf } from "../shared/words.js";

/** @param {number} actor */
const isFocus = (actor) => scene.focus?.actor === actor;

/**
 * @param {string} name
 * @param {number} actor
 */
function measureItem(name, actor) {
  const { values, lower, upper, rankIntervals } = measureOf(name);
  const value = values[actor];
  if (value === null) return make("li", {}, word("noScore", { measure: term("measure", name) }));
  const [least, most] = [lower?.[actor] ?? null, upper?.[actor] ?? null];
  const bounds = least !== null && most !== null && least !== most ? ` (${number(least)}–${number(most)})` : "";
  const [rank, total] = (isFocus(actor) && scene.focus?.ranks[[...measures.keys()].indexOf(name)]) || [
    rankOf(name, actor),
    n,
  ];
  const key = scoreKey(actor);
  const [best, worst] = rankIntervals?.[actor] ?? [];
  const rankNote =
    best &&
    (!scene.focus || isFocus(actor)) &&
    make(
      "div",
      { class: "quiet" },
      word(best === worst ? "rankIntervalOne" : "rankInterval", { lower: best, upper: worst }),
    );
  return make(
    "li",
    {},
    word(key, { measure: term("measure", name), score: number(value) + bounds, rank, n: total }),
    rankNote,
  );
}

/**
 * @param {string} title
 * @param {boolean} open
 * @param {...(Child | Child[])} inner
 */
const section = (title, open, ...inner) =>
  make("details", { class: "part", ...(open && { open: "" }) }, make("summary", {}, make("h3", {}, title)), ...inner);
/**
 * @template T
 * @param {T[]} values
 */
const tally = (values) => values.reduce((all, value) => all.set(value, (all.get(value) ?? 0) + 1), new Map());
/**
 * @template {string | number} T
 * @param {Map<T, number>} counts
 */
const sortedByCount = (counts) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

/**
 * Partners by sector, by descending number of shared links.
 * @param {number} actor
 */
function partnersSection(actor) {
  const sharedLinks = tally(linksOf[actor].flatMap((k) => links[k].members.filter((one) => one !== actor)));
  const sectors = sortedByCount(tally([...sharedLinks.keys()].map((one) => styleOf(one).sector)));
  /** @type {(entry: [number, number]) => Child} */
  const person = ([one, shared]) =>
    make(
      "li",
      {},
      swatch(styleOf(one)),
      button(nameOf(actors[one]), () => choose({ point: one }, true)),
      shared > 1 && make("small", {}, ` ${word("inWindow", { n: shared })}`),
    );
  /** @type {(entry: [string, number]) => Child} */
  const sector = ([name, count]) =>
    make(
      "details",
      {},
      make(
        "summary",
        {},
        swatchOfSector(name),
        term("sector", name) || word("unknown"),
        make("small", {}, ` ${count}`),
      ),
      make(
        "ul",
        { class: "items" },
        ...sortedByCount(new Map([...sharedLinks].filter(([one]) => styleOf(one).sector === name))).map(person),
      ),
    );
  return sectors.length > 0 && section(word("partnersBySector"), true, ...sectors.map(sector));
}

/**
 * One row per kind of link and one column per year; a link over several years counts in its first.
 * @param {number} actor
 */
function linkKindsSection(actor) {
  const own = linksOf[actor].map((k) => ({ kind: links[k].kind, year: startYear(links[k]) }));
  const years = own.flatMap(({ year }) => year ?? []);
  const span = [Math.min(...years), Math.max(...years)];
  const undated = own.length - years.length;
  /** @type {(entry: [string, number]) => Child} */
  const row = ([kind, count]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, term("kind", kind)),
      make(
        "td",
        {},
        years.length > 0 && yearStrip(tally(own.filter((one) => one.kind === kind).map(({ year }) => year)), span),
      ),
      make("td", { class: "number" }, String(count)),
    );
  const kinds = sortedByCount(tally(own.map(({ kind }) => kind)));
  const table = make(
    "table",
    { class: "kinds" },
    make("tbody", {}, ...kinds.map(row), years.length > 0 && endsRow(span)),
  );
  const note = make("p", { class: "quiet" }, undated > 0 ? word("undatedShort", { n: undated }) : "");
  return own.length > 0 && section(word("linksByKind"), isFocus(actor), table, note);
}

/** @param {Link} value */
function startYear({ start, latest }) {
  const day = start ?? latest;
  return day === null ? null : yearOf(day);
}

/**
 * A circle per year; its area is proportional to the number of links.
 * @param {Map<number | null, number>} perYear
 * @param {number[]} values1
 */
function yearStrip(perYear, [firstYear, lastYear]) {
  const undated = perYear.get(null) ?? 0;
  const dated = [...perYear]
    .flatMap(([year, many]) => (year === null ? [] : [{ year, many }]))
    .sort((a, b) => a.year - b.year);
  const wide = 150 / Math.max(lastYear - firstYear, 1);
  const middle = (/** @type {number} */ year) => 6 + (lastYear > firstYear ? (year - firstYear) * wide : 75);
  const circles = dated.map(({ year, many }) =>
    svgElement("circle", { cx: middle(year), cy: 9, r: Math.min(2.6 * Math.sqrt(many), 7) }),
  );
  const label = joined(
    ...dated.map(({ year, many }) => `${year}: ${many}`),
    undated > 0 && word("undatedShort", { n: undated }),
  );
  return svgElement(
    "svg",
    { viewBox: "0 0 162 18", class: "strip", role: "img", "aria-label": label },
    svgElement("title", {}, label),
    svgElement("path", { d: "M6 9h150" }),
    ...circles,
  );
}

/**
 * The first and the last year below the strips.
 * @param {number[]} values
 */
function endsRow([firstYear, lastYear]) {
  const last = lastYear > firstYear && make("span", {}, String(lastYear));
  const ends = make("span", { class: "ends" }, make("span", {}, String(firstYear)), last);
  return make("tr", { class: "quiet" }, make("td", {}), make("td", {}, ends), make("td", {}));
}

/**
 * Number of pieces of evidence per publisher.
 * @param {number} actor
 */
function sourcesSection(actor) {
  const pieces = [...new Set(linksOf[actor].flatMap((k) => links[k].evidence))];
  const publishers = sortedByCount(
    tally(
      pieces.map(
        (piece) =>
          term("publisher", evidence[piece].publisher) || term("reading", evidence[piece].reading) || word("untitled"),
      ),
    ),
  );
  return (
    pieces.length > 0 &&
    section(
      word("evidenceCount", { n: pieces.length }),
      isFocus(actor),
      make(
        "ul",
        { class: "items" },
        ...publishers.map(([name, count]) => make("li", {}, name, make("small", {}, ` ${count}`))),
      ),
    )
  );
}

/** @param {number} actor */
export function actorBody(actor) {
  const node = actors[actor];
  const when = (/** @type {number} */ k) => links[k].start ?? links[k].latest ?? -Infinity;
  const own = [...linksOf[actor]].sort(
    (a, b) => Number(visible.links.has(b)) - Number(visible.links.has(a)) || when(b) - when(a) || a - b,
  );
  return [
    make(
      "ul",
      { class: "facts" },
      make("li", {}, swatch(styleOf(actor)), joined(kindOf(styleOf(actor)), node.region && text(node.region))),
      make("li", {}, coverageText(node)),
      measureItem(now.by, actor),
    ),
    partnersSection(actor),
    actorActions(actor),
    make("h3", { class: "part" }, word("linksN", { n: countLinks(own) })),
    ...firstParts(own).map((k) => linkItem(k, own.length < 3, actor)),
    linkKindsSection(actor),
    sourcesSection(actor),
    unitsSection(actor),
    measuresSection(actor),
    section(
      word("details"),
      isFocus(actor),
      ...namesOfActor(node).map((name) => make("p", {}, name)),
      make("p", { class: "quiet" }, node.iri),
    ),
  ];
}

/**
 * Named partners, and unnamed ones.
 * @param {Actor} actor
 */
export function coverageText(actor) {
  if (!actor.named && !actor.unnamed) return word("noPartners");
  return word(coverageKey(actor), { named: actor.named, unnamed: actor.unnamed, n: actor.named });
}

/** @param {number} actor */
function scoreKey(actor) {
  if (isFocus(actor)) return "scoreOfAll";
  return scene.focus ? "scoreHere" : "score";
}

/** @param {Actor} value */
function coverageKey({ unnamed, bound }) {
  if (!unnamed) return "coverageFull";
  return bound ? "coverageBound" : "coverage";
}

/**
 * Names of an actor other than the one in the heading.
 * @param {Actor} node
 */
function namesOfActor(node) {
  const names = new Set([node.label.en, node.label.zh, ...node.names.map(([, name]) => name)]);
  return [...names].filter((name) => name && name !== nameOf(node));
}

/** @param {number} actor */
function unitsSection(actor) {
  const { units } = actors[actor];
  const list = make("ul", { class: "items" }, ...units.map((unit) => make("li", {}, text(unit))));
  return units.length > 0 && section(word("units", { n: units.length }), isFocus(actor), list);
}

/** @param {number} actor */
function measuresSection(actor) {
  const names = [...measures.keys()].filter((name) => name !== now.by);
  const list = make("ul", { class: "items" }, ...names.map((name) => measureItem(name, actor)));
  return names.length > 0 && section(word("moreMeasures"), false, list);
}
