// Links in the panel, with their parties and all their evidence.
import { actors, evidence, links, partsOf } from "./data.js";
import { publisherNames, visible } from "./filter.js";
import { choose } from "./panel.js";
import { dateOf, nameOf, otherName } from "./state.js";
import { button, joined, make } from "../shared/dom.js";
import { separator, term, text, word } from "../shared/words.js";

/** @param {number} place */
function evidenceItem(place) {
  const piece = evidence[place];
  const address = piece.address ?? "";
  return make(
    "li",
    {},
    make(
      "div",
      { class: "source" },
      [term("publisher", piece.publisher), text(piece.title) || word("untitled")].filter(Boolean).join(": "),
    ),
    make(
      "div",
      { class: "quiet" },
      joined(
        piece.published,
        term("quality", piece.quality),
        term("reading", piece.reading),
        piece.start !== null && word("position", { start: piece.start, end: piece.end }),
      ),
    ),
    make("p", {}, text(piece.note) ?? ""),
    make(
      "div",
      {},
      /^https?:\/\//i.test(address)
        ? make("a", { href: address, rel: "noreferrer", target: "_blank" }, address)
        : address,
    ),
    make(
      "div",
      { class: "quiet" },
      piece.iri,
      piece.derived.length > 0 && ` (${word("derived")} ${piece.derived.join(", ")})`,
    ),
  );
}

/** @param {Party} party */
function partyItem(party) {
  const role = make("span", { class: "quiet" }, ` · ${term("role", party.role)}`);
  if (party.actor !== -2)
    return make(
      "li",
      {},
      party.actor < 0 ? nameOf(party) : button(nameOf(party), () => choose({ point: party.actor }, true)),
      role,
    );
  const kind = ["moreThan", "atLeast", "approximate"].find((one) => one === party.countKind) ?? "exact";
  const key = party.count === null ? "uncounted" : kind + (party.named ? "Part" : "");
  const what = text(party.label) && ` (${text(party.label)})`;
  return make("li", { class: "unnamed" }, word(key, { n: party.count, named: party.named }), what, role);
}

/**
 * The parties of a link, with those of its other parts.
 * @param {number} k
 */
function partiesOf(k) {
  const all = partsOf(k).flatMap((part) => links[part].parties);
  return [...new Map(all.map((party) => [JSON.stringify(party), party])).values()];
}

/**
 * The named parties of a link other than an actor, or its name; parts of one link share their parties.
 * @param {number} k
 * @param {number | undefined} actor
 */
function titleOfLink(k, actor) {
  if (actor === undefined) return nameOf(links[k]);
  const others = [...new Set(partiesOf(k).map((party) => party.actor))].filter((one) => one >= 0 && one !== actor);
  if (!others.length) return nameOf(links[k]);
  const names = others
    .slice(0, 3)
    .map((one) => nameOf(actors[one]))
    .join(separator());
  return others.length > 3 ? `${names} +${others.length - 3}` : names;
}

/** @param {number} k */
function summaryOf(k) {
  const link = links[k];
  const publishers = publisherNames(k).slice(0, 2).join(separator());
  const certainty = visible.certainty[k] === "possible" && word("possible");
  return [term("kind", link.kind), term("stage", link.stage), dateOf(link), publishers, certainty];
}

/**
 * A link with its parties and evidence; in the panel of `actor` its title is the partner.
 * @param {number} k
 * @param {boolean} open
 * @param {number} [actor]
 */
export function linkItem(k, open, actor) {
  const link = links[k];
  const title = titleOfLink(k, actor);
  const evidenceItems = link.evidence.map(evidenceItem);
  return make(
    "details",
    { class: "link", ...(open && { open: "" }) },
    make("summary", {}, make("h3", {}, title), make("span", { class: "quiet" }, joined(...summaryOf(k)))),
    title !== nameOf(link) && make("p", {}, nameOf(link)),
    make("p", { class: "quiet" }, otherName(link.label)),
    make("p", {}, text(link.about)),
    make(
      "h4",
      {},
      joined(
        word("parties"),
        link.declared > 1 &&
          word(link.bound ? "ofPartiesBound" : "ofParties", { named: link.named, declared: link.declared }),
      ),
    ),
    make("ul", {}, ...partiesOf(k).map(partyItem)),
    make("h4", {}, word("evidence")),
    evidenceItems.length ? make("ul", { class: "evidence" }, ...evidenceItems) : make("p", {}, word("noEvidence")),
    make("p", { class: "quiet" }, link.iri),
  );
}
