// Drawing: points and lines of the current view; a folded community is one point.
const SMALLEST = 5; // radius of a disc with the lowest score
const LARGEST = 30; // radius of a disc with the highest score
const HYPEREDGE_SIZE = 3.5;
const mapPositions = new Map([...actors.keys(), ...data.hyperedges.map((k) => n + k)].map((id, place) => [id, { x: input.nodes.x[place], y: input.nodes.y[place] }]));
const mapLines = input.edges.from.map((from, place) => ({ from, to: input.edges.to[place], links: [input.edges.links[place]].flat() }));

for (const view of views.values()) {
  view.positions = new Map(actors.filter(() => view.actors.length).map((_, actor) => [actor, { x: view.actors[2 * actor], y: view.actors[2 * actor + 1] }]));
  for (let i = 0, k = -1; 2 * i < view.coordinates.length; i += 1) view.positions.set(n + (k += cellAt(view.links, i)), { x: view.coordinates[2 * i], y: view.coordinates[2 * i + 1] });
  if (view.name === "two-mode") view.lines = links.flatMap((link, k) => link.members.map((from) => ({ from, to: n + k, links: [k] })));
}

// The layout is wide; a portrait screen rotates it.
const isPortrait = window.innerHeight > window.innerWidth;
const isRotated = () => isPortrait && !["geo", "timeline"].includes(now.view);
const rotated = ({ x, y }) => (isRotated() ? { x: -y, y: x } : { x, y });
const currentView = () => (isPortrait && now.view === "timeline" && views.get("timeline-upright")) || views.get(now.view);
const viewPositions = () => (now.view === "years" ? mapPositions : currentView()?.positions ?? mapPositions);
const viewLines = () => views.get(now.view)?.lines ?? mapLines;

const maxScores = new Map();
function maxScoreOf(name) {
  if (!maxScores.has(name)) maxScores.set(name, measures.get(name).values.reduce((most, value) => Math.max(most, value ?? 0), 0));
  return maxScores.get(name);
}

function sizeOf(actor) {
  const { values } = measures.get(now.by);
  const top = maxScoreOf(now.by) || 1;
  const area = Math.PI * (SMALLEST ** 2 + ((LARGEST ** 2 - SMALLEST ** 2) * Math.max(values[actor] ?? 0, 0)) / top);
  return Math.sqrt(area / styleOf(actor).area);
}

const ringRadius = (size, count) => size * 1.1 + 6 + Math.min(count, data.maxDashes) / 9;
const representedBy = (point) => (now.view === "geo" && isActor(point) ? cityPoint(point) : isActor(point) && now.closed.has(actors[point].community) ? pointOfCommunity(actors[point].community) : point);
const pointInView = (point) => (now.view === "geo" && isActor(point ?? n) ? cityPoint(point) ?? point : point);

let drawing = { points: new Map(), lines: new Map(), at: new Map() };

function visibleLines() {
  const lines = new Map();
  for (const line of viewLines()) {
    if (![line.from, line.to].every((end) => !isActor(end) || visible.actors.has(end))) continue;
    const through = line.links.filter((k) => visible.links.has(k));
    const [from, to] = [representedBy(line.from), representedBy(line.to)].sort((a, b) => a - b);
    if (!through.length || from === to || from === undefined || to === undefined) continue;
    const id = `${from}-${to}`;
    const all = lines.get(id);
    if (all) all.links = [...new Set([...all.links, ...through])];
    else lines.set(id, { id, from, to, links: through });
  }
  return lines;
}

function networkPoint(id, member) {
  const place = now.pins.get(id);
  const { x, y } = place && now.view === "map" ? { x: place[0], y: place[1] } : rotated(viewPositions().get(id));
  const size = member ? sizeOf(id) : HYPEREDGE_SIZE;
  return { id, x, y, size, shape: member ? styleOf(id).shape : "dot", ring: member ? actors[id].ring : linkRing(links[linkAt(id)]) };
}

function communityPoint(community) {
  const inside = communities[community].filter((actor) => visible.actors.has(actor));
  const positions = inside.map((actor) => rotated(viewPositions().get(actor)));
  const [x, y] = ["x", "y"].map((axis) => sum(positions.map((position) => position[axis])) / positions.length);
  return { id: pointOfCommunity(community), x, y, size: 9 + 3.2 * Math.sqrt(inside.length), shape: "dot", ring: ringAt(0), inside };
}

function updateDrawing() {
  const lines = visibleLines();
  const points = new Map();
  const twoMode = now.view === "two-mode";
  const at = new Map();
  for (const line of lines.values()) for (const end of [line.from, line.to]) at.set(end, [...(at.get(end) ?? []), line]);
  if (now.view === "timeline") return (drawing = { points: new Map([...visible.links].filter((k) => viewPositions().has(n + k)).map((k) => [n + k, linkDot(k)])), lines: new Map(), at });
  const byCity = now.view === "geo";
  if (byCity) cityPoints().forEach((city) => points.set(city.id, city));
  else for (const actor of visible.actors) if (!now.closed.has(actors[actor].community)) points.set(actor, networkPoint(actor, true));
  for (const community of byCity ? [] : now.closed) if (communities[community].some((actor) => visible.actors.has(actor))) points.set(pointOfCommunity(community), communityPoint(community));
  for (const k of visible.links) {
    const ends = at.get(n + k)?.length ?? 0;
    if (ends > 1 || (twoMode && ends)) points.set(n + k, networkPoint(n + k, false));
    else if (ends) lines.delete(at.get(n + k)[0].id);
  }
  // Rings of unnamed parties are drawn around the links if these are points.
  if (twoMode) for (const [id, point] of points) if (isActor(id)) point.ring = ringAt(0);
  at.clear();
  for (const line of lines.values()) for (const end of [line.from, line.to]) at.has(end) ? at.get(end).push(line) : at.set(end, [line]);
  drawing = { points, lines, at };
}

// The chosen point or line with its neighbours; a link that is a point adds its other parties.
function findHighlight() {
  const path = now.path && shortestPath(...now.path);
  if (path) return { points: new Set(path.points), lines: new Set(path.lines) };
  if (!now.chosen) return null;
  const { line } = now.chosen;
  const point = pointInView(now.chosen.point);
  if (now.view === "timeline" && point !== undefined && isActor(point)) {
    const own = new Set(linksOf[point].map((k) => n + k));
    return [...drawing.points.keys()].every((id) => own.has(id)) ? null : { points: own, lines: new Set() };
  }
  if (line === undefined && !drawing.points.has(point) && now.view === "geo") return null;
  const lines = new Set(line === undefined ? drawing.at.get(point) ?? [] : [drawing.lines.get(line)].filter(Boolean));
  if (line === undefined) for (const { to } of [...lines]) if (isLink(to) && to !== point) drawing.at.get(to)?.forEach((spoke) => lines.add(spoke));
  const near = new Set([...lines].flatMap(({ from, to }) => [from, to]));
  if (point !== undefined) near.add(point);
  return { points: near, lines: new Set([...lines].map(({ id }) => id)) };
}

