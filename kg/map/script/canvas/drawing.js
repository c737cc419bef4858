// Drawing: points and lines of the current view; a folded community is one point.
import { cityPoint, cityPoints, hubCity } from "./cities.js";
import {
  actors,
  cellAt,
  communities,
  isActor,
  isLink,
  linkAt,
  linkRing,
  links,
  measureOf,
  n,
  pointOfCommunity,
  pointOfPack,
  ringAt,
  scene,
  styleOf,
  views,
} from "./data.js";
import { visible } from "./filter.js";
import { packed, packPoints, updatePacks } from "./packs.js";
import { now } from "./state.js";
import { linkDot } from "./timeline.js";
import { byId, clamp, sum, valueOf } from "../shared/dom.js";
import { input } from "../shared/payload.js";
import { closeGaps } from "../shared/routes.js";

/** @type {("x" | "y")[]} */
export const AXES = ["x", "y"];
const SMALLEST = 7; // radius of a disc with the lowest score
const LARGEST = 36; // radius of a disc with the highest score
const HYPEREDGE_SIZE = 3.5;
const MAX_STRIP = 50; // width of an empty strip of a filtered map, map units
/** @type {Map<number, Position>} */
const mapPositions = new Map(
  [...actors.keys(), ...scene.hyperedges.map((k) => n + k)].map((id, place) => [
    id,
    { x: input.nodes.x[place], y: input.nodes.y[place] },
  ]),
);
/** @type {MapLine[]} */
const mapLines = input.edges.from.map((/** @type {number} */ from, /** @type {number} */ place) => ({
  from,
  to: input.edges.to[place],
  links: [input.edges.links[place]].flat(),
}));

for (const view of views.values()) {
  view.positions = new Map(
    actors
      .filter(() => view.actors.length)
      .map((_, actor) => [actor, { x: view.actors[2 * actor], y: view.actors[2 * actor + 1] }]),
  );
  for (let i = 0, k = -1; 2 * i < view.coordinates.length; i += 1)
    view.positions.set(n + (k += cellAt(view.links, i)), {
      x: view.coordinates[2 * i],
      y: view.coordinates[2 * i + 1],
    });
  if (view.name === "two-mode")
    view.lines = links.flatMap((link, k) => link.members.map((from) => ({ from, to: n + k, links: [k] })));
}

// The layouts are wide; a portrait screen rotates them.
export const isPortrait = window.innerHeight > window.innerWidth;
/** The layout is stretched to the shape of the canvas, up to this factor. */
const MAX_STRETCH = 1.7;
/** @type {{ rotated: boolean, stretch: number } | null} */
let shape = null; // computed when the page is laid out, and then constant, so that positions in addresses keep

function canvasShape() {
  const range = (/** @type {number[]} */ values) =>
    values.reduce((a, b) => Math.max(a, b), -Infinity) - values.reduce((a, b) => Math.min(a, b), Infinity);
  const places = [...mapPositions.values()];
  const [width, height] = AXES.map((axis) => range(places.map((place) => place[axis])));
  const { clientWidth, clientHeight } = byId("map");
  const [long, short] = [Math.max(clientWidth, clientHeight), Math.min(clientWidth, clientHeight)];
  const factor = (1.1 * long * height) / (short * width);
  const stretch = places.length > 2 && Number.isFinite(factor) ? clamp(factor, 1, MAX_STRETCH) : 1;
  return { rotated: clientHeight > clientWidth, stretch };
}

const layoutShape = () => (shape = shape ?? canvasShape());
export const isRotated = () => layoutShape().rotated && !["geo", "timeline"].includes(now.view);

/** @param {Position} value */
const stretched = ({ x, y }) => (viewPositions() === mapPositions ? { x: x * layoutShape().stretch, y } : { x, y });
/** @param {Position} value */
function rotated(value) {
  const { x, y } = stretched(value);
  return isRotated() ? { x: -y, y: x } : { x, y };
}

export const currentView = () =>
  (isPortrait && now.view === "timeline" && views.get("timeline-upright")) || views.get(now.view);
export const viewPositions = () => (now.view === "years" ? mapPositions : (currentView()?.positions ?? mapPositions));
const viewLines = () => views.get(now.view)?.lines ?? mapLines;

/** @type {Map<string, number>} */
const maxScores = new Map();
/** @param {string} name */
function maxScoreOf(name) {
  const most =
    maxScores.get(name) ??
    measureOf(name).values.reduce((/** @type {number} */ top, value) => Math.max(top, value ?? 0), 0);
  maxScores.set(name, most);
  return most;
}

/** @param {number} actor */
function sizeOf(actor) {
  const { values } = measureOf(now.by);
  const top = maxScoreOf(now.by) || 1;
  const area = Math.PI * (SMALLEST ** 2 + ((LARGEST ** 2 - SMALLEST ** 2) * Math.max(values[actor] ?? 0, 0)) / top);
  return Math.sqrt(area / styleOf(actor).area);
}

/**
 * @param {number} size
 * @param {number} count
 */
export const ringRadius = (size, count) => size * 1.1 + 6 + Math.min(count, scene.maxDashes) / 9;
/**
 * @param {number} point
 * @returns {number | undefined}
 */
