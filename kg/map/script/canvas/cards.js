// Cards that appear beside the pointer: the main facts about a point or a line.
import { coverageText } from "./actor_panel.js";
import { display, network } from "./canvas.js";
import { actors, countLinks, firstParts, isActor, isLink, linkAt, links, linksOf, styleOf } from "./data.js";
import { drawing, pointAt } from "./drawing.js";
import { publisherNames, visible } from "./filter.js";
import { lineAt } from "./lines.js";
import { nameOfEnd } from "./panel.js";
import { dateOf, nameOf } from "./state.js";
import { byId, clamp, joined, make } from "../shared/dom.js";
import { kindOf, separator, term, text, word } from "../shared/words.js";

const MAX_CARD_LINKS = 3;

/** @param {number} k */
const publishersText = (k) => publisherNames(k).slice(0, 2).join(separator());

/** @param {number} k */
const linkLines = (k) => [
  make("strong", {}, nameOf(links[k])),
  make("span", {}, joined(term("kind", links[k].kind), term("stage", links[k].stage), dateOf(links[k]))),
  make("span", { class: "quiet" }, publishersText(k)),
];

/** @param {number} actor */
function actorCard(actor) {
  const node = actors[actor];
  const when = (/** @type {number} */ k) => links[k].start ?? links[k].latest ?? -Infinity;
  const newest = linksOf[actor]
    .filter((k) => visible.links.has(k) && when(k) > -Infinity)
    .sort((a, b) => when(b) - when(a))[0];
  const last = newest === undefined ? "" : word("lastLink", { date: dateOf(links[newest]) });
  return [
    make("strong", {}, nameOf(node)),
    make("span", {}, joined(kindOf(styleOf(actor)), node.region && text(node.region))),
    make("span", {}, coverageText(node)),
    make("span", { class: "quiet" }, joined(word("linksN", { n: countLinks(linksOf[actor]) }), last)),
  ];
}

/** @param {number[]} some */
function linksCard(some) {
  const first = firstParts(some);
  const left = first.length - MAX_CARD_LINKS;
  return [
    ...first.slice(0, MAX_CARD_LINKS).flatMap(linkLines),
    left > 0 && make("span", { class: "quiet" }, word("moreLinks", { n: left })),
  ];
}

/** @param {number} point */
function pointCard(point) {
  if (isActor(point)) return actorCard(point);
  if (isLink(point)) return linksCard([linkAt(point)]);
  return [
    make("strong", {}, nameOfEnd(point)),
    make("span", {}, word("members", { n: pointAt(point)?.inside?.length ?? 0 })),
  ];
}

/**
 * Show the card of what is under the pointer.
 * @param {PointerEvent} event
 */
function showCard(event) {
  const card = byId("card");
  const box = byId("map").getBoundingClientRect();
  const place = { x: event.clientX - box.left, y: event.clientY - box.top };
  const line = display.hovered === null ? drawing.lines.get(lineAt(network.DOMtoCanvas(place)) ?? "") : undefined;
  card.hidden = event.pointerType === "touch" || event.buttons > 0 || (display.hovered === null && !line);
  if (card.hidden) return;
  const rows = display.hovered === null ? linksCard(line?.links ?? []) : pointCard(display.hovered);
  card.replaceChildren(...rows.filter((row) => row instanceof Node));
  const left = clamp(place.x + 14, 4, Math.max(4, box.width - card.offsetWidth - 4));
  const below = place.y + 18 + card.offsetHeight < box.height;
  card.style.left = `${left}px`;
  card.style.top = `${below ? place.y + 18 : Math.max(4, place.y - card.offsetHeight - 12)}px`;
}

let frame = 0;
/** @param {PointerEvent} event */
export function onPointerOver(event) {
  window.cancelAnimationFrame(frame);
  frame = window.requestAnimationFrame(() => showCard(event));
}

export function hideCard() {
  window.cancelAnimationFrame(frame);
  byId("card").hidden = true;
}
