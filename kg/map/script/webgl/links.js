// Links: parties, dates and sources, and the lines and partners that follow from them.
import { sum } from "../shared/dom.js";
import { isoDay, reader, term, word } from "../shared/words.js";
import { decodeFronts, expandIri, n, pointCount, scene, textReader, varints } from "./data.js";

export const linkKeys = decodeFronts(scene.linkIris);
export const linkCount = linkKeys.length;
export const sourceIris = decodeFronts(scene.sourceIris).map(expandIri);
export const publisherIndex = varints(scene.publisherOf);
export const linkText = scene.linkNames && textReader(scene.linkNames);

export const formOf = new Uint32Array(linkCount);
export const startOf = new Float64Array(linkCount).fill(NaN); // days since 1970-01-01
export const latestOf = new Float64Array(linkCount).fill(NaN);
export const unnamedOf = new Uint32Array(linkCount);
export const pointOf = new Uint32Array(linkCount); // 0 if the link is not a point; point 0 is always an actor
export const linkAt = new Uint32Array(pointCount - n);
const partyFrom = new Uint32Array(linkCount + 1);
export const sourceFrom = new Uint32Array(linkCount + 1);
/** @type {number[]} */
const parties = [];
/** @type {number[]} */
export const sources = [];

const linkNumbers = varints(scene.links);
for (let link = 0, at = 0, hyperedges = 0; link < linkCount; link += 1) {
  const form = scene.forms[(formOf[link] = linkNumbers[at++])];
  for (const [, count] of form.roles)
    for (let i = 0, party = 0; i < count; i += 1) parties.push((party += linkNumbers[at++]));
  if (form.start) startOf[link] = scene.origin + linkNumbers[at++];
  latestOf[link] = form.latest ? scene.origin + linkNumbers[at++] : startOf[link];
  if (form.unnamed) unnamedOf[link] = linkNumbers[at++];
  for (let i = 0; i < form.sources; i += 1) sources.push(linkNumbers[at++]);
  if (form.point) {
    linkAt[hyperedges] = link;
    pointOf[link] = n + hyperedges++;
  }
  [partyFrom[link + 1], sourceFrom[link + 1]] = [parties.length, sources.length];
}
const partyOf = Uint32Array.from(parties);
/** @param {number} link */
export const partiesOf = (link) => partyOf.subarray(partyFrom[link], partyFrom[link + 1]);
/** @param {number} link */
export const formAt = (link) => scene.forms[formOf[link]];

/**
 * Group `values` by owner: the values of owner i start at from[i].
 * @param {number} count
 * @param {Uint32Array} owners
 * @param {(place: number) => number} values
 */
function groupBy(count, owners, values) {
  const from = new Uint32Array(count + 1);
  for (const owner of owners) from[owner + 1] += 1;
  for (let i = 0; i < count; i += 1) from[i + 1] += from[i];
  const place = from.slice(0, count);
  const grouped = new Uint32Array(owners.length);
  owners.forEach((owner, i) => {
    grouped[place[owner]++] = values(i);
  });
  return (/** @type {number} */ i) => grouped.subarray(from[i], from[i + 1]);
}
const linkOfParty = new Uint32Array(partyOf.length);
for (let link = 0; link < linkCount; link += 1) linkOfParty.fill(link, partyFrom[link], partyFrom[link + 1]);
export const linksOf = groupBy(n, partyOf, (i) => linkOfParty[i]);

/**
 * A link that is a point has a line to each party; any other link has a line between each two parties.
 * @param {number} link
 * @param {(a: number, b: number) => void} callback
 */
function eachLine(link, callback) {
  const [from, to] = [partyFrom[link], partyFrom[link + 1]];
  for (let i = from; i < to; i += 1) {
    if (pointOf[link]) callback(partyOf[i], pointOf[link]);
    else
      for (let j = i + 1; j < to; j += 1) callback(Math.min(partyOf[i], partyOf[j]), Math.max(partyOf[i], partyOf[j]));
  }
}

// Lines are sorted by their points; parallel links share one line.
/** @type {number[]} */
const keys = [];
const keyFrom = new Uint32Array(linkCount + 1);
for (let link = 0; link < linkCount; link += 1) {
  eachLine(link, (a, b) => keys.push(a * pointCount + b));
  keyFrom[link + 1] = keys.length;
}
const lineKeys = Float64Array.from(keys)
  .sort()
  .filter((key, i, sorted) => key !== sorted[i - 1]);
export const lineCount = lineKeys.length;
export const ends = new Uint32Array(2 * lineCount);
lineKeys.forEach((key, line) => {
  ends[2 * line] = Math.floor(key / pointCount);
  ends[2 * line + 1] = key % pointCount;
});
export const linesOf = groupBy(pointCount, ends, (i) => i >> 1);
/** @param {number} line */
export const endsOf = (line) => [ends[2 * line], ends[2 * line + 1]];

/**
 * @param {number} key
 * @returns {number | undefined}
 */
export function lineOfKey(key) {
  let [low, high] = [0, lineCount - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (lineKeys[middle] === key) return middle;
    if (lineKeys[middle] < key) low = middle + 1;
    else high = middle - 1;
  }
}

/** @type {Uint32Array | null} */
let lineOfPair = null; // computed on first use
/** @param {number} link */
export function linesOfLink(link) {
  lineOfPair = lineOfPair ?? Uint32Array.from(keys, (key) => lineOfKey(key) ?? 0);
  return lineOfPair.subarray(keyFrom[link], keyFrom[link + 1]);
}

/**
 * Links of a line: the link of its point, or those in which both actors take part.
 * @param {number} line
 */
export function linksOfLine(line) {
  const [a, b] = endsOf(line);
  if (b >= n) return [linkAt[b - n]];
  const others = new Set(linksOf(b));
  return [...linksOf(a)].filter((link) => !pointOf[link] && others.has(link));
}

/** @param {number} link */
export function rolesOf(link) {
  const roles = formAt(link).roles.flatMap(([own, count]) => new Array(count).fill(own));
  return [...partiesOf(link)].map((actor, i) => ({ actor, roles: roles[i] })).sort((a, b) => a.actor - b.actor);
}

/**
 * Named partners of an actor, and the number of unnamed parties of its links.
 * @param {number} actor
 */
export function partners(actor) {
  const others = new Set();
  for (const link of linksOf(actor)) for (const other of partiesOf(link)) others.add(other);
  others.delete(actor);
  return [...others].sort((a, b) => a - b);
}

/** @param {number} actor */
export function unnamedParties(actor) {
  const links = [...linksOf(actor)];
  return { count: sum(links.map((link) => unnamedOf[link])), bound: links.some((link) => formAt(link).bound) };
}

/** @param {number} link */
export function dateOf(link) {
  const [start, latest] = [startOf[link], latestOf[link]];
  if (Number.isNaN(start) && Number.isNaN(latest)) return word("noDate");
  return [...new Set([start, latest].map((day) => (Number.isNaN(day) ? "…" : isoDay(day))))].join(" – ");
}

/** @param {number} link */
export const kindOfLink = (link) => term("kind", formAt(link).kind);
/** @param {number} link */
export const namesOfLink = (link) => {
  const names = linkText ? [linkText(2 * link), linkText(2 * link + 1)] : [];
  return reader.lang === "zh" ? names.reverse() : names;
};
/** @param {number} link */
export const nameOfLink = (link) => namesOfLink(link).find(Boolean) ?? kindOfLink(link);
