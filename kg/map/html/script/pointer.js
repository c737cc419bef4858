// Pointer and keyboard events on the map.
function onClick({ pointer }) {
  const point = network.getNodeAt(pointer.DOM);
  const line = point === undefined ? lineAt(pointer.canvas) : undefined;
  if (point === undefined && line === undefined && !now.chosen) return;
  choose(point !== undefined ? { point } : line !== undefined ? { line } : null);
}

function onHover(point) {
  hovered = point;
  byId("map").classList.toggle("over", point !== null);
  network.redraw();
}

// A dragged point is pinned; a double click unfolds a community.
function onDragEnd({ nodes: [point] }) {
  if (point === undefined || !isActor(point) || now.view !== "map") return point === undefined ? onViewMoved() : (updateDrawing(), paint());
  const { x, y } = network.getPosition(point);
  change({ pins: new Map(now.pins).set(point, [x, y]) });
}

function onDrag({ nodes: [point] }) {
  moving = true;
  const dragged = drawing.points.get(point);
  if (dragged) Object.assign(dragged, network.getPosition(point));
}

function onDoubleClick({ nodes: [point] }) {
  if (point !== undefined && isCommunity(point)) change({ closed: without(now.closed, communityAt(point)), chosen: null });
}

// Lasso: a closed curve around points selects them.
let lassoPath = null;
function setLasso(on) {
  byId("lasso").setAttribute("aria-pressed", String(on));
  byId("lassoArea").toggleAttribute("hidden", !on);
}

function onLasso(event) {
  if (event.type === "pointerdown") {
    lassoPath = [];
    byId("lassoArea").setPointerCapture(event.pointerId);
  }
  if (!lassoPath) return;
  const box = byId("lassoArea").getBoundingClientRect();
  lassoPath.push({ x: event.clientX - box.left, y: event.clientY - box.top });
  byId("lassoArea").firstElementChild.setAttribute("points", lassoPath.map(({ x, y }) => `${x},${y}`).join(" "));
  if (event.type !== "pointerup") return;
  const polygon = lassoPath.map((position) => network.DOMtoCanvas(position));
  const enclosed = [...drawing.points.values()].filter(({ id, x, y }) => isActor(id) && polygonContains(polygon, x, y)).map(({ id }) => id);
  lassoPath = null;
  byId("lassoArea").firstElementChild.setAttribute("points", "");
  setLasso(false);
  change({ selected: new Set([...now.selected, ...enclosed]), only: false });
}

function polygonContains(polygon, x, y) {
  let inside = false;
  polygon.forEach((a, i) => {
    const b = polygon[(i + 1) % polygon.length];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  });
  return inside;
}

function showSelection() {
  byId("selection").hidden = !now.selected.size;
  byId("selectionCount").textContent = word("selectedCount", { n: now.selected.size });
  byId("only").setAttribute("aria-pressed", String(now.only));
  byId("undo").disabled = !past.length;
  byId("redo").disabled = !future.length;
  byId("folds").textContent = word(now.closed.size ? "unfoldAll" : "foldAll");
}

function chooseNext(by) {
  const all = pointsByRank().filter((id) => drawing.points.has(id));
  const at = all.indexOf(now.chosen?.point);
  const point = all[(at + by + all.length) % all.length];
  if (point === undefined) return;
  change({ chosen: { point }, path: null });
  panTo(point, false);
  byId("map").querySelector(".vis-network")?.focus({ preventScroll: true });
}

function nudge(event) {
  const [dx, dy] = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] }[event.key];
  const point = drawing.points.get(now.chosen?.point);
  if (point && isActor(point.id) && now.view === "map") change({ pins: new Map(now.pins).set(point.id, [point.x + dx, point.y + dy]) });
}

const isTyping = (target) => target.matches?.("input:not([type=checkbox]), select, textarea");
function onKey(event) {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z" && !isTyping(target)) (event.shiftKey ? redo : undo)();
  else if (event.ctrlKey || event.metaKey) return;
  else if (event.altKey && key.startsWith("Arrow") && now.chosen) nudge(event);
  else if (event.altKey) return;
  else if (key === "Escape" && !byId("lassoArea").hasAttribute("hidden")) lassoPath = null, setLasso(false);
  else if (key === "Escape" && pathStart !== null) pathStart = null, announce("");
  else if (key === "Escape" && now.path) change({ path: null });
  else if (key === "Escape" && now.chosen) choose(null);
  else if (isTyping(target)) return;
  else if (key === "/") byId("search").focus();
  else if (key === "n" || key === "p") chooseNext(key === "n" ? 1 : -1);
  else if (key === "m" && now.chosen && isActor(now.chosen.point ?? n)) change({ selected: toggled(now.selected, now.chosen.point), only: false });
  else if (key === "0") zoom("fit");
  else return;
  event.preventDefault();
}

