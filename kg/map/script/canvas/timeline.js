// Views over time: dots, spans and years of the timeline, and small maps per year.
import { colourOf, network } from "./canvas.js";
import { countLinks, linkAt, links, linksOf, measureOf, n, orderBy, ringAt, views } from "./data.js";
import { linkDays } from "./dates.js";
import { AXES, currentView, drawing, placeOf, viewPositions } from "./drawing.js";
import { visible } from "./filter.js";
import { bandBoxes } from "./overlays.js";
import { change, nameOf, now, shownName } from "./state.js";
import { button, byId, flatContext, joined, make, sum, valueOf } from "../shared/dom.js";
import { narrowScreen, theme } from "../shared/theme.js";
import { firstDayOfYear, separator, word, yearOf } from "../shared/words.js";

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
  const scale = network.getScale();
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

/**
 * Links that began in a year, certainly or possibly.
 * @param {number} year
 */
function linksOfYear(year) {
  const [low, high] = [firstDayOfYear(year), firstDayOfYear(year + 1) - 1];
  const sure = /** @type {number[]} */ ([]);
  const perhaps = /** @type {number[]} */ ([]);
  for (const k of visible.links) {
    const { start, latest } = links[k];
    if (start === null && latest === null) continue;
    const [first, last] = [start ?? -Infinity, latest ?? Infinity];
    if (first > high || last < low) continue;
    (first >= low && last <= high ? sure : perhaps).push(k);
  }
  return { sure, perhaps, low, high };
}

/**
 * All points in grey, and those of the links of the year in their colours.
 * @param {HTMLCanvasElement} canvas
 * @param {{sure: number[], perhaps: number[]}} value1
 */
function drawYear(canvas, { sure, perhaps }) {
  const ratio = window.devicePixelRatio;
  const [width, height] = [canvas.clientWidth || 180, 130];
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const context = flatContext(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const at = fitPositions(width, height);
  for (const actor of visible.actors) drawDot(context, at(actor), 1, theme.edge, 0.35);
  for (const k of perhaps) drawSmallLink(context, k, at, 0.35);
  for (const k of sure) drawSmallLink(context, k, at, 1);
}

/**
 * Return a function from an actor to its place in a small map of this size.
 * @param {number} width
 * @param {number} height
 */
function fitPositions(width, height) {
  const positions = [...visible.actors].map((actor) => placeOf(actor));
  const range = (/** @type {"x" | "y"} */ axis) =>
    positions.reduce(
      ([low, high], position) => [Math.min(low, position[axis]), Math.max(high, position[axis])],
      [Infinity, -Infinity],
    );
  const [[left, right], [top, bottom]] = [range("x"), range("y")];
  const scale = Math.min((width - 8) / (right - left || 1), (height - 8) / (bottom - top || 1));
  return (/** @type {number} */ actor) => {
    const { x, y } = placeOf(actor);
    return { x: width / 2 + (x - (left + right) / 2) * scale, y: height / 2 + (y - (top + bottom) / 2) * scale };
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Position} value1
 * @param {number} radius
 * @param {string} colour
 * @param {number} alpha
 */
function drawDot(context, { x, y }, radius, colour, alpha) {
  Object.assign(context, { fillStyle: colour, globalAlpha: alpha });
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/**
 * Lines from the visible parties of a link to their centre, and the parties.
 * @param {CanvasRenderingContext2D} context
 * @param {number} k
 * @param {(actor: number) => Position} at
 * @param {number} alpha
 */
function drawSmallLink(context, k, at, alpha) {
  const members = links[k].members.filter((actor) => visible.actors.has(actor));
  const places = members.map(at);
  const [x, y] = AXES.map((axis) => sum(places.map((place) => place[axis])) / places.length);
  Object.assign(context, { strokeStyle: theme.edge, globalAlpha: 0.7 * alpha, lineWidth: 1 });
  for (const place of places) {
    context.beginPath();
    context.moveTo(place.x, place.y);
    context.lineTo(x, y);
    context.stroke();
  }
  members.forEach((actor, i) => drawDot(context, places[i], 2.6, colourOf(actor), alpha));
}

const MAX_NEW = 3; // names below the map of a year

/** The parties of links that have no dated link before them, the largest first. @param {number[]} some */
function newcomers(some) {
  const begin = Math.min(...some.map((k) => links[k].start ?? links[k].latest ?? Infinity));
  const isNew = (/** @type {number} */ actor) =>
    visible.actors.has(actor) &&
    linksOf[actor].every((k) => !visible.links.has(k) || (links[k].start ?? links[k].latest ?? Infinity) >= begin);
  const own = new Set(some.flatMap((k) => links[k].members).filter(isNew));
  return orderBy(now.by).filter((actor) => own.has(actor));
}

export function showYears() {
  const panel = byId("years");
  panel.hidden = now.view !== "years";
  panel.replaceChildren();
  if (panel.hidden) return;
  const known = [...visible.links].flatMap((k) => [links[k].start, links[k].latest]).filter((one) => one !== null);
  if (!known.length) return;
  const [from, to] = [yearOf(known.reduce((a, b) => Math.min(a, b))), yearOf(known.reduce((a, b) => Math.max(a, b)))];
  const years = [...Array(to - from + 1).keys()].map((i) => (narrowScreen.matches ? to - i : from + i));
  for (const year of years) {
    const yearLinks = linksOfYear(year);
    if (!yearLinks.sure.length && !yearLinks.perhaps.length) {
      const none = make("small", {}, word("noneInYear"));
      panel.append(make("div", { class: "none" }, make("strong", {}, String(year)), none));
      continue;
    }
    const canvas = make("canvas", { "aria-hidden": "true" });
    const caption = joined(
      word("inWindow", { n: countLinks(yearLinks.sure) }),
      yearLinks.perhaps.length > 0 && word("perhaps", { n: countLinks(yearLinks.perhaps) }),
    );
    const names = newcomers(yearLinks.sure).slice(0, MAX_NEW).map(shownName).join(separator());
    const parts = [make("strong", {}, String(year)), canvas, make("small", {}, caption), make("small", {}, names)];
    panel.append(button(parts, () => change({ view: "map", from: yearLinks.low, to: yearLinks.high })));
    drawYear(canvas, yearLinks);
  }
  panel.append(make("p", { class: "quiet" }, word("undatedLinks", { n: countLinks(undatedLinks()) })));
}
