// ---- the address: who is chosen, where the eye is, and how the page speaks and looks
const actorOfKey = (key) => { for (let actor = 0; actor < n; actor += 1) if (keyOf(actor) === key) return actor; };

function readEye(value) {
  const [x, y, scale, ...more] = value.split(",").map(figure);
  return [x, y, scale].includes(undefined) || more.length || scale <= 0 ? undefined : { x, y, scale };
}

const readers = new Map(Object.entries({
  actor: actorOfKey, point: whole(n, all - 1), eye: readEye, lang: among(["en", "zh"]), theme: among(["light", "dark"]),
}));

// What an address tells, by key, and whether all of it was understood.
function read(hash) {
  const found = { clear: hash.length <= 2000 };
  if (!found.clear) return found;
  const asked_ = new URLSearchParams(hash.replace(/^#/, ""));
  for (const key of new Set(asked_.keys())) {
    const value = readers.has(key) ? one(asked_.getAll(key), readers.get(key)) : undefined;
    if (value === undefined) found.clear = false;
    else found[key] = value;
  }
  return found;
}

let noted = window.location.hash;
function remember() {
  const found = new URLSearchParams();
  if (chosen !== null) chosen < n ? found.set("actor", keyOf(chosen)) : found.set("point", chosen);
  if (eye.scale !== home.scale || eye.x !== home.x || eye.y !== home.y) found.set("eye", [eye.x.toFixed(1), eye.y.toFixed(1), eye.scale.toFixed(4)].join(","));
  if (lang !== data.lang) found.set("lang", lang);
  if (themeAsked) found.set("theme", themeAsked);
  noted = found.size ? `#${found}` : "";
  window.history.replaceState(null, "", noted || "#");
}

function restore() {
  const { actor, point, eye: seen, lang: tongue, theme: worn, clear } = read(window.location.hash);
  wear(worn ?? null);
  fit();
  choose(actor ?? point ?? null, true);
  if (seen) Object.assign(eye, { ...seen, scale: clamp(seen.scale, home.scale / 2, 8) });
  speak(tongue ?? data.lang);
  byId("said").textContent = clear ? "" : word("addressUnclear");
  remember();
}

