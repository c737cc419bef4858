// The picture of the visible map, for files and for print: title, counts, map, legend, sources and day.
import { display, mapContext, network } from "./canvas.js";
import { filterTexts } from "./chips.js";
import { actors, countLinks, links, measures, n, scene, styles } from "./data.js";
import { drawing } from "./drawing.js";
import { publishersOf, visible } from "./filter.js";
import { reachOf } from "./label_boxes.js";
import { chosenFinding } from "./findings.js";
import { createLabel } from "./labels.js";
import { LAYERS_ABOVE, LAYERS_BELOW } from "./layers.js";
import { summaryText } from "./main.js";
import { bandBoxes } from "./overlays.js";
import { now } from "./state.js";
import { unplacedText } from "./unplaced.js";
import { drawYears } from "./years.js";
import { byId, joined } from "../shared/dom.js";
import { SvgContext } from "../shared/svg_context.js";
import { colourOfStyle, theme, themeName } from "../shared/theme.js";
import { kindOf, localise, word } from "../shared/words.js";

/** Width in print, two columns of a journal, and in pixels: the smallest letters have 5.9 points. */
export const PICTURE = { millimetres: 174, width: 877 };
const EDGE = 14;
const LETTERS = { title: 17, counts: 12, legend: 11.5, credit: 10.5 };
const LINE = 1.35; // height of a row of text over its font size

/** Ground of pictures: white, so that they suit a page of paper; the dark theme keeps its own. */
const pictureGround = () => (themeName() === "light" ? "#ffffff" : theme.ground);

/** @param {CanvasRenderingContext2D | SvgContext} context */
const asCanvas = (context) => /** @type {CanvasRenderingContext2D} */ (context);

/**
 * Draw the picture; `prepare` receives its height before anything is drawn.
 * @param {CanvasRenderingContext2D | SvgContext} surface
 * @param {(height: number) => void} prepare
 */
export function drawPicture(surface, prepare) {
  const { ground } = theme;
  const { width } = PICTURE;
  theme.ground = pictureGround();
  display.picture = pictureArea();
  try {
    const context = asCanvas(surface);
    const map = now.view === "years" ? drawYears(null, width - 2 * EDGE) : display.picture.height;
    const head = textRows(mapContext(), headTexts());
    const legend = legendEntries(mapContext());
    const foot = textRows(mapContext(), creditTexts());
    const height = Math.ceil(head.height + map + legend.height + foot.height + 2 * EDGE);
    prepare(height);
    Object.assign(context, { fillStyle: theme.ground });
    context.fillRect(0, 0, width, height);
    writeRows(context, head.rows, EDGE);
    drawBody(surface, EDGE + head.height, map);
    for (const entry of legend.entries) drawEntry(surface, entry, EDGE + head.height + map);
    writeRows(context, foot.rows, EDGE + head.height + map + legend.height);
  } finally {
    theme.ground = ground;
    display.picture = null;
  }
}

const MARGIN = 34; // room for names above and below the outermost points, pixels

/**
 * The part of the map on the screen at the width of the picture, without empty strips above and below.
 * @returns {PictureArea}
 */
function pictureArea() {
  const { clientWidth, clientHeight } = byId("map");
  const factor = PICTURE.width / Math.max(clientWidth, 1);
  const scale = network.getScale() * factor;
  const { x, y } = network.getViewPosition();
  const half = (clientHeight * factor) / scale / 2;
  const points = [...drawing.points.values()].map((point) => [point.y - reachOf(point), point.y + reachOf(point)]);
  const shapes = [...points, ...bandBoxes().map((box) => [box.y, box.y + box.height])];
  const reaches = shapes.filter(([top, bottom]) => bottom > y - half && top < y + half);
  if (!reaches.length) return { scale, width: PICTURE.width, height: 2 * half * scale, x, y };
  const above = MARGIN + (now.view === "timeline" ? MARGIN : 0);
  const top = Math.max(Math.min(...reaches.map((one) => one[0])) - above / scale, y - half);
  const bottom = Math.min(Math.max(...reaches.map((one) => one[1])) + MARGIN / scale, y + half);
  return { scale, width: PICTURE.width, height: Math.round((bottom - top) * scale), x, y: (top + bottom) / 2 };
}

/**
 * Draw the layers of the map, or the small maps of the years.
 * @param {CanvasRenderingContext2D | SvgContext} surface
 * @param {number} top
 * @param {number} height
 */
function drawBody(surface, top, height) {
  const context = asCanvas(surface);
  const { scale, width, x, y } = /** @type {PictureArea} */ (display.picture);
  context.save();
  if (now.view === "years") {
    context.translate(EDGE, top);
    drawYears(context, width - 2 * EDGE);
  } else {
    clipMap(surface, top, width, height);
    context.translate(width / 2 - x * scale, top + height / 2 - y * scale);
    context.scale(scale, scale);
    for (const draw of LAYERS_BELOW) draw(context);
    for (const id of drawing.points.keys()) network.body.nodes[id]?.draw(context);
    for (const draw of LAYERS_ABOVE) draw(context);
  }
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D | SvgContext} surface
 * @param {number} top
 * @param {number} width
 * @param {number} height
 */
function clipMap(surface, top, width, height) {
  if (surface instanceof SvgContext) surface.clipTo(0, top, width, height);
  else {
    surface.beginPath();
    surface.rect(0, top, width, height);
    surface.clip();
  }
}

