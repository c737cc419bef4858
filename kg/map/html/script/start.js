// ---- the page: its words, its buttons, and the order in which a change is shown
const counted = () => together(text(inBoth(data.subtitle)), passing.actors.size < n || passing.links.size < links.length ? word("shown", { actors: word("members", { n: passing.actors.size }), links: word("inWindow", { n: passing.links.size }) }) : "");

const FILTERS = ["off", "tie", "from", "to", "undated", "top", "by", "focus", "hops", "only"];
const SOMETIMES = ["chosen", "path", "marked"]; // what passes depends on them where not everybody is shown
shows.push((before) => {
  const again = changed(before, ...FILTERS) || ((now.top < n || now.only) && changed(before, ...SOMETIMES));
  if (again) filter();
  if (again || changed(before, "view", "closed", "pins")) draw();
  paint();
  if (changed(before, "view")) say(""), goHome();
  showPanel(before);
  if (again) {
    byId("subtitle").textContent = counted();
    for (const show of [showFacets, showTies, showTime, showTable]) show();
  }
  showChoices();
  showMarks();
  showUnplaced();
  showYears();
  byId("empty").hidden = drawing.points.size > 0;
  remember();
});

function speak(asked) {
  lang = asked;
  document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
  document.title = byId("title").textContent = text(inBoth(data.title));
  byId("subtitle").textContent = counted();
  byId("notes")?.replaceChildren(...data.notes.map((note) => make("li", {}, text(inBoth(note)))));
  const each_ = (name, act) => document.querySelectorAll(`[data-${name}]`).forEach((element) => act(element, word(element.getAttribute(`data-${name}`))));
  each_("word", (element, said) => { element.textContent = said; });
  each_("word-label", (element, said) => { element.setAttribute("aria-label", said); if (element.matches("button")) element.title = said; });
  each_("word-hint", (element, said) => element.setAttribute("placeholder", said));
  for (const one_ of byId("languages").children) one_.setAttribute("aria-pressed", String(one_.value === lang));
  for (const show of [showFacets, showTies, showTime, showTable, showChoices, showMarks, showUnplaced, showYears, search, showPanel]) show();
  version += 1;
  network.redraw();
}

function wear(asked) {
  themeAsked = asked;
  readTheme();
  paint();
  for (const show of [showFacets, showTies, showPanel]) show();
}

function restore() {
  written = window.location.hash;
  const { state, outside, clear } = read(written);
  themeAsked = outside.theme ?? data.theme;
  readTheme();
  if (outside.lang) lang = outside.lang;
  past.length = future.length = 0;
  now = state;
  filter();
  draw();
  paint();
  speak(lang);
  byId("empty").hidden = drawing.points.size > 0;
  goHome();
  if (outside.eye) {
    const [x, y, scale] = outside.eye;
    network.moveTo({ position: { x, y }, scale, animation: false });
    sizeCities();
    seen = [x.toFixed(1), y.toFixed(1), scale.toFixed(4)];
  } else if (narrow.matches && now.chosen) look(now.chosen.point, false);
  if (!clear) say(word("addressUnclear"));
}

const DEEDS = {
  unplaced: () => choose({ point: pointOfCity(cities.length) }),
  undo: () => undo(), redo, lasso: () => lasso(byId("loop").hasAttribute("hidden")), play,
  folds: () => change({ closed: now.closed.size ? new Set() : new Set(communities.map((_, c) => c).filter((c) => communities[c].length > 2)), chosen: null }),
  only: () => change({ only: !now.only }), unmarkAll: () => change({ marked: new Set(), only: false }), pinAll: () => change({ pins: new Map([...now.pins, ...[...now.marked].filter((id) => drawing.points.has(id)).map((id) => [id, [drawing.points.get(id).x, drawing.points.get(id).y]])]) }),
  all: () => change({ off: new Map(), tie: null, from: null, to: null, undated: true, focus: null, only: false }),
  png: savePicture, svg: saveDrawing, actorsCsv: saveActors, linksCsv: saveLinks, print: () => window.print(),
  theme: () => (wear(themeName() === "dark" ? "light" : "dark"), remember()),
};

function listen() {
  for (const [id, deed] of Object.entries(DEEDS)) byId(id).addEventListener("click", deed);
  for (const [id, deed] of Object.entries({ by: (by) => change({ by }), colour: (colour) => change({ colour }), top: (top) => change({ top: Number(top) }) })) byId(id).addEventListener("change", ({ target }) => deed(target.value));
  for (const id of ["from", "to"]) byId(id).addEventListener("input", () => setWindow(byId("from").valueAsNumber, byId("to").valueAsNumber));
  for (const [id, deed] of Object.entries({ languages: (asked) => (speak(asked), remember()), views: (view) => change({ view }), zoom, kinds: (kind) => { tableOf = kind; rowsShown = ROWS_AT_ONCE; showTable(); } })) byId(id).addEventListener("click", ({ target }) => target.value && deed(target.value));
  byId("undated").addEventListener("change", () => change({ undated: byId("undated").checked }));
  byId("search").addEventListener("input", search);
  byId("finder").addEventListener("keydown", searchKey);
  byId("list").addEventListener("toggle", showTable);
  for (const type of ["pointerdown", "pointermove", "pointerup"]) byId("loop").addEventListener(type, drawLoop);
  document.addEventListener("keydown", pressed);
  dark.addEventListener("change", () => wear(themeAsked));
  window.addEventListener("hashchange", () => window.location.hash !== written && restore());
  // Paper is light; what was chosen comes back afterwards.
  let worn = null;
  window.addEventListener("beforeprint", () => { worn = themeAsked; if (themeName() === "dark") wear("light"); });
  window.addEventListener("afterprint", () => wear(worn));
}

network.on("beforeDrawing", (context) => (drawNet(context), drawBands(context), drawSpans(context), drawHulls(context), drawLines(context), drawRings(context)));
network.on("afterDrawing", (context) => (drawAttended(context), drawSelection(context), drawLabels(context)));
network.on("click", pick);
network.on("doubleClick", opened);
network.on("dragging", dragged);
network.on("dragEnd", dropped);
network.on("zoom", moved);
network.on("animationFinished", settle);
network.on("hoverNode", ({ node }) => hover(node));
network.on("blurNode", () => hover(null));
makeFacets();
listen();
byId("side").open = !narrow.matches;
restore();
window.kgMap = Object.freeze({ network, point: (iri) => placeOf.get(iri), city: pointOfCity, link: (iri) => n + links.findIndex((one) => one.iri === iri), choose, drawn: () => [drawing.points.size, drawing.lines.size], spot: (id) => drawing.points.get(id), state: () => now });
