// ---- what passes: facets of actors and of links, the window of dates, the most central, the surroundings of one actor
const facets = [
  { name: "kind", ofActor: true, of: (actor) => [`${actors[actor].look}`], label: (value) => kindOf(looks[value]) },
  { name: "sector", ofActor: true, of: (actor) => [lookOf(actor).sector], label: (value) => term("sector", value) || word("unknown") },
  { name: "place", ofActor: true, of: (actor) => [actors[actor].region?.en ?? ""], label: (value) => text(regions.get(value)) || word("unknown") },
  { name: "form", of: (k) => [links[k].kind], label: (value) => term("kind", value) },
  { name: "layer", of: (k) => links[k].layers, label: (value) => term("layer", value) },
  { name: "stage", of: (k) => [links[k].stage ?? ""], label: (value) => term("stage", value) || word("unknown") },
  { name: "source", of: (k) => sourcesOf(k), label: (value) => value || word("unknown") },
];
const regions = new Map(actors.filter(({ region }) => region).map(({ region }) => [region.en ?? "", region]));
const sourcesOf = (k) => (links[k].evidence.length ? [...new Set(links[k].evidence.map((piece) => evidence[piece].publisher ?? ""))] : [""]);
for (const facet of facets) {
  facet.values = new Map(); // how many there are of each value, the most frequent first
  const all = facet.ofActor ? actors : links;
  const counts = new Map();
  all.forEach((_, place) => facet.of(place).forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1)));
  for (const [value, count] of [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) facet.values.set(value, count);
}

const facetPasses = ({ name, of }, place) => !now.off.get(name)?.size || of(place).some((value) => !now.off.get(name).has(value));

// Certain, possible or not at all: a start is an interval of days, and an open end of it reaches for ever.
function within({ start, latest }) {
  if (start === null && latest === null) return now.undated ? "certain" : "";
  const [since, until] = [now.from ?? -Infinity, now.to ?? Infinity];
  const [first, last] = [start ?? -Infinity, latest ?? Infinity];
  if (first > until || last < since) return "";
  return first >= since && last <= until ? "certain" : "possible";
}

function tiePasses({ members }) {
  if (!now.tie) return true;
  const [a, b] = now.tie;
  const found = members.map((actor) => lookOf(actor).sector);
  return a === b ? found.filter((sector) => sector === a).length > 1 : found.includes(a) && found.includes(b);
}

function around(centre, hops, passes) {
  const near = new Set([centre]);
  for (let hop = 0; hop < hops; hop += 1) {
    for (const actor of [...near]) for (const k of linksOf[actor]) if (passes[k]) links[k].members.forEach((one) => near.add(one));
  }
  return near;
}

let passing;
function filter() {
  const actorFacets = facets.filter(({ ofActor }) => ofActor);
  const linkFacets = facets.filter(({ ofActor }) => !ofActor);
  const how = links.map((link, k) => (tiePasses(link) && linkFacets.every((facet) => facetPasses(facet, k)) ? within(link) : ""));
  const near = now.focus === null ? null : around(now.focus, now.hops, how);
  const first = new Set(now.top >= n ? [] : orderBy(now.by).slice(0, now.top));
  for (const actor of [now.chosen?.point, now.focus, ...(now.path ?? [])]) if (actor !== undefined && actor !== null && isActor(actor)) first.add(actor);
  const fits = (actor) => (now.top >= n || first.has(actor) || near) && (!near || near.has(actor)) && (!now.only || now.marked.has(actor)) && actorFacets.every((facet) => facetPasses(facet, actor));
  const shown = new Set(actors.map((_, actor) => actor).filter(fits));
  const kept = links.map((link, k) => k).filter((k) => how[k] && links[k].members.some((actor) => shown.has(actor)));
  const tied = new Set(kept.flatMap((k) => links[k].members));
  passing = { actors: new Set([...shown].filter((actor) => tied.has(actor))), links: new Set(kept), how };
}

