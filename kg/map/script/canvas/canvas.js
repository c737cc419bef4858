// Canvas: vis-network contains and draws the points and owns the viewport; our code draws the lines below them.
import { updateHash } from "./address.js";
import { resizeCities } from "./cities.js";
import { actors, communities, communityAt, isActor, isCity, isLink, isPack, scene, styleOf, views } from "./data.js";
import { drawing, isPortrait, isRotated, pointAt, pointInView } from "./drawing.js";
import { findHighlight } from "./highlight.js";
import { reachOf } from "./label_boxes.js";
import { ABOVE_BANDS, bandBoxes, currentBands } from "./overlays.js";
import { announce, now } from "./state.js";
import { byId, clamp, flatContext } from "../shared/dom.js";
import { input } from "../shared/payload.js";
import { colourOfStyle, narrowScreen, reducedMotion, theme, themeName } from "../shared/theme.js";
import { word } from "../shared/words.js";

/** @param {number} duration */
export const motion = (duration) => !reducedMotion.matches && { duration, easingFunction: "easeInOutQuad" };

const nodes = new vis.DataSet();
export const network = new vis.Network(byId("map"), { nodes, edges: [] }, JSON.parse(input.options));
/** @type {Display} */
export const display = {
  fitScale: 1, // scale at which everything is visible
  hovered: null, // point under the pointer
  highlight: null, // points and lines of the choice
  moving: false, // true while the reader moves or zooms the map
  version: 0, // number of the drawing; labels are placed again when it changes
  viewport: null, // viewport that the reader chose; null while everything is visible
  picture: null, // scale, size and centre of the picture that is being drawn
};
/** Pixels per map unit, on the screen or in the picture that is being drawn. */
export const drawnScale = () => display.picture?.scale ?? network.getScale();
/** Size and centre of the map, on the screen or in the picture that is being drawn. */
export function drawnArea() {
  const { clientWidth: width, clientHeight: height } = byId("map");
  return display.picture ?? { width, height, ...network.getViewPosition() };
}

export const HUES = {
  light: ["#1f5aa6", "#c05f00", "#a3195b", "#157f6b", "#6f5bd0", "#8a6d00", "#b03a2e", "#3f7d20"],
  dark: ["#6ea6f0", "#f0a63a", "#e07fae", "#5ad6ba", "#b9abf5", "#d9c04f", "#f08a7d", "#9ad36f"],
};
/** @param {number} community */
export const hueOf = (community) => (communities[community].length > 2 && HUES[themeName()][community]) || theme.edge;

/** @param {number} id */
export function colourOf(id) {
  if (isCity(id) || (isLink(id) && now.view === "timeline")) return `${theme.accent}d0`;
  if (isLink(id) || isPack(id)) return theme.edge;
  if (!isActor(id)) return hueOf(communityAt(id));
  return now.colour === "community" ? hueOf(actors[id].community) : colourOfStyle(styleOf(id));
}

/** @param {Point} value */
export function nodeOf({ id, x, y, size, shape }) {
  const colour = colourOf(id);
  const hollow = isActor(id) && styleOf(id).hollow;
  return {
    id,
    x,
    y,
    size,
    shape,
    color: { background: hollow ? theme.ground : colour, border: hollow ? colour : theme.ground },
    borderWidth: hollow ? 2.5 : 1,
  };
}

// Only nodes that changed are passed to vis-network, because an update of a node is slow.
const nodeKeys = new Map();
function syncNodes() {
  const removed = [...nodeKeys.keys()].filter((id) => !drawing.points.has(id));
  removed.forEach((id) => nodeKeys.delete(id));
  if (removed.length) nodes.remove(removed);
  const changedNodes = [...drawing.points.values()].map(nodeOf).filter((node) => {
    const key = Object.values(node)
      .flatMap((value) => (typeof value === "object" ? Object.values(value) : value))
      .join(" ");
    return nodeKeys.get(node.id) !== key && nodeKeys.set(node.id, key);
  });
  if (changedNodes.length) nodes.update(changedNodes);
}

/** @returns {HTMLCanvasElement} */
const mapCanvas = () => /** @type {HTMLCanvasElement} */ (byId("map").querySelector("canvas"));
export const mapContext = () => flatContext(mapCanvas());

export function paint() {
  display.highlight = findHighlight();
  syncNodes();
  display.version += 1;
  network.redraw();
}

/**
 * Pan to a point; on a narrow screen keep clear of the panel at the bottom.
 * @param {number | undefined} point
 * @param {boolean} [closer]
 */
export function panTo(point, closer = true) {
  const offset = { x: 0, y: narrowScreen.matches ? -byId("map").clientHeight * 0.3 : 0 };
  const scale = Math.max(network.getScale(), closer ? display.fitScale * 1.8 : 0);
  const id = pointInView(point);
  if (id !== undefined && pointAt(id)) network.focus(id, { scale, offset, animation: motion(350) });
}

/** @param {string} how */
export function zoom(how) {
  if (how !== "fit")
    return network.moveTo({ scale: network.getScale() * (how === "in" ? 1.4 : 1 / 1.4), animation: motion(200) });
  if (bandBoxes().length && isRotated()) fitBands();
  else fitAll();
  display.fitScale = network.getScale();
  display.viewport = null;
  resizeCities();
}

