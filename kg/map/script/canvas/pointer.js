// Pointer and keyboard events on the map.
import { display, network, onViewMoved, paint, panTo, zoom } from "./canvas.js";
import { communityAt, isActor, isCommunity, isPack, n } from "./data.js";
import { drawing, pointAt, updateDrawing } from "./drawing.js";
import { pointsByRank } from "./labels.js";
import { lineAt } from "./lines.js";
import { choose } from "./panel.js";
import { endPathQuestion, pathStart } from "./paths.js";
import { change, future, now, past, redo, toggled, undo, without } from "./state.js";
import { buttonById, byId, detailsById } from "../shared/dom.js";
import { word } from "../shared/words.js";

/** @param {Pointers} value */
export function onClick({ pointer }) {
  const point = network.getNodeAt(pointer.DOM);
  const line = point === undefined ? lineAt(pointer.canvas) : undefined;
  if (point === undefined && line === undefined && !now.chosen) return;
  if (point !== undefined) choose({ point });
  else choose(line === undefined ? null : { line });
}

/** @param {number | null} point */
export function onHover(point) {
  display.hovered = point;
  byId("map").classList.toggle("over", point !== null);
  network.redraw();
}

/**
 * A dragged point is pinned; a double click unfolds a community.
 * @param {Pointers} value
 */
export function onDragEnd({ nodes: [point] }) {
  if (point === undefined || !isActor(point) || now.view !== "map")
    return point === undefined ? onViewMoved() : (updateDrawing(), paint());
  const { x, y } = network.getPosition(point);
  change({ pins: new Map(now.pins).set(point, [x, y]) });
}

/** @param {Pointers} value */
export function onDrag({ nodes: [point] }) {
  display.moving = true;
  const dragged = pointAt(point);
  if (dragged) Object.assign(dragged, network.getPosition(point));
}

/** @param {Pointers} value */
export function onDoubleClick({ nodes: [point] }) {
  if (point !== undefined && isCommunity(point))
    change({ closed: without(now.closed, communityAt(point)), chosen: null });
}

// Lasso: a closed curve around points selects them.
/** @type {Position[] | null} */
let lassoPath = null;
function endLasso() {
  lassoPath = null;
  byId("lassoArea").firstElementChild?.setAttribute("points", "");
  setLasso(false);
}

/** @param {boolean} on */
export function setLasso(on) {
  byId("lasso").setAttribute("aria-pressed", String(on));
  byId("lassoArea").toggleAttribute("hidden", !on);
}

/** @param {PointerEvent} event */
export function onLasso(event) {
  if (event.type === "pointerdown") {
    lassoPath = [];
    byId("lassoArea").setPointerCapture(event.pointerId);
  }
  if (!lassoPath) return;
  const box = byId("lassoArea").getBoundingClientRect();
  lassoPath.push({ x: event.clientX - box.left, y: event.clientY - box.top });
  byId("lassoArea").firstElementChild?.setAttribute("points", lassoPath.map(({ x, y }) => `${x},${y}`).join(" "));
  if (event.type !== "pointerup") return;
  const polygon = lassoPath.map((position) => network.DOMtoCanvas(position));
  const enclosed = [...drawing.points.values()]
    .filter(({ id, x, y }) => isActor(id) && polygonContains(polygon, x, y))
    .map(({ id }) => id);
  endLasso();
  change({ selected: new Set([...now.selected, ...enclosed]), only: false });
}

/**
 * @param {Position[]} polygon
 * @param {number} x
 * @param {number} y
 */
function polygonContains(polygon, x, y) {
  let inside = false;
  polygon.forEach((a, i) => {
    const b = polygon[(i + 1) % polygon.length];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  });
  return inside;
}

export function showSelection() {
  byId("selection").hidden = !now.selected.size;
  byId("selectionCount").textContent = word("selectedCount", { n: now.selected.size });
  byId("only").setAttribute("aria-pressed", String(now.only));
  buttonById("undo").disabled = !past.length;
  buttonById("redo").disabled = !future.length;
  byId("folds").textContent = word(now.closed.size ? "unfoldAll" : "foldAll");
}

/** @param {number} by */
function chooseNext(by) {
  const all = pointsByRank().filter((id) => drawing.points.has(id) && !isPack(id));
  const at = all.indexOf(now.chosen?.point ?? -1);
  const point = all[(at + by + all.length) % all.length];
  if (point === undefined) return;
  change({ chosen: { point }, path: null, finding: null });
  panTo(point, false);
  /** @type {HTMLElement | null} */ (byId("map").querySelector(".vis-network"))?.focus({ preventScroll: true });
}

/** @type {Map<string, number[]>} */
const NUDGES = new Map([
  ["ArrowLeft", [-10, 0]],
  ["ArrowRight", [10, 0]],
  ["ArrowUp", [0, -10]],
  ["ArrowDown", [0, 10]],
]);

/** @param {KeyboardEvent} event */
function nudge(event) {
  const [dx, dy] = NUDGES.get(event.key) ?? [0, 0];
  const point = pointAt(now.chosen?.point);
  if (point && isActor(point.id) && now.view === "map")
    change({ pins: new Map(now.pins).set(point.id, [point.x + dx, point.y + dy]) });
}

/** @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof Element && target.matches("input:not([type=checkbox]), select, textarea");
/** @param {KeyboardEvent} event */
export function onKey(event) {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z" && !isTyping(target))
    (event.shiftKey ? redo : undo)();
  else if (event.ctrlKey || event.metaKey) return;
  else if (event.altKey && key.startsWith("Arrow") && now.chosen) nudge(event);
  else if (event.altKey) return;
  else if (key === "Escape" && detailsById("save").open) detailsById("save").open = false;
  else if (key === "Escape" && !byId("lassoArea").hasAttribute("hidden")) endLasso();
  else if (key === "Escape" && pathStart !== null) endPathQuestion();
  else if (key === "Escape" && (now.path || now.finding)) change({ path: null, finding: null });
  else if (key === "Escape" && now.chosen) choose(null);
  else if (isTyping(target)) return;
  else if (key === "/") byId("search").focus();
  else if (key === "n" || key === "p") chooseNext(key === "n" ? 1 : -1);
  else if (key === "m" && isActor(now.chosen?.point ?? n))
    change({ selected: toggled(now.selected, now.chosen?.point ?? n), only: false });
  else if (key === "0") zoom("fit");
  else return;
  event.preventDefault();
}
