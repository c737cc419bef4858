// Shortest path between two actors over the visible links.
import { actors, links, linksOf, n } from "./data.js";
import { drawing, representedBy } from "./drawing.js";
import { visible } from "./filter.js";
import { announce, nameOf } from "./state.js";
import { byId, inputById } from "../shared/dom.js";
import { word } from "../shared/words.js";

/** @type {number | null} */
export let pathStart = null; // actor at which the requested path starts

/**
 * @param {number} start
 * @param {number} end
 */
export function shortestPath(start, end) {
  /** @type {Map<number, { actor: number, k: number } | null>} */
  const previous = new Map([[start, null]]);
  let edge = [start];
  while (edge.length && !previous.has(end)) {
    const next = [];
    for (const actor of edge) {
      for (const k of linksOf[actor].filter((one) => visible.links.has(one))) {
        for (const member of links[k].members) {
          if (previous.has(member) || !visible.actors.has(member)) continue;
          previous.set(member, { actor, k });
          next.push(member);
        }
      }
    }
    edge = next;
  }
  return previous.has(end) ? tracePath(previous, end) : { steps: [], points: [start, end], lines: [] };
}

/**
 * @param {Map<number, {actor: number, k: number} | null>} previous
 * @param {number} end
 */
function tracePath(previous, end) {
  /** @type {Step[]} */
  const steps = [];
  for (let [to, by] = [end, previous.get(end)]; by; [to, by] = [by.actor, previous.get(by.actor)])
    steps.unshift({ from: by.actor, k: by.k, to });
  /** @type {Set<number>} */
  const points = new Set();
  /** @type {Set<string>} */
  const lines = new Set();
  for (const { from, k, to } of steps) {
    const ends = [from, to].flatMap((actor) => representedBy(actor) ?? []);
    const isPoint = drawing.points.has(n + k);
    for (const point of isPoint ? [...ends, n + k] : ends) points.add(point);
    const pairs = isPoint ? ends.map((point) => [point, n + k]) : [ends];
    for (const pair of pairs) lines.add(`${Math.min(...pair)}-${Math.max(...pair)}`);
  }
  return { steps, points: [...points], lines: [...lines] };
}

export function endPathQuestion() {
  pathStart = null;
  announce("");
}

/**
 * The next chosen actor becomes the end of the path.
 * @param {number} from
 */
export function askPathEnd(from) {
  pathStart = from;
  announce(word("pathAsk", { name: nameOf(actors[from]) }));
  inputById("search").value = "";
  byId("results").replaceChildren();
  byId("search").focus();
}
