// Data: convert columns to rows, and indexes into the list of texts to texts.
const input = JSON.parse(byId("data").textContent);
const data = input.scene;

const texts = [undefined];
data.texts.forEach((rest, i) => texts.push((texts[i] ?? "").slice(0, data.shared[i]) + rest));
const textAt = (place) => texts[place];
const iriAt = (place) => (texts[place][0] === "~" ? data.base : "") + texts[place].slice(1);
const labelAt = (pair) => ({ en: pair ? textAt(pair[0]) : undefined, zh: pair ? textAt(pair[1]) : undefined });

// Cell of a row; a column of repeated values stores each value once, with the index per row.
const cellAt = (column, row) => (column.each ? column.each[column.at ? column.at[row] : 0] : column[row]);

function rowsOf(columns, convert) {
  const names = Object.keys(columns);
  return (columns.iri ?? []).map((_, place) => {
    const row = {};
    for (const name of names) {
      const value = cellAt(columns[name], place);
      row[name] = convert[name] ? convert[name](value) : value;
    }
    return row;
  });
}

const namesAt = (list) => list.filter((_, i) => i % 2 === 0).map((one, i) => [textAt(one), textAt(list[2 * i + 1])]);
const ringAt = (pair) => (pair ? { count: pair[0], bound: Boolean(pair[1]) } : { count: 0, bound: false });

function partyAt([role, actor, en, zh, count, kind, named]) {
  const own = en === undefined && actor >= 0 ? actors[actor].label : labelAt([en, zh]);
  return { role: textAt(role), actor, label: own, ...(actor === -2 && { count, countKind: textAt(kind), named }) };
}

const actors = rowsOf(data.actors, {
  iri: iriAt, label: labelAt, names: namesAt, ring: ringAt, region: (pair) => pair && labelAt(pair), units: (list) => list.map(labelAt),
});
const evidence = rowsOf(data.evidence, {
  iri: iriAt, title: labelAt, note: labelAt, derived: (list) => list.map(iriAt), ...Object.fromEntries(data.evidenceTexts.map((name) => [name, textAt])),
});
const links = rowsOf(data.links, {
  iri: iriAt, label: labelAt, kind: textAt, stage: textAt, stated: (place) => (place < 0 ? place : textAt(place)), about: labelAt,
  parties: (list) => list.map(partyAt), layers: (list) => list.map(textAt),
});
for (const link of links) {
  if (link.latest === -1) link.latest = link.start;
  if (link.stated === -1) link.stated = new Date(link.start * 864e5).toISOString().slice(0, 10);
  if (!link.members) link.members = [...new Set(link.parties.map(({ actor }) => actor).filter((actor) => actor >= 0))].sort((a, b) => a - b);
}
const n = actors.length;
const styles = data.styles;
const styleOf = (actor) => styles[actors[actor].style];
const scaled = (value, per) => (typeof value === "number" ? value / per : value);
const measures = new Map(data.measures.map(({ name, per, ...columns }) => [name, Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, actors.map((_, actor) => scaled(cellAt(column, actor), per))]))]));
const firstMeasure = data.measures[0].name;
const views = new Map(data.views.map((view) => [view.name, view]));

const viewNames = [...views.keys()].filter((name) => name !== "timeline-upright");

const cities = (views.get("geo")?.cities ?? []).map(([en, zh, x, y, members]) => ({ label: { en, zh }, x, y, members }));
const cityOf = new Map(cities.flatMap(({ members }, city) => members.map((actor) => [actor, city])));
const graticule = (views.get("geo")?.graticule ?? []).map(([en, zh, ...coordinates]) => ({ label: { en, zh }, coordinates }));

const linksOf = actors.map(() => []);
links.forEach((link, k) => link.members.forEach((actor) => linksOf[actor].push(k)));
const communities = [];
actors.forEach(({ community }, actor) => (communities[community] = communities[community] ?? []).push(actor));
const actorOfIri = new Map(actors.map(({ iri }, actor) => [iri, actor]));

// Point ids: actors from 0, links from n, then communities, cities, and one id for actors without a city.
const isActor = (point) => point < n;
const isLink = (point) => point >= n && point < n + links.length;
const linkAt = (point) => point - n;
const isCommunity = (point) => point >= n + links.length && point < n + links.length + communities.length;
const isCity = (point) => point >= n + links.length + communities.length;
const cityAt = (point) => point - n - links.length - communities.length;
const pointOfCity = (city) => n + links.length + communities.length + city;
const communityAt = (point) => point - n - links.length;
const pointOfCommunity = (community) => n + links.length + community;

// The unnamed parties of a link appear once: around its point, or around its only named party.
const linkRing = ({ declared, named, bound }) => ({ count: Math.max(declared - named, 0), bound: Boolean(bound) && declared > named });

// Actors by descending score, then by descending number of links.
const orders = new Map();
function orderBy(name) {
  const { values } = measures.get(name);
  const degree = (actor) => linksOf[actor].length;
  if (!orders.has(name)) orders.set(name, actors.map((_, actor) => actor).sort((a, b) => (values[b] ?? -1) - (values[a] ?? -1) || degree(b) - degree(a) || a - b));
  return orders.get(name);
}

// Rank: one plus the number of actors with a higher score.
const ranks = new Map();
function rankOf(name, actor) {
  const { values } = measures.get(name);
  if (!ranks.has(name)) {
    const byValue = new Map();
    orderBy(name).map((one) => values[one]).forEach((value, place) => value === null || byValue.has(value) || byValue.set(value, place + 1));
    ranks.set(name, byValue);
  }
  return ranks.get(name).get(values[actor]);
}

