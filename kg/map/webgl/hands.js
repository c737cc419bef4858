// ---- hands: the pointer, the keys, and the order in which the page wakes
const narrow = window.matchMedia("(max-width: 760px)");
function fitBoard() {
  const ratio = window.devicePixelRatio;
  for (const one of [board, byId("names")]) {
    const [width, height] = [Math.round(board.clientWidth * ratio), Math.round(board.clientHeight * ratio)];
    if (one.width !== width || one.height !== height) Object.assign(one, { width, height });
  }
  redraw();
}

function fit() {
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (let i = 0; i < spots.length; i += 1) [low[i % 2], high[i % 2]] = [Math.min(low[i % 2], spots[i]), Math.max(high[i % 2], spots[i])];
  if (!spots.length) return redraw();
  const scale = 0.94 * Math.min(board.clientWidth / Math.max(high[0] - low[0], 100), board.clientHeight / Math.max(high[1] - low[1], 100));
  for (const one_ of [home, eye]) Object.assign(one_, { x: (low[0] + high[0]) / 2, y: (low[1] + high[1]) / 2, scale });
  redraw();
}

let settling = 0;
function moved() {
  moving = true;
  window.clearTimeout(settling);
  settling = window.setTimeout(() => { moving = false; redraw(); remember(); }, 140);
  redraw();
}

function zoomAt(factor, x = board.clientWidth / 2, y = board.clientHeight / 2) {
  const scale = clamp(eye.scale * factor, home.scale / 2, 8);
  const [dx, dy] = [x - board.clientWidth / 2, y - board.clientHeight / 2];
  eye.x += dx / eye.scale - dx / scale;
  eye.y += dy / eye.scale - dy / scale;
  eye.scale = scale;
  moved();
}

// What is chosen comes into the middle of what no panel covers: a point close by, of a line or a link all points.
function look() {
  const hidden = Math.max(0, board.getBoundingClientRect().bottom - byId("panel").getBoundingClientRect().top);
  const covered = narrow.matches && !byId("panel").hidden ? hidden : 0;
  const points = chosen.point === undefined ? lit.points : [chosen.point];
  const [x, y] = [0, 1].map((axis) => points.map((point) => spots[2 * point + axis])).map((places) => [Math.min(...places), Math.max(...places)]);
  const close = Math.max(eye.scale, home.scale * 10, Math.min(1, home.scale * 60));
  const room = 0.7 * Math.min(board.clientWidth / (x[1] - x[0]), (board.clientHeight - covered) / (y[1] - y[0]));
  const scale = clamp(room, home.scale, close);
  Object.assign(eye, { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 + covered / 2 / scale, scale });
  redraw();
}

let held = null;
function down(event) {
  held = { x: event.clientX, y: event.clientY, far: 0 };
  board.setPointerCapture(event.pointerId);
  unhover();
}
const fingers = new Map();
function drag(event) {
  if (!held) return event.pointerType === "mouse" ? hover(event.offsetX, event.offsetY) : undefined;
  const before = [...fingers.values()];
  if (event.pointerType === "touch") fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
  const [a, b] = [...fingers.values()];
  if (b && before.length > 1) zoomAt(Math.hypot(a[0] - b[0], a[1] - b[1]) / Math.max(Math.hypot(before[0][0] - before[1][0], before[0][1] - before[1][1]), 1), (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
  const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
  eye.x -= dx / eye.scale / Math.max(fingers.size, 1);
  eye.y -= dy / eye.scale / Math.max(fingers.size, 1);
  held = { x: event.clientX, y: event.clientY, far: held.far + Math.abs(dx) + Math.abs(dy) };
  moved();
}
function up(event) {
  fingers.delete(event.pointerId);
  if (held && held.far < 5 && event.type === "pointerup") choose(under(event.offsetX, event.offsetY, event.pointerType === "touch"));
  held = null;
}

// The next point that is shown, in the order of the scores.
function walk(step) {
  let at = chosen?.point ?? (step > 0 ? -1 : all);
  for (let tried = 0; tried < all; tried += 1) {
    at = (at + step + all) % all;
    if (pointShown[at]) return choose({ point: at }, true);
  }
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input[type=search]");
  if (event.key === "Escape" && chosen !== null) choose(null), board.focus({ preventScroll: true });
  else if (typing) return;
  else if (event.key === "/") byId("side").open = true, byId("search").focus();
  else if (event.key === "+" || event.key === "=") zoomAt(1.4);
  else if (event.key === "-") zoomAt(1 / 1.4);
  else if (event.key === "0") fit(), remember();
  else if (event.key === "n" || event.key === "p") walk(event.key === "n" ? 1 : -1);
  else if (STEPS[event.key] && event.target === board) eye.x += (60 * STEPS[event.key][0]) / eye.scale, eye.y += (60 * STEPS[event.key][1]) / eye.scale, moved();
  else return;
  event.preventDefault();
}

function speak(asked_) {
  lang = asked_;
  document.documentElement.lang = tagOf(lang);
  document.title = byId("title").textContent = inLang(data.title);
  byId("subtitle").textContent = inLang(data.subtitle);
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = word(one.dataset.word);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", word(one.dataset.label));
  for (const one of document.querySelectorAll(".lang")) one.setAttribute("aria-pressed", String(one.value === lang));
  byId("search").setAttribute("placeholder", word("searchHint"));
  for (const show of [showLegend, showTable, showPanel, search]) show();
  redraw();
}

function wear(asked_) {
  themeAsked = asked_;
  readTheme();
  for (const show of [showLegend, showPanel, search]) show();
  redraw();
}

board.addEventListener("pointerdown", down);
board.addEventListener("pointermove", drag);
board.addEventListener("pointerleave", unhover);
for (const type of ["pointerup", "pointercancel"]) board.addEventListener(type, up);
board.addEventListener("wheel", (event) => { event.preventDefault(); zoomAt(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY); }, { passive: false });
document.addEventListener("keydown", pressed);
new ResizeObserver(fitBoard).observe(board);
dark.addEventListener("change", () => wear(themeAsked));
byId("theme").addEventListener("click", () => (wear(themeName() === "dark" ? "light" : "dark"), remember()));
for (const one of document.querySelectorAll(".lang")) one.addEventListener("click", () => (speak(one.value), remember()));
byId("zoom").addEventListener("click", ({ target }) => ({ in: () => zoomAt(1.4), out: () => zoomAt(1 / 1.4), fit: () => (fit(), remember()) })[target.value]?.());
byId("search").addEventListener("input", search);
byId("finder").addEventListener("keydown", searchKey);
for (const [id, deed] of Object.entries({ png: savePicture, actorsCsv: saveActors, linksCsv: saveLinks, all: () => change(everything()) })) byId(id).addEventListener("click", deed);
for (const id of ["from", "to"]) byId(id).addEventListener("input", () => setWindow(id));
byId("undated").addEventListener("change", () => change({ undated: byId("undated").checked }));
window.addEventListener("hashchange", () => window.location.hash !== noted && restore());
byId("list").addEventListener("toggle", showTable);
byId("side").open = !narrow.matches;
readTheme();
if (gl) prepare();
fitBoard();
restore();
window.kgLarge = Object.freeze({ eye, n, all, lines: lineCount, choose, onScreen, under, endsOf, keyAt: (point) => (point < n ? keyOf(point) : linkKeys[linkAt[point - n]]), paint: () => paint(), written: () => written, chosen: () => chosen, amount });
