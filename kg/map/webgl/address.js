// ---- the address: who is chosen, what is shown, where the eye is, and how the page speaks and looks
const actorOfKey = (key) => { for (let actor = 0; actor < n; actor += 1) if (keyOf(actor) === key) return actor; };

function readEye(value) {
  const [x, y, scale, ...more] = value.split(",").map(figure);
  return [x, y, scale].includes(undefined) || more.length || scale <= 0 ? undefined : { x, y, scale };
}

function readLine(value) {
  const [a, b, ...more] = value.split("-").map(whole(0, all - 1));
  const line = more.length || a === undefined || b === undefined ? undefined : lineOfKey(a * all + b);
  return line === undefined ? undefined : { line };
}

function readLink(value) {
  const link = linkKeys.indexOf(value);
  return link < 0 ? undefined : { link };
}

const asPoint = (point) => (point === undefined ? undefined : { point });
const year = whole(firstYear, lastYear);
const readers = new Map(Object.entries({
  actor: (value) => asPoint(actorOfKey(value)), point: (value) => asPoint(whole(n, all - 1)(value)), line: readLine, link: readLink,
  from: year, to: year, undated: (value) => (value === "0" ? false : undefined),
  eye: readEye, lang: among(["en", "zh"]), theme: among(["light", "dark"]),
}));

// What an address tells, by key, and whether all of it was understood.
function read(hash) {
  const found = { clear: hash.length <= 40000, off: everything().off };
  if (!found.clear) return found;
  const asked_ = new URLSearchParams(hash.replace(/^#/, ""));
  for (const key of new Set(asked_.keys())) {
    const values = asked_.getAll(key);
    const facet = [...facets.keys()].find((name) => key === `off.${name}`);
    const value = facet ? each((one_) => (facets.get(facet).has(one_) ? one_ : undefined))(values) : readers.has(key) ? one(values, readers.get(key)) : undefined;
    if (value === undefined) found.clear = false;
    else if (facet) found.off.set(facet, new Set(value));
    else found[key] = value;
  }
  return found;
}

let noted = window.location.hash;
function remember() {
  const found = new URLSearchParams();
  for (const [name, values] of now.off) for (const value of values) found.append(`off.${name}`, value);
  if (now.from !== firstYear) found.set("from", now.from);
  if (now.to !== lastYear) found.set("to", now.to);
  if (!now.undated) found.set("undated", "0");
  if (chosen?.link !== undefined) found.set("link", linkKeys[chosen.link]);
  else if (chosen?.line !== undefined) found.set("line", endsOf(chosen.line).join("-"));
  else if (chosen) chosen.point < n ? found.set("actor", keyOf(chosen.point)) : found.set("point", chosen.point);
  if (eye.scale !== home.scale || eye.x !== home.x || eye.y !== home.y) found.set("eye", [eye.x.toFixed(1), eye.y.toFixed(1), eye.scale.toFixed(4)].join(","));
  if (lang !== data.lang) found.set("lang", lang);
  if (themeAsked && themeAsked !== data.theme) found.set("theme", themeAsked);
  noted = found.size ? `#${found}` : "";
  window.history.replaceState(null, "", noted || "#");
}

function restore() {
  const { actor, point, line, link, eye: seen, lang: tongue, theme: worn, from = firstYear, to = lastYear, undated = true, off, clear } = read(window.location.hash);
  now = { off, from: Math.min(from, to), to: Math.max(from, to), undated };
  reckon();
  deal();
  wear(worn ?? data.theme);
  fit();
  choose(actor ?? point ?? line ?? link ?? null, true);
  if (seen) Object.assign(eye, { ...seen, scale: clamp(seen.scale, home.scale / 2, 8) });
  speak(tongue ?? data.lang);
  byId("said").textContent = clear ? "" : word("addressUnclear");
  remember();
}

