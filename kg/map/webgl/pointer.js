// Pointer and keyboard events, and the start of the page.
const narrowScreen = window.matchMedia("(max-width: 760px)");
function resizeCanvas() {
  const ratio = window.devicePixelRatio;
  for (const one of [canvas, byId("names")]) {
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (one.width !== width || one.height !== height) Object.assign(one, { width, height });
  }
  redraw();
}

function fit() {
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (let i = 0; i < positions.length; i += 1) [low[i % 2], high[i % 2]] = [Math.min(low[i % 2], positions[i]), Math.max(high[i % 2], positions[i])];
  if (!positions.length) return redraw();
  const scale = 0.94 * Math.min(canvas.clientWidth / Math.max(high[0] - low[0], 100), canvas.clientHeight / Math.max(high[1] - low[1], 100));
  for (const one of [initialCamera, camera]) Object.assign(one, { x: (low[0] + high[0]) / 2, y: (low[1] + high[1]) / 2, scale });
  redraw();
}

let settleTimer = 0;
function onViewMoved() {
  moving = true;
  window.clearTimeout(settleTimer);
  settleTimer = window.setTimeout(() => { moving = false; redraw(); updateHash(); }, 140);
  redraw();
}

function zoomAt(factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const scale = clamp(camera.scale * factor, initialCamera.scale / 2, 8);
  const [dx, dy] = [x - canvas.clientWidth / 2, y - canvas.clientHeight / 2];
  camera.x += dx / camera.scale - dx / scale;
  camera.y += dy / camera.scale - dy / scale;
  camera.scale = scale;
  onViewMoved();
}

// Pan to the chosen point or points, in the part of the map that no panel covers.
function panToChosen() {
  const hidden = Math.max(0, canvas.getBoundingClientRect().bottom - byId("panel").getBoundingClientRect().top);
  const covered = narrowScreen.matches && !byId("panel").hidden ? hidden : 0;
  const points = chosen.point === undefined ? highlight.points : [chosen.point];
  const [x, y] = [0, 1].map((axis) => points.map((point) => positions[2 * point + axis])).map((coordinates) => [Math.min(...coordinates), Math.max(...coordinates)]);
  const close = Math.max(camera.scale, initialCamera.scale * 10, Math.min(1, initialCamera.scale * 60));
  const room = 0.7 * Math.min(canvas.clientWidth / (x[1] - x[0]), (canvas.clientHeight - covered) / (y[1] - y[0]));
  const scale = clamp(room, initialCamera.scale, close);
  Object.assign(camera, { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 + covered / 2 / scale, scale });
  redraw();
}

