// Page: texts, event handlers, and the order of updates after a change of state.
import { isCurrentHash, readHash, updateHash } from "./address.js";
import {
  display,
  fitPoints,
  network,
  onViewMoved,
  onViewSettled,
  paint,
  panTo,
  showInitialArea,
  zoom,
} from "./canvas.js";
import { hideCard, onPointerOver } from "./cards.js";
import { showChips } from "./chips.js";
import { resizeCities } from "./cities.js";
import { actorOfIri, cities, communities, countLinks, links, n, pointOfCity, scene } from "./data.js";
import { setSince, setWindow, showTime, togglePlay } from "./dates.js";
import { drawing, drawnPoint, pointAt, updateDrawing } from "./drawing.js";
import { downloadActors, downloadLinks } from "./exports.js";
import { createFacets, showChoices, showFacets, showTies } from "./facets.js";
import { applyFilters, visible } from "./filter.js";
import { showFindings, toggleFindings } from "./findings.js";
import { LAYERS_ABOVE, LAYERS_BELOW } from "./layers.js";
import { choose, showPanel } from "./panel.js";
import { afterPrint, beforePrint, downloadPng, downloadSvg, printPdf } from "./picture_files.js";
import {
  onClick,
  onDoubleClick,
  onDrag,
  onDragEnd,
  onHover,
  onKey,
  onLasso,
  setLasso,
  showSelection,
} from "./pointer.js";
import { search } from "./search.js";
import { addShareListeners } from "./share.js";
import { announce, change, changed, listeners, now, redo, restoreState, undo } from "./state.js";
import { showStory, startStory } from "./story.js";
import { downloadTable, showKind, showTable } from "./table.js";
import { showUnplaced } from "./unplaced.js";
import { showYears } from "./years.js";
import { byId, detailsById, inputById, joined, make, pressedValue } from "../shared/dom.js";
import { oneOf } from "../shared/parse.js";
import { data } from "../shared/payload.js";
import { onSearchKey } from "../shared/search.js";
import { narrowScreen, prefersDark, readTheme, themeName } from "../shared/theme.js";
import { initial, LANGS, localisePage, reader, text, toLabel, word } from "../shared/words.js";

/** The counts of what is shown, if it is not all, before those of the whole. */
export const summaryText = () =>
  joined(
    visible.actors.size < n || visible.links.size < links.length
      ? word("shown", {
          actors: word("members", { n: visible.actors.size }),
          links: word("inWindow", { n: countLinks(visible.links) }),
        })
      : "",
    visible.outside.length > 0 && word("leadOut", { n: countLinks(visible.outside) }),
    text(toLabel(scene.subtitle)),
  );

function showSummary() {
  byId("subtitle").textContent = summaryText();
  byId("subtitle").title = summaryText();
}

/** @type {(keyof State)[]} */
const FILTER_KEYS = ["off", "tie", "from", "to", "undated", "top", "by", "focus", "hops", "only"];
/** @type {(keyof State)[]} */
const DRAWN_KEYS = ["view", "closed", "pins", "opened", "chosen", "path", "selected"];
/** @type {(keyof State)[]} */
const HISTORY_KEYS = ["view", "chosen", "finding", "path", "focus", "off", "tie", "only"]; // Back undoes them
/** @type {(keyof State)[]} */
const CONDITIONAL_KEYS = ["chosen", "path", "selected"]; // the visible set depends on these if not all actors are visible
listeners.push((before) => {
  const filtersChanged =
    changed(before, ...FILTER_KEYS) || ((now.top < n || now.only) && changed(before, ...CONDITIONAL_KEYS));
  if (filtersChanged) applyFilters();
  if (filtersChanged || changed(before, ...DRAWN_KEYS)) updateDrawing();
  paint();
  if (changed(before, "view")) {
    announce("");
    showInitialArea();
  }
  if (now.view !== "years" && changed(before, "off", "tie", "focus", "hops", "only")) zoom("fit");
  showPanel(before);
  if (now.path && changed(before, "path", "way")) fitPoints(display.highlight?.points ?? new Set());
  if (filtersChanged) {
    showSummary();
    for (const show of [showFacets, showTies, showTime, showTable, showChips]) show();
  }
  showChoices();
  showSelection();
  showUnplaced();
  showYears();
  showFindings();
  byId("empty").hidden = drawing.points.size > 0;
  updateHash(changed(before, ...HISTORY_KEYS));
});

/** @param {Lang} value */
function setLanguage(value) {
  reader.lang = value;
  localisePage();
  showSummary();
  byId("notes")?.replaceChildren(...data.notes.map((note) => make("li", {}, text(toLabel(note)))));
  for (const show of [
    showFacets,
    showChips,
    showTies,
    showTime,
    showTable,
    showChoices,
    showSelection,
    showUnplaced,
    showYears,
    showFindings,
    showStory,
    search,
    showPanel,
  ])
    show();
  display.version += 1;
  network.redraw();
}

/** @param {Theme | null} value */
export function setTheme(value) {
  reader.theme = value;
  readTheme();
  paint();
  for (const show of [showFacets, showTies, showPanel]) show();
}

function restoreFromHash() {
  const { state, settings, isValid } = readHash();
  reader.theme = settings.theme ?? initial.theme;
  readTheme();
  if (settings.lang) reader.lang = settings.lang;
  restoreState(state);
  applyFilters();
  for (const show of [showFindings, showTime]) show(); // they determine the size of the canvas
  network.setSize("100%", "100%");
  updateDrawing();
  paint();
  setLanguage(reader.lang);
  byId("empty").hidden = drawing.points.size > 0;
  showInitialArea();
  if (settings.viewport) {
    const [x, y, scale] = settings.viewport;
    network.moveTo({ position: { x, y }, scale, animation: false });
    resizeCities();
    display.viewport = [x.toFixed(1), y.toFixed(1), scale.toFixed(4)];
  } else if (narrowScreen.matches && now.chosen) panTo(now.chosen.point, false);
  if (!isValid) announce(word("addressUnclear"));
}

