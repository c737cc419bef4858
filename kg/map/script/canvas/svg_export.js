// Export: the visible part of the map as SVG, with editable shapes and text.
import { display, mapContext, network, nodeOf } from "./canvas.js";
import { bendPoint } from "./cities.js";
import { scene } from "./data.js";
import { drawing, drawnPoint } from "./drawing.js";
import { screenBox } from "./label_boxes.js";
import { currentLabels, leaderOf } from "./labels.js";
import { DIMMING, lineStyle } from "./lines.js";
import { summaryText } from "./main.js";
import { ringShape } from "./overlays.js";
import { creditText, HEAD, onPictureGround, pictureLegend, pictureTexts, signPaint } from "./picture.js";
import { svgRibbons } from "./ribbons.js";
import { now } from "./state.js";
import { byId, svgElement } from "../shared/dom.js";
import { download } from "../shared/download.js";
import { theme } from "../shared/theme.js";
import { localise } from "../shared/words.js";

const NOT_XML = /[^\t\n\r\u0020-\ufffd]/g; // XML 1.0 cannot contain them, not even escaped

/** @type {Record<string, number[][]>} */
const CORNERS = {
  square: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
  diamond: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
  // As in vis-network: the side is 2.3 times the size, and the centroid is slightly off the centre.
  triangle: [
    [0, -1.0525],
    [1.15, 0.9392],
    [-1.15, 0.9392],
  ],
  triangleDown: [
    [0, 1.0525],
    [1.15, -0.9392],
    [-1.15, -0.9392],
  ],
  hexagon: [0, 1, 2, 3, 4, 5].map((i) => [Math.cos((i * Math.PI) / 3), Math.sin((i * Math.PI) / 3)]),
  star: [...Array(10).keys()].map((i) => {
    const r = 0.82 * (i % 2 ? 0.5 : 1.3);
    return [r * Math.sin((i * Math.PI) / 5), 0.082 - r * Math.cos((i * Math.PI) / 5)];
  }),
};

/**
 * @param {Point} value
 * @param {Attributes} attributes
 */
function svgShape({ shape, x, y, size }, attributes) {
  if (!CORNERS[shape]) return svgElement("circle", { cx: x, cy: y, r: size, ...attributes });
  return svgElement("polygon", {
    points: CORNERS[shape].map(([dx, dy]) => `${(x + dx * size).toFixed(1)},${(y + dy * size).toFixed(1)}`).join(" "),
    ...attributes,
  });
}

/** @param {Point} point */
function svgRing(point) {
  const { radius, from, to, dash } = ringShape(point);
  const at = (/** @type {number} */ angle) =>
    `${(point.x + radius * Math.cos(angle)).toFixed(1)} ${(point.y + radius * Math.sin(angle)).toFixed(1)}`;
  const half = (from + to) / 2;
  const arc = (/** @type {number} */ angle) => `A${radius} ${radius} 0 ${half - from > Math.PI ? 1 : 0} 1 ${at(angle)}`;
  return svgElement("path", {
    d: `M${at(from)}${arc(half)}${arc(to)}`,
    fill: "none",
    stroke: theme.muted,
    "stroke-width": 4,
    "stroke-opacity": 0.5,
    "stroke-dasharray": dash.map((one) => one.toFixed(2)).join(" "),
  });
}

/**
 * @param {PlacedLabel} value
 * @param {number} scale
 */
function svgLabel({ rows, size, box, ink }, scale) {
  const x = (box.x + box.width / 2) / scale;
  const spans = rows.map((row, place) =>
    svgElement("tspan", { x, y: (box.y + 1 + place * size * 1.2 + size * 0.85) / scale }, row),
  );
  return svgElement(
    "text",
    {
      "font-size": size / scale,
      "font-weight": 500,
      "text-anchor": "middle",
      fill: theme[ink],
      stroke: theme.ground,
      "stroke-width": 3.5 / scale,
      "stroke-linejoin": "round",
      "paint-order": "stroke",
    },
    ...spans,
  );
}

export const downloadSvg = () => download("map.svg", "image/svg+xml", svgText(svgPicture()));

/** @param {SVGElement} svg */
const svgText = (svg) => new XMLSerializer().serializeToString(svg).replace(NOT_XML, "\ufffd");

