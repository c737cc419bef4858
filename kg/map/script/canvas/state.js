// State: one value, replaced as a whole, so that it can be undone and written into the address.
import { actors, communities, countPackable, firstMeasure, n, orderBy, scene } from "./data.js";
import { byId } from "../shared/dom.js";
import { isoDay, otherLang, reader, text, word } from "../shared/words.js";

export const INITIAL_ACTORS = 300; // number of actors when the page opens
const MIN_OMITTED = 60; // if fewer actors than this would be omitted, all are visible
const initialTop = n - countPackable() > INITIAL_ACTORS + MIN_OMITTED ? INITIAL_ACTORS : n;

/** @returns {State} */
export const initialState = () => ({
  view: scene.initialView,
  by: firstMeasure,
  colour: "sector",
  top: initialTop,
  off: new Map(),
  tie: null,
  from: null,
  to: null,
  undated: true,
  chosen: scene.focus && { point: scene.focus.actor },
  focus: null,
  hops: 1,
  path: null,
  way: 0,
  closed: new Set(),
  opened: new Set(),
  pins: new Map(),
  selected: new Set(),
  only: false,
  finding: null,
});
/** @type {State[]} */
export const past = [];
/** @type {State[]} */
export const future = [];
/** @type {((before: State) => void)[]} */
export const listeners = []; // functions called after each change, in order
export let now = initialState();

/** @param {Partial<State>} patch */
export function change(patch) {
  past.push(now);
  if (past.length > 200) past.shift();
  future.length = 0;
  commit({ ...now, ...patch });
}

/** @param {State} next */
export function commit(next) {
  const before = now;
  now = next;
  for (const show of listeners) show(before);
}

/**
 * @param {State[]} [from]
 * @param {State[]} [to]
 */
export function undo(from = past, to = future) {
  const next = from.pop();
  if (!next) return;
  to.push(now);
  commit(next);
}

/**
 * Replace the state without a step that can be undone.
 * @param {State} next
 */
export function restoreState(next) {
  past.length = future.length = 0;
  now = next;
}

export const redo = () => undo(future, past);
/**
 * @param {State} before
 * @param {...(keyof State)} names
 */
export const changed = (before, ...names) => names.some((name) => before[name] !== now[name]);
/**
 * @template T
 * @param {Set<T>} set
 * @param {T} value
 */
export const without = (set, value) => new Set([...set].filter((one) => one !== value));
/**
 * @template T
 * @param {Set<T>} set
 * @param {T} value
 */
export const toggled = (set, value) => (set.has(value) ? without(set, value) : new Set(set).add(value));

/**
 * Texts
 * @param {Label} label
 */
export const otherName = (label) => (label.zh && label.en ? label[otherLang()] : "");
/** @param {{label: Label}} thing */
export const nameOf = (thing) => text(thing.label) || word("nameless");
/** @param {number | null} days */
export const day = (days) => (days === null ? "" : isoDay(days));

/**
 * The name of an actor beside its point: the short one, if it has one in this language.
 * @param {number} actor
 */
export const shownName = (actor) => {
  const { short } = actors[actor];
  return (short && short[reader.lang]) || nameOf(actors[actor]);
};

/** @param {number} community */
export function nameOfCommunity(community) {
  const first =
    orderBy(firstMeasure).find((actor) => actors[actor].community === community) ?? communities[community][0];
  return word("around", { name: nameOf(actors[first]) });
}

/** @param {Link} link */
export function dateOf(link) {
  const noYear = /^--(\d\d-\d\d)$/.exec(link.stated ?? "");
  if (noYear) return word("noYear", { date: noYear[1] });
  if (link.stated) return link.stated;
  const [start, latest] = [day(link.start), day(link.latest)];
  if (!start && !latest) return word("noDate");
  return start === latest ? start : `${start || "…"} – ${latest || "…"}`;
}

/** @param {string} what */
export const announce = (what) => {
  byId("status").textContent = what;
};