/** Show all points and bands, with room for the toolbar above them and for names beside them. */
function fitAll() {
  const points = [...drawing.points.values()].map((point) => {
    const reach = isCity(point.id) ? 0 : reachOf(point); // the size of a city depends on the scale
    return { x: point.x - reach, y: point.y - reach, width: 2 * reach, height: 2 * reach };
  });
  const boxes = [...points, ...bandBoxes()];
  if (!boxes.length) return;
  const range = (/** @type {"x" | "y"} */ axis, /** @type {"width" | "height"} */ side) => [
    boxes.reduce((least, box) => Math.min(least, box[axis]), Infinity),
    boxes.reduce((most, box) => Math.max(most, box[axis] + box[side]), -Infinity),
  ];
  const [[left, right], [top, bottom]] = [range("x", "width"), range("y", "height")];
  const { clientWidth, clientHeight } = byId("map");
  const [beside, above, below] = [narrowScreen.matches ? 24 : 60, currentBands().length ? 72 : 56, 26];
  const room = [
    (clientWidth - 2 * beside) / Math.max(right - left, 1),
    (clientHeight - above - below) / Math.max(bottom - top, 1),
  ];
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: clamp(Math.min(...room), 0.01, 2),
    offset: { x: 0, y: (above - below) / 2 },
    animation: false,
  });
}

/**
 * Show these points and their names.
 * @param {Set<number>} points
 */
export function fitPoints(points) {
  const places = [...points].flatMap((point) => pointAt(point) ?? []);
  if (places.length < 2) return;
  const range = (/** @type {"x" | "y"} */ axis) => {
    const values = places.map((place) => place[axis]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [[left, right], [top, bottom]] = [range("x"), range("y")];
  const { clientWidth, clientHeight } = byId("map");
  const covered = narrowScreen.matches ? 0.66 * window.innerHeight : 0;
  const room = [
    (clientWidth - 160) / Math.max(right - left, 1),
    (clientHeight - covered - 110) / Math.max(bottom - top, 1),
  ];
  const scale = clamp(Math.min(...room), 0.3 * display.fitScale, 6 * display.fitScale);
  const offset = { x: 0, y: 20 - covered / 2 };
  const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
  network.moveTo({ position, scale, offset, animation: motion(350) });
}

// Vertical bands have slanted names above them.
function fitBands() {
  const { clientWidth, clientHeight } = byId("map");
  const boxes = bandBoxes();
  const [{ y, height }] = boxes;
  const left = boxes.reduce((least, box) => Math.min(least, box.x), Infinity);
  const right = boxes.reduce((most, box) => Math.max(most, box.x + box.width), -Infinity);
  const scale = Math.min((clientHeight - ABOVE_BANDS - 16) / height, (clientWidth - 100) / (right - left), 2);
  network.moveTo({
    position: { x: (left + right) / 2 + 32 / scale, y: y + (clientHeight / 2 - ABOVE_BANDS) / scale },
    scale,
    animation: false,
  });
}

/**
 * Centre the actor of the page and fit the points around it.
 * @param {Point} point
 */
function centreOn(point) {
  const { clientWidth, clientHeight } = byId("map");
  const reach = (/** @type {"x" | "y"} */ axis) =>
    [...drawing.points.values()].reduce(
      (most, other) => Math.max(most, Math.abs(other[axis] - point[axis]) + reachOf(other)),
      60,
    );
  const scale = Math.max(
    0.84 * Math.min(clientWidth / 2 / reach("x"), clientHeight / 2 / reach("y")),
    0.6 * display.fitScale,
  );
  network.moveTo({
    position: { x: point.x, y: point.y },
    scale: Math.min(scale, 2),
    offset: { x: 0, y: 12 },
    animation: false,
  });
}

// On a portrait screen the timeline fills the width and continues below the screen.
function fitTimelineTop() {
  const { clientWidth, clientHeight } = byId("map");
  const boxes = bandBoxes();
  const [{ x, width }] = boxes;
  const scale = (0.94 * clientWidth) / width;
  const top = boxes.reduce((least, box) => Math.min(least, box.y), Infinity) - 104 / scale; // toolbar, years and a name
  if (scale > display.fitScale)
    network.moveTo({ position: { x: x + width / 2, y: top + clientHeight / 2 / scale }, scale, animation: false });
}

// Zoom to the densest part of a view, unless it is nearly all of it.
export function showInitialArea() {
  zoom("fit");
  const about = scene.focus && now.view === "map" && pointAt(scene.focus.actor);
  if (about) return centreOn(about);
  if (now.view === "timeline" && isPortrait && bandBoxes().length) return fitTimelineTop();
  const viewport = views.get(now.view)?.viewport;
  if (!viewport) return;
  const [left, top, right, bottom] = viewport;
  const { clientWidth, clientHeight } = byId("map");
  const scale = 0.72 * Math.min(clientWidth / Math.max(right - left, 1), clientHeight / Math.max(bottom - top, 1));
  if (scale < 1.5 * display.fitScale) return;
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 },
    scale: Math.min(scale, 12 * display.fitScale),
    animation: false,
  });
  resizeCities();
  announce(word("denseArea"));
}

export function onViewSettled() {
  display.moving = false;
  const { x, y } = network.getViewPosition();
  display.viewport = [x.toFixed(1), y.toFixed(1), network.getScale().toFixed(4)];
  resizeCities();
  if (byId("status").textContent === word("denseArea")) announce("");
  network.redraw();
  updateHash();
}

let settleTimer = 0;
export function onViewMoved() {
  display.moving = true;
  window.clearTimeout(settleTimer);
  settleTimer = window.setTimeout(onViewSettled, 160);
}
