// Page: texts, event handlers, and the order of updates after a change of state.
const summaryText = () => joined(text(toLabel(data.subtitle)), visible.actors.size < n || visible.links.size < links.length ? word("shown", { actors: word("members", { n: visible.actors.size }), links: word("inWindow", { n: visible.links.size }) }) : "");

const FILTER_KEYS = ["off", "tie", "from", "to", "undated", "top", "by", "focus", "hops", "only"];
const CONDITIONAL_KEYS = ["chosen", "path", "selected"]; // the visible set depends on these if not all actors are visible
listeners.push((before) => {
  const filtersChanged = changed(before, ...FILTER_KEYS) || ((now.top < n || now.only) && changed(before, ...CONDITIONAL_KEYS));
  if (filtersChanged) applyFilters();
  if (filtersChanged || changed(before, "view", "closed", "pins")) updateDrawing();
  paint();
  if (changed(before, "view")) announce(""), showInitialArea();
  showPanel(before);
  if (filtersChanged) {
    byId("subtitle").textContent = summaryText();
    for (const show of [showFacets, showTies, showTime, showTable]) show();
  }
  showChoices();
  showSelection();
  showUnplaced();
  showYears();
  byId("empty").hidden = drawing.points.size > 0;
  updateHash();
});

function setLanguage(value) {
  lang = value;
  document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  document.title = byId("title").textContent = text(toLabel(data.title));
  byId("subtitle").textContent = summaryText();
  byId("notes")?.replaceChildren(...data.notes.map((note) => make("li", {}, text(toLabel(note)))));
  const localiseAll = (name, apply) => document.querySelectorAll(`[data-${name}]`).forEach((element) => apply(element, word(element.getAttribute(`data-${name}`))));
  localiseAll("word", (element, label) => { element.textContent = label; });
  localiseAll("word-label", (element, label) => { element.setAttribute("aria-label", label); if (element.matches("button")) element.title = label; });
  localiseAll("word-hint", (element, label) => element.setAttribute("placeholder", label));
  for (const one of byId("languages").children) one.setAttribute("aria-pressed", String(one.value === lang));
  for (const show of [showFacets, showTies, showTime, showTable, showChoices, showSelection, showUnplaced, showYears, search, showPanel]) show();
  version += 1;
  network.redraw();
}

function setTheme(value) {
  chosenTheme = value;
  readTheme();
  paint();
  for (const show of [showFacets, showTies, showPanel]) show();
}

function restoreFromHash() {
  currentHash = window.location.hash;
  const { state, settings, isValid } = decodeHash(currentHash);
  chosenTheme = settings.theme ?? data.theme;
  readTheme();
  if (settings.lang) lang = settings.lang;
  past.length = future.length = 0;
  now = state;
  applyFilters();
  updateDrawing();
  paint();
  setLanguage(lang);
  byId("empty").hidden = drawing.points.size > 0;
  showInitialArea();
  if (settings.viewport) {
    const [x, y, scale] = settings.viewport;
    network.moveTo({ position: { x, y }, scale, animation: false });
    resizeCities();
    readerViewport = [x.toFixed(1), y.toFixed(1), scale.toFixed(4)];
  } else if (narrowScreen.matches && now.chosen) panTo(now.chosen.point, false);
  if (!isValid) announce(word("addressUnclear"));
}

const ACTIONS = {
  unplaced: () => choose({ point: pointOfCity(cities.length) }),
  undo: () => undo(), redo, lasso: () => setLasso(byId("lassoArea").hasAttribute("hidden")), play: togglePlay,
  folds: () => change({ closed: now.closed.size ? new Set() : new Set(communities.map((_, c) => c).filter((c) => communities[c].length > 2)), chosen: null }),
  only: () => change({ only: !now.only }), clearSelection: () => change({ selected: new Set(), only: false }), pinAll: () => change({ pins: new Map([...now.pins, ...[...now.selected].filter((id) => drawing.points.has(id)).map((id) => [id, [drawing.points.get(id).x, drawing.points.get(id).y]])]) }),
  all: () => change({ off: new Map(), tie: null, from: null, to: null, undated: true, focus: null, only: false }),
  png: downloadPng, svg: downloadSvg, actorsCsv: downloadActors, linksCsv: downloadLinks, print: () => window.print(),
  theme: () => (setTheme(themeName() === "dark" ? "light" : "dark"), updateHash()),
};

function addListeners() {
  for (const [id, action] of Object.entries(ACTIONS)) byId(id).addEventListener("click", action);
  for (const [id, action] of Object.entries({ by: (by) => change({ by }), colour: (colour) => change({ colour }), top: (top) => change({ top: Number(top) }) })) byId(id).addEventListener("change", ({ target }) => action(target.value));
  for (const id of ["from", "to"]) byId(id).addEventListener("input", () => setWindow(byId("from").valueAsNumber, byId("to").valueAsNumber));
  for (const [id, action] of Object.entries({ languages: (value) => (setLanguage(value), updateHash()), views: (view) => change({ view }), zoom, kinds: (kind) => { tableKind = kind; rowsShown = ROWS_PER_PAGE; showTable(); } })) byId(id).addEventListener("click", ({ target }) => target.value && action(target.value));
  byId("undated").addEventListener("change", () => change({ undated: byId("undated").checked }));
  byId("search").addEventListener("input", search);
  byId("finder").addEventListener("keydown", onSearchKey);
  byId("list").addEventListener("toggle", showTable);
  for (const type of ["pointerdown", "pointermove", "pointerup"]) byId("lassoArea").addEventListener(type, onLasso);
  document.addEventListener("keydown", onKey);
  prefersDark.addEventListener("change", () => setTheme(chosenTheme));
  window.addEventListener("hashchange", () => window.location.hash !== currentHash && restoreFromHash());
  // Print in the light theme and restore the theme of the screen afterwards.
  let screenTheme = null;
  window.addEventListener("beforeprint", () => { screenTheme = chosenTheme; if (themeName() === "dark") setTheme("light"); });
  window.addEventListener("afterprint", () => setTheme(screenTheme));
}

network.on("beforeDrawing", (context) => (drawGraticule(context), drawBands(context), drawSpans(context), drawHulls(context), drawLines(context), drawRings(context)));
network.on("afterDrawing", (context) => (drawHighlight(context), drawSelection(context), drawLabels(context)));
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
byId("side").open = !narrowScreen.matches;
restoreFromHash();
window.kgMap = Object.freeze({ network, point: (iri) => actorOfIri.get(iri), city: pointOfCity, link: (iri) => n + links.findIndex((one) => one.iri === iri), choose, visible: () => [drawing.points.size, drawing.lines.size], position: (id) => drawing.points.get(id), state: () => now });
