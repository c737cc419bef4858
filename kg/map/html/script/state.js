// ---- what is shown now: one value, changed as a whole, so that it can be undone and told in an address
const MOST_AT_FIRST = 300; // actors that a map opens with
const FEW_MORE = 60; // to leave out fewer than these would say more than it spares
const openWith = n > MOST_AT_FIRST + FEW_MORE ? MOST_AT_FIRST : n;

const beginning = () => ({
  view: data.initialView, by: firstMeasure, colour: "sector", top: openWith, off: new Map(), tie: null, from: null, to: null,
  undated: true, chosen: data.focus && { point: data.focus.actor }, focus: null, hops: 1, path: null, closed: new Set(), pins: new Map(), marked: new Set(), only: false,
});
const past = [];
const future = [];
const shows = []; // what is told of each change, in the order in which it was asked for
let now = beginning();
let lang = data.lang;

function change(patch) {
  past.push(now);
  if (past.length > 200) past.shift();
  future.length = 0;
  become({ ...now, ...patch });
}

function become(next) {
  const before = now;
  now = next;
  for (const show of shows) show(before);
}

function undo(from = past, to = future) {
  if (!from.length) return;
  to.push(now);
  become(from.pop());
}

const redo = () => undo(future, past);
const changed = (before, ...names) => names.some((name) => before[name] !== now[name]);
const without = (set, value) => new Set([...set].filter((one) => one !== value));
const toggled = (set, value) => (set.has(value) ? without(set, value) : new Set(set).add(value));

// ---- words
const text = (label) => (label && (label[lang] || label.en || label.zh)) || "";
const inBoth = ([en, zh]) => ({ en, zh });
const other = (label) => (label.zh && label.en ? label[lang === "zh" ? "en" : "zh"] : "");
const spoken = (table, key) => (Object.prototype.hasOwnProperty.call(table, key) ? text(inBoth(table[key])) : "");
const numbered = (key, { n: count }) => (count === 1 && Object.prototype.hasOwnProperty.call(data.words, `${key}One`) ? `${key}One` : key); // one thing has words of its own
const word = (key, values = {}) => spoken(data.words, numbered(key, values)).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
const term = (scheme, notation) => (notation ? spoken(data.terms, `${scheme}/${notation}`) || notation : "");
const nameOf = (thing) => text(thing.label) || word("nameless");
const number = (value) => new Intl.NumberFormat(lang, { maximumSignificantDigits: 3 }).format(value);
const day = (days) => (days === null ? "" : new Date(days * 864e5).toISOString().slice(0, 10));
// The sector is said where the kind leaves it open, as it does for units.
const kindOf = ({ kind, sector }) => term("class", kind) + (looks.filter((look) => look.kind === kind).length > 1 ? ` (${term("sector", sector)})` : "");

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

const say = (what) => { byId("said").textContent = what; };

