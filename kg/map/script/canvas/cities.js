// Geographic view: one point per city, arcs between cities, a graticule, and the list of actors without a city.
import { display, drawnScale, network, paint } from "./canvas.js";
import { actors, cities, cityAt, cityOf, graticule, isCity, orderBy, pointOfCity, ringAt, styleOf } from "./data.js";
import { AXES, drawing } from "./drawing.js";
import { visible } from "./filter.js";
import { choose } from "./panel.js";
import { nameOf, now } from "./state.js";
import { button, make } from "../shared/dom.js";
import { besideEachOther } from "../shared/routes.js";
import { narrowScreen, swatch, theme } from "../shared/theme.js";
import { text, word } from "../shared/words.js";

/** @param {number} actor */
export function cityPoint(actor) {
  const city = cityOf.get(actor);
  return city === undefined ? undefined : pointOfCity(city);
}

/**
 * The city in which most of some actors are, from which the lines of their link lead to the others.
 * @param {number[]} members
 */
export function hubCity(members) {
  const counts = new Map();
  for (const point of members.flatMap((actor) => (visible.actors.has(actor) && cityPoint(actor)) || []))
    counts.set(point, (counts.get(point) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || a - b)[0];
}

export const actorsWithoutCity = () => [...visible.actors].filter((actor) => !cityOf.has(actor));

/**
 * The area of a city is proportional to its actors.
 * It grows less than the map on zooming in, so that neighbours separate.
 * @param {number} count
 */
const citySize = (count) =>
  ((narrowScreen.matches ? 0.62 : 1) * (2.5 + 2 * Math.sqrt(count))) /
  Math.max(network.getScale(), 1e-4) ** 0.75 /
  (display.fitScale || 1) ** 0.25;

export function cityPoints() {
  /** @type {number[][]} */
  const residents = cities.map(() => []);
  for (const [actor, city] of cityOf) if (visible.actors.has(actor)) residents[city].push(actor);
  const points = cities
    .map(({ x, y }, city) => ({
      id: pointOfCity(city),
      x,
      y,
      size: citySize(residents[city].length),
      shape: "dot",
      ring: ringAt(0),
      inside: residents[city],
    }))
    .filter((city) => city.inside.length);
  return spread(points);
}

/** Move small cities beside large ones, so that each can be pressed. @param {Point[]} points */
function spread(points) {
  const order = [...points].sort((a, b) => b.size - a.size || a.id - b.id);
  besideEachOther(order).forEach(({ x, y }, i) => Object.assign(order[i], { x, y }));
  return points;
}

export function resizeCities() {
  if (now.view !== "geo") return;
  for (const point of drawing.points.values())
    if (isCity(point.id)) {
      const { x, y } = cities[cityAt(point.id)];
      Object.assign(point, { x, y, size: citySize(point.inside?.length ?? 0) });
    }
  spread([...drawing.points.values()]);
  paint();
}

/**
 * Arcs bend to the left of the direction west to east, so that each pair of cities has one arc.
 * @param {Point} a
 * @param {Point} b
 */
export function bendPoint(a, b) {
  if (now.view !== "geo" || !isCity(a.id) || !isCity(b.id)) return null;
  const [from, to] = a.x < b.x || (a.x === b.x && a.y < b.y) ? [a, b] : [b, a];
  return { x: (a.x + b.x) / 2 + 0.22 * (to.y - from.y), y: (a.y + b.y) / 2 - 0.22 * (to.x - from.x) };
}

/**
 * @param {Point} a
 * @param {Point} b
 */
export function pathPoints(a, b) {
  const bend = bendPoint(a, b);
  if (!bend) return [a, b];
  const on = (/** @type {number} */ t) =>
    AXES.map((axis) => (1 - t) ** 2 * a[axis] + 2 * t * (1 - t) * bend[axis] + t * t * b[axis]);
  return [...Array(13).keys()].map((i) => on(i / 12)).map(([x, y]) => ({ x, y }));
}

/** @param {CanvasRenderingContext2D} context */
export function drawGraticule(context) {
  if (now.view !== "geo") return;
  const scale = drawnScale();
  const size = 10.5 / scale;
  context.save();
  Object.assign(context, {
    strokeStyle: theme.edge,
    lineWidth: 1 / scale,
    fillStyle: theme.muted,
    font: `${size}px ${theme.face}`,
    textBaseline: "bottom",
    textAlign: "left",
  });
  for (const { label, coordinates } of graticule) {
    context.globalAlpha = 0.28;
    context.beginPath();
    for (let i = 0; i < coordinates.length; i += 2) context.lineTo(coordinates[i], coordinates[i + 1]);
    context.stroke();
    context.globalAlpha = 1;
    context.fillText(text(label), coordinates[0] + 3 / scale, coordinates[1] - 2 / scale);
  }
  context.restore();
}

/** @param {number} city */
const actorsInCity = (city) =>
  orderBy(now.by).filter((actor) => visible.actors.has(actor) && (cityOf.get(actor) ?? cities.length) === city);
/** @param {number} city */
export function cityTitle(city) {
  if (city === cities.length) return word("unplacedTitle", { n: actorsWithoutCity().length });
  return `${nameOf(cities[city])} · ${word("members", { n: actorsInCity(city).length })}`;
}
/** @param {number} city */
export const cityBody = (city) => [
  make(
    "ul",
    { class: "items" },
    ...actorsInCity(city).map((actor) =>
      make(
        "li",
        {},
        swatch(styleOf(actor)),
        button(nameOf(actors[actor]), () => choose({ point: actor }, true)),
      ),
    ),
  ),
];