let dragState = null;
function onPointerDown(event) {
  dragState = { x: event.clientX, y: event.clientY, far: 0 };
  canvas.setPointerCapture(event.pointerId);
  unhover();
}
const touches = new Map();
function onPointerMove(event) {
  if (!dragState) return event.pointerType === "mouse" ? hover(event.offsetX, event.offsetY) : undefined;
  const previous = [...touches.values()];
  if (event.pointerType === "touch") touches.set(event.pointerId, [event.offsetX, event.offsetY]);
  const [a, b] = [...touches.values()];
  if (b && previous.length > 1) zoomAt(Math.hypot(a[0] - b[0], a[1] - b[1]) / Math.max(Math.hypot(previous[0][0] - previous[1][0], previous[0][1] - previous[1][1]), 1), (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
  const [dx, dy] = [event.clientX - dragState.x, event.clientY - dragState.y];
  camera.x -= dx / camera.scale / Math.max(touches.size, 1);
  camera.y -= dy / camera.scale / Math.max(touches.size, 1);
  dragState = { x: event.clientX, y: event.clientY, far: dragState.far + Math.abs(dx) + Math.abs(dy) };
  onViewMoved();
}
function onPointerUp(event) {
  touches.delete(event.pointerId);
  if (dragState && dragState.far < 5 && event.type === "pointerup") choose(pick(event.offsetX, event.offsetY, event.pointerType === "touch"));
  dragState = null;
}

// The next visible point by score.
function chooseNext(step) {
  let at = chosen?.point ?? (step > 0 ? -1 : pointCount);
  for (let tried = 0; tried < pointCount; tried += 1) {
    at = (at + step + pointCount) % pointCount;
    if (pointVisible[at]) return choose({ point: at }, true);
  }
}

const PAN_STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input[type=search]");
  if (event.key === "Escape" && chosen !== null) choose(null), canvas.focus({ preventScroll: true });
  else if (typing) return;
  else if (event.key === "/") byId("side").open = true, byId("search").focus();
  else if (event.key === "+" || event.key === "=") zoomAt(1.4);
  else if (event.key === "-") zoomAt(1 / 1.4);
  else if (event.key === "0") fit(), updateHash();
  else if (event.key === "n" || event.key === "p") chooseNext(event.key === "n" ? 1 : -1);
  else if (PAN_STEPS[event.key] && event.target === canvas) camera.x += (60 * PAN_STEPS[event.key][0]) / camera.scale, camera.y += (60 * PAN_STEPS[event.key][1]) / camera.scale, onViewMoved();
  else return;
  event.preventDefault();
}

function setLanguage(value) {
  lang = value;
  document.documentElement.lang = languageTag(lang);
  document.title = byId("title").textContent = localise(data.title);
  byId("subtitle").textContent = localise(data.subtitle);
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = word(one.dataset.word);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", word(one.dataset.label));
  for (const one of document.querySelectorAll(".lang")) one.setAttribute("aria-pressed", String(one.value === lang));
  byId("search").setAttribute("placeholder", word("searchHint"));
  for (const show of [showLegend, showTable, showPanel, search]) show();
  redraw();
}

function setTheme(value) {
  chosenTheme = value;
  readTheme();
  for (const show of [showLegend, showPanel, search]) show();
  redraw();
}

canvas.addEventListener("pointerdown", onPointerDown);
canvas.addEventListener("pointermove", onPointerMove);
canvas.addEventListener("pointerleave", unhover);
for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, onPointerUp);
canvas.addEventListener("wheel", (event) => { event.preventDefault(); zoomAt(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY); }, { passive: false });
document.addEventListener("keydown", onKey);
new ResizeObserver(resizeCanvas).observe(canvas);
prefersDark.addEventListener("change", () => setTheme(chosenTheme));
byId("theme").addEventListener("click", () => (setTheme(themeName() === "dark" ? "light" : "dark"), updateHash()));
for (const one of document.querySelectorAll(".lang")) one.addEventListener("click", () => (setLanguage(one.value), updateHash()));
byId("zoom").addEventListener("click", ({ target }) => ({ in: () => zoomAt(1.4), out: () => zoomAt(1 / 1.4), fit: () => (fit(), updateHash()) })[target.value]?.());
byId("search").addEventListener("input", search);
byId("finder").addEventListener("keydown", onSearchKey);
for (const [id, action] of Object.entries({ png: downloadPng, actorsCsv: downloadActors, linksCsv: downloadLinks, all: () => change(initialFilters()) })) byId(id).addEventListener("click", action);
for (const id of ["from", "to"]) byId(id).addEventListener("input", () => setWindow(id));
byId("undated").addEventListener("change", () => change({ undated: byId("undated").checked }));
window.addEventListener("hashchange", () => window.location.hash !== currentHash && restoreFromHash());
byId("list").addEventListener("toggle", showTable);
byId("side").open = !narrowScreen.matches;
readTheme();
if (gl) initGl();
resizeCanvas();
restoreFromHash();
window.kgLarge = Object.freeze({ camera, n, pointCount, lineCount, choose, toScreen, pick, endsOf, keyAt: (point) => (point < n ? keyOf(point) : linkKeys[linkAt[point - n]]), paint: () => paint(), labels: () => placedLabels, chosen: () => chosen, visibleCounts });
