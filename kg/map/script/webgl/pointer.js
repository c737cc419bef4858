// Pointer and keyboard events, and the start of the page.
import { byId, clamp, detailsById } from "../shared/dom.js";
import { narrowScreen } from "../shared/theme.js";
import { updateHash } from "./address.js";
import { pointCount, positions } from "./data.js";
import { nameCanvas } from "./labels.js";
import { choose } from "./panel.js";
import { hover, pick, unhover } from "./pick.js";
import { camera, canvas, chosen, highlight, initialCamera, redraw, setMoving } from "./render.js";
import { pointVisible } from "./visible.js";

export function resizeCanvas() {
  const ratio = window.devicePixelRatio;
  for (const one of [canvas, nameCanvas]) {
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (one.width !== width || one.height !== height) Object.assign(one, { width, height });
  }
  redraw();
}

export function fit() {
  const [low, high] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ];
  for (let i = 0; i < positions.length; i += 1)
    [low[i % 2], high[i % 2]] = [Math.min(low[i % 2], positions[i]), Math.max(high[i % 2], positions[i])];
  if (!positions.length) return redraw();
  const scale =
    0.94 *
    Math.min(
      canvas.clientWidth / Math.max(high[0] - low[0], 100),
      canvas.clientHeight / Math.max(high[1] - low[1], 100),
    );
  for (const one of [initialCamera, camera])
    Object.assign(one, { x: (low[0] + high[0]) / 2, y: (low[1] + high[1]) / 2, scale });
  redraw();
}

let settleTimer = 0;
function onViewMoved() {
  setMoving(true);
  window.clearTimeout(settleTimer);
  settleTimer = window.setTimeout(() => {
    setMoving(false);
    redraw();
    updateHash();
  }, 140);
  redraw();
}

/**
 * @param {number} factor
 * @param {number} [x]
 * @param {number} [y]
 */
export function zoomAt(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const scale = clamp(camera.scale * factor, initialCamera.scale / 2, 8);
  const [dx, dy] = [x - canvas.clientWidth / 2, y - canvas.clientHeight / 2];
  camera.x += dx / camera.scale - dx / scale;
  camera.y += dy / camera.scale - dy / scale;
  camera.scale = scale;
  onViewMoved();
}

// Pan to the chosen point or points, in the part of the map that no panel covers.
export function panToChosen() {
  const hidden = Math.max(0, canvas.getBoundingClientRect().bottom - byId("panel").getBoundingClientRect().top);
  const covered = narrowScreen.matches && !byId("panel").hidden ? hidden : 0;
  const points = chosen?.point === undefined ? (highlight?.points ?? []) : [chosen.point];
  const [x, y] = [0, 1]
    .map((axis) => points.map((/** @type {number} */ point) => positions[2 * point + axis]))
    .map((coordinates) => [Math.min(...coordinates), Math.max(...coordinates)]);
  const close = Math.max(camera.scale, initialCamera.scale * 10, Math.min(1, initialCamera.scale * 60));
  const room = 0.7 * Math.min(canvas.clientWidth / (x[1] - x[0]), (canvas.clientHeight - covered) / (y[1] - y[0]));
  const scale = clamp(room, initialCamera.scale, close);
  Object.assign(camera, { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 + covered / 2 / scale, scale });
  redraw();
}

/** @type {{ x: number, y: number, far: number } | null} */
let dragState = null;
/** @param {PointerEvent} event */
export function onPointerDown(event) {
  dragState = { x: event.clientX, y: event.clientY, far: 0 };
  canvas.setPointerCapture(event.pointerId);
  unhover();
}
const touches = new Map();
/** @param {PointerEvent} event */
export function onPointerMove(event) {
  if (!dragState) return event.pointerType === "mouse" ? hover(event.offsetX, event.offsetY) : undefined;
  const previous = [...touches.values()];
  if (event.pointerType === "touch") touches.set(event.pointerId, [event.offsetX, event.offsetY]);
  const [a, b] = [...touches.values()];
  if (b && previous.length > 1)
    zoomAt(
      Math.hypot(a[0] - b[0], a[1] - b[1]) /
        Math.max(Math.hypot(previous[0][0] - previous[1][0], previous[0][1] - previous[1][1]), 1),
      (a[0] + b[0]) / 2,
      (a[1] + b[1]) / 2,
    );
  const [dx, dy] = [event.clientX - dragState.x, event.clientY - dragState.y];
  camera.x -= dx / camera.scale / Math.max(touches.size, 1);
  camera.y -= dy / camera.scale / Math.max(touches.size, 1);
  dragState = { x: event.clientX, y: event.clientY, far: dragState.far + Math.abs(dx) + Math.abs(dy) };
  onViewMoved();
}
/** @param {PointerEvent} event */
export function onPointerUp(event) {
  touches.delete(event.pointerId);
  if (dragState && dragState.far < 5 && event.type === "pointerup")
    choose(pick(event.offsetX, event.offsetY, event.pointerType === "touch"));
  dragState = null;
}

/**
 * The next visible point by score.
 * @param {number} step
 */
function chooseNext(step) {
  let at = chosen?.point ?? (step > 0 ? -1 : pointCount);
  for (let tried = 0; tried < pointCount; tried += 1) {
    at = (at + step + pointCount) % pointCount;
    if (pointVisible[at]) return choose({ point: at }, true);
  }
}

const PAN_STEPS = new Map([
  ["ArrowLeft", () => panBy(-60, 0)],
  ["ArrowRight", () => panBy(60, 0)],
  ["ArrowUp", () => panBy(0, -60)],
  ["ArrowDown", () => panBy(0, 60)],
]);
/**
 * @param {number} dx
 * @param {number} dy
 */
function panBy(dx, dy) {
  camera.x += dx / camera.scale;
  camera.y += dy / camera.scale;
  onViewMoved();
}

export function fitAgain() {
  fit();
  updateHash();
}

const KEYS = new Map([
  ["+", () => zoomAt(1.4)],
  ["=", () => zoomAt(1.4)],
  ["-", () => zoomAt(1 / 1.4)],
  ["0", fitAgain],
  ["n", () => chooseNext(1)],
  ["p", () => chooseNext(-1)],
  [
    "/",
    () => {
      detailsById("side").open = true;
      byId("search").focus();
    },
  ],
]);

/** @param {KeyboardEvent} event */
export function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && chosen !== null) {
    choose(null);
    canvas.focus({ preventScroll: true });
  } else if (event.target instanceof HTMLInputElement && event.target.type === "search") return;
  else if (KEYS.has(event.key)) KEYS.get(event.key)?.();
  else if (PAN_STEPS.has(event.key) && event.target === canvas) PAN_STEPS.get(event.key)?.();
  else return;
  event.preventDefault();
}
