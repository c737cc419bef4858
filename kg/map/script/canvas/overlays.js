// Overlays: unnamed parties, communities, bands, and the selection.
import { display, drawnScale, hueOf, HUES } from "./canvas.js";
import { communities, scene, styles } from "./data.js";
import { currentView, drawing, drawnPoint, isRotated, pointAt, pointInView, ringRadius } from "./drawing.js";
import { now } from "./state.js";
import { truncate } from "../shared/dom.js";
import { colourOfStyle, theme } from "../shared/theme.js";
import { reader, term, word } from "../shared/words.js";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Position} value1
 * @param {number} radius
 * @param {Partial<CanvasRenderingContext2D>} settings
 * @param {number} [from]
 * @param {number} [to]
 */
function circle(context, { x, y }, radius, settings, from = 0, to = 2 * Math.PI) {
  Object.assign(context, settings);
  context.beginPath();
  context.arc(x, y, radius, from, to);
  context.stroke();
}

/**
 * One dash per unnamed party, up to a maximum; the ring of a lower bound is open.
 * @param {Point} value
 */
function ringShape({ size, ring: { count, bound } }) {
  const radius = ringRadius(size, count);
  const [from, to] = bound ? [-Math.PI / 4, Math.PI * 1.5] : [-Math.PI / 2, Math.PI * 1.5];
  const stroke = ((to - from) * radius) / Math.min(count, scene.maxDashes);
  return { radius, from, to, dash: [stroke * 0.4, stroke * 0.6] };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Set<number>} [only]
 */
export function drawRings(context, only) {
  context.save();
  for (const point of drawing.points.values()) {
    if (!point.ring.count || (only && !only.has(point.id))) continue;
    const { radius, from, to, dash } = ringShape(point);
    context.setLineDash(dash);
    circle(context, point, radius, { lineWidth: 4, strokeStyle: theme.muted, globalAlpha: 0.5 }, from, to);
  }
  context.restore();
}

/**
 * Convex hull by monotone chain; Andrew 1979, Information Processing Letters 9, 216-219.
 * @param {Position[]} points
 */
function hull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  /** @type {(a: Position, b: Position, c: Position) => number} */
  const turn = (a, b, c) => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  const half = (/** @type {Position[]} */ list) => {
    /** @type {Position[]} */
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** @param {Point} value */
const outline = ({ x, y, size }) =>
  [...Array(12).keys()].map((i) => ({
    x: x + (size + 20) * Math.cos((i * Math.PI) / 6),
    y: y + (size + 20) * Math.sin((i * Math.PI) / 6),
  }));

/** @type {{ version: number, shapes: { community: number, points: Position[] }[] }} */
let hulls = { version: -1, shapes: [] };
function currentHulls() {
  if (now.colour !== "community" || now.view !== "map") return [];
  if (hulls.version !== display.version) {
    const groups = communities
      .slice(0, HUES.light.length)
      .map((group) => group.filter((actor) => drawing.points.has(actor)).map((actor) => drawnPoint(actor)));
    hulls = {
      version: display.version,
      shapes: groups
        .map((points, community) => ({ community, points }))
        .filter(({ points }) => points.length > 3)
        .map(({ community, points }) => ({ community, points: hull(points.flatMap(outline)) })),
    };
  }
  return hulls.shapes;
}

/** @param {CanvasRenderingContext2D} context */
export function drawHulls(context) {
  context.save();
  for (const { community, points } of currentHulls()) {
    Object.assign(context, { globalAlpha: 0.1, fillStyle: hueOf(community) });
    context.beginPath();
    points.forEach(({ x, y }) => context.lineTo(x, y));
    context.fill();
  }
  context.restore();
}

const bandMargin = () => (now.view === "timeline" ? 24 : 46); // map units
export const currentBands = () =>
  (currentView()?.bands ?? []).map(([sector, first, last]) => ({
    sector,
    first: first - bandMargin(),
    last: last + bandMargin(),
  }));

// Boxes of the bands and positions of their names, in map units.
export function bandBoxes() {
  const xs = [...drawing.points.values()].map(({ x, y }) => (isRotated() ? y : x));
  const [left, right] = [xs.reduce((a, b) => Math.min(a, b), 0) - 70, xs.reduce((a, b) => Math.max(a, b), 0) + 70];
  return currentBands().map(({ sector, first, last }) => {
    const [x, y, width, height] = isRotated()
      ? [-last, left, last - first, right - left]
      : [left, first, right - left, last - first];
    return { sector, x, y, width, height };
  });
}

/** @param {{sector: string}} value */
const bandName = ({ sector }) =>
  (now.view === "timeline" ? term("kind", sector) : term("sector", sector)) || word("others");
const BAND_NAME = 13; // font size, screen pixels
export const ABOVE_BANDS = 140; // screen pixels for the toolbar and vertical names
/** @param {number} scale */
export const bandLabels = (scale) =>
  (isRotated() ? [] : bandBoxes()).map((box) => ({
    x: box.x * scale,
    y: box.y * scale - BAND_NAME * 1.4,
    width: bandName(box).length * BAND_NAME * (reader.lang === "zh" ? 1 : 0.62),
    height: BAND_NAME * 1.4,
  }));

/** @param {CanvasRenderingContext2D} context */
export function drawBands(context) {
  const size = BAND_NAME / drawnScale();
  context.save();
  for (const box of bandBoxes()) {
    const style = styles.find(({ sector }) => sector === box.sector);
    Object.assign(context, { globalAlpha: 0.07, fillStyle: style ? colourOfStyle(style) : theme.edge });
    context.fillRect(box.x, box.y, box.width, box.height);
    Object.assign(context, {
      globalAlpha: 1,
      fillStyle: theme.muted,
      font: `650 ${size}px ${theme.face}`,
      textAlign: "left",
      textBaseline: "bottom",
    });
    context.save();
    context.translate(isRotated() ? box.x + box.width / 2 : box.x, box.y - size * 0.2);
    if (isRotated()) context.rotate(-0.6); // vertical bands are narrower than their names
    context.fillText(isRotated() ? truncate(bandName(box), 21) : bandName(box), 0, 0);
    context.restore();
  }
  context.restore();
}

/** @param {CanvasRenderingContext2D} context */
export function drawSelection(context) {
  const scale = drawnScale();
  context.save();
  for (const id of now.selected)
    if (drawing.points.has(id))
      circle(context, drawnPoint(id), drawnPoint(id).size * 1.2 + 4, {
        lineWidth: 2 / scale,
        strokeStyle: theme.ink,
      });
  for (const id of now.pins.keys())
    if (drawing.points.has(id) && now.view === "map")
      circle(context, drawnPoint(id), 1.6, { lineWidth: 3.2, strokeStyle: theme.ground });
  for (const id of [display.hovered ?? undefined, pointInView(now.chosen?.point)]) {
    const point = pointAt(id);
    if (point) circle(context, point, point.size * 1.2 + 4, { lineWidth: 2.5 / scale, strokeStyle: theme.accent });
  }
  context.restore();
}
