// Address: choice, filters, camera, language and theme in the URL fragment.
import { decimal, every, integer, oneOf, single } from "../shared/parse.js";
import { initial, LANGS, reader, THEMES } from "../shared/words.js";
import { keyOf, n, pointCount, scene } from "./data.js";
import { endsOf, lineOfKey, linkKeys } from "./links.js";
import { camera, chosen, initialCamera } from "./render.js";
import { facets, filters, firstYear, initialFilters, lastYear } from "./visible.js";

/**
 * @param {string} key
 * @returns {number | undefined}
 */
function actorOfKey(key) {
  for (let actor = 0; actor < n; actor += 1) if (keyOf(actor) === key) return actor;
  return undefined;
}

/** @param {string} value */
function parseCamera(value) {
  const [x, y, scale, ...more] = every(decimal)(value.split(",")) ?? [];
  return scale === undefined || more.length || scale <= 0 ? undefined : { x, y, scale };
}

/** @param {string} value */
function parseLine(value) {
  const [a, b, ...more] = value.split("-").map(integer(0, pointCount - 1));
  const line = more.length || a === undefined || b === undefined ? undefined : lineOfKey(a * pointCount + b);
  return line === undefined ? undefined : { line };
}

/** @param {string} value */
function parseLink(value) {
  const link = linkKeys.indexOf(value);
  return link < 0 ? undefined : { link };
}

/** @param {number | undefined} point */
const asPoint = (point) => (point === undefined ? undefined : { point });
const parseYear = integer(firstYear, lastYear);
/** @type {Map<string, (value: string) => unknown>} */
const PARSERS = new Map(
  Object.entries({
    actor: (/** @type {string} */ value) => asPoint(actorOfKey(value)),
    point: (/** @type {string} */ value) => asPoint(integer(n, pointCount - 1)(value)),
    line: parseLine,
    link: parseLink,
    from: parseYear,
    to: parseYear,
    finding: oneOf(scene.findings.map(({ name }) => name)),
    undated: (/** @type {string} */ value) => (value === "0" ? false : undefined),
    camera: parseCamera,
    lang: oneOf(LANGS),
    theme: oneOf(THEMES),
  }),
);

/**
 * Values of a URL fragment by key; isValid is false if any part was rejected.
 * @param {string} hash
 */
function decodeHash(hash) {
  /** @type {HashValues} */
  const result = { isValid: hash.length <= 40000, off: initialFilters().off };
  if (!result.isValid) return result;
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key);
    const facet = [...facets].find(([name]) => key === `off.${name}`);
    const parser = PARSERS.get(key);
    if (facet) {
      const off = every(oneOf([...facet[1].keys()]))(values);
      if (off) result.off.set(facet[0], new Set(off));
      else result.isValid = false;
      continue;
    }
    const value = parser && single(values, parser);
    if (value === undefined) result.isValid = false;
    else Object.assign(result, { [key]: value });
  }
  return result;
}

let currentHash = window.location.hash;
export const isCurrentHash = () => window.location.hash === currentHash;

export function updateHash() {
  const params = new URLSearchParams();
  for (const [name, values] of filters.off) for (const value of values) params.append(`off.${name}`, value);
  if (filters.from !== firstYear) params.set("from", String(filters.from));
  if (filters.to !== lastYear) params.set("to", String(filters.to));
  if (!filters.undated) params.set("undated", "0");
  if (filters.finding !== null) params.set("finding", filters.finding);
  if (chosen?.link !== undefined) params.set("link", linkKeys[chosen.link]);
  else if (chosen?.line !== undefined) params.set("line", endsOf(chosen.line).join("-"));
  else if (chosen?.point !== undefined)
    params.set(chosen.point < n ? "actor" : "point", chosen.point < n ? keyOf(chosen.point) : String(chosen.point));
  if (camera.scale !== initialCamera.scale || camera.x !== initialCamera.x || camera.y !== initialCamera.y)
    params.set("camera", [camera.x.toFixed(1), camera.y.toFixed(1), camera.scale.toFixed(4)].join(","));
  if (reader.lang !== initial.lang) params.set("lang", reader.lang);
  if (reader.theme && reader.theme !== initial.theme) params.set("theme", reader.theme);
  currentHash = params.size ? `#${params}` : "";
  window.history.replaceState(null, "", currentHash || "#");
}

// The values in the address of the page.
export function readHash() {
  currentHash = window.location.hash;
  return decodeHash(currentHash);
}