/** The visible part of the map with its legend, as editable shapes and text. */
export const svgPicture = () => onPictureGround(framedMap);

function framedMap() {
  const { clientWidth: width, clientHeight: map } = byId("map");
  const legend = pictureLegend(mapContext(), width);
  const height = HEAD + map + legend.height;
  const entries = legend.entries.map((entry) => svgEntry(entry, HEAD + map));
  return svgElement(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      "font-family": theme.face,
    },
    svgElement("title", {}, localise(scene.title)),
    svgElement("desc", {}, `${summaryText()} ${creditText()}`),
    svgElement("rect", { width, height, fill: theme.ground }),
    svgMap(width, map),
    ...entries,
    ...pictureTexts(height).map(({ text, x, y, size, weight, ink }) =>
      svgElement("text", { x, y, "font-size": size, "font-weight": weight, fill: theme[ink] }, text),
    ),
  );
}

/**
 * @param {number} width
 * @param {number} height
 */
function svgMap(width, height) {
  const scale = network.getScale();
  const { x, y } = screenBox(scale);
  const points = [...drawing.points.values()];
  const labels = currentLabels(mapContext());
  return svgElement(
    "svg",
    { y: HEAD, width, height, viewBox: `${x / scale} ${y / scale} ${width / scale} ${height / scale}` },
    ...svgRibbons(scale),
    ...[...drawing.lines.values()].filter(isDrawn).map(svgLine),
    ...points.filter((point) => point.ring.count).map(svgRing),
    ...points.map(svgPoint),
    ...labels.filter(({ leader, id }) => leader && drawing.points.has(id)).map((label) => svgLeader(label, scale)),
    ...labels.map((label) => svgLabel(label, scale)),
  );
}

/**
 * @param {PlacedLabel} label
 * @param {number} scale
 */
function svgLeader(label, scale) {
  const [from, to] = leaderOf(label, scale);
  return svgElement("line", {
    x1: from.x,
    y1: from.y,
    x2: to.x,
    y2: to.y,
    stroke: theme.muted,
    "stroke-width": 1 / scale,
  });
}

/**
 * @param {PictureEntry} entry
 * @param {number} top
 */
function svgEntry(entry, top) {
  const { fill, stroke, width } = signPaint(entry);
  return svgElement(
    "g",
    { transform: `translate(${entry.x.toFixed(1)} ${top + entry.y - 9})` },
    svgElement("path", {
      d: entry.path,
      fill,
      stroke,
      "stroke-width": width,
      "stroke-dasharray": entry.dash.join(" ") || "none",
    }),
    svgElement("text", { x: 24, y: 13.5, "font-size": 12.5, fill: theme.ink }, entry.text),
  );
}

/** Lines between sectors are drawn for a choice only. @param {Line} line */
const isDrawn = ({ id }) => now.view !== "bands" || Boolean(display.highlight?.lines.has(id));

/** @param {boolean | undefined} isHighlighted */
const dimmed = (isHighlighted) => (!display.highlight || isHighlighted ? 1 : 1 - DIMMING);

/** @param {Line} line */
function svgLine(line) {
  const { width, dash } = lineStyle(line);
  const [a, b] = [drawnPoint(line.from), drawnPoint(line.to)];
  const on = display.highlight?.lines.has(line.id);
  const bend = bendPoint(a, b);
  /** @type {Attributes} */
  const shape = bend
    ? { d: `M${a.x} ${a.y}Q${bend.x.toFixed(1)} ${bend.y.toFixed(1)} ${b.x} ${b.y}`, fill: "none" }
    : { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
  return svgElement(bend ? "path" : "line", {
    ...shape,
    stroke: on ? theme.accent : theme.edge,
    "stroke-opacity": on ? 0.9 : 0.5 * dimmed(false),
    "stroke-width": width,
    ...(dash.length > 0 && { "stroke-dasharray": dash.join(" ") }),
  });
}

/** @param {Point} point */
function svgPoint(point) {
  const { color, borderWidth } = nodeOf(point);
  const opacity = dimmed(display.highlight?.points.has(point.id));
  return svgShape(point, { fill: color.background, stroke: color.border, "stroke-width": borderWidth, opacity });
}
