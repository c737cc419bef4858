// State: one value, replaced as a whole, so that it can be undone and written into the address.
const INITIAL_ACTORS = 300; // number of actors when the page opens
const MIN_OMITTED = 60; // if fewer actors than this would be omitted, all are visible
const initialTop = n > INITIAL_ACTORS + MIN_OMITTED ? INITIAL_ACTORS : n;

const initialState = () => ({
  view: data.initialView, by: firstMeasure, colour: "sector", top: initialTop, off: new Map(), tie: null, from: null, to: null,
  undated: true, chosen: data.focus && { point: data.focus.actor }, focus: null, hops: 1, path: null, closed: new Set(), pins: new Map(), selected: new Set(), only: false,
});
const past = [];
const future = [];
const listeners = []; // functions called after each change, in order
let now = initialState();
let lang = data.lang;

function change(patch) {
  past.push(now);
  if (past.length > 200) past.shift();
  future.length = 0;
  commit({ ...now, ...patch });
}

function commit(next) {
  const before = now;
  now = next;
  for (const show of listeners) show(before);
}

function undo(from = past, to = future) {
  if (!from.length) return;
  to.push(now);
  commit(from.pop());
}

const redo = () => undo(future, past);
const changed = (before, ...names) => names.some((name) => before[name] !== now[name]);
const without = (set, value) => new Set([...set].filter((one) => one !== value));
const toggled = (set, value) => (set.has(value) ? without(set, value) : new Set(set).add(value));

// Texts
const text = (label) => (label && (label[lang] || label.en || label.zh)) || "";
const toLabel = ([en, zh]) => ({ en, zh });
const otherName = (label) => (label.zh && label.en ? label[lang === "zh" ? "en" : "zh"] : "");
const lookupText = (table, key) => (Object.prototype.hasOwnProperty.call(table, key) ? text(toLabel(table[key])) : "");
const pluralKey = (key, { n: count }) => (count === 1 && Object.prototype.hasOwnProperty.call(data.words, `${key}One`) ? `${key}One` : key); // one thing may have a text of its own
const word = (key, values = {}) => lookupText(data.words, pluralKey(key, values)).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
const term = (scheme, notation) => (notation ? lookupText(data.terms, `${scheme}/${notation}`) || notation : "");
const nameOf = (thing) => text(thing.label) || word("nameless");
const number = (value) => new Intl.NumberFormat(lang, { maximumSignificantDigits: 3 }).format(value);
const day = (days) => (days === null ? "" : new Date(days * 864e5).toISOString().slice(0, 10));
// The sector is added if the kind does not imply it, as for units.
const kindOf = ({ kind, sector }) => term("class", kind) + (styles.filter((style) => style.kind === kind).length > 1 ? ` (${term("sector", sector)})` : "");

function nameOfCommunity(community) {
  const first = orderBy(firstMeasure).find((actor) => actors[actor].community === community);
  return word("around", { name: nameOf(actors[first]) });
}

function dateOf(link) {
  const noYear = /^--(\d\d-\d\d)$/.exec(link.stated ?? "");
  if (noYear) return word("noYear", { date: noYear[1] });
  if (link.stated) return link.stated;
  const [start, latest] = [day(link.start), day(link.latest)];
  if (!start && !latest) return word("noDate");
  return start === latest ? start : `${start || "…"} – ${latest || "…"}`;
}

const announce = (what) => { byId("status").textContent = what; };

