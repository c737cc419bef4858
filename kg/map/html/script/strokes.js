// ---- lines: drawn in few strokes of many lines each, which a canvas does a hundred times faster than one by one
const MANY_LINES = 3000; // more are left out while the map is being moved
const AT_ONCE = 250; // lines in one stroke; a stroke of thousands is slow again

function styleOf({ to, links: through }) {
  const sure = through.some((k) => passing.how[k] === "certain");
  const width = Math.min(0.8 + 0.9 * Math.sqrt(through.length - (isLink(to) ? 0.6 : 0)), 5);
  return { width: Math.round(width * 4) / 4, dash: sure ? [] : [6, 6] };
}

let strokes = { version: -1, batches: [] };
function batchesNow() {
  if (strokes.version === version) return strokes.batches;
  const found = new Map();
  for (const line of drawing.lines.values()) {
    const style = styleOf(line);
    const key = `${style.width} ${style.dash}`;
    const batches = found.get(key) ?? [];
    if (!batches.length || batches[batches.length - 1].ends.length >= AT_ONCE) found.set(key, [...batches, { ...style, ends: [] }]);
    const [last] = found.get(key).slice(-1);
    last.ends.push([drawing.points.get(line.from), drawing.points.get(line.to)]);
  }
  strokes = { version, batches: [...found.values()].flat() };
  return strokes.batches;
}

function stroke(context, { width, dash, ends }, settings) {
  Object.assign(context, { lineWidth: now.view === "geo" ? width / network.getScale() : width, ...settings });
  context.setLineDash(dash);
  context.beginPath();
  for (const [a, b] of ends) {
    context.moveTo(a.x, a.y);
    const bend = bendOf(a, b);
    if (bend) context.quadraticCurveTo(bend.x, bend.y, b.x, b.y);
    else context.lineTo(b.x, b.y);
  }
  context.stroke();
}

function drawLines(context) {
  if (moving && drawing.lines.size > MANY_LINES) return;
  context.save();
  for (const batch of batchesNow()) stroke(context, batch, { strokeStyle: theme.edge, globalAlpha: 0.5 });
  context.restore();
}

// What is not attended to goes behind a veil; what is, is drawn again in front of it.
const VEIL = 0.84;
function drawAttended(context) {
  if (!part) return;
  const scale = network.getScale();
  const { x, y, width, height } = screenBox(scale);
  context.save();
  Object.assign(context, { globalAlpha: VEIL, fillStyle: theme.ground });
  context.fillRect(x / scale, y / scale, width / scale, height / scale);
  for (const id of part.lines) {
    const line = drawing.lines.get(id);
    if (line) stroke(context, { ...styleOf(line), ends: [[drawing.points.get(line.from), drawing.points.get(line.to)]] }, { strokeStyle: theme.accent, globalAlpha: 0.9 });
  }
  context.restore();
  drawRings(context, part.points);
  for (const id of part.points) if (drawing.points.has(id)) network.body.nodes[id]?.draw(context);
}

function awayFrom({ x, y }, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = clamp(((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1), 0, 1);
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
}

// The line nearest to a place, within some pixels of the screen.
function lineAt({ x, y }) {
  let best = 7 / network.getScale();
  let found;
  for (const { id, from, to } of drawing.lines.values()) {
    const course = courseOf(drawing.points.get(from), drawing.points.get(to));
    const away = course.slice(1).reduce((least, b, i) => Math.min(least, awayFrom({ x, y }, course[i], b)), Infinity);
    if (away < best) [best, found] = [away, id];
  }
  return found;
}

