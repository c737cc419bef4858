// Address: choice, filters, camera, language and theme in the URL fragment.
const actorOfKey = (key) => { for (let actor = 0; actor < n; actor += 1) if (keyOf(actor) === key) return actor; };

function parseCamera(value) {
  const [x, y, scale, ...more] = value.split(",").map(decimal);
  return [x, y, scale].includes(undefined) || more.length || scale <= 0 ? undefined : { x, y, scale };
}

function parseLine(value) {
  const [a, b, ...more] = value.split("-").map(integer(0, pointCount - 1));
  const line = more.length || a === undefined || b === undefined ? undefined : lineOfKey(a * pointCount + b);
  return line === undefined ? undefined : { line };
}

function parseLink(value) {
  const link = linkKeys.indexOf(value);
  return link < 0 ? undefined : { link };
}

const asPoint = (point) => (point === undefined ? undefined : { point });
const parseYear = integer(firstYear, lastYear);
const PARSERS = new Map(Object.entries({
  actor: (value) => asPoint(actorOfKey(value)), point: (value) => asPoint(integer(n, pointCount - 1)(value)), line: parseLine, link: parseLink,
  from: parseYear, to: parseYear, undated: (value) => (value === "0" ? false : undefined),
  camera: parseCamera, lang: oneOf(["en", "zh"]), theme: oneOf(["light", "dark"]),
}));

// Values of a URL fragment by key; isValid is false if any part was rejected.
function decodeHash(hash) {
  const result = { isValid: hash.length <= 40000, off: initialFilters().off };
  if (!result.isValid) return result;
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key);
    const facet = [...facets.keys()].find((name) => key === `off.${name}`);
    const value = facet ? every((one) => (facets.get(facet).has(one) ? one : undefined))(values) : PARSERS.has(key) ? single(values, PARSERS.get(key)) : undefined;
    if (value === undefined) result.isValid = false;
    else if (facet) result.off.set(facet, new Set(value));
    else result[key] = value;
  }
  return result;
}

let currentHash = window.location.hash;
function updateHash() {
  const params = new URLSearchParams();
  for (const [name, values] of filters.off) for (const value of values) params.append(`off.${name}`, value);
  if (filters.from !== firstYear) params.set("from", filters.from);
  if (filters.to !== lastYear) params.set("to", filters.to);
  if (!filters.undated) params.set("undated", "0");
  if (chosen?.link !== undefined) params.set("link", linkKeys[chosen.link]);
  else if (chosen?.line !== undefined) params.set("line", endsOf(chosen.line).join("-"));
  else if (chosen) chosen.point < n ? params.set("actor", keyOf(chosen.point)) : params.set("point", chosen.point);
  if (camera.scale !== initialCamera.scale || camera.x !== initialCamera.x || camera.y !== initialCamera.y) params.set("camera", [camera.x.toFixed(1), camera.y.toFixed(1), camera.scale.toFixed(4)].join(","));
  if (lang !== data.lang) params.set("lang", lang);
  if (chosenTheme && chosenTheme !== data.theme) params.set("theme", chosenTheme);
  currentHash = params.size ? `#${params}` : "";
  window.history.replaceState(null, "", currentHash || "#");
}

function restoreFromHash() {
  const { actor, point, line, link, camera: parsedCamera, lang: language, theme: parsedTheme, from = firstYear, to = lastYear, undated = true, off, isValid } = decodeHash(window.location.hash);
  filters = { off, from: Math.min(from, to), to: Math.max(from, to), undated };
  updateVisible();
  uploadVisible();
  setTheme(parsedTheme ?? data.theme);
  fit();
  choose(actor ?? point ?? line ?? link ?? null, true);
  if (parsedCamera) Object.assign(camera, { ...parsedCamera, scale: clamp(parsedCamera.scale, initialCamera.scale / 2, 8) });
  setLanguage(language ?? data.lang);
  byId("status").textContent = isValid ? "" : word("addressUnclear");
  updateHash();
}

