// ---- what is drawn of what passes: points and lines of the chosen view, closed communities as one point each
const SMALLEST = 5; // radius of a disc with the lowest score
const LARGEST = 30; // and with the highest
const HYPEREDGE_SIZE = 3.5;
const base = new Map([...actors.keys(), ...data.hyperedges.map((k) => n + k)].map((id, place) => [id, { x: input.nodes.x[place], y: input.nodes.y[place] }]));
const baseLines = input.edges.from.map((from, place) => ({ from, to: input.edges.to[place], links: [input.edges.links[place]].flat() }));

for (const view of views.values()) {
  view.places = new Map(actors.filter(() => view.actors.length).map((_, actor) => [actor, { x: view.actors[2 * actor], y: view.actors[2 * actor + 1] }]));
  for (let i = 0, k = -1; 2 * i < view.spots.length; i += 1) view.places.set(n + (k += cellAt(view.links, i)), { x: view.spots[2 * i], y: view.spots[2 * i + 1] });
  if (view.name === "two-mode") view.lines = links.flatMap((link, k) => link.members.map((from) => ({ from, to: n + k, links: [k] })));
}

// The picture is wide; an upright screen gets it turned.
const upright = window.innerHeight > window.innerWidth;
const turns = () => upright && !["geo", "timeline"].includes(now.view);
const turned = ({ x, y }) => (turns() ? { x: -y, y: x } : { x, y });
const viewNow = () => (upright && now.view === "timeline" && views.get("timeline-upright")) || views.get(now.view);
const placesNow = () => (now.view === "years" ? base : viewNow()?.places ?? base);
const linesNow = () => views.get(now.view)?.lines ?? baseLines;

const tops = new Map();
function topOf(name) {
  if (!tops.has(name)) tops.set(name, measures.get(name).values.reduce((most, value) => Math.max(most, value ?? 0), 0));
  return tops.get(name);
}

function sizeOf(actor) {
  const { values } = measures.get(now.by);
  const top = topOf(now.by) || 1;
  const area = Math.PI * (SMALLEST ** 2 + ((LARGEST ** 2 - SMALLEST ** 2) * Math.max(values[actor] ?? 0, 0)) / top);
  return Math.sqrt(area / lookOf(actor).area);
}

const ringOf = (size, count) => size * 1.1 + 6 + Math.min(count, data.maxDashes) / 9;
const standsFor = (point) => (now.view === "geo" && isActor(point) ? cityPoint(point) : isActor(point) && now.closed.has(actors[point].community) ? pointOfCommunity(actors[point].community) : point);
const seenAs = (point) => (now.view === "geo" && isActor(point ?? n) ? cityPoint(point) ?? point : point);

let drawing = { points: new Map(), lines: new Map(), at: new Map() };

function linesDrawn() {
  const found = new Map();
  for (const line of linesNow()) {
    if (![line.from, line.to].every((end) => !isActor(end) || passing.actors.has(end))) continue;
    const through = line.links.filter((k) => passing.links.has(k));
    const [from, to] = [standsFor(line.from), standsFor(line.to)].sort((a, b) => a - b);
    if (!through.length || from === to || from === undefined || to === undefined) continue;
    const id = `${from}-${to}`;
    const all = found.get(id);
    if (all) all.links = [...new Set([...all.links, ...through])];
    else found.set(id, { id, from, to, links: through });
  }
  return found;
}

function pointDrawn(id, member) {
  const place = now.pins.get(id);
  const { x, y } = place && now.view === "map" ? { x: place[0], y: place[1] } : turned(placesNow().get(id));
  const size = member ? sizeOf(id) : HYPEREDGE_SIZE;
  return { id, x, y, size, shape: member ? lookOf(id).shape : "dot", ring: member ? actors[id].ring : ringOfLink(links[linkAt(id)]) };
}

function communityDrawn(community) {
  const inside = communities[community].filter((actor) => passing.actors.has(actor));
  const spots = inside.map((actor) => turned(placesNow().get(actor)));
  const [x, y] = ["x", "y"].map((axis) => sum(spots.map((spot) => spot[axis])) / spots.length);
  return { id: pointOfCommunity(community), x, y, size: 9 + 3.2 * Math.sqrt(inside.length), shape: "dot", ring: ring(0), inside };
}

function draw() {
  const lines = linesDrawn();
  const points = new Map();
  const twoMode = now.view === "two-mode";
  const at = new Map();
  for (const line of lines.values()) for (const end of [line.from, line.to]) at.set(end, [...(at.get(end) ?? []), line]);
  if (now.view === "timeline") return (drawing = { points: new Map([...passing.links].filter((k) => placesNow().has(n + k)).map((k) => [n + k, dotDrawn(k)])), lines: new Map(), at });
  const byCity = now.view === "geo";
  if (byCity) citiesDrawn().forEach((city) => points.set(city.id, city));
  else for (const actor of passing.actors) if (!now.closed.has(actors[actor].community)) points.set(actor, pointDrawn(actor, true));
  for (const community of byCity ? [] : now.closed) if (communities[community].some((actor) => passing.actors.has(actor))) points.set(pointOfCommunity(community), communityDrawn(community));
  for (const k of passing.links) {
    const ends = at.get(n + k)?.length ?? 0;
    if (ends > 1 || (twoMode && ends)) points.set(n + k, pointDrawn(n + k, false));
    else if (ends) lines.delete(at.get(n + k)[0].id);
  }
  // Where links are points, the rings of their unnamed parties are around these.
  if (twoMode) for (const [id, point] of points) if (isActor(id)) point.ring = ring(0);
  at.clear();
  for (const line of lines.values()) for (const end of [line.from, line.to]) at.has(end) ? at.get(end).push(line) : at.set(end, [line]);
  drawing = { points, lines, at };
}

// The chosen point or line with what hangs together with it; beyond a link's point lie its other parties.
function attended() {
  const path = now.path && pathBetween(...now.path);
  if (path) return { points: new Set(path.points), lines: new Set(path.lines) };
  if (!now.chosen) return null;
  const { line } = now.chosen;
  const point = seenAs(now.chosen.point);
  if (now.view === "timeline" && point !== undefined && isActor(point)) {
    const own = new Set(linksOf[point].map((k) => n + k));
    return [...drawing.points.keys()].every((id) => own.has(id)) ? null : { points: own, lines: new Set() };
  }
  if (line === undefined && !drawing.points.has(point) && now.view === "geo") return null;
  const found = new Set(line === undefined ? drawing.at.get(point) ?? [] : [drawing.lines.get(line)].filter(Boolean));
  if (line === undefined) for (const { to } of [...found]) if (isLink(to) && to !== point) drawing.at.get(to)?.forEach((spoke) => found.add(spoke));
  const near = new Set([...found].flatMap(({ from, to }) => [from, to]));
  if (point !== undefined) near.add(point);
  return { points: near, lines: new Set([...found].map(({ id }) => id)) };
}

