// Address: the state in the URL fragment, parsed strictly.
const keyOf = (actor) => textAt(data.actors.iri[actor]);
const actorOfKey = new Map(actors.map((_, actor) => [keyOf(actor), actor]));
const monthOf = (days) => day(days).slice(0, 7);

const parseActor = (value) => actorOfKey.get(value);

function parseMonth(value, last) {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) return undefined;
  const [year, month] = value.split("-").map(Number);
  return Date.UTC(year, month - 1 + last, 1) / 864e5 - last;
}

function parsePin(value) {
  const parts = /^(.*),(-?[\d.]+),(-?[\d.]+)$/s.exec(value);
  const pin = parts && [parseActor(parts[1]), [decimal(parts[2]), decimal(parts[3])]];
  return pin && pin[0] !== undefined && !pin[1].includes(undefined) ? pin : undefined;
}

function parseLine(value) {
  const ends = value.split("-").map(integer(0, pointOfCity(cities.length)));
  return ends.length === 2 && !ends.includes(undefined) ? { line: ends.join("-") } : undefined;
}

const pairOf = (read) => (values) => (values.length === 2 ? every(read)(values) : undefined);
const PARSERS = new Map(Object.entries({
  view: (values) => single(values, oneOf(["map", ...viewNames])),
  by: (values) => single(values, oneOf([...measures.keys()])),
  colour: (values) => single(values, oneOf(["sector", "community"])),
  top: (values) => single(values, integer(1, n)),
  tie: pairOf(oneOf(styles.map(({ sector }) => sector))),
  from: (values) => single(values, (value) => parseMonth(value, 0)),
  to: (values) => single(values, (value) => parseMonth(value, 1)),
  undated: (values) => single(values, (value) => (value === "0" ? false : undefined)),
  actor: (values) => single(values, (value) => (value === "" ? null : parseActor(value) === undefined ? undefined : { point: parseActor(value) })),
  line: (values) => single(values, parseLine),
  point: (values) => single(values, (value) => { const point = integer(n, pointOfCity(cities.length))(value); return point === undefined ? undefined : { point }; }),
  focus: (values) => single(values, parseActor),
  hops: (values) => single(values, integer(1, 9)),
  path: pairOf(parseActor),
  closed: (values) => { const parsed = every(integer(0, communities.length - 1))(values); return parsed && new Set(parsed); },
  pin: (values) => { const parsed = every(parsePin)(values); return parsed && new Map(parsed); },
  select: (values) => { const parsed = every(parseActor)(values); return parsed && new Set(parsed); },
  only: (values) => single(values, (value) => (value === "1" ? true : undefined)),
  lang: (values) => single(values, oneOf(["en", "zh"])),
  theme: (values) => single(values, oneOf(["light", "dark"])),
  viewport: (values) => single(values, (value) => { const viewport = value.split(",").map(decimal); return viewport.length === 3 && !viewport.includes(undefined) && viewport[2] >= 0.005 && viewport[2] <= 30 ? viewport : undefined; }),
}));
const STATE_KEYS = { actor: "chosen", line: "chosen", point: "chosen", pin: "pins", select: "selected" };

// The state in a URL fragment; isValid is false if any part was rejected.
function decodeHash(hash) {
  const result = { state: initialState(), settings: {}, isValid: hash.length <= 40000 };
  if (!result.isValid) return result;
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key);
    const facet = facets.find(({ name }) => key === `off.${name}`);
    const value = facet ? (values.every((part) => facet.values.has(part)) ? new Set(values) : undefined) : PARSERS.get(key)?.(values);
    if (value === undefined) result.isValid = false;
    else if (facet) result.state.off.set(facet.name, value);
    else if (["lang", "theme", "viewport"].includes(key)) result.settings[key] = value;
    else result.state[STATE_KEYS[key] ?? key] = value;
  }
  return result;
}

function encodeHash() {
  const params = new URLSearchParams();
  const plain = initialState();
  for (const name of ["view", "by", "colour", "top", "hops"]) if (now[name] !== plain[name]) params.set(name, now[name]);
  for (const [facet, values] of now.off) for (const value of values) params.append(`off.${facet}`, value);
  for (const sector of now.tie ?? []) params.append("tie", sector);
  if (now.from !== null) params.set("from", monthOf(now.from));
  if (now.to !== null) params.set("to", monthOf(now.to));
  if (!now.undated) params.set("undated", "0");
  if (now.chosen?.line) params.set("line", now.chosen.line);
  else if (now.chosen) isActor(now.chosen.point) ? params.set("actor", keyOf(now.chosen.point)) : params.set("point", now.chosen.point);
  else if (plain.chosen) params.set("actor", ""); // the page of an actor, with its panel closed
  if (now.focus !== null) params.set("focus", keyOf(now.focus));
  for (const actor of now.path ?? []) params.append("path", keyOf(actor));
  for (const community of now.closed) params.append("closed", community);
  for (const [actor, [x, y]] of now.pins) params.append("pin", `${keyOf(actor)},${x.toFixed(1)},${y.toFixed(1)}`);
  for (const actor of now.selected) params.append("select", keyOf(actor));
  if (now.only) params.set("only", "1");
  if (lang !== data.lang) params.set("lang", lang);
  if (chosenTheme !== data.theme) params.set("theme", chosenTheme);
  const viewport = currentViewport();
  if (viewport) params.set("viewport", viewport.join(","));
  return params.toString();
}

let currentHash = window.location.hash;
function updateHash() {
  const hash = encodeHash();
  currentHash = hash && `#${hash}`;
  window.history.replaceState(null, "", currentHash || "#");
}

