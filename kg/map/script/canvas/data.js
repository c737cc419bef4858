// Data: convert columns to rows, and indexes into the list of texts to texts.
import { valueOf } from "../shared/dom.js";
import { data } from "../shared/payload.js";
import { isoDay } from "../shared/words.js";

export const scene = /** @type {Payload} */ (/** @type {unknown} */ (data));
/** @type {(string | undefined)[]} */
const texts = [undefined];
scene.texts.forEach((rest, i) => texts.push((texts[i] ?? "").slice(0, scene.shared[i]) + rest));
/** @param {number | null} place */
export const textAt = (place) => texts[place ?? 0];
/** @param {number} place */
function iriAt(place) {
  const iri = texts[place] ?? "";
  return (iri[0] === "~" ? scene.base : "") + iri.slice(1);
}

/** @param {(number | null | undefined)[] | number | null} pair */
function labelAt(pair) {
  const [en, zh] = Array.isArray(pair) ? pair : [];
  return { en: textAt(en ?? 0), zh: textAt(zh ?? 0) };
}

/**
 * Cell of a row; a column of repeated values stores each value once, with the index per row.
 * @template T
 * @param {Cells<T>} column
 * @param {number} row
 */
export const cellAt = (column, row) =>
  Array.isArray(column) ? column[row] : column.each[column.at ? column.at[row] : 0];

/**
 * Rows of a table of columns; `convert` decodes the cells of some columns.
 * @param {Record<string, Cells<any>>} columns
 * @param {Record<string, (cell: any) => unknown>} convert
 * @returns {any[]}
 */
function rowsOf(columns, convert) {
  const names = Object.keys(columns);
  if (!Array.isArray(columns.iri)) return [];
  return columns.iri.map((_, place) => {
    const cell = (/** @type {string} */ name) => cellAt(columns[name], place);
    return Object.fromEntries(names.map((name) => [name, convert[name] ? convert[name](cell(name)) : cell(name)]));
  });
}

/** @param {number[]} list */
const namesAt = (list) => list.filter((_, i) => i % 2 === 0).map((one, i) => [textAt(one), textAt(list[2 * i + 1])]);
/** @param {number[] | number} pair */
export const ringAt = (pair) =>
  Array.isArray(pair) ? { count: pair[0], bound: Boolean(pair[1]) } : { count: 0, bound: false };

/** @param {number[]} values */
function partyAt([role, actor, en, zh, count, kind, named]) {
  const own = en === undefined && actor >= 0 ? actors[actor].label : labelAt([en, zh]);
  return { role: textAt(role), actor, label: own, ...(actor === -2 && { count, countKind: textAt(kind), named }) };
}

/** @type {Actor[]} */
export const actors = rowsOf(scene.actors, {
  iri: iriAt,
  label: labelAt,
  short: (pair) => pair && labelAt(pair),
  stated: (pair) => pair && labelAt(pair),
  names: namesAt,
  ring: ringAt,
  region: (pair) => pair && labelAt(pair),
  units: (list) => list.map(labelAt),
});
/** @type {Evidence[]} */
export const evidence = rowsOf(scene.evidence, {
  iri: iriAt,
  title: labelAt,
  note: labelAt,
  derived: (list) => list.map(iriAt),
  ...Object.fromEntries(scene.evidenceTexts.map((name) => [name, textAt])),
});
/** @type {(Omit<Link, "members" | "stated" | "record"> & { members: number[] | 0, stated?: string | -1 })[]} */
const shortLinks = rowsOf(scene.links, {
  iri: iriAt,
  label: labelAt,
  kind: textAt,
  stage: textAt,
  stated: (place) => (place < 0 ? place : textAt(place)),
  about: labelAt,
  parties: (list) => list.map(partyAt),
  layers: (list) => list.map(textAt),
});
/** @param {Party[]} parties */
const membersAmong = (parties) =>
  [...new Set(parties.map(({ actor }) => actor).filter((actor) => actor >= 0))].sort((a, b) => a - b);
/** @type {Link[]} */
export const links = shortLinks.map((link) => ({
  ...link,
  record: link.iri.split("|")[0],
  latest: link.latest === -1 ? link.start : link.latest,
  stated: link.stated === -1 ? isoDay(link.start ?? 0) : link.stated,
  members: link.members || membersAmong(link.parties),
}));
/**
 * Number of links among these; the parts of a link with several partners count once.
 * @param {Iterable<number>} some
 */
export const countLinks = (some) => new Set([...some].map((k) => links[k].record)).size;
/**
 * The first part of each link.
 * @param {number[]} some
 */
export const firstParts = (some) =>
  [...new Map([...some].reverse().map((k) => [links[k].record, k])).values()].reverse();
/** @type {Map<string, number[]>} */
const parts = new Map();
for (const [k, { record }] of links.entries()) parts.set(record, [...(parts.get(record) ?? []), k]);
/**
 * The parts of the link of a part.
 * @param {number} k
 */
