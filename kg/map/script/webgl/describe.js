// Descriptions of links and lines, for the panel and the tooltip.
import { button, joined, make } from "../shared/dom.js";
import { swatch } from "../shared/theme.js";
import { kindOf, term, word } from "../shared/words.js";
import { expandIri, n, nameOf, scene, styleOf } from "./data.js";
import {
  dateOf,
  endsOf,
  formAt,
  kindOfLink,
  linkAt,
  linkKeys,
  linksOfLine,
  linkText,
  nameOfLink,
  namesOfLink,
  partiesOf,
  pointOf,
  publisherIndex,
  rolesOf,
  sourceFrom,
  sourceIris,
  sources,
  unnamedOf,
} from "./links.js";
import { choose, commandItem, iriItem, MAX_ITEMS, nameItem, remainder, shellQuoted } from "./panel.js";
import { linkVisible } from "./visible.js";

/** @param {number} link */
export const sourcesOf = (link) => sources.slice(sourceFrom[link], sourceFrom[link + 1]);
/** @param {number} source */
const publisherOf = (source) => term("publisher", scene.publishers[publisherIndex[source]][0]) || sourceIris[source];
/** @param {string[]} roles */
const roleNames = (roles) => roles.map((role) => term("role", role)).join(", ");
/**
 * @param {string[]} names
 * @param {number} most
 */
const listed = (names, most) => names.slice(0, most).join(" · ") + (names.length > most ? " …" : "");
/** @param {number} link */
const saidBy = (link) =>
  sourcesOf(link).length
    ? `${word("evidence")}: ${listed([...new Set(sourcesOf(link).map(publisherOf))], 3)}`
    : word("sourcesNone");

/**
 * Texts of the tooltip.
 * @param {LargeChoice} value
 */
export function titleOf({ point, line, link }) {
  if (point !== undefined) return point < n ? nameOf(point) : nameOfLink(linkAt[point - n]);
  if (line === undefined) return nameOfLink(link ?? 0);
  const [a, b] = endsOf(line);
  if (b >= n) return nameOfLink(linksOfLine(line)[0]);
  return word("between", { n: linksOfLine(line).length, a: nameOf(a), b: nameOf(b) });
}

/** @param {LargeChoice} value */
export function subtitleOf({ point, line }) {
  if (point !== undefined && point < n) return [kindOf(scene.styles[styleOf[point]])];
  const [first, ...more] = line === undefined ? [linkAt[(point ?? n) - n]] : linksOfLine(line);
  if (more.length) return [];
  const members =
    line === undefined
      ? [word("members", { n: partiesOf(first).length })]
      : rolesOf(first)
          .filter(({ actor }) => endsOf(line).includes(actor))
          .map(({ actor, roles }) => `${nameOf(actor)}: ${roleNames(roles)}`);
  return [joined(linkText && kindOfLink(first), stageOf(first), dateOf(first)), ...members, saidBy(first)].filter(
    Boolean,
  );
}

/** @param {number} link */
const stageOf = (link) => (formAt(link).stage ? term("stage", formAt(link).stage) : "");

/** @param {Member} value */
function partyItem({ actor, roles }) {
  return make(
    "li",
    {},
    swatch(scene.styles[styleOf[actor]]),
    make(
      "span",
      {},
      button(nameOf(actor), () => choose({ point: actor }, true)),
      make("small", {}, roleNames(roles)),
    ),
  );
}

/** @param {number} source */
function sourceItem(source) {
  const [publisher, quality] = scene.publishers[publisherIndex[source]];
  return make(
    "li",
    {},
    publisher && make("strong", {}, term("publisher", publisher)),
    quality && make("small", {}, term("quality", quality)),
    iriItem(sourceIris[source], "small"),
  );
}

/**
 * Everything in the page about a link, and the command for the rest; the actors in `first` are listed first.
 * @param {number} link
 * @param {number[]} [first]
 */
export function linkItem(link, first = []) {
  const iri = expandIri(linkKeys[link]);
  const form = formAt(link);
  const members = rolesOf(link).sort((a, b) => Number(first.includes(b.actor)) - Number(first.includes(a.actor)));
  const from = sourcesOf(link);
  const other = linkText && namesOfLink(link)[1];
  return make(
    "section",
    { class: "link" },
    make("h3", {}, nameOfLink(link)),
    nameItem(other !== nameOfLink(link) && (other ?? "")),
    make(
      "p",
      {},
      joined(linkText && kindOfLink(link), stageOf(link), dateOf(link), linkVisible[link] === 2 && word("possible")),
    ),
    make("h4", {}, word("parties")),
    make("ul", { class: "items" }, ...members.slice(0, MAX_ITEMS).map(partyItem)),
    remainder(members),
    unnamedOf[link] > 0 &&
      make("p", { class: "unnamed" }, word(form.bound ? "atLeast" : "exact", { n: unnamedOf[link] })),
    make("h4", {}, word("evidence")),
    from.length
      ? make("ul", { class: "sources" }, ...from.slice(0, MAX_ITEMS).map(sourceItem))
      : make("p", { class: "quiet" }, word("sourcesNone")),
    remainder(from),
    commandItem(word("linkInShell"), `kg show ${shellQuoted(iri)}`),
    iriItem(iri),
  );
}

/** @param {number} link */
export function linkButton(link) {
  const label = make(
    "span",
    {},
    nameOfLink(link),
    make("small", {}, joined(linkText && kindOfLink(link), stageOf(link), dateOf(link))),
  );
  return make(
    "li",
    {},
    button(label, () => choose(pointOf[link] ? { point: pointOf[link] } : { link }, true)),
  );
}

/**
 * A list that is folded if it is long.
 * @param {string} title
 * @param {number[]} list
 * @param {(item: number) => Child} item
 * @param {number} most
 */
export function foldedList(title, list, item, most) {
  return make(
    "details",
    { class: "part", ...(list.length <= most && { open: "" }) },
    make("summary", {}, make("h3", {}, title)),
    make("ul", { class: "items" }, ...list.slice(0, MAX_ITEMS).map(item)),
    remainder(list),
  );
}