/** The chosen finding, or the sentence about the whole view if nothing is filtered, or the title. */
export function headingText() {
  const isWhole =
    visible.actors.size === n && visible.links.size === links.length && now.by === measures.keys().next().value;
  const own = isWhole ? scene.headings[now.view] : undefined;
  return localise(chosenFinding()?.text ?? own ?? scene.title);
}

/** @returns {TextPart[]} */
const headTexts = () => [
  { text: headingText(), size: LETTERS.title, weight: 650, ink: "ink" },
  {
    text: joined(localise(scene.title) !== headingText() && localise(scene.title), summaryText()),
    size: LETTERS.counts,
    weight: 400,
    ink: "muted",
  },
];

/** Filters in force, publishers and day. @returns {TextPart[]} */
const creditTexts = () =>
  [joined(...filterTexts()), now.view === "years" ? "" : unplacedText(), creditText()]
    .filter(Boolean)
    .map((text) => ({ text, size: LETTERS.credit, weight: 400, ink: "muted" }));

const creditText = () =>
  word("credit", {
    n: new Set([...visible.links].flatMap(publishersOf).filter(Boolean)).size,
    links: countLinks(visible.links),
    day: new Date().toISOString().slice(0, 10),
  });

/**
 * Texts in rows that fit the picture, with their base lines, and their height.
 * @param {CanvasRenderingContext2D} context
 * @param {TextPart[]} parts
 */
function textRows(context, parts) {
  let height = 0;
  const rows = parts.flatMap((part) =>
    wrapText(context, part).map((text) => {
      height += part.size * LINE;
      return { ...part, text, y: height - part.size * 0.35 };
    }),
  );
  return { rows, height: height + 6 };
}

/**
 * Rows of a text, broken between words or at a Chinese character.
 * @param {CanvasRenderingContext2D} context
 * @param {TextPart} part
 */
function wrapText(context, { text, size, weight }) {
  context.font = `${weight} ${size}px ${theme.face}`;
  /** @type {string[]} */
  const rows = [];
  for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
    const longer = (rows[rows.length - 1] ?? "") + piece;
    if (rows.length && context.measureText(longer.trimEnd()).width <= PICTURE.width - 2 * EDGE)
      rows[rows.length - 1] = longer;
    else rows.push(piece);
  }
  return rows;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {(TextPart & { y: number })[]} rows
 * @param {number} top
 */
function writeRows(context, rows, top) {
  for (const { text, y, size, weight, ink } of rows) {
    Object.assign(context, {
      fillStyle: theme[ink],
      font: `${weight} ${size}px ${theme.face}`,
      textAlign: "left",
      textBaseline: "alphabetic",
    });
    context.fillText(text, EDGE, top + y);
  }
}

/** The signs of the legend on the page that are shown, with their paths. */
function shownSigns() {
  return [...byId("signs").querySelectorAll("li")].flatMap((item) => {
    const path = item.querySelector("path")?.getAttribute("d");
    const { sign = "" } = item.dataset;
    const entry = { text: item.textContent?.trim() ?? "", style: null, filled: ["city", "dot"].includes(sign) };
    return item.hidden || !path ? [] : [{ ...entry, path, dash: sign === "ring" ? [1.6, 2.5] : [] }];
  });
}

/** Kinds of the visible actors, with their numbers, in views that show actors. */
function shownKinds() {
  if (["geo", "timeline"].includes(now.view)) return [];
  const counts = styles.map((_, style) => [...visible.actors].filter((actor) => actors[actor].style === style).length);
  return styles.flatMap((style, i) =>
    counts[i] ? [{ path: style.path, text: `${kindOf(style)} · ${counts[i]}`, style, dash: [] }] : [],
  );
}

/**
 * The entries of the legend in rows, and its height.
 * @param {CanvasRenderingContext2D} context
 */
function legendEntries(context) {
  const row = LETTERS.legend * 1.8;
  let [x, y] = [EDGE, row];
  const entries = [...shownKinds(), ...shownSigns()].map((entry) => {
    const wide = createLabel(context, [entry.text], LETTERS.legend).width + 40;
    if (x > EDGE && x + wide > PICTURE.width - EDGE) [x, y] = [EDGE, y + row];
    x += wide;
    return { ...entry, x: x - wide, y };
  });
  return { entries, height: y + row };
}

/**
 * @param {CanvasRenderingContext2D | SvgContext} surface
 * @param {PictureEntry} entry
 * @param {number} top
 */
function drawEntry(surface, { path, text, style, dash, filled, x, y }, top) {
  const context = asCanvas(surface);
  const own = filled ? theme.accent : theme.edge;
  const colour = style ? colourOfStyle(style) : own;
  context.save();
  context.translate(x, top + y - 9);
  const lineWidth = style ? 2.2 : 1.4;
  Object.assign(context, { fillStyle: colour, strokeStyle: colour, lineWidth: dash.length ? 3 : lineWidth });
  context.setLineDash(dash);
  if (filled || (style && !style.hollow)) context.fill(outlineFor(surface, path));
  else context.stroke(outlineFor(surface, path));
  Object.assign(context, { fillStyle: theme.ink, font: `400 ${LETTERS.legend}px ${theme.face}` });
  Object.assign(context, { textAlign: "left", textBaseline: "middle" });
  context.fillText(text, 24, 9);
  context.restore();
}

/**
 * An outline as the surface takes it.
 * @param {CanvasRenderingContext2D | SvgContext} surface
 * @param {string} d
 */
const outlineFor = (surface, d) =>
  /** @type {Path2D} */ (surface instanceof SvgContext ? /** @type {unknown} */ (d) : new Path2D(d));
