// The timeline: dots, spans and years.
import { drawnScale } from "./canvas.js";
import { linkAt, links, measureOf, n, ringAt, views } from "./data.js";
import { linkDays } from "./dates.js";
import { currentView, drawing, viewPositions } from "./drawing.js";
import { visible } from "./filter.js";
import { bandBoxes } from "./overlays.js";
import { nameOf, now, shownName } from "./state.js";
import { valueOf } from "../shared/dom.js";
import { theme } from "../shared/theme.js";
import { firstDayOfYear, yearOf } from "../shared/words.js";

export const undatedLinks = () => [...visible.links].filter((k) => !views.get("timeline")?.positions.has(n + k));
export const dotsByParties = () =>
  [...drawing.points.keys()].sort((a, b) => links[linkAt(b)].members.length - links[linkAt(a)].members.length || a - b);

/**
 * The first two parties of a link with the number of the others.
 * @param {Link} link
 */
export function partiesText(link) {
  const values = measureOf(now.by).values;
  const order = [...link.members].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
  const names = order.slice(0, 2).map(shownName).join(" – ");
  return order.length > 2 ? `${names} +${order.length - 2}` : names || nameOf(link);
}

// Sizes are limited so that dots of adjacent rows do not touch.
const mostMembers = links.reduce((most, { members }) => Math.max(most, members.length), 1);
/** @param {number} k */
export function linkDot(k) {
  const { x, y } = valueOf(viewPositions(), n + k);
  return {
    id: n + k,
    x,
    y,
    size: 10 + 10 * Math.sqrt(links[k].members.length / mostMembers),
    shape: "dot",
    ring: ringAt(0),
  };
}

/**
 * Years as vertical lines, and a span for each start that is not a single day.
 * @param {CanvasRenderingContext2D} context
 */
export function drawSpans(context) {
  const time = now.view === "timeline" && currentView()?.days;
  if (!time) return;
  context.save();
  drawYearLines(context, time);
  Object.assign(context, { globalAlpha: 0.4, lineWidth: 11, lineCap: "round" });
  for (const { id, x, y } of drawing.points.values()) {
    const { start, latest } = links[linkAt(id)];
    if (start === null || latest === null || start === latest) continue;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + (latest - start) * time[1], y);
    context.stroke();
  }
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {[number, number]} values1
 */
function drawYearLines(context, [origin, unit]) {
  const scale = drawnScale();
  const boxes = bandBoxes();
  const top = boxes.reduce((least, { y }) => Math.min(least, y), 0) - 38 / scale;
  const bottom = boxes.reduce((most, { y, height }) => Math.max(most, y + height), 0);
  Object.assign(context, { strokeStyle: theme.edge, lineWidth: 1 / scale, fillStyle: theme.muted });
  Object.assign(context, { font: `${11 / scale}px ${theme.face}`, textBaseline: "top", textAlign: "left" });
  const lastYear = yearOf(linkDays.reduce((a, b) => Math.max(a, b), origin));
  const yearStep = Math.max(1, Math.ceil(44 / (365 * unit * scale)));
  for (let year = yearOf(origin); year <= lastYear + 1; year += 1) {
    if (year % yearStep) continue;
    const x = (firstDayOfYear(year) - origin) * unit;
    context.globalAlpha = 0.3;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, bottom);
    context.stroke();
    context.globalAlpha = 1;
    context.fillText(String(year), x + 3 / scale, top);
  }
}
