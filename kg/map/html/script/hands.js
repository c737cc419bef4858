// ---- hands: what pointer and keys do on the map
function pick({ pointer }) {
  const point = network.getNodeAt(pointer.DOM);
  const line = point === undefined ? lineAt(pointer.canvas) : undefined;
  if (point === undefined && line === undefined && !now.chosen) return;
  choose(point !== undefined ? { point } : line !== undefined ? { line } : null);
}

function hover(point) {
  hovered = point;
  byId("map").classList.toggle("over", point !== null);
  network.redraw();
}

// A point that was dragged stays where it was put; a double press opens or closes a community.
function dropped({ nodes: [point] }) {
  if (point === undefined || !isActor(point) || now.view !== "map") return point === undefined ? moved() : (draw(), paint());
  const { x, y } = network.getPosition(point);
  change({ pins: new Map(now.pins).set(point, [x, y]) });
}

function dragged({ nodes: [point] }) {
  moving = true;
  const held = drawing.points.get(point);
  if (held) Object.assign(held, network.getPosition(point));
}

function opened({ nodes: [point] }) {
  if (point !== undefined && isCommunity(point)) change({ closed: without(now.closed, communityAt(point)), chosen: null });
}

// The lasso: a line drawn around points marks them.
let loop = null;
function lasso(on) {
  byId("lasso").setAttribute("aria-pressed", String(on));
  byId("loop").toggleAttribute("hidden", !on);
}

function drawLoop(event) {
  if (event.type === "pointerdown") {
    loop = [];
    byId("loop").setPointerCapture(event.pointerId);
  }
  if (!loop) return;
  const box = byId("loop").getBoundingClientRect();
  loop.push({ x: event.clientX - box.left, y: event.clientY - box.top });
  byId("loop").firstElementChild.setAttribute("points", loop.map(({ x, y }) => `${x},${y}`).join(" "));
  if (event.type !== "pointerup") return;
  const polygon = loop.map((spot) => network.DOMtoCanvas(spot));
  const caught = [...drawing.points.values()].filter(({ id, x, y }) => isActor(id) && encloses(polygon, x, y)).map(({ id }) => id);
  loop = null;
  byId("loop").firstElementChild.setAttribute("points", "");
  lasso(false);
  change({ marked: new Set([...now.marked, ...caught]), only: false });
}

function encloses(polygon, x, y) {
  let within_ = false;
  polygon.forEach((a, i) => {
    const b = polygon[(i + 1) % polygon.length];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) within_ = !within_;
  });
  return within_;
}

function showMarks() {
  byId("marks").hidden = !now.marked.size;
  byId("markCount").textContent = word("marked", { n: now.marked.size });
  byId("only").setAttribute("aria-pressed", String(now.only));
  byId("undo").disabled = !past.length;
  byId("redo").disabled = !future.length;
  byId("folds").textContent = word(now.closed.size ? "unfoldAll" : "foldAll");
}

function step(by) {
  const all = ranked().filter((id) => drawing.points.has(id));
  const at = all.indexOf(now.chosen?.point);
  const point = all[(at + by + all.length) % all.length];
  if (point === undefined) return;
  change({ chosen: { point }, path: null });
  look(point, false);
  byId("map").querySelector(".vis-network")?.focus({ preventScroll: true });
}

function nudge(event) {
  const [dx, dy] = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] }[event.key];
  const point = drawing.points.get(now.chosen?.point);
  if (point && isActor(point.id) && now.view === "map") change({ pins: new Map(now.pins).set(point.id, [point.x + dx, point.y + dy]) });
}

const typing = (target) => target.matches?.("input:not([type=checkbox]), select, textarea");
function pressed(event) {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z" && !typing(target)) (event.shiftKey ? redo : undo)();
  else if (event.ctrlKey || event.metaKey) return;
  else if (event.altKey && key.startsWith("Arrow") && now.chosen) nudge(event);
  else if (event.altKey) return;
  else if (key === "Escape" && !byId("loop").hasAttribute("hidden")) loop = null, lasso(false);
  else if (key === "Escape" && waiting !== null) waiting = null, say("");
  else if (key === "Escape" && now.path) change({ path: null });
  else if (key === "Escape" && now.chosen) choose(null);
  else if (typing(target)) return;
  else if (key === "/") byId("search").focus();
  else if (key === "n" || key === "p") step(key === "n" ? 1 : -1);
  else if (key === "m" && now.chosen && isActor(now.chosen.point ?? n)) change({ marked: toggled(now.marked, now.chosen.point), only: false });
  else if (key === "0") zoom("fit");
  else return;
  event.preventDefault();
}

