// Page: language, theme, event handlers, and the start.
import { byId, clamp, detailsById, inputById, pressedValue } from "../shared/dom.js";
import { oneOf } from "../shared/parse.js";
import { onSearchKey } from "../shared/search.js";
import { narrowScreen, prefersDark, readTheme, themeName } from "../shared/theme.js";
import { initial, LANGS, localise, localisePage, reader, word } from "../shared/words.js";
import { isCurrentHash, readHash, updateHash } from "./address.js";
import { keyOf, n, pointCount, scene } from "./data.js";
import { downloadActors, downloadLinks, downloadPng } from "./exports.js";
import { setWindow, showFilters, showLegend } from "./facets.js";
import { placedLabels, toScreen } from "./labels.js";
import { endsOf, lineCount, linkAt, linkKeys } from "./links.js";
import { choose, showPanel, showTable } from "./panel.js";
import { pick, unhover } from "./pick.js";
import { fit, fitAgain, onKey, onPointerDown, onPointerMove, onPointerUp, resizeCanvas, zoomAt } from "./pointer.js";
import {
  camera,
  canvas,
  chosen,
  gl,
  initGl,
  initialCamera,
  paint,
  redraw,
  setChosen,
  uploadVisible,
} from "./render.js";
import { search } from "./search.js";
import { change, firstYear, initialFilters, lastYear, listeners, setFilters, visibleCounts } from "./visible.js";

/** @param {Lang} value */
function setLanguage(value) {
  reader.lang = value;
  localisePage();
  byId("subtitle").textContent = localise(scene.subtitle);
  for (const show of [showLegend, showTable, showPanel, search]) show();
  redraw();
}

/** @param {Theme | null} value */
function setTheme(value) {
  reader.theme = value;
  readTheme();
  for (const show of [showLegend, showPanel, search]) show();
  redraw();
}

function restoreFromHash() {
  const {
    actor,
    point,
    line,
    link,
    camera: parsedCamera,
    lang: language,
    theme: parsedTheme,
    from = firstYear,
    to = lastYear,
    undated = true,
    finding = null,
    off,
    isValid,
  } = readHash();
  setFilters({ off, from: Math.min(from, to), to: Math.max(from, to), undated, finding });
  uploadVisible();
  setTheme(parsedTheme ?? initial.theme);
  fit();
  choose(actor ?? point ?? line ?? link ?? null, true);
  if (parsedCamera)
    Object.assign(camera, { ...parsedCamera, scale: clamp(parsedCamera.scale, initialCamera.scale / 2, 8) });
  setLanguage(language ?? initial.lang);
  byId("status").textContent = isValid ? "" : word("addressUnclear");
  updateHash();
}

listeners.push(uploadVisible, showFilters, () => setChosen(chosen), updateHash);
canvas.addEventListener("pointerdown", onPointerDown);
canvas.addEventListener("pointermove", onPointerMove);
canvas.addEventListener("pointerleave", unhover);
canvas.addEventListener("pointerup", onPointerUp);
canvas.addEventListener("pointercancel", onPointerUp);
canvas.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    zoomAt(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
  },
  { passive: false },
);
document.addEventListener("keydown", onKey);
new ResizeObserver(resizeCanvas).observe(canvas);
prefersDark.addEventListener("change", () => setTheme(reader.theme));
byId("theme").addEventListener("click", () => {
  setTheme(themeName() === "dark" ? "light" : "dark");
  updateHash();
});
byId("languages").addEventListener("click", (event) => {
  const lang = oneOf(LANGS)(pressedValue(event));
  if (!lang) return;
  setLanguage(lang);
  updateHash();
});
const ZOOMS = new Map([
  ["in", () => zoomAt(1.4)],
  ["out", () => zoomAt(1 / 1.4)],
  ["fit", fitAgain],
]);
byId("zoom").addEventListener("click", (event) => ZOOMS.get(pressedValue(event))?.());
byId("search").addEventListener("input", search);
byId("finder").addEventListener("keydown", (event) => onSearchKey(event, search));
for (const [id, action] of Object.entries({
  png: downloadPng,
  actorsCsv: downloadActors,
  linksCsv: downloadLinks,
  all: () => change(initialFilters()),
}))
  byId(id).addEventListener("click", action);
for (const id of ["from", "to"]) byId(id).addEventListener("input", () => setWindow(id));
byId("undated").addEventListener("change", () => change({ undated: inputById("undated").checked }));
window.addEventListener("hashchange", () => isCurrentHash() || restoreFromHash());
byId("list").addEventListener("toggle", showTable);
detailsById("side").open = !narrowScreen.matches;
readTheme();
if (gl) initGl();
resizeCanvas();
restoreFromHash();
window.kgLarge = Object.freeze({
  camera,
  n,
  pointCount,
  lineCount,
  choose,
  toScreen,
  pick,
  endsOf,
  keyAt: (/** @type {number} */ point) => (point < n ? keyOf(point) : linkKeys[linkAt[point - n]]),
  paint: () => paint(),
  labels: () => placedLabels,
  chosen: () => chosen,
  visibleCounts,
});
