// Packs: the many parties of a consortium that are in no other link, drawn as one point that opens.
import { actors, isLink, linkAt, links, linksOf, MIN_PACKED, n, pointOfPack, ringAt } from "./data.js";
import { visible } from "./filter.js";
import { change, now } from "./state.js";

/** Actors that stay points of their own, because the reader chose them. */
function keptActors() {
  return new Set([now.chosen?.point, now.focus, ...(now.path ?? []), ...now.selected, ...now.pins.keys()]);
}

/** The packed actors, with the link that packs them. @type {Map<number, number>} */
export let packed = new Map();

/** Find the actors to pack: on the map, those whose only visible link has many such parties. */
export function updatePacks() {
  packed = new Map();
  if (now.view !== "map") return;
  const kept = keptActors();
  const isSingle = (/** @type {number} */ actor) =>
    visible.actors.has(actor) &&
    !kept.has(actor) &&
    !now.closed.has(actors[actor].community) &&
    linksOf[actor].filter((k) => visible.links.has(k)).length === 1;
  for (const k of visible.links) {
    if (links[k].members.length < MIN_PACKED || now.opened.has(k)) continue;
    const single = links[k].members.filter(isSingle);
    if (single.length >= MIN_PACKED) for (const actor of single) packed.set(actor, k);
  }
}

/**
 * The points of the packs, in the middle of their actors.
 * @param {(actor: number) => Position} placeOfActor
 * @returns {Point[]}
 */
export function packPoints(placeOfActor) {
  /** @type {Map<number, number[]>} */
  const inside = new Map();
  for (const [actor, k] of packed) inside.set(k, [...(inside.get(k) ?? []), actor]);
  return [...inside].map(([k, own]) => {
    const places = own.map(placeOfActor);
    const mean = (/** @type {"x" | "y"} */ axis) => places.reduce((all, place) => all + place[axis], 0) / own.length;
    return {
      id: pointOfPack(k),
      x: mean("x"),
      y: mean("y"),
      size: 8 + 2.6 * Math.sqrt(own.length),
      shape: "dot",
      ring: ringAt(0),
      inside: own,
    };
  });
}

/** @param {number} k */
export const openPack = (k) => change({ opened: new Set(now.opened).add(k), chosen: { point: n + k } });

/**
 * Links with many parties, which have a name on the map.
 * @param {number} point
 */
export const isNamedLink = (point) => isLink(point) && links[linkAt(point)].members.length >= MIN_PACKED;
