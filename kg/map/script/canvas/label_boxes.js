// Boxes of labels in screen pixels: position times scale.
import { network } from "./canvas.js";
import { ringRadius } from "./drawing.js";
import { byId } from "../shared/dom.js";

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
  const { x, y } = network.getViewPosition();
  const { clientWidth: width, clientHeight: height } = byId("map");
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
const LEADER_LENGTHS = [26, 44, 64, 88, 116]; // screen pixels

/**
 * The nearest free box away from a point, to which a line leads; null if there is none.
 * @param {Point} point
 * @param {LabelText} label
 * @param {Space} space
 */
export function distantBox(point, { width, height }, { scale, screen, taken, discs }) {
  const large = discs.filter((disc) => disc.width > MIN_COVERED && disc.id !== point.id);
  for (const length of LEADER_LENGTHS) {
    for (let i = 0; i < 16; i += 1) {
      const angle = (i * Math.PI) / 8;
      const reach = reachOf(point) * scale + length;
      const x = point.x * scale + Math.cos(angle) * (reach + width / 2) - width / 2;
      const y = point.y * scale + Math.sin(angle) * (reach + height / 2) - height / 2;
      const box = { x, y, width, height };
      if (isInside(box, screen) && ![...taken, ...large].some((one) => overlaps(box, one))) return box;
    }
  }
  return null;
}

/**
 * The free box below, above, right or left of a point that covers the fewest points, or null.
 * @param {Point} point
 * @param {LabelText} value1
 * @param {Space} value2
 * @param {number} maxCover
 */
export function freeBox(point, { width, height }, { scale, screen, taken, discs }, maxCover) {
  const [x, y] = [point.x * scale, point.y * scale];
  const away = reachOf(point) * scale + 2;
  const corners = [
    [-width / 2, away],
    [-width / 2, -away - height],
    [away, -height / 2],
    [-away - width, -height / 2],
  ];
  const boxes = corners
    .map(([dx, dy]) => ({ x: x + dx, y: y + dy, width, height }))
    .filter((box) => isInside(box, screen) && !taken.some((one) => overlaps(box, one)));
  const covers = boxes.map((box) =>
    discs.reduce((all, disc) => all + (disc.id !== point.id && overlaps(box, disc) ? disc.width / 8 : 0), 0),
  );
  const least = Math.min(...covers);
  return least <= maxCover ? boxes[covers.indexOf(least)] : null;
}
