// Shortest paths in a graph of links, and empty strips in a layout: computations without a page.

/**
 * All shortest paths from `start` to `end`, at most `limit`; between two nodes the first link is taken.
 * @param {number} start
 * @param {number} end
 * @param {(node: number) => Iterable<{ k: number, to: number }>} stepsFrom
 * @param {number} limit
 * @returns {Step[][]}
 */
export function shortestPaths(start, end, stepsFrom, limit) {
  const before = levels(start, end, stepsFrom);
  /** @type {Step[][]} */
  const found = [];
  const extend = (/** @type {number} */ node, /** @type {Step[]} */ rest) => {
    if (found.length >= limit) return;
    if (node === start) found.push(rest);
    else for (const step of before.get(node)?.steps ?? []) extend(step.from, [step, ...rest]);
  };
  if (start !== end) extend(end, []);
  return found;
}

/**
 * The steps of shortest paths that lead to each node, by breadth-first search until `end`.
 * @param {number} start
 * @param {number} end
 * @param {(node: number) => Iterable<{ k: number, to: number }>} stepsFrom
 */
function levels(start, end, stepsFrom) {
  /** @type {Map<number, { level: number, steps: Step[] }>} */
  const before = new Map([[start, { level: 0, steps: [] }]]);
  let edge = [start];
  for (let level = 1; edge.length && !before.has(end); level += 1) {
    const next = [];
    for (const from of edge) {
      for (const { k, to } of stepsFrom(from)) {
        const known = before.get(to);
        if (!known) {
          before.set(to, { level, steps: [{ from, k, to }] });
          next.push(to);
        } else if (known.level === level && !known.steps.some((step) => step.from === from))
          known.steps.push({ from, k, to });
      }
    }
    edge = next;
  }
  return before;
}

/**
 * Move places along one axis so that no empty strip between them is wider than `gap`; their order stays.
 * @param {{ at: number, reach: number }[]} places
 * @param {number} gap
 * @returns {number[]}
 */
export function closeGaps(places, gap) {
  const moved = new Array(places.length).fill(0);
  const order = [...places.keys()].sort((a, b) => places[a].at - places[a].reach - (places[b].at - places[b].reach));
  let end = Infinity;
  let shift = 0;
  for (const i of order) {
    const { at, reach } = places[i];
    shift += Math.max(0, at - reach - end - gap);
    end = Math.max(end === Infinity ? -Infinity : end, at + reach);
    moved[i] = at - shift;
  }
  return moved;
}

/**
 * The places and widths of lanes between two sides: in the order of their wished places, as wide as their counts.
 * @param {{ count: number, x: number }[]} wishes
 * @param {number} left
 * @param {number} right
 * @returns {{ x: number, width: number }[]}
 */
export function lanes(wishes, left, right) {
  const total = wishes.reduce((all, { count }) => all + count, 0) || 1;
  const room = right - left;
  const gap = (0.34 * room) / (wishes.length + 1);
  const found = wishes.map(({ count }) => ({ x: 0, width: (0.66 * room * count) / total }));
  let at = left + gap;
  for (const i of [...wishes.keys()].sort((a, b) => wishes[a].x - wishes[b].x)) {
    found[i].x = at + found[i].width / 2;
    at += found[i].width + gap;
  }
  return found;
}

/**
 * The places of circles that do not overlap: the largest stays, and a smaller one moves away from those before it.
 * @param {{ x: number, y: number, size: number }[]} circles the largest first
 * @returns {{ x: number, y: number }[]}
 */
export function besideEachOther(circles) {
  /** @type {{ x: number, y: number, size: number }[]} */
  const placed = [];
  for (const [i, circle] of circles.entries()) {
    let { x, y } = circle;
    for (let round = 0; round < 8; round += 1) {
      const other = placed.find((one) => Math.hypot(one.x - x, one.y - y) < one.size + circle.size - 1e-6);
      if (!other) break;
      const [dx, dy] = [x - other.x, y - other.y];
      const angle = dx || dy ? Math.atan2(dy, dx) : i * 2.4;
      const away = other.size + circle.size;
      [x, y] = [other.x + away * Math.cos(angle), other.y + away * Math.sin(angle)];
    }
    placed.push({ x, y, size: circle.size });
  }
  return placed;
}
