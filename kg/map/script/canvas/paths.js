// Shortest paths between two actors over the visible links.
import { actors, links, linksOf, n } from "./data.js";
import { drawing, representedBy } from "./drawing.js";
import { visible } from "./filter.js";
import { announce, nameOf, now } from "./state.js";
import { byId, inputById } from "../shared/dom.js";
import { shortestPaths } from "../shared/routes.js";
import { word } from "../shared/words.js";

/** @type {number | null} */
export let pathStart = null; // actor at which the requested path starts

const MAX_PATHS = 50;

/** @param {number} actor */
const stepsFrom = (actor) =>
  linksOf[actor]
    .filter((k) => visible.links.has(k))
    .flatMap((k) => links[k].members.filter((to) => to !== actor && visible.actors.has(to)).map((to) => ({ k, to })));

/** @type {{ of: number[] | null, visible: object | null, paths: Step[][] }} */
let pathCache = { of: null, visible: null, paths: [] };

/**
 * The shortest paths between the ends of the chosen path over the visible links, up to a maximum.
 * @param {number[]} ends
 */
export function chosenPaths(ends) {
  if (pathCache.of !== ends || pathCache.visible !== visible)
    pathCache = { of: ends, visible, paths: shortestPaths(ends[0], ends[1], stepsFrom, MAX_PATHS) };
  return pathCache.paths;
}

/**
 * The points and lines of the chosen one of these paths.
 * @param {number[]} ends
 */
export function drawnPath(ends) {
  const paths = chosenPaths(ends);
  const steps = paths[Math.min(now.way, paths.length - 1)] ?? [];
  /** @type {Set<number>} */
  const points = new Set(ends);
  /** @type {Set<string>} */
  const lines = new Set();
  for (const { from, k, to } of steps) {
    const pair = [from, to].flatMap((actor) => representedBy(actor) ?? []);
    const isPoint = drawing.points.has(n + k);
    for (const point of isPoint ? [...pair, n + k] : pair) points.add(point);
    const drawn = isPoint ? pair.map((point) => [point, n + k]) : [pair];
    for (const both of drawn) lines.add(`${Math.min(...both)}-${Math.max(...both)}`);
  }
  return { steps, count: paths.length, points, lines };
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
