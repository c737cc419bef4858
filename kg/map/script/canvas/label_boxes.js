// Boxes of labels in screen pixels: position times scale.
import { drawnArea } from "./canvas.js";
import { ringRadius } from "./drawing.js";
import { clamp } from "../shared/dom.js";

/**
 * Boxes are in screen pixels: position times scale.
 * @param {Box} a
 * @param {Box} b
 */
export const overlaps = (a, b) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/**
 * @param {Box} a
 * @param {Box} b
 */
const isInside = (a, b) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

/**
 * @param {Point} value
 * @param {number} scale
 */
export const discOf = ({ id, x, y, size }, scale) => ({
  id,
  x: (x - size) * scale,
  y: (y - size) * scale,
  width: 2 * size * scale,
  height: 2 * size * scale,
});

/** @param {Point} value */
export const reachOf = ({ size, ring }) => (ring.count ? ringRadius(size, ring.count) + 2 : size);

/** @param {number} scale */
export function screenBox(scale) {
  const { x, y, width, height } = drawnArea();
  return { x: x * scale - width / 2, y: y * scale - height / 2, width, height };
}

/**
 * Boxes of the buttons above the map.
 * @param {HTMLElement} value
 * @param {Position} value1
 */
export const elementBox = ({ offsetLeft, offsetTop, offsetWidth, offsetHeight }, { x, y }) => ({
  x: x + offsetLeft,
  y: y + offsetTop,
  width: offsetWidth,
  height: offsetHeight,
});

/** Number of points that always have a name, if it fits anywhere near. */
export const SURE_NAMES = 20;

const MIN_COVERED = 7; // width of a disc that no distant label covers, screen pixels
const LEADER_LENGTHS = [8, 16, 26, 38, 52, 70, 92, 118, 150, 190, 240]; // screen pixels
const DOT = 3; // size of the squares along a leader line by which it is checked, screen pixels
const QUARTER = [
  [2, 1],
  [1, 2],
  [1, 0],
  [0, 1],
  [5, 1],
  [5, 4],
  [1, 5],
];
const DIRECTIONS = QUARTER.flatMap(([dx, dy]) =>
  [
    [dx, dy],
    [dx, -dy],
    [-dx, dy],
    [-dx, -dy],
  ].map(([right, down]) => ({ dx: right / Math.hypot(dx, dy), dy: down / Math.hypot(dx, dy) })),
);

/**
 * The ends of the line from the edge of a point to the nearest place of its label, in screen pixels.
 * @param {Point} point
 * @param {Box} box
 * @param {number} scale
 */
export function leaderEnds(point, box, scale) {
  const centre = { x: point.x * scale, y: point.y * scale };
  const to = nearestIn(box, centre);
  const part = Math.min((point.size * scale) / Math.max(Math.hypot(to.x - centre.x, to.y - centre.y), 1), 1);
  return { from: { x: centre.x + (to.x - centre.x) * part, y: centre.y + (to.y - centre.y) * part }, to };
}

/**
 * Squares along the line from a point to a box.
 * @param {Point} point
 * @param {Box} box
 * @param {number} scale
 */
export function leaderDots(point, box, scale) {
  const { from, to } = leaderEnds(point, box, scale);
  const steps = Math.max(Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / DOT), 1);
  return [...Array(steps).keys()].map((k) => ({
    x: from.x + ((to.x - from.x) * k) / steps - DOT / 2,
    y: from.y + ((to.y - from.y) * k) / steps - DOT / 2,
    width: DOT,
    height: DOT,
  }));
}

/**
 * The place of a box nearest to a point.
 * @param {Box} box
 * @param {Position} point
 */
const nearestIn = ({ x, y, width, height }, point) => ({
  x: clamp(point.x, x, x + width),
  y: clamp(point.y, y, y + height),
});

/**
 * The nearest free box away from a point to which a line leads that crosses no label; null if there is none.
 * The line crosses no large point either, if that is possible, as in `kg.map.svg.label_placement`.
 * @param {Point} point
 * @param {LabelText} label
 * @param {Space} space
 * @param {number} longest
 */
export function distantBox(point, label, { scale, screen, taken, dots, discs }, longest) {
  const centre = { x: point.x * scale, y: point.y * scale };
  const large = discs.filter((disc) => disc.width > MIN_COVERED && disc.id !== point.id);
  const outside = large.filter((disc) => !overlaps(disc, { ...centre, width: 0.01, height: 0.01 }));
  const texts = [...taken, ...dots];
  const boxes = boxesAround(point, label, scale, longest).filter(
    (box) => isInside(box, screen) && ![...texts, ...large].some((one) => overlaps(box, one)),
  );
  const isClear = (/** @type {Box} */ box, /** @type {Box[]} */ obstacles) =>
    !leaderDots(point, box, scale).some((dot) => obstacles.some((one) => overlaps(dot, one)));
  return boxes.find((box) => isClear(box, [...texts, ...outside])) ?? boxes.find((box) => isClear(box, texts)) ?? null;
}

/**
 * Boxes of a label away from a point, the nearest first.
 * @param {Point} point
 * @param {LabelText} label
 * @param {number} scale
 * @param {number} longest
 */
function boxesAround(point, { width, height }, scale, longest) {
  const reach = reachOf(point) * scale;
  return LEADER_LENGTHS.filter((length) => length <= longest).flatMap((length) =>
    DIRECTIONS.map(({ dx, dy }) => ({
      x: point.x * scale + (reach + length) * dx + ((dx - 1) * width) / 2,
      y: point.y * scale + (reach + length) * dy + ((dy - 1) * height) / 2,
      width,
      height,
    })),
  );
}

/**
 * The free box below, above, right or left of a point, or at its corners, that covers the fewest points, or null.
 * @param {Point} point
 * @param {LabelText} value1
 * @param {Space} value2
 * @param {number} maxCover
 */
export function freeBox(point, { width, height }, { scale, screen, taken, dots, discs }, maxCover) {
  const [x, y] = [point.x * scale, point.y * scale];
  const away = reachOf(point) * scale + 2;
  const corner = 0.7 * away;
  const offsets = [
    [-width / 2, away],
    [-width / 2, -away - height],
    [away, -height / 2],
    [-away - width, -height / 2],
    [corner, corner - 0.2 * height],
    [corner, -corner - 0.8 * height],
    [-corner - width, corner - 0.2 * height],
    [-corner - width, -corner - 0.8 * height],
  ];
  const boxes = offsets
    .map(([dx, dy]) => ({ x: x + dx, y: y + dy, width, height }))
    .filter((box) => isInside(box, screen) && ![...taken, ...dots].some((one) => overlaps(box, one)));
  const covers = boxes.map((box) =>
    discs.reduce((all, disc) => all + (disc.id !== point.id && overlaps(box, disc) ? disc.width / 8 : 0), 0),
  );
  const least = Math.min(...covers);
  return least <= maxCover ? boxes[covers.indexOf(least)] : null;
}
