// Address: the state in the URL fragment, parsed strictly.
import { display } from "./canvas.js";
import {
  actors,
  cellAt,
  cities,
  communities,
  isActor,
  links,
  measures,
  n,
  pointOfCity,
  pointOfPack,
  scene,
  styles,
  textAt,
  viewNames,
} from "./data.js";
import { facets } from "./filter.js";
import { findingNames } from "./findings.js";
import { day, initialState, now } from "./state.js";
import { decimal, every, integer, oneOf, single } from "../shared/parse.js";
import { initial, LANGS, reader, THEMES } from "../shared/words.js";

/** @param {number} actor */
const keyOf = (actor) => textAt(cellAt(scene.actors.iri, actor)) ?? "";
const actorOfKey = new Map(actors.map((_, actor) => [keyOf(actor), actor]));
/** @param {number} days */
const monthOf = (days) => day(days).slice(0, 7);

/** @param {string} value */
const parseActor = (value) => actorOfKey.get(value);

/**
 * @param {string} value
 * @param {number} last
 */
function parseMonth(value, last) {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) return undefined;
  const [year, month] = value.split("-").map(Number);
  return Date.UTC(year, month - 1 + last, 1) / 864e5 - last;
}

/**
 * @param {string} value
 * @returns {[number, number[]] | undefined}
 */
function parsePin(value) {
  const parts = /^(.*),(-?[\d.]+),(-?[\d.]+)$/s.exec(value);
  const actor = parts ? parseActor(parts[1]) : undefined;
  const place = every(decimal)(parts ? parts.slice(2) : []);
  return actor === undefined || !place ? undefined : [actor, place];
}

/** @param {string} value */
function parseLine(value) {
  const ends = value.split("-").map(integer(0, pointOfPack(links.length)));
  return ends.length === 2 && !ends.includes(undefined) ? { line: ends.join("-") } : undefined;
}

/**
 * An empty value closes the panel with which the page of an actor opens.
 * @param {string} value
 */
function parseChosen(value) {
  if (value === "") return null;
  const point = parseActor(value);
  return point === undefined ? undefined : { point };
}

/** @param {string} value */
function parsePoint(value) {
  const point = integer(n, pointOfCity(cities.length))(value);
  return point === undefined ? undefined : { point };
}

/** @param {string} value */
function parseViewport(value) {
  const viewport = every(decimal)(value.split(","));
  if (viewport?.length !== 3) return undefined;
  return viewport[2] >= 0.005 && viewport[2] <= 30 ? viewport : undefined;
}

/**
 * @template T
 * @param {T[] | undefined} values
 */
const asSet = (values) => values && new Set(values);
/**
 * @template K, V
 * @param {[K, V][] | undefined} pairs
 */
const asMap = (pairs) => pairs && new Map(pairs);
/**
 * @template T
 * @param {(value: string) => T | undefined} read
 */
const pairOf = (read) => (/** @type {string[]} */ values) => (values.length === 2 ? every(read)(values) : undefined);
/** @type {Map<string, (values: string[]) => unknown>} */
const PARSERS = new Map(
  Object.entries({
    view: (/** @type {string[]} */ values) => single(values, oneOf(["map", ...viewNames])),
    by: (/** @type {string[]} */ values) => single(values, oneOf([...measures.keys()])),
    colour: (/** @type {string[]} */ values) => single(values, oneOf(["sector", "community"])),
    top: (/** @type {string[]} */ values) => single(values, integer(1, n)),
    tie: pairOf(oneOf(styles.map(({ sector }) => sector))),
    from: (/** @type {string[]} */ values) => single(values, (value) => parseMonth(value, 0)),
    to: (/** @type {string[]} */ values) => single(values, (value) => parseMonth(value, 1)),
    undated: (/** @type {string[]} */ values) => single(values, (value) => (value === "0" ? false : undefined)),
    actor: (/** @type {string[]} */ values) => single(values, parseChosen),
    line: (/** @type {string[]} */ values) => single(values, parseLine),
    point: (/** @type {string[]} */ values) => single(values, parsePoint),
    focus: (/** @type {string[]} */ values) => single(values, parseActor),
    hops: (/** @type {string[]} */ values) => single(values, integer(1, 9)),
    path: pairOf(parseActor),
    way: (/** @type {string[]} */ values) => single(values, integer(0, 49)),
    finding: (/** @type {string[]} */ values) => single(values, oneOf(findingNames)),
    opened: (/** @type {string[]} */ values) => asSet(every(integer(0, links.length - 1))(values)),
    closed: (/** @type {string[]} */ values) => asSet(every(integer(0, communities.length - 1))(values)),
    pin: (/** @type {string[]} */ values) => asMap(every(parsePin)(values)),
    select: (/** @type {string[]} */ values) => asSet(every(parseActor)(values)),
    only: (/** @type {string[]} */ values) => single(values, (value) => (value === "1" ? true : undefined)),
    lang: (/** @type {string[]} */ values) => single(values, oneOf(LANGS)),
    theme: (/** @type {string[]} */ values) => single(values, oneOf(THEMES)),
    viewport: (/** @type {string[]} */ values) => single(values, parseViewport),
  }),
);
/** @type {Record<string, keyof State>} */
const STATE_KEYS = { actor: "chosen", line: "chosen", point: "chosen", pin: "pins", select: "selected" };

