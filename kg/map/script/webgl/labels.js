// Labels: as many names as fit without overlap at this scale, by descending score.
import { byId, flatContext, truncate } from "../shared/dom.js";
import { theme } from "../shared/theme.js";
import { n, nameOf, positions, sizes } from "./data.js";
import { endsOf } from "./links.js";
import { camera, canvas, chosen, highlight, moving } from "./render.js";
import { pointVisible } from "./visible.js";

export const nameCanvas = /** @type {HTMLCanvasElement} */ (byId("names"));
const labelContext = flatContext(nameCanvas);
const MAX_LABELS = 110;
const CELL = 12; // pixels; a label occupies the cells that it touches
/** @param {number} point */
export const toScreen = (point) => [
  (positions[2 * point] - camera.x) * camera.scale + canvas.clientWidth / 2,
  (positions[2 * point + 1] - camera.y) * camera.scale + canvas.clientHeight / 2,
];

const textWidths = new Map();
/**
 * @param {string} name
 * @param {number} size
 */
function textWidth(name, size) {
  if (!textWidths.has(name)) textWidths.set(name, labelContext.measureText(name).width / size);
  return textWidths.get(name) * size;
}

/** @type {LargeLabel[]} */
export let placedLabels = [];
function placeLabels() {
  const cells = new Cells(canvas.clientWidth, canvas.clientHeight);
  const labels = [];
  const own = chosen?.point !== undefined && chosen.point < n ? [chosen.point] : [];
  const candidates = highlight && [...own, ...highlight.points.filter((point) => point < n && !own.includes(point))];
  const total = candidates ? candidates.length : n;
  for (let turn = 0, tried = 0; turn < total && tried < 1500 && labels.length < MAX_LABELS; turn += 1) {
    const point = candidates ? candidates[turn] : turn;
    const [x, y] = toScreen(point);
    if (!cells.contains(x, y) || !(candidates || pointVisible[point])) continue;
    tried += 1;
    const label = placeLabel(point, [x, y], cells);
    if (label) labels.push(label);
  }
  return labels;
}

/**
 * @param {number} point
 * @param {number[]} values1
 * @param {Cells} cells
 */
function placeLabel(point, [x, y], cells) {
  const size = 11.5 + Math.min(4, sizes[point] / 8);
  labelContext.font = `500 ${size}px ${theme.face}`;
  const name = truncate(nameOf(point), 30);
  const wide = textWidth(name, size);
  const away = Math.max(sizes[point] * camera.scale, 1) + 3;
  const offsets = [
    [-wide / 2, away],
    [-wide / 2, -away - size * 1.2],
    [away, -size * 0.6],
    [-away - wide, -size * 0.6],
  ];
  const offset = offsets.find(([dx, dy]) => cells.isFree(x + dx, y + dy, wide, size * 1.2));
  if (!offset) return null;
  const [dx, dy] = offset;
  cells.take(x + dx, y + dy, wide, size * 1.2);
  return { point, name, size, dx, dy, wide };
}

// The cells of the screen that labels occupy.
class Cells {
  /**
   * @param {number} width
   * @param {number} height
   */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.columns = Math.ceil(width / CELL) + 1;
    this.taken = new Uint8Array(this.columns * (Math.ceil(height / CELL) + 1));
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  contains(x, y) {
    return x >= 0 && y >= 0 && x <= this.width && y <= this.height;
  }

  /**
   * @param {number} left
   * @param {number} top
   * @param {number} width
   * @param {number} height
   */
  *below(left, top, width, height) {
    for (let row = Math.floor(top / CELL); row <= (top + height) / CELL; row += 1)
      for (let column = Math.floor(left / CELL); column <= (left + width) / CELL; column += 1)
        yield row * this.columns + column;
  }

  /**
   * @param {number} left
   * @param {number} top
   * @param {number} width
   * @param {number} height
   */
  isFree(left, top, width, height) {
    if (!this.contains(left, top) || !this.contains(left + width, top + height)) return false;
    for (const cell of this.below(left, top, width, height)) if (this.taken[cell]) return false;
    return true;
  }

  /**
   * @param {number} left
   * @param {number} top
   * @param {number} width
   * @param {number} height
   */
  take(left, top, width, height) {
    for (const cell of this.below(left, top, width, height)) this.taken[cell] = 1;
  }
}

/**
 * Visible part of a line, from the edge of one shape to the edge of the other.
 * @param {number} line
 */
export function visibleEnds(line) {
  const [[ax, ay], [bx, by]] = endsOf(line).map(toScreen);
  const long = Math.hypot(bx - ax, by - ay) || 1;
  const [a, b] = endsOf(line).map((end) => (sizes[end] * camera.scale) / long);
  return a + b < 1
    ? [
        [ax + a * (bx - ax), ay + a * (by - ay)],
        [bx - b * (bx - ax), by - b * (by - ay)],
      ]
    : [
        [ax, ay],
        [bx, by],
      ];
}

// A ring around the chosen point, or thick lines for a chosen line or link.
function drawSelection() {
  Object.assign(labelContext, { lineWidth: 2.5, strokeStyle: theme.accent });
  labelContext.beginPath();
  if (chosen?.point === undefined) {
    for (const [[ax, ay], [bx, by]] of (highlight?.lines ?? []).map(visibleEnds)) {
      labelContext.moveTo(ax, ay);
      labelContext.lineTo(bx, by);
    }
  } else {
    const [x, y] = toScreen(chosen.point);
    labelContext.arc(x, y, Math.max(sizes[chosen.point] * camera.scale, 2) * 1.2 + 4, 0, 2 * Math.PI);
  }
  labelContext.stroke();
}

// While the map moves, labels move with their points. They are placed again afterwards.
export function drawLabels() {
  const ratio = window.devicePixelRatio;
  if (!moving) placedLabels = placeLabels();
  labelContext.setTransform(ratio, 0, 0, ratio, 0, 0);
  labelContext.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  if (highlight) drawSelection();
  Object.assign(labelContext, {
    textAlign: "left",
    textBaseline: "top",
    lineJoin: "round",
    lineWidth: 3.5,
    strokeStyle: theme.ground,
    fillStyle: theme.ink,
  });
  for (const { point, name, size, dx, dy } of placedLabels) {
    const [x, y] = toScreen(point);
    labelContext.font = `500 ${size}px ${theme.face}`;
    labelContext.strokeText(name, x + dx, y + dy);
    labelContext.fillText(name, x + dx, y + dy);
  }
}
