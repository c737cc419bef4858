// Filters: facets of actors and links, dates, the most central actors, and the neighbourhood of one actor.
import { actors, evidence, firstParts, isActor, links, linksOf, n, orderBy, styleOf, styles } from "./data.js";
import { now } from "./state.js";
import { kindOf, term, text, word } from "../shared/words.js";

/** @type {(Omit<Facet, "values" | "ofActor"> & { ofActor?: boolean })[]} */
const FACETS = [
  {
    name: "kind",
    ofActor: true,
    of: (actor) => [`${actors[actor].style}`],
    label: (value) => kindOf(styles[Number(value)]),
  },
  {
    name: "sector",
    ofActor: true,
    of: (actor) => [styleOf(actor).sector],
    label: (value) => term("sector", value) || word("unknown"),
  },
  {
    name: "place",
    ofActor: true,
    of: (actor) => [regionOf(actor)?.en ?? ""],
    label: (value) => text(regions.get(value)) || word("unknown"),
  },
  { name: "form", of: (k) => [links[k].kind], label: (value) => term("kind", value) },
  { name: "layer", of: (k) => links[k].layers, label: (value) => term("layer", value) },
  { name: "stage", of: (k) => [links[k].stage ?? ""], label: (value) => term("stage", value) || word("unknown") },
  { name: "source", of: (k) => publishersOf(k), label: (value) => term("publisher", value) || word("unknown") },
];
/** @param {number} actor */
const regionOf = (actor) => actors[actor].region || undefined;
/** @type {Map<string, Label>} */
const regions = new Map(actors.flatMap(({ region }) => (region ? [[region.en ?? "", region]] : [])));
/**
 * Publishers of the sources of a link, as the data name them; ``term("publisher", …)`` is their name.
 * @param {number} k
 */
export const publishersOf = (k) =>
  links[k].evidence.length ? [...new Set(links[k].evidence.map((piece) => evidence[piece].publisher ?? ""))] : [""];
/** @param {number} k */
export const publisherNames = (k) =>
  publishersOf(k)
    .filter(Boolean)
    .map((name) => term("publisher", name));
/**
 * Numbers of actors, or of links, by value.
 * @param {Pick<Facet, "of"> & { ofActor?: boolean }} facet
 * @param {number[]} places
 */
export function countValues({ of, ofActor }, places) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const place of ofActor ? places : firstParts(places))
    for (const value of of(place)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** @type {Facet[]} */
export const facets = FACETS.map((facet) => {
  const counts = countValues(facet, facet.ofActor ? [...actors.keys()] : [...links.keys()]);
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return { ...facet, ofActor: Boolean(facet.ofActor), values: new Map(sorted) };
});

/**
 * @param {Facet} value
 * @param {number} place
 */
export const matchesFacet = ({ name, of }, place) => {
  const off = now.off.get(name);
  return !off?.size || of(place).some((value) => !off.has(value));
};

/**
 * The start of a link is an interval of days; a missing bound is unlimited.
 * @param {Link} link
 * @returns {"" | "certain" | "possible"}
 */
function dateCertainty({ start, latest }) {
  if (start === null && latest === null) return "certain";
  const [since, until] = [now.from ?? -Infinity, now.to ?? Infinity];
  const [first, last] = [start ?? -Infinity, latest ?? Infinity];
  if (first > until || last < since) return "";
  return first >= since && last <= until ? "certain" : "possible";
}

/** @param {Link} value */
function matchesTie({ members }) {
  if (!now.tie) return true;
  const [a, b] = now.tie;
  const sectors = members.map((actor) => styleOf(actor).sector);
  return a === b ? sectors.filter((sector) => sector === a).length > 1 : sectors.includes(a) && sectors.includes(b);
}

/**
 * @param {number} centre
 * @param {number} hops
 * @param {string[]} passes
 */
function neighbourhood(centre, hops, passes) {
  const near = new Set([centre]);
  for (let hop = 0; hop < hops; hop += 1) {
    for (const actor of [...near])
      for (const k of linksOf[actor]) if (passes[k]) links[k].members.forEach((one) => near.add(one));
  }
  return near;
}

/** @type {Visible} */
export let visible = { actors: new Set(), links: new Set(), certainty: [], outside: [], undated: [] };
/** @param {number} k */
const isUndated = (k) => links[k].start === null && links[k].latest === null;
/**
 * True if a link has all its parties or two of them among these actors.
 * @param {number} k
 * @param {Set<number>} some
 */
function isWithin(k, some) {
  const { members } = links[k];
  return members.filter((actor) => some.has(actor)).length >= Math.min(members.length, 2);
}

export function applyFilters() {
  const actorFacets = facets.filter(({ ofActor }) => ofActor);
  const linkFacets = facets.filter(({ ofActor }) => !ofActor);
  /** @type {Visible["certainty"]} */
  const certainty = links.map((link, k) =>
    matchesTie(link) && linkFacets.every((facet) => matchesFacet(facet, k)) ? dateCertainty(link) : "",
  );
  const passing = certainty.map((one, k) => (now.undated || !isUndated(k) ? one : ""));
  const near = now.focus === null ? null : neighbourhood(now.focus, now.hops, passing);
  const first = new Set(now.top >= n ? [] : orderBy(now.by).slice(0, now.top));
  for (const actor of [now.chosen?.point, now.focus, ...(now.path ?? [])])
    if (actor !== undefined && actor !== null && isActor(actor)) first.add(actor);
  const passes = (/** @type {number} */ actor) =>
    (now.top >= n || first.has(actor) || near) &&
    (!near || near.has(actor)) &&
    (!now.only || now.selected.has(actor)) &&
    actorFacets.every((facet) => matchesFacet(facet, actor));
  const visibleActors = new Set([...actors.keys()].filter(passes));
  const visibleLinks = links
    .map((_, k) => k)
    .filter((k) => certainty[k] && links[k].members.some((actor) => visibleActors.has(actor)));
  const inside = near || now.only ? visibleLinks.filter((k) => isWithin(k, visibleActors)) : visibleLinks;
  const within = now.undated ? inside : inside.filter((k) => !isUndated(k));
  const tied = new Set(within.flatMap((k) => links[k].members));
  visible = {
    actors: new Set([...visibleActors].filter((actor) => tied.has(actor))),
    links: new Set(within),
    outside: visibleLinks.filter((k) => !inside.includes(k) && (now.undated || !isUndated(k))),
    undated: inside.filter(isUndated),
    certainty,
  };
}
