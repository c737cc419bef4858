// Shortest path between two actors over the visible links.
let pathStart = null; // actor at which the requested path starts

function shortestPath(start, end) {
  const previous = new Map([[start, null]]);
  let edge = [start];
  while (edge.length && !previous.has(end)) {
    const next = [];
    for (const actor of edge) {
      for (const k of linksOf[actor].filter((one) => visible.links.has(one))) {
        for (const member of links[k].members) {
          if (previous.has(member) || !visible.actors.has(member)) continue;
          previous.set(member, { actor, k });
          next.push(member);
        }
      }
    }
    edge = next;
  }
  return previous.has(end) ? tracePath(previous, end) : { steps: [], points: [start, end], lines: [] };
}

function tracePath(previous, end) {
  const steps = [];
  for (let at = end; previous.get(at); at = previous.get(at).actor) steps.unshift({ from: previous.get(at).actor, k: previous.get(at).k, to: at });
  const points = new Set();
  const lines = new Set();
  for (const { from, k, to } of steps) {
    const [a, b] = [representedBy(from), representedBy(to)];
    for (const point of drawing.points.has(n + k) ? [a, n + k, b] : [a, b]) points.add(point);
    for (const [one, two] of drawing.points.has(n + k) ? [[a, n + k], [b, n + k]] : [[a, b]]) lines.add(`${Math.min(one, two)}-${Math.max(one, two)}`);
  }
  return { steps, points: [...points], lines: [...lines] };
}

// The next chosen actor becomes the end of the path.
function askPathEnd(from) {
  pathStart = from;
  announce(word("pathAsk", { name: nameOf(actors[from]) }));
  byId("search").focus();
}