function toggleTheme() {
  setTheme(themeName() === "dark" ? "light" : "dark");
  updateHash();
}

/** @param {string} value */
function chooseLanguage(value) {
  setLanguage(oneOf(LANGS)(value) ?? reader.lang);
  updateHash();
}

/**
 * @param {number} id
 * @returns {[number, number[]]}
 */
function placeToPin(id) {
  const { x, y } = drawnPoint(id);
  return [id, [x, y]];
}

const ACTIONS = {
  unplaced: () => choose({ point: pointOfCity(cities.length) }),
  undo: () => undo(),
  redo,
  lasso: () => setLasso(byId("lassoArea").hasAttribute("hidden")),
  play: togglePlay,
  folds: () =>
    change({
      closed: now.closed.size
        ? new Set()
        : new Set(communities.map((_, c) => c).filter((c) => communities[c].length > 2)),
      chosen: null,
    }),
  only: () => change({ only: !now.only }),
  clearSelection: () => change({ selected: new Set(), only: false }),
  pinAll: () =>
    change({
      pins: new Map([...now.pins, ...[...now.selected].filter((id) => drawing.points.has(id)).map(placeToPin)]),
    }),
  all: () =>
    change({ finding: null, off: new Map(), tie: null, from: null, to: null, undated: true, focus: null, only: false }),
  skip: () => /** @type {HTMLElement | null} */ (document.querySelector("#map .vis-network"))?.focus(),
  png: downloadPng,
  pdf: printPdf,
  svg: downloadSvg,
  actorsCsv: downloadActors,
  linksCsv: downloadLinks,
  tableCsv: downloadTable,
  print: () => window.print(),
  theme: toggleTheme,
};

/**
 * Actions of lists of choices and of groups of buttons, by the id of the element.
 * @type {Map<string, (value: string) => void>}
 */
const CHOICES = new Map([
  ["by", (by) => change({ by })],
  ["colour", (colour) => change({ colour })],
  ["top", (top) => change({ top: Number(top) })],
]);
/** @type {Map<string, (value: string) => void>} */
const GROUPS = new Map([
  ["languages", chooseLanguage],
  ["views", (view) => change({ view })],
  ["zoom", zoom],
  ["kinds", showKind],
]);

/** Close the menu of files after a choice, and after a click elsewhere. @param {EventTarget | null} target */
function closeMenu(target) {
  for (const id of ["save", "share"]) {
    const inside = target instanceof Element && target.closest(`#${id}`);
    const stays = inside && (id === "share" || inside !== target.closest("details") || target.closest("summary"));
    if (detailsById(id).open && !stays) detailsById(id).open = false;
  }
}

function addListeners() {
  addShareListeners();
  byId("map").addEventListener("pointermove", onPointerOver);
  byId("map").addEventListener("pointerleave", hideCard);
  document.addEventListener("click", ({ target }) => closeMenu(target));
  document.getElementById("moreFindings")?.addEventListener("click", toggleFindings);
  for (const [id, action] of Object.entries(ACTIONS)) byId(id).addEventListener("click", action);
  for (const select of document.querySelectorAll("select"))
    select.addEventListener("change", () => CHOICES.get(select.id)?.(select.value));
  for (const id of ["from", "to"])
    byId(id).addEventListener("input", () => setWindow(inputById("from").valueAsNumber, inputById("to").valueAsNumber));
  for (const [id, action] of GROUPS)
    byId(id).addEventListener("click", (event) => pressedValue(event) && action(pressedValue(event)));
  byId("since").addEventListener("change", () => setSince(inputById("since").valueAsNumber));
  byId("undated").addEventListener("change", () => change({ undated: inputById("undated").checked }));
  byId("search").addEventListener("input", search);
  byId("finder").addEventListener("keydown", (event) => onSearchKey(event, search));
  byId("list").addEventListener("toggle", showTable);
  byId("rowFilter").addEventListener("input", showTable);
  byId("lassoArea").addEventListener("pointerdown", onLasso);
  byId("lassoArea").addEventListener("pointermove", onLasso);
  byId("lassoArea").addEventListener("pointerup", onLasso);
  document.addEventListener("keydown", onKey);
  prefersDark.addEventListener("change", () => setTheme(reader.theme));
  window.addEventListener("hashchange", () => isCurrentHash() || restoreFromHash());
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", afterPrint);
}

network.on("beforeDrawing", (context) => {
  for (const draw of LAYERS_BELOW) draw(context);
});
network.on("afterDrawing", (context) => {
  for (const draw of LAYERS_ABOVE) draw(context);
});
network.on("click", onClick);
network.on("doubleClick", onDoubleClick);
network.on("dragging", onDrag);
network.on("dragEnd", onDragEnd);
network.on("zoom", onViewMoved);
network.on("animationFinished", onViewSettled);
network.on("hoverNode", ({ node }) => onHover(node));
network.on("blurNode", () => onHover(null));
createFacets();
addListeners();
detailsById("side").open = !narrowScreen.matches;
restoreFromHash();
startStory();
window.kgMap = Object.freeze({
  network,
  point: (/** @type {string} */ iri) => actorOfIri.get(iri),
  city: pointOfCity,
  link: (/** @type {string} */ iri) => n + links.findIndex((one) => one.iri === iri),
  choose,
  visible: () => [drawing.points.size, drawing.lines.size],
  position: (/** @type {number} */ id) => pointAt(id),
  state: () => now,
});