export const partsOf = (k) => parts.get(links[k].record) ?? [k];
export const n = actors.length;
export const styles = scene.styles;
/** @param {number} actor */
export const styleOf = (actor) => styles[actors[actor].style];
/**
 * @param {number | null} value
 * @param {number} per
 */
const scaled = (value, per) => (value === null ? null : value / per);
/** @type {Map<string, Measure>} */
export const measures = new Map(
  scene.measures.map(({ name, per, values, lower, upper, rankIntervals }) => {
    const scores = (/** @type {Cells<number | null>} */ cells) =>
      actors.map((_, actor) => scaled(cellAt(cells, actor), per));
    const measure = {
      values: scores(values),
      lower: lower && scores(lower),
      upper: upper && scores(upper),
      rankIntervals: rankIntervals && actors.map((_, actor) => cellAt(rankIntervals, actor)),
    };
    return [name, measure];
  }),
);
/** @param {string} name */
export const measureOf = (name) => valueOf(measures, name);
export const firstMeasure = scene.measures[0].name;
/** @type {Map<string, View>} */
export const views = new Map(scene.views.map((view) => [view.name, { ...view, positions: new Map() }]));

export const viewNames = [...views.keys()].filter((name) => name !== "timeline-upright");

/** @type {City[]} */
export const cities = (views.get("geo")?.cities ?? []).map(([en, zh, x, y, members]) => ({
  label: { en, zh },
  x,
  y,
  members,
}));
/** @type {Map<number, number>} */
export const cityOf = new Map(cities.flatMap(({ members }, city) => members.map((actor) => [actor, city])));
export const graticule = (views.get("geo")?.graticule ?? []).map(([en, zh, ...coordinates]) => ({
  label: { en, zh },
  coordinates,
}));

/** @type {number[][]} */
export const linksOf = actors.map(() => []);
links.forEach((link, k) => link.members.forEach((actor) => linksOf[actor].push(k)));
export const MIN_PACKED = 12; // parties without another link from which they are one point
/** The number of actors that are in one link only, beside many others of this kind. */
export const countPackable = () =>
  links
    .map(({ members }) => members.filter((actor) => linksOf[actor].length === 1).length)
    .reduce((all, single) => all + (single >= MIN_PACKED ? single : 0), 0);
/** @type {number[][]} */
export const communities = [];
actors.forEach(({ community }, actor) => (communities[community] = communities[community] ?? []).push(actor));
export const actorOfIri = new Map(actors.map(({ iri }, actor) => [iri, actor]));

/**
 * Point ids: actors from 0, links from n, then communities, cities, and one id for actors without a city.
 * @param {number} point
 */
export const isActor = (point) => point < n;
/** @param {number} point */
export const isLink = (point) => point >= n && point < n + links.length;
/** @param {number} point */
export const linkAt = (point) => point - n;
/** @param {number} point */
export const isCommunity = (point) => point >= n + links.length && point < n + links.length + communities.length;
/** @param {number} point */
export const isCity = (point) => point >= n + links.length + communities.length && point < pointOfPack(0);
/** @param {number} point */
export const cityAt = (point) => point - n - links.length - communities.length;
/** @param {number} city */
export const pointOfCity = (city) => n + links.length + communities.length + city;
/** @param {number} point */
export const communityAt = (point) => point - n - links.length;
/** @param {number} k */
export const pointOfPack = (k) => pointOfCity(cities.length) + 1 + k;
/** @param {number} point */
export const isPack = (point) => point >= pointOfPack(0);
/** @param {number} point */
export const packAt = (point) => point - pointOfPack(0);
/** @param {number} community */
export const pointOfCommunity = (community) => n + links.length + community;

/**
 * The unnamed parties of a link appear once: around its point, or around its only named party.
 * @param {Link} value
 */
export const linkRing = ({ declared, named, bound }) => ({
  count: Math.max(declared - named, 0),
  bound: Boolean(bound) && declared > named,
});

/** @type {Map<string, number[]>} */
const orders = new Map();
/**
 * Actors by descending score, then by descending number of links.
 * @param {string} name
 */
export function orderBy(name) {
  const { values } = measureOf(name);
  const score = (/** @type {number} */ actor) => values[actor] ?? -1;
  const degree = (/** @type {number} */ actor) => linksOf[actor].length;
  const order =
    orders.get(name) ?? [...actors.keys()].sort((a, b) => score(b) - score(a) || degree(b) - degree(a) || a - b);
  orders.set(name, order);
  return order;
}

/** @type {Map<string, Map<number | null, number>>} */
const ranks = new Map();
/**
 * Rank: one plus the number of actors with a higher score; undefined without a score.
 * @param {string} name
 * @param {number} actor
 */
export function rankOf(name, actor) {
  const { values } = measureOf(name);
  const byValue = ranks.get(name) ?? new Map();
  if (!ranks.has(name)) {
    for (const [place, one] of orderBy(name).entries())
      if (values[one] !== null && !byValue.has(values[one])) byValue.set(values[one], place + 1);
    ranks.set(name, byValue);
  }
  return byValue.get(values[actor]);
}
