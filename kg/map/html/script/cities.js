// ---- cities: a point for each, lines between them as arcs, a net of degrees below; who is in none is told apart
const cityPoint = (actor) => (cityOf.has(actor) ? pointOfCity(cityOf.get(actor)) : undefined);
const outside = () => [...passing.actors].filter((actor) => !cityOf.has(actor));

// A city's area grows with those in it; closer by, it grows less than the map does, so that neighbours part.
const citySize = (count) => (narrow.matches ? 0.62 : 1) * (2.5 + 2 * Math.sqrt(count)) / Math.max(network.getScale(), 1e-4) ** 0.75 / (whole_ || 1) ** 0.25;

function citiesDrawn() {
  const inside_ = cities.map(() => []);
  for (const actor of passing.actors) if (cityOf.has(actor)) inside_[cityOf.get(actor)].push(actor);
  return cities.map(({ x, y }, city) => ({ id: pointOfCity(city), x, y, size: citySize(inside_[city].length), shape: "dot", ring: ring(0), inside: inside_[city] })).filter((city) => city.inside.length);
}

function sizeCities() {
  if (now.view !== "geo") return;
  for (const point of drawing.points.values()) if (isCity(point.id)) point.size = citySize(point.inside.length);
  paint();
}

// Arcs bend to the left of the way from west to east, so that each pair of cities has one.
function bendOf(a, b) {
  if (now.view !== "geo" || !isCity(a.id) || !isCity(b.id)) return null;
  const [from, to] = a.x < b.x || (a.x === b.x && a.y < b.y) ? [a, b] : [b, a];
  return { x: (a.x + b.x) / 2 + 0.22 * (to.y - from.y), y: (a.y + b.y) / 2 - 0.22 * (to.x - from.x) };
}

function courseOf(a, b) {
  const bend = bendOf(a, b);
  if (!bend) return [a, b];
  const on = (t) => ["x", "y"].map((axis) => (1 - t) ** 2 * a[axis] + 2 * t * (1 - t) * bend[axis] + t * t * b[axis]);
  return [...Array(13).keys()].map((i) => on(i / 12)).map(([x, y]) => ({ x, y }));
}

function drawNet(context) {
  if (now.view !== "geo") return;
  const scale = network.getScale();
  const size = 10.5 / scale;
  context.save();
  Object.assign(context, { strokeStyle: theme.edge, lineWidth: 1 / scale, fillStyle: theme.muted, font: `${size}px ${theme.face}`, textBaseline: "bottom", textAlign: "left" });
  for (const { label, spots } of graticule) {
    context.globalAlpha = 0.28;
    context.beginPath();
    for (let i = 0; i < spots.length; i += 2) context.lineTo(spots[i], spots[i + 1]);
    context.stroke();
    context.globalAlpha = 1;
    context.fillText(text(label), spots[0] + 3 / scale, spots[1] - 2 / scale);
  }
  context.restore();
}

function showUnplaced() {
  const left = now.view === "geo" ? outside().length : now.view === "timeline" ? undatedNow().length : 0;
  byId("unplaced").hidden = !left;
  byId("unplaced").textContent = word(now.view === "geo" ? "unplaced" : "undatedOnes", { n: left });
}

const insideCity = (city) => orderBy(now.by).filter((actor) => passing.actors.has(actor) && (cityOf.get(actor) ?? cities.length) === city);
const titleOfCity = (city) => (now.view === "timeline" ? word("undatedLinks", { n: undatedNow().length }) : city < cities.length ? `${nameOf(cities[city])} · ${word("members", { n: insideCity(city).length })}` : word("unplacedTitle", { n: outside().length }));
const cityBody = (city) => (now.view === "timeline" ? undatedNow().map((k) => linkItem(k, false)) : [make("ul", { class: "people" }, ...insideCity(city).map((actor) => make("li", {}, swatch(lookOf(actor)), button(nameOf(actors[actor]), () => choose({ point: actor }, true)))))]);
