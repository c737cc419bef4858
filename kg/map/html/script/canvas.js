// Canvas: vis-network contains and draws the points and owns the viewport; our code draws the lines below them.
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const narrowScreen = window.matchMedia("(max-width: 760px)");
const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
let chosenTheme = data.theme;
const theme = {};
const themeName = () => chosenTheme ?? (prefersDark.matches ? "dark" : "light");
const motion = (duration) => !reducedMotion.matches && { duration, easingFunction: "easeInOutQuad" };

const nodes = new vis.DataSet();
const network = new vis.Network(byId("map"), { nodes, edges: [] }, JSON.parse(input.options));
let fitScale = 1; // scale at which everything is visible
let hovered = null;
let highlight = null;
let moving = false;
let version = 0; // number of the drawing; labels are placed again when it changes

function readTheme() {
  document.documentElement.dataset.theme = themeName();
  const css = getComputedStyle(document.documentElement);
  for (const name of ["ground", "ink", "muted", "edge", "accent", "face"]) theme[name] = css.getPropertyValue(`--${name}`).trim();
}

const HUES = { light: ["#1f5aa6", "#c05f00", "#a3195b", "#157f6b", "#6f5bd0", "#8a6d00", "#b03a2e", "#3f7d20"], dark: ["#6ea6f0", "#f0a63a", "#e07fae", "#5ad6ba", "#b9abf5", "#d9c04f", "#f08a7d", "#9ad36f"] };
const hueOf = (community) => (communities[community].length > 2 && HUES[themeName()][community]) || theme.edge;
const colourOfStyle = (style) => style[themeName()];

function colourOf(id) {
  if (isLink(id)) return theme.edge;
  if (isCity(id)) return `${theme.accent}d0`;
  if (!isActor(id)) return hueOf(communityAt(id));
  return now.colour === "community" ? hueOf(actors[id].community) : colourOfStyle(styleOf(id));
}

function nodeOf({ id, x, y, size, shape }) {
  const colour = colourOf(id);
  const hollow = isActor(id) && styleOf(id).hollow;
  return { id, x, y, size, shape, color: { background: hollow ? theme.ground : colour, border: hollow ? colour : theme.ground }, borderWidth: hollow ? 2.5 : 1 };
}

// Only nodes that changed are passed to vis-network, because an update of a node is slow.
const nodeKeys = new Map();
function syncNodes() {
  const removed = [...nodeKeys.keys()].filter((id) => !drawing.points.has(id));
  removed.forEach((id) => nodeKeys.delete(id));
  if (removed.length) nodes.remove(removed);
  const changedNodes = [...drawing.points.values()].map(nodeOf).filter((node) => {
    const key = Object.values(node).flatMap((value) => (typeof value === "object" ? Object.values(value) : value)).join(" ");
    return nodeKeys.get(node.id) !== key && nodeKeys.set(node.id, key);
  });
  if (changedNodes.length) nodes.update(changedNodes);
}

function paint() {
  highlight = findHighlight();
  syncNodes();
  version += 1;
  network.redraw();
}

// Pan to a point; on a narrow screen keep clear of the panel at the bottom.
function panTo(point, closer = true) {
  const offset = { x: 0, y: narrowScreen.matches ? -byId("map").clientHeight * 0.3 : 0 };
  const scale = Math.max(network.getScale(), closer ? fitScale * 1.8 : 0);
  if (drawing.points.has(pointInView(point))) network.focus(pointInView(point), { scale, offset, animation: motion(350) });
}

function zoom(how) {
  if (how !== "fit") return network.moveTo({ scale: network.getScale() * (how === "in" ? 1.4 : 1 / 1.4), animation: motion(200) });
  network.fit({ animation: false, minZoomLevel: 0.01, maxZoomLevel: 2 });
  // Leave room for the toolbar at the top and for labels outside the outermost points.
  if (bandBoxes().length && isRotated()) fitBands();
  else network.moveTo({ position: network.getViewPosition(), scale: network.getScale() * (currentBands().length ? 0.84 : 0.92), offset: { x: 0, y: 22 }, animation: false });
  fitScale = network.getScale();
  readerViewport = null;
  resizeCities();
}

// Vertical bands have slanted names above them.
function fitBands() {
  const { clientWidth, clientHeight } = byId("map");
  const boxes = bandBoxes();
  const [{ y, height }] = boxes;
  const left = boxes.reduce((least, box) => Math.min(least, box.x), Infinity);
  const right = boxes.reduce((most, box) => Math.max(most, box.x + box.width), -Infinity);
  const scale = Math.min((clientHeight - ABOVE_BANDS - 16) / height, (clientWidth - 100) / (right - left), 2);
  network.moveTo({ position: { x: (left + right) / 2 + 32 / scale, y: y + (clientHeight / 2 - ABOVE_BANDS) / scale }, scale, animation: false });
}

// Centre the actor of the page and fit the points around it.
function centreOn(point) {
  const { clientWidth, clientHeight } = byId("map");
  const reach = (axis) => [...drawing.points.values()].reduce((most, other) => Math.max(most, Math.abs(other[axis] - point[axis]) + reachOf(other)), 60);
  const scale = Math.max(0.84 * Math.min(clientWidth / 2 / reach("x"), clientHeight / 2 / reach("y")), 0.6 * fitScale);
  network.moveTo({ position: { x: point.x, y: point.y }, scale: Math.min(scale, 2), offset: { x: 0, y: 12 }, animation: false });
}

// On a portrait screen the timeline fills the width and continues below the screen.
function fitTimelineTop() {
  const { clientWidth, clientHeight } = byId("map");
  const boxes = bandBoxes();
  const [{ x, width }] = boxes;
  const scale = (0.94 * clientWidth) / width;
  const top = boxes.reduce((least, box) => Math.min(least, box.y), Infinity) - 104 / scale; // toolbar, years and a name
  if (scale > fitScale) network.moveTo({ position: { x: x + width / 2, y: top + clientHeight / 2 / scale }, scale, animation: false });
}

// Zoom to the densest part of a view, unless it is nearly all of it.
function showInitialArea() {
  zoom("fit");
  const about = data.focus && now.view === "map" && drawing.points.get(data.focus.actor);
  if (about) return centreOn(about);
  if (now.view === "timeline" && isPortrait && bandBoxes().length) return fitTimelineTop();
  const viewport = views.get(now.view)?.viewport;
  if (!viewport) return;
  const [left, top, right, bottom] = viewport;
  const { clientWidth, clientHeight } = byId("map");
  const scale = 0.72 * Math.min(clientWidth / Math.max(right - left, 1), clientHeight / Math.max(bottom - top, 1));
  if (scale < 1.5 * fitScale) return;
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.min(scale, 12 * fitScale), animation: false });
  resizeCities();
  announce(word("denseArea"));
}

let readerViewport = null; // viewport that the reader chose; null while everything is visible
const currentViewport = () => readerViewport;
function onViewSettled() {
  moving = false;
  const { x, y } = network.getViewPosition();
  readerViewport = [x.toFixed(1), y.toFixed(1), network.getScale().toFixed(4)];
  resizeCities();
  if (byId("status").textContent === word("denseArea")) announce("");
  network.redraw();
  updateHash();
}

let settleTimer = 0;
function onViewMoved() {
  moving = true;
  window.clearTimeout(settleTimer);
  settleTimer = window.setTimeout(onViewSettled, 160);
}