export function representedBy(point) {
  if (now.view === "geo" && isLink(point)) return hubCity(links[linkAt(point)].members);
  if (!isActor(point)) return point;
  if (now.view === "geo") return cityPoint(point);
  const pack = packed.get(point);
  if (pack !== undefined) return pointOfPack(pack);
  return now.closed.has(actors[point].community) ? pointOfCommunity(actors[point].community) : point;
}

/** @param {number | undefined} point */
export const pointInView = (point) =>
  point !== undefined && now.view === "geo" && isActor(point) ? (cityPoint(point) ?? point) : point;

/** @type {Drawing} */
export let drawing = { points: new Map(), lines: new Map(), at: new Map() };

/**
 * The drawn point with an id.
 * @param {number | undefined} id
 */
export const pointAt = (id) => drawing.points.get(id ?? -1);
/**
 * The drawn point with an id that is certainly drawn.
 * @param {number} id
 */
export const drawnPoint = (id) => valueOf(drawing.points, id);
/** @param {number} actor */
export const placeOf = (actor) => valueOf(mapPositions, actor);

function visibleLines() {
  /** @type {Map<string, Line>} */
  const lines = new Map();
  for (const line of viewLines()) {
    if (![line.from, line.to].every((end) => !isActor(end) || visible.actors.has(end))) continue;
    const through = line.links.filter((k) => visible.links.has(k));
    const ends = [line.from, line.to].flatMap((end) => representedBy(end) ?? []);
    const [from, to] = ends.sort((a, b) => a - b);
    if (!through.length || from === to || ends.length < 2) continue;
    const id = `${from}-${to}`;
    const all = lines.get(id);
    if (all) all.links = [...new Set([...all.links, ...through])];
    else lines.set(id, { id, from, to, links: through });
  }
  return lines;
}

/**
 * @param {number} id
 * @param {boolean} member
 */
function networkPoint(id, member) {
  const place = now.pins.get(id);
  const { x, y } = place && now.view === "map" ? { x: place[0], y: place[1] } : rotated(valueOf(viewPositions(), id));
  const size = member ? sizeOf(id) : HYPEREDGE_SIZE;
  return {
    id,
    x,
    y,
    size,
    shape: member ? styleOf(id).shape : "dot",
    ring: member ? actors[id].ring : linkRing(links[linkAt(id)]),
  };
}

/** @param {number} community */
function communityPoint(community) {
  const inside = communities[community].filter((actor) => visible.actors.has(actor));
  const positions = inside.map((actor) => rotated(valueOf(viewPositions(), actor)));
  const [x, y] = AXES.map((axis) => sum(positions.map((position) => position[axis])) / positions.length);
  return {
    id: pointOfCommunity(community),
    x,
    y,
    size: 9 + 3.2 * Math.sqrt(inside.length),
    shape: "dot",
    ring: ringAt(0),
    inside,
  };
}

/**
 * The lines at each point.
 * @param {Map<string, Line>} lines
 */
function linesAt(lines) {
  /** @type {Map<number, Line[]>} */
  const at = new Map();
  for (const line of lines.values())
    for (const end of [line.from, line.to]) at.set(end, [...(at.get(end) ?? []), line]);
  return at;
}

/**
 * Narrow the empty strips that a filter leaves; the rough places stay. Pinned points stay where they are.
 * @param {Point[]} points
 */
function fillStrips(points) {
  const free = points.filter(({ id }) => !now.pins.has(id));
  for (const axis of AXES) {
    const moved = closeGaps(
      free.map((point) => ({ at: point[axis], reach: ringRadius(point.size, point.ring.count) })),
      MAX_STRIP,
    );
    free.forEach((point, i) => (point[axis] = moved[i]));
  }
}

export function updateDrawing() {
  updatePacks();
  const lines = visibleLines();
  const at = linesAt(lines);
  if (now.view === "timeline") {
    const dots = [...visible.links].filter((k) => viewPositions().has(n + k)).map(linkDot);
    drawing = { points: new Map(dots.map((dot) => [dot.id, dot])), lines: new Map(), at };
    return;
  }
  const twoMode = now.view === "two-mode";
  const points = new Map(actorPoints().map((point) => [point.id, point]));
  for (const k of visible.links) {
    const spokes = at.get(n + k) ?? [];
    if (spokes.length > 1 || (twoMode && spokes.length)) points.set(n + k, networkPoint(n + k, false));
    else if (spokes.length) lines.delete(spokes[0].id);
  }
  if (now.view === "map" && visible.actors.size < n) fillStrips([...points.values()]);
  // Rings of unnamed parties are drawn around the links if these are points.
  if (twoMode) for (const [id, point] of points) if (isActor(id)) point.ring = ringAt(0);
  drawing = { points, lines, at: linesAt(lines) };
}

/**
 * Points of the visible actors: themselves, their cities, or their folded communities.
 * @returns {Point[]}
 */
function actorPoints() {
  if (now.view === "geo") return cityPoints();
  const open = [...visible.actors].filter((actor) => !packed.has(actor) && !now.closed.has(actors[actor].community));
  const folded = [...now.closed].filter((one) => communities[one].some((actor) => visible.actors.has(actor)));
  const packs = packPoints((actor) => rotated(valueOf(viewPositions(), actor)));
  return [...open.map((actor) => networkPoint(actor, true)), ...folded.map(communityPoint), ...packs];
}
