// ---- the way from one actor to another over the fewest links that are shown
let waiting = null; // the actor from which a way is asked for

function pathBetween(start, end) {
  const before = new Map([[start, null]]);
  let edge = [start];
  while (edge.length && !before.has(end)) {
    const next = [];
    for (const actor of edge) {
      for (const k of linksOf[actor].filter((one) => passing.links.has(one))) {
        for (const member of links[k].members) {
          if (before.has(member) || !passing.actors.has(member)) continue;
          before.set(member, { actor, k });
          next.push(member);
        }
      }
    }
    edge = next;
  }
  return before.has(end) ? walked(before, end) : { steps: [], points: [start, end], lines: [] };
}

function walked(before, end) {
  const steps = [];
  for (let at = end; before.get(at); at = before.get(at).actor) steps.unshift({ from: before.get(at).actor, k: before.get(at).k, to: at });
  const points = new Set();
  const lines = new Set();
  for (const { from, k, to } of steps) {
    const [a, b] = [standsFor(from), standsFor(to)];
    for (const point of drawing.points.has(n + k) ? [a, n + k, b] : [a, b]) points.add(point);
    for (const [one, two] of drawing.points.has(n + k) ? [[a, n + k], [b, n + k]] : [[a, b]]) lines.add(`${Math.min(one, two)}-${Math.max(one, two)}`);
  }
  return { steps, points: [...points], lines: [...lines] };
}

// The next actor that is chosen is the other end of the way that was asked for.
function ask(from) {
  waiting = from;
  say(word("pathAsk", { name: nameOf(actors[from]) }));
  byId("search").focus();
}

