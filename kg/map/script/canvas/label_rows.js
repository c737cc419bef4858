// Rows of labels: the short name of an actor, the acronym of a link, and the name and number of a group.
import { actors, cities, cityAt, communityAt, isActor, isCity, isLink, isPack, linkAt, links } from "./data.js";
import { drawnPoint } from "./drawing.js";
import { nameOf, nameOfCommunity, now } from "./state.js";
import { partiesText } from "./timeline.js";
import { truncate } from "../shared/dom.js";
import { LANGS, reader, term, word } from "../shared/words.js";

/**
 * Rows of a name, from the positions at which they start.
 * @param {number} actor
 */
function rowsOfName(actor) {
  const { label, short, cuts } = actors[actor];
  const own = [reader.lang, ...LANGS].find((lang) => label[lang]) ?? "en";
  const name = (short && short[own]) || label[own];
  if (!name) return [word("nameless")];
  const starts = cuts && cuts[own === "en" ? 0 : 1];
  if (!starts) return [name];
  if (typeof starts[0] === "string") return /** @type {string[]} */ (starts);
  const places = /** @type {number[]} */ (starts);
  return [0, ...places].map((cut, place) => name.slice(cut, places[place] ?? name.length).trim());
}

const MAX_ACRONYM = 18;
/**
 * The name of a link without its kind, or the acronym before its title.
 * @param {Link} link
 */
function acronymOf(link) {
  const [name, kind] = [nameOf(link), term("kind", link.kind)];
  const own = name.toLowerCase().startsWith(kind.toLowerCase())
    ? name.slice(kind.length).replace(/^\s*[:：]\s*/, "") || name
    : name;
  const before = own.split(/[:：]/)[0];
  return before.length <= MAX_ACRONYM ? before : own;
}

/** @param {number} point */
export function labelRows(point) {
  if (isLink(point) && now.view === "timeline") return [partiesText(links[linkAt(point)])];
  if (isLink(point)) return [truncate(acronymOf(links[linkAt(point)]), reader.lang === "zh" ? 14 : 26)];
  if (isActor(point)) return rowsOfName(point);
  const inside = drawnPoint(point).inside ?? [];
  if (isPack(point)) return [word("packed", { n: inside.length })];
  if (isCity(point)) return [`${nameOf(cities[cityAt(point)])} ${inside.length}`];
  return [nameOfCommunity(communityAt(point)), word("members", { n: inside.length })];
}
