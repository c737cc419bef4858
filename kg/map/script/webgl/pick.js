// Picking: find what is under the pointer by testing all points and lines, which takes one or two milliseconds.
import { byId, clamp, make } from "../shared/dom.js";
import { pointCount, positions, sizes } from "./data.js";
import { subtitleOf, titleOf } from "./describe.js";
import { visibleEnds } from "./labels.js";
import { ends, lineCount } from "./links.js";
import { camera, canvas, highlight } from "./render.js";
import { lineVisible, pointVisible } from "./visible.js";

/**
 * @param {number} x
 * @param {number} y
 */
const toMap = (x, y) => [
  (x - canvas.clientWidth / 2) / camera.scale + camera.x,
  (y - canvas.clientHeight / 2) / camera.scale + camera.y,
];
const MAX_CANDIDATES = 12; // if more lines than this are hit, none is picked

/**
 * The nearest point within its shape, or within some pixels of its centre.
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 */
function pointAt(x, y, reach) {
  const [mx, my] = toMap(x, y);
  let best = Infinity;
  let nearest = null;
  for (let i = 0; i < pointCount; i += 1) {
    const radius = Math.max(sizes[i] * 1.1, reach / camera.scale);
    const dx = positions[2 * i] - mx;
    if (dx > radius || dx < -radius) continue;
    const away = Math.hypot(dx, positions[2 * i + 1] - my) - radius;
    if (away <= 0 && away < best && pointVisible[i]) [best, nearest] = [away, i];
  }
  return nearest;
}

/**
 * The nearest line within some pixels, among the highlighted lines or else all visible lines.
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 */
function lineAt(x, y, reach) {
  const [mx, my] = toMap(x, y);
  const near = reach / camera.scale;
  let best = near * near;
  let nearest = null;
  let met = 0;
  const lines = highlight?.lines;
  for (let turn = 0, count = lines ? lines.length : lineCount; turn < count; turn += 1) {
    const line = lines ? lines[turn] : turn;
    const [a, b] = [2 * ends[2 * line], 2 * ends[2 * line + 1]];
    const ax = positions[a] - mx;
    const bx = positions[b] - mx;
    if ((ax > near && bx > near) || (ax < -near && bx < -near)) continue;
    const ay = positions[a + 1] - my;
    const by = positions[b + 1] - my;
    if ((ay > near && by > near) || (ay < -near && by < -near) || !lineVisible[line]) continue;
    const [dx, dy] = [bx - ax, by - ay];
    const part = clamp(-(ax * dx + ay * dy) / (dx * dx + dy * dy || 1), 0, 1);
    const away = (ax + part * dx) ** 2 + (ay + part * dy) ** 2;
    if (away > near * near) continue;
    met += 1;
    if (away <= best) [best, nearest] = [away, line];
  }
  return lines || met <= MAX_CANDIDATES ? nearest : null;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {boolean} touch
 */
export function pick(x, y, touch) {
  const point = pointAt(x, y, touch ? 10 : 4);
  if (point !== null) return { point };
  const line = lineAt(x, y, touch ? 12 : 5);
  return line === null ? null : { line };
}

/**
 * Show a tooltip and an emphasised line under the pointer.
 * @param {LargeChoice | null} target
 * @param {number} [x]
 * @param {number} [y]
 */
function hint(target, x = 0, y = 0) {
  canvas.style.cursor = target ? "pointer" : "grab";
  const tip = byId("tip");
  const over = /** @type {SVGLineElement} */ (byId("over").firstElementChild);
  over.toggleAttribute("hidden", target?.line === undefined);
  tip.hidden = !target;
  if (!target) return;
  tip.replaceChildren(make("strong", {}, titleOf(target)), ...subtitleOf(target).map((line) => make("span", {}, line)));
  const [left, top] = [x + 14, y + 18].map((place, i) =>
    Math.min(place, [canvas.clientWidth - tip.offsetWidth, canvas.clientHeight - tip.offsetHeight][i] - 4),
  );
  Object.assign(tip.style, { left: `${Math.max(left, 4)}px`, top: `${Math.max(top, 4)}px` });
  if (target.line === undefined) return;
  const [[x1, y1], [x2, y2]] = visibleEnds(target.line);
  for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) over.setAttribute(name, String(value));
}

let hovering = 0;
/**
 * @param {number} x
 * @param {number} y
 */
export function hover(x, y) {
  window.cancelAnimationFrame(hovering);
  hovering = window.requestAnimationFrame(() => hint(pick(x, y, false), x, y));
}

export function unhover() {
  window.cancelAnimationFrame(hovering);
  hint(null);
}
