// Labels: as many names as fit without overlap, by descending score, in a fixed size on the screen.
const textWidths = new Map();
function createLabel(context, rows, size) {
  const key = rows.join("\n");
  if (!textWidths.has(key)) {
    context.font = `500 100px ${theme.face}`;
    textWidths.set(key, Math.max(...rows.map((row) => context.measureText(row).width)) / 100);
  }
  return { rows, size, width: textWidths.get(key) * size + 4, height: rows.length * size * 1.2 + 2 };
}

// Rows of a name, from the positions at which they start.
function rowsOfName(actor) {
  const { label, cuts } = actors[actor];
  const own = label[lang] ? lang : label.en ? "en" : "zh";
  const name = label[own];
  if (!name) return [word("nameless")];
  const starts = cuts && cuts[own === "en" ? 0 : 1];
  if (!starts) return [name];
  if (typeof starts[0] === "string") return starts;
  return [0, ...starts].map((cut, place) => name.slice(cut, starts[place] ?? name.length).trim());
}

const labelRows = (point) => (isLink(point) ? [shortName(links[linkAt(point)])] : isCity(point) ? [nameOf(cities[cityAt(point)]), String(drawing.points.get(point).inside.length)] : isActor(point) ? rowsOfName(point) : [nameOfCommunity(communityAt(point)), word("members", { n: drawing.points.get(point).inside.length })]);

// Boxes are in screen pixels: position times scale.
const overlaps = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const isInside = (a, b) => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
const discOf = ({ id, x, y, size }, scale) => ({ id, x: (x - size) * scale, y: (y - size) * scale, width: 2 * size * scale, height: 2 * size * scale });
const reachOf = ({ size, ring }) => (ring.count ? ringRadius(size, ring.count) + 2 : size);

function screenBox(scale) {
  const { x, y } = network.getViewPosition();
  const { clientWidth: width, clientHeight: height } = byId("map");
  return { x: x * scale - width / 2, y: y * scale - height / 2, width, height };
}

// Boxes of the buttons above the map.
const elementBox = ({ offsetLeft, offsetTop, offsetWidth, offsetHeight }, { x, y }) => ({ x: x + offsetLeft, y: y + offsetTop, width: offsetWidth, height: offsetHeight });

// The free box below, above, right or left of a point that covers the fewest points, or null.
function freeBox(point, { width, height }, { scale, screen, taken, discs }, maxCover) {
  const [x, y] = [point.x * scale, point.y * scale];
  const away = reachOf(point) * scale + 2;
  const corners = [[-width / 2, away], [-width / 2, -away - height], [away, -height / 2], [-away - width, -height / 2]];
  const boxes = corners.map(([dx, dy]) => ({ x: x + dx, y: y + dy, width, height }))
    .filter((box) => isInside(box, screen) && !taken.some((one) => overlaps(box, one)));
  const covers = boxes.map((box) => discs.reduce((all, disc) => all + (disc.id !== point.id && overlaps(box, disc) ? disc.width / 8 : 0), 0));
  const least = Math.min(...covers);
  return least <= maxCover ? boxes[covers.indexOf(least)] : null;
}

const pointsByRank = () => (now.view === "timeline" ? dotsByParties() : [...[...drawing.points.keys()].filter((id) => !isActor(id) && !isLink(id)), ...orderBy(now.by).filter((id) => drawing.points.has(id))]);
const priorityPoints = () => [hovered, pointInView(now.chosen?.point), ...(now.path ?? []).map(pointInView)].filter((point) => point !== undefined && drawing.points.has(point) && !isLink(point));

// Labels with their boxes. A label without a free position appears after zooming in.
function placeLabels(context, scale) {
  const screen = screenBox(scale);
  const discs = [...drawing.points.values()].map((point) => discOf(point, scale)).filter((disc) => overlaps(screen, disc));
  const space = { scale, screen, taken: [...bandLabels(scale), ...["bar", "selection", "zoom", "unplaced"].map((id) => elementBox(byId(id), screen))], discs: discs.length > 1500 ? [] : discs };
  const candidates = new Set(discs.map(({ id }) => id).filter((id) => !highlight || highlight.points.has(id)));
  const first = priorityPoints();
  const all = pointsByRank();
  let left = highlight ? 60 : Math.max(discs.length > 40 ? 8 : 40, (screen.width * screen.height) / 26000) * Math.max(1, scale / fitScale) ** 2;
  const sure = new Set([...first, ...all.slice(0, 10)]);
  const labels = [];
  for (const id of new Set([...first, ...all.filter((id) => candidates.has(id)).slice(0, 4 * left)])) {
    if (left < 1) break;
    const point = drawing.points.get(id);
    const rows = labelRows(id);
    const shortened = rows.length < 3 || first.includes(id) ? rows : [rows[0], `${rows[1]}…`];
    const label = createLabel(context, shortened, 11.5 + Math.min(4, point.size / 8));
    const box = freeBox(point, label, space, sure.has(id) ? Infinity : (point.size * scale) / 4);
    if (!box) continue;
    space.taken.push(box);
    labels.push({ ...label, box, ink: "ink", id });
    left -= 1;
  }
  for (const point of drawing.points.values()) {
    if (!point.ring.count || !candidates.has(point.id)) continue;
    const label = createLabel(context, [point.ring.bound ? `≥${point.ring.count}` : `+${point.ring.count}`], 10.5);
    const away = ringRadius(point.size, point.ring.count) * 0.71 + 2;
    const box = { width: label.width, height: label.height, x: (point.x + away) * scale, y: (point.y - away) * scale - label.height };
    if (!space.taken.some((one) => overlaps(box, one))) space.taken.push(box), labels.push({ ...label, box, ink: "muted", id: point.id });
  }
  return labels;
}

// While the map moves, labels keep their offset from their points. They are placed again afterwards.
let labelCache = { version: -1, labels: [], scale: 1 };
function currentLabels(context) {
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  const key = [version, hovered, lang, x, y, scale, byId("map").clientWidth, byId("map").clientHeight].join(" ");
  if (labelCache.key !== key && !(moving && labelCache.version === version)) labelCache = { key, version, scale, labels: placeLabels(context, scale) };
  if (labelCache.scale === scale) return labelCache.labels;
  return labelCache.labels.filter(({ id }) => drawing.points.has(id)).map((label) => {
    const point = drawing.points.get(label.id);
    return { ...label, box: { ...label.box, x: label.box.x + point.x * (scale - labelCache.scale), y: label.box.y + point.y * (scale - labelCache.scale) } };
  });
}

function drawLabel(context, { rows, size, box, ink }, scale) {
  Object.assign(context, { font: `500 ${size / scale}px ${theme.face}`, textAlign: "center", textBaseline: "top", lineJoin: "round" });
  Object.assign(context, { lineWidth: 3.5 / scale, strokeStyle: theme.ground, fillStyle: theme[ink] });
  rows.forEach((row, place) => {
    const at = [(box.x + box.width / 2) / scale, (box.y + 1 + place * size * 1.2) / scale];
    context.strokeText(row, ...at);
    context.fillText(row, ...at);
  });
}

function drawLabels(context) {
  const scale = network.getScale();
  context.save();
  for (const label of currentLabels(context)) drawLabel(context, label, scale);
  context.restore();
}

