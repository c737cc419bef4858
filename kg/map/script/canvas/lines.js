// Lines: drawn in few strokes of many lines, which is a hundred times faster on a canvas than one stroke per line.
import { display, drawnScale, network } from "./canvas.js";
import { bendPoint, pathPoints } from "./cities.js";
import { isLink } from "./data.js";
import { drawing, drawnPoint } from "./drawing.js";
import { visible } from "./filter.js";
import { screenBox } from "./label_boxes.js";
import { drawRings } from "./overlays.js";
import { now } from "./state.js";
import { clamp } from "../shared/dom.js";
import { theme } from "../shared/theme.js";

const MANY_LINES = 3000; // above this number, lines are hidden while the map moves
const LINES_PER_STROKE = 250; // lines per stroke; a stroke of thousands is slow again

/** @param {MapLine} value */
export function lineStyle({ to, links: through }) {
  const sure = through.some((k) => visible.certainty[k] === "certain");
  const width = Math.min(0.8 + 0.9 * Math.sqrt(through.length - (isLink(to) ? 0.6 : 0)), 5);
  return { width: Math.round(width * 4) / 4, dash: sure ? [] : [6, 6] };
}

/** @type {{ version: number, batches: Stroke[] }} */
let batchCache = { version: -1, batches: [] };
function lineBatches() {
  if (batchCache.version === display.version) return batchCache.batches;
  const byStyle = new Map();
  for (const line of drawing.lines.values()) {
    const style = lineStyle(line);
    const key = `${style.width} ${style.dash}`;
    const batches = byStyle.get(key) ?? [];
    if (!batches.length || batches[batches.length - 1].ends.length >= LINES_PER_STROKE)
      byStyle.set(key, [...batches, { ...style, ends: [] }]);
    const [last] = byStyle.get(key).slice(-1);
    last.ends.push([drawnPoint(line.from), drawnPoint(line.to)]);
  }
  batchCache = { version: display.version, batches: [...byStyle.values()].flat() };
  return batchCache.batches;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke} value1
 * @param {Partial<CanvasRenderingContext2D>} settings
 */
function strokeLines(context, { width, dash, ends }, settings) {
  Object.assign(context, { lineWidth: now.view === "geo" ? width / drawnScale() : width, ...settings });
  context.setLineDash(dash);
  context.beginPath();
  for (const [a, b] of ends) {
    context.moveTo(a.x, a.y);
    const bend = bendPoint(a, b);
    if (bend) context.quadraticCurveTo(bend.x, bend.y, b.x, b.y);
    else context.lineTo(b.x, b.y);
  }
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context */
export function drawLines(context) {
  if ((display.moving && drawing.lines.size > MANY_LINES) || now.view === "bands") return;
  context.save();
  for (const batch of lineBatches()) strokeLines(context, batch, { strokeStyle: theme.edge, globalAlpha: 0.5 });
  context.restore();
}

// The rest of the map is dimmed, and the highlight is drawn again on top.
const DIMMING = 0.84;
/** @param {CanvasRenderingContext2D} context */
export function drawHighlight(context) {
  if (!display.highlight) return;
  const scale = drawnScale();
  const { x, y, width, height } = screenBox(scale);
  context.save();
  Object.assign(context, { globalAlpha: DIMMING, fillStyle: theme.ground });
  context.fillRect(x / scale, y / scale, width / scale, height / scale);
  for (const id of display.highlight.lines) {
    const line = drawing.lines.get(id);
    if (line)
      strokeLines(
        context,
        { ...lineStyle(line), ends: [[drawnPoint(line.from), drawnPoint(line.to)]] },
        { strokeStyle: theme.accent, globalAlpha: 0.9 },
      );
  }
  context.restore();
  drawRings(context, display.highlight.points);
  for (const id of display.highlight.points) if (drawing.points.has(id)) network.body.nodes[id]?.draw(context);
}

/**
 * @param {Position} value
 * @param {Position} a
 * @param {Position} b
 */
function distanceToSegment({ x, y }, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = clamp(((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1), 0, 1);
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
}

/**
 * The line nearest to a position within a few screen pixels.
 * @param {Position} value
 */
export function lineAt({ x, y }) {
  if (now.view === "bands" && !display.highlight) return undefined; // its lines are drawn for a choice only
  let best = 7 / network.getScale();
  let nearest;
  for (const { id, from, to } of drawing.lines.values()) {
    const path = pathPoints(drawnPoint(from), drawnPoint(to));
    const away = path
      .slice(1)
      .reduce((least, b, i) => Math.min(least, distanceToSegment({ x, y }, path[i], b)), Infinity);
    if (away < best) [best, nearest] = [away, id];
  }
  return nearest;
}