/**
 * The values that a facet hides: those of its key "off.…", or all but those of its own name.
 * @param {Facet} facet
 * @param {string} key
 * @param {string[]} values
 */
function hiddenValues(facet, key, values) {
  const all = [...facet.values.keys()];
  const named = every(oneOf(all))(values);
  return named && new Set(key === facet.name ? all.filter((value) => !named.includes(value)) : named);
}

/**
 * The state in a URL fragment; isValid is false if any part was rejected.
 * @param {string} hash
 */
export function decodeHash(hash) {
  /** @type {{ state: State, settings: Settings, isValid: boolean }} */
  const result = { state: initialState(), settings: {}, isValid: hash.length <= 40000 };
  if (!result.isValid) return result;
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key);
    const facet = facets.find(({ name }) => key === `off.${name}` || key === name);
    const value = facet ? hiddenValues(facet, key, values) : PARSERS.get(key)?.(values);
    if (value === undefined) result.isValid = false;
    else if (facet) result.state.off.set(facet.name, /** @type {Set<string>} */ (value));
    else if (["lang", "theme", "viewport"].includes(key)) Object.assign(result.settings, { [key]: value });
    else Object.assign(result.state, { [STATE_KEYS[key] ?? key]: value });
  }
  return result;
}

/** @type {("view" | "by" | "colour" | "top" | "hops" | "way")[]} */
const PLAIN_KEYS = ["view", "by", "colour", "top", "hops", "way"];

/**
 * Write what a facet hides, or what it shows if that is shorter.
 * @param {URLSearchParams} params
 * @param {Facet} facet
 */
function encodeFacet(params, { name, values }) {
  const off = now.off.get(name) ?? new Set();
  const on = [...values.keys()].filter((value) => !off.has(value));
  if (!off.size) return;
  if (on.length && on.length < off.size) for (const value of on) params.append(name, value);
  else for (const value of off) params.append(`off.${name}`, value);
}

function encodeHash() {
  const params = new URLSearchParams();
  const plain = initialState();
  for (const name of PLAIN_KEYS) if (now[name] !== plain[name]) params.set(name, String(now[name]));
  for (const facet of facets) encodeFacet(params, facet);
  for (const sector of now.tie ?? []) params.append("tie", sector);
  if (now.from !== null) params.set("from", monthOf(now.from));
  if (now.to !== null) params.set("to", monthOf(now.to));
  if (!now.undated) params.set("undated", "0");
  const { point, line } = now.chosen ?? {};
  if (line) params.set("line", line);
  else if (point !== undefined && isActor(point)) params.set("actor", keyOf(point));
  else if (point !== undefined) params.set("point", String(point));
  else if (plain.chosen) params.set("actor", ""); // the page of an actor, with its panel closed
  if (now.focus !== null) params.set("focus", keyOf(now.focus));
  if (now.finding) params.set("finding", now.finding);
  for (const actor of now.path ?? []) params.append("path", keyOf(actor));
  for (const k of now.opened) params.append("opened", String(k));
  for (const community of now.closed) params.append("closed", String(community));
  for (const [actor, [x, y]] of now.pins) params.append("pin", `${keyOf(actor)},${x.toFixed(1)},${y.toFixed(1)}`);
  for (const actor of now.selected) params.append("select", keyOf(actor));
  if (now.only) params.set("only", "1");
  if (reader.lang !== initial.lang) params.set("lang", reader.lang);
  if (reader.theme && reader.theme !== initial.theme) params.set("theme", reader.theme);
  if (display.viewport) params.set("viewport", display.viewport.join(","));
  return params.toString();
}

let currentHash = window.location.hash;
export const isCurrentHash = () => window.location.hash === currentHash;

// The state in the address of the page.
export function readHash() {
  currentHash = window.location.hash;
  return decodeHash(currentHash);
}

/** Write the state into the address; with `isStep`, as a step of the browser's history. */
export function updateHash(isStep = false) {
  const hash = encodeHash();
  currentHash = hash && `#${hash}`;
  if (isStep && window.location.hash !== currentHash) window.history.pushState(null, "", currentHash || "#");
  else window.history.replaceState(null, "", currentHash || "#");
}
