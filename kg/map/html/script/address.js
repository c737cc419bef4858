// ---- the address: what is shown now, after the #; read strictly
const keyOf = (actor) => textAt(data.actors.iri[actor]);
const actorOfKey = new Map(actors.map((_, actor) => [keyOf(actor), actor]));
const monthOf = (days) => day(days).slice(0, 7);

const readActor = (value) => actorOfKey.get(value);

function readMonth(value, last) {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) return undefined;
  const [year, month] = value.split("-").map(Number);
  return Date.UTC(year, month - 1 + last, 1) / 864e5 - last;
}

function readPin(value) {
  const parts = /^(.*),(-?[\d.]+),(-?[\d.]+)$/s.exec(value);
  const pin = parts && [readActor(parts[1]), [figure(parts[2]), figure(parts[3])]];
  return pin && pin[0] !== undefined && !pin[1].includes(undefined) ? pin : undefined;
}

function readLine(value) {
  const ends = value.split("-").map(whole(0, pointOfCity(cities.length)));
  return ends.length === 2 && !ends.includes(undefined) ? { line: ends.join("-") } : undefined;
}

const ofTwo = (read) => (values) => (values.length === 2 ? each(read)(values) : undefined);
const readers = new Map(Object.entries({
  view: (values) => one(values, among(["map", ...viewNames])),
  by: (values) => one(values, among([...measures.keys()])),
  colour: (values) => one(values, among(["sector", "community"])),
  top: (values) => one(values, whole(1, n)),
  tie: ofTwo(among(looks.map(({ sector }) => sector))),
  from: (values) => one(values, (value) => readMonth(value, 0)),
  to: (values) => one(values, (value) => readMonth(value, 1)),
  undated: (values) => one(values, (value) => (value === "0" ? false : undefined)),
  actor: (values) => one(values, (value) => (value === "" ? null : readActor(value) === undefined ? undefined : { point: readActor(value) })),
  line: (values) => one(values, readLine),
  point: (values) => one(values, (value) => { const point = whole(n, pointOfCity(cities.length))(value); return point === undefined ? undefined : { point }; }),
  focus: (values) => one(values, readActor),
  hops: (values) => one(values, whole(1, 9)),
  path: ofTwo(readActor),
  closed: (values) => { const found = each(whole(0, communities.length - 1))(values); return found && new Set(found); },
  pin: (values) => { const found = each(readPin)(values); return found && new Map(found); },
  mark: (values) => { const found = each(readActor)(values); return found && new Set(found); },
  only: (values) => one(values, (value) => (value === "1" ? true : undefined)),
  lang: (values) => one(values, among(["en", "zh"])),
  theme: (values) => one(values, among(["light", "dark"])),
  eye: (values) => one(values, (value) => { const eye = value.split(",").map(figure); return eye.length === 3 && !eye.includes(undefined) && eye[2] >= 0.005 && eye[2] <= 30 ? eye : undefined; }),
}));
const places = { actor: "chosen", line: "chosen", point: "chosen", pin: "pins", mark: "marked" };

// The state that an address tells, and whether all of it was understood.
function read(hash) {
  const found = { state: beginning(), outside: {}, clear: hash.length <= 40000 };
  if (!found.clear) return found;
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  for (const key of new Set(asked.keys())) {
    const values = asked.getAll(key);
    const facet = facets.find(({ name }) => key === `off.${name}`);
    const value = facet ? (values.every((part) => facet.values.has(part)) ? new Set(values) : undefined) : readers.get(key)?.(values);
    if (value === undefined) found.clear = false;
    else if (facet) found.state.off.set(facet.name, value);
    else if (["lang", "theme", "eye"].includes(key)) found.outside[key] = value;
    else found.state[places[key] ?? key] = value;
  }
  return found;
}

function told() {
  const found = new URLSearchParams();
  const plain = beginning();
  for (const name of ["view", "by", "colour", "top", "hops"]) if (now[name] !== plain[name]) found.set(name, now[name]);
  for (const [facet, values] of now.off) for (const value of values) found.append(`off.${facet}`, value);
  for (const sector of now.tie ?? []) found.append("tie", sector);
  if (now.from !== null) found.set("from", monthOf(now.from));
  if (now.to !== null) found.set("to", monthOf(now.to));
  if (!now.undated) found.set("undated", "0");
  if (now.chosen?.line) found.set("line", now.chosen.line);
  else if (now.chosen) isActor(now.chosen.point) ? found.set("actor", keyOf(now.chosen.point)) : found.set("point", now.chosen.point);
  else if (plain.chosen) found.set("actor", ""); // the page of an actor without its panel
  if (now.focus !== null) found.set("focus", keyOf(now.focus));
  for (const actor of now.path ?? []) found.append("path", keyOf(actor));
  for (const community of now.closed) found.append("closed", community);
  for (const [actor, [x, y]] of now.pins) found.append("pin", `${keyOf(actor)},${x.toFixed(1)},${y.toFixed(1)}`);
  for (const actor of now.marked) found.append("mark", keyOf(actor));
  if (now.only) found.set("only", "1");
  if (lang !== data.lang) found.set("lang", lang);
  if (themeAsked !== data.theme) found.set("theme", themeAsked);
  const eye = eyeNow();
  if (eye) found.set("eye", eye.join(","));
  return found.toString();
}

let written = window.location.hash;
function remember() {
  const hash = told();
  written = hash && `#${hash}`;
  window.history.replaceState(null, "", written || "#");
}

