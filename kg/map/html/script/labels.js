// ---- labels: as many names as find a free place, the most central first; they keep their size on the screen
const measured = new Map();
function labelOf(context, rows, size) {
  const key = rows.join("\n");
  if (!measured.has(key)) {
    context.font = `500 100px ${theme.face}`;
    measured.set(key, Math.max(...rows.map((row) => context.measureText(row).width)) / 100);
  }
  return { rows, size, width: measured.get(key) * size + 4, height: rows.length * size * 1.2 + 2 };
}

// The rows of a name, from where they begin in it.
function rowsOfName(actor) {
  const { label, cuts } = actors[actor];
  const own = label[lang] ? lang : label.en ? "en" : "zh";
  const name = label[own];
  if (!name) return [word("nameless")];
  const found = cuts && cuts[own === "en" ? 0 : 1];
  if (!found) return [name];
  if (typeof found[0] === "string") return found;
  return [0, ...found].map((cut, place) => name.slice(cut, found[place] ?? name.length).trim());
}

const rowsOfPoint = (point) => (isLink(point) ? [shortName(links[linkAt(point)])] : isCity(point) ? [nameOf(cities[cityAt(point)]), String(drawing.points.get(point).inside.length)] : isActor(point) ? rowsOfName(point) : [nameOfCommunity(communityAt(point)), word("members", { n: drawing.points.get(point).inside.length })]);

// Boxes are in pixels of the screen; the place of a point is its place times the scale.
const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a, b) => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
const discOf = ({ id, x, y, size }, scale) => ({ id, x: (x - size) * scale, y: (y - size) * scale, width: 2 * size * scale, height: 2 * size * scale });
const reachOf = ({ size, ring }) => (ring.count ? ringOf(size, ring.count) + 2 : size);

function screenBox(scale) {
  const { x, y } = network.getViewPosition();
  const { clientWidth: width, clientHeight: height } = byId("map");
  return { x: x * scale - width / 2, y: y * scale - height / 2, width, height };
}

// Where buttons lie over the map.
const boxOf = ({ offsetLeft, offsetTop, offsetWidth, offsetHeight }, { x, y }) => ({ x: x + offsetLeft, y: y + offsetTop, width: offsetWidth, height: offsetHeight });

// Below, above, right or left of a point, where no label is and the fewest points are covered; else nowhere.
function freeBox(point, { width, height }, { scale, screen, taken, discs }, bears) {
  const [x, y] = [point.x * scale, point.y * scale];
  const away = reachOf(point) * scale + 2;
  const corners = [[-width / 2, away], [-width / 2, -away - height], [away, -height / 2], [-away - width, -height / 2]];
  const boxes = corners.map(([dx, dy]) => ({ x: x + dx, y: y + dy, width, height }))
    .filter((box) => inside(box, screen) && !taken.some((one) => meet(box, one)));
  const covers = boxes.map((box) => discs.reduce((all, disc) => all + (disc.id !== point.id && meet(box, disc) ? disc.width / 8 : 0), 0));
  const least = Math.min(...covers);
  return least <= bears ? boxes[covers.indexOf(least)] : null;
}

const ranked = () => (now.view === "timeline" ? dotsByParties() : [...[...drawing.points.keys()].filter((id) => !isActor(id) && !isLink(id)), ...orderBy(now.by).filter((id) => drawing.points.has(id))]);
const attendedTo = () => [hovered, seenAs(now.chosen?.point), ...(now.path ?? []).map(seenAs)].filter((point) => point !== undefined && drawing.points.has(point) && !isLink(point));

// What is written where: a list of labels with their boxes. A label that finds no place waits for a closer view.
function placeLabels(context, scale) {
  const screen = screenBox(scale);
  const discs = [...drawing.points.values()].map((point) => discOf(point, scale)).filter((disc) => meet(screen, disc));
  const room = { scale, screen, taken: [...bandLabels(scale), ...["bar", "marks", "zoom", "unplaced"].map((id) => boxOf(byId(id), screen))], discs: discs.length > 1500 ? [] : discs };
  const within_ = new Set(discs.map(({ id }) => id).filter((id) => !part || part.points.has(id)));
  const first = attendedTo();
  const all = ranked();
  let left = part ? 60 : Math.max(discs.length > 40 ? 8 : 40, (screen.width * screen.height) / 26000) * Math.max(1, scale / whole_) ** 2;
  const sure = new Set([...first, ...all.slice(0, 10)]);
  const written_ = [];
  for (const id of new Set([...first, ...all.filter((id) => within_.has(id)).slice(0, 4 * left)])) {
    if (left < 1) break;
    const point = drawing.points.get(id);
    const rows = rowsOfPoint(id);
    const fits = rows.length < 3 || first.includes(id) ? rows : [rows[0], `${rows[1]}…`];
    const label = labelOf(context, fits, 11.5 + Math.min(4, point.size / 8));
    const box = freeBox(point, label, room, sure.has(id) ? Infinity : (point.size * scale) / 4);
    if (!box) continue;
    room.taken.push(box);
    written_.push({ ...label, box, ink: "ink", id });
    left -= 1;
  }
  for (const point of drawing.points.values()) {
    if (!point.ring.count || !within_.has(point.id)) continue;
    const label = labelOf(context, [point.ring.bound ? `≥${point.ring.count}` : `+${point.ring.count}`], 10.5);
    const away = ringOf(point.size, point.ring.count) * 0.71 + 2;
    const box = { width: label.width, height: label.height, x: (point.x + away) * scale, y: (point.y - away) * scale - label.height };
    if (!room.taken.some((one) => meet(box, one))) room.taken.push(box), written_.push({ ...label, box, ink: "muted", id: point.id });
  }
  return written_;
}

// While the map is being moved, labels keep their places relative to their points; only afterwards are new ones sought.
let kept = { version: -1, labels: [], scale: 1 };
function labelsNow(context) {
  const scale = network.getScale();
  const { x, y } = network.getViewPosition();
  const key = [version, hovered, lang, x, y, scale, byId("map").clientWidth, byId("map").clientHeight].join(" ");
  if (kept.key !== key && !(moving && kept.version === version)) kept = { key, version, scale, labels: placeLabels(context, scale) };
  if (kept.scale === scale) return kept.labels;
  return kept.labels.filter(({ id }) => drawing.points.has(id)).map((label) => {
    const point = drawing.points.get(label.id);
    return { ...label, box: { ...label.box, x: label.box.x + point.x * (scale - kept.scale), y: label.box.y + point.y * (scale - kept.scale) } };
  });
}

function write(context, { rows, size, box, ink }, scale) {
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
  for (const label of labelsNow(context)) write(context, label, scale);
  context.restore();
}

