// Shortest paths and empty strips.
import assert from "node:assert/strict";
import { test } from "node:test";

import { besideEachOther, closeGaps, lanes, shortestPaths } from "../../kg/map/script/shared/routes.js";

const LINKS = [
  [1, 2],
  [1, 3],
  [2, 4],
  [3, 4],
  [4, 5],
];
const stepsFrom = (node) =>
  LINKS.flatMap((pair, k) => (pair.includes(node) ? [{ k, to: pair.find((one) => one !== node) }] : []));
const nodes = (start, end, limit = 9) =>
  shortestPaths(start, end, stepsFrom, limit).map((path) => [start, ...path.map(({ to }) => to)]);

test("all shortest paths are found, and no longer one", () => {
  assert.deepEqual(nodes(1, 5), [
    [1, 2, 4, 5],
    [1, 3, 4, 5],
  ]);
  assert.deepEqual(nodes(1, 5, 1), [[1, 2, 4, 5]]);
});

test("no path leads to a node of another component, or to the start itself", () => {
  assert.deepEqual(nodes(1, 9), []);
  assert.deepEqual(nodes(1, 1), []);
});

test("empty strips are narrowed and the order stays", () => {
  const places = [100, 0, 104, 900].map((at) => ({ at, reach: 2 }));
  assert.deepEqual(closeGaps(places, 10), [14, 0, 18, 32]);
});

test("lanes fill the room between two sides in the order of their wishes", () => {
  const found = lanes(
    [
      { count: 1, x: 50 },
      { count: 3, x: -50 },
    ],
    0,
    100,
  );
  assert.ok(found[1].x < found[0].x);
  assert.ok(Math.abs(found[1].width - 3 * found[0].width) < 1e-9);
  assert.ok(found[0].x + found[0].width / 2 < 100);
});

test("circles move beside larger ones", () => {
  const circles = [
    { x: 0, y: 0, size: 10 },
    { x: 3, y: 0, size: 2 },
    { x: 40, y: 0, size: 2 },
  ];
  assert.deepEqual(
    besideEachOther(circles).map(({ x }) => Math.round(x)),
    [0, 12, 40],
  );
});
