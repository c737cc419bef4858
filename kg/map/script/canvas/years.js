// The view by year: a small map for each year, with the links that began in it in colour.
import { colourOf } from "./canvas.js";
import { countLinks, links, linksOf, orderBy } from "./data.js";
import { AXES, placeOf } from "./drawing.js";
import { visible } from "./filter.js";
import { change, now, shownName } from "./state.js";
import { undatedLinks } from "./timeline.js";
import { button, byId, flatContext, joined, make, sum } from "../shared/dom.js";
import { narrowScreen, theme } from "../shared/theme.js";
import { firstDayOfYear, separator, word, yearOf } from "../shared/words.js";

const YEAR_COLUMNS = 5; // small maps in a row of a picture
const [YEAR_GAP, YEAR_HEAD, YEAR_MAP, YEAR_ROW] = [12, 18, 110, 14]; // pixels of the parts of a small map in a picture
const YEAR_LETTERS = 10.5;

/**
 * Links that began in a year, certainly or possibly, and its first and last day.
 * @param {number} year
 * @returns {YearLinks}
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
  return { year, sure, perhaps, low, high };
}

/**
 * All points in grey, and those of the links of the year in their colours.
 * @param {CanvasRenderingContext2D} context
 * @param {YearLinks} yearLinks
 * @param {number} width
 * @param {number} height
 */
function drawYear(context, { sure, perhaps }, width, height) {
  const at = fitPositions(width, height);
  drawDots(context, [...visible.actors].map(at), 1, theme.edge, 0.35);
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
 * Dots of one colour as one shape.
 * @param {CanvasRenderingContext2D} context
 * @param {Position[]} places
 * @param {number} radius
 * @param {string} colour
 * @param {number} alpha
 */
function drawDots(context, places, radius, colour, alpha) {
  Object.assign(context, { fillStyle: colour, globalAlpha: alpha });
  context.beginPath();
  for (const { x, y } of places) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
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
  context.beginPath();
  for (const place of places) {
    context.moveTo(place.x, place.y);
    context.lineTo(x, y);
  }
  context.stroke();
  for (const colour of new Set(members.map(colourOf))) {
    const own = places.filter((_, i) => colourOf(members[i]) === colour);
    drawDots(context, own, 2.6, colour, alpha);
  }
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

/**
 * The years from the first to the last known date, each with its links.
 * @returns {YearLinks[]}
 */
function visibleYears() {
  const known = [...visible.links].flatMap((k) => [links[k].start, links[k].latest]).filter((one) => one !== null);
  if (!known.length) return [];
  const [from, to] = [yearOf(known.reduce((a, b) => Math.min(a, b))), yearOf(known.reduce((a, b) => Math.max(a, b)))];
  return [...Array(to - from + 1).keys()].map((i) => linksOfYear(from + i));
}

/** @param {YearLinks} yearLinks */
const isEmpty = ({ sure, perhaps }) => !sure.length && !perhaps.length;

/** @param {YearLinks} yearLinks */
const captionOf = ({ sure, perhaps }) =>
  joined(word("inWindow", { n: countLinks(sure) }), perhaps.length > 0 && word("perhaps", { n: countLinks(perhaps) }));

/** @param {YearLinks} yearLinks */
const namesOf = ({ sure }) => newcomers(sure).slice(0, MAX_NEW).map(shownName);

const undatedText = () => word("undatedLinks", { n: countLinks(undatedLinks()) });

export function showYears() {
  const panel = byId("years");
  panel.hidden = now.view !== "years";
  panel.replaceChildren();
  if (panel.hidden) return;
  const years = visibleYears();
  if (!years.length) return;
  panel.append(...(narrowScreen.matches ? years.reverse() : years).map(yearPanel));
  for (const canvas of panel.querySelectorAll("canvas")) paintYear(canvas);
  panel.append(make("p", { class: "quiet" }, undatedText()));
}

/** @param {YearLinks} yearLinks */
function yearPanel(yearLinks) {
  const title = make("strong", {}, String(yearLinks.year));
  if (isEmpty(yearLinks)) return make("div", { class: "none" }, title, make("small", {}, word("noneInYear")));
  const canvas = make("canvas", { "aria-hidden": "true", "data-year": yearLinks.year });
  const rows = [captionOf(yearLinks), namesOf(yearLinks).join(separator())].map((row) => make("small", {}, row));
  return button([title, canvas, ...rows], () => change({ view: "map", from: yearLinks.low, to: yearLinks.high }));
}

/** @param {HTMLCanvasElement} canvas */
function paintYear(canvas) {
  const ratio = window.devicePixelRatio;
  const [width, height] = [canvas.clientWidth || 180, 130];
  Object.assign(canvas, { width: width * ratio, height: height * ratio });
  const context = flatContext(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawYear(context, linksOfYear(Number(canvas.dataset.year)), width, height);
}

/**
 * Draw the small maps of a picture, and return their height; without a context, only return it.
 * @param {CanvasRenderingContext2D | null} context
 * @param {number} wide
 */
export function drawYears(context, wide) {
  const years = visibleYears();
  const width = (wide - YEAR_GAP * (YEAR_COLUMNS - 1)) / YEAR_COLUMNS;
  const height = YEAR_HEAD + YEAR_MAP + (MAX_NEW + 1) * YEAR_ROW + YEAR_GAP;
  const end = Math.ceil(years.length / YEAR_COLUMNS) * height;
  if (!context) return end + 2 * YEAR_ROW;
  for (const [i, yearLinks] of years.entries()) {
    context.save();
    context.translate((i % YEAR_COLUMNS) * (width + YEAR_GAP), Math.floor(i / YEAR_COLUMNS) * height);
    writeRow(context, String(yearLinks.year), 0, width, 650);
    if (!isEmpty(yearLinks)) {
      context.save();
      context.translate(0, YEAR_HEAD);
      drawYear(context, yearLinks, width, YEAR_MAP);
      context.restore();
    }
    const rows = isEmpty(yearLinks) ? [word("noneInYear")] : [captionOf(yearLinks), ...namesOf(yearLinks)];
    rows.forEach((row, place) => writeRow(context, row, YEAR_HEAD + YEAR_MAP + place * YEAR_ROW, width, 400));
    context.restore();
  }
  writeRow(context, undatedText(), end, wide, 400);
  return end + 2 * YEAR_ROW;
}

/**
 * Write a row of text, shortened to the width.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} y
 * @param {number} width
 * @param {number} weight
 */
function writeRow(context, text, y, width, weight) {
  const font = `${weight} ${weight > 400 ? 12 : YEAR_LETTERS}px ${theme.face}`;
  Object.assign(context, { font, globalAlpha: 1, textAlign: "left", textBaseline: "top" });
  Object.assign(context, { fillStyle: weight > 400 ? theme.ink : theme.muted });
  let row = text;
  while (row.length > 1 && context.measureText(row).width > width) row = `${row.replace(/…$/, "").slice(0, -1)}…`;
  context.fillText(row, 0, y);
}
