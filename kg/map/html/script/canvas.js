// ---- the canvas: vis-network holds the points, draws and finds them, and is the eye; lines are drawn below them
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const narrow = window.matchMedia("(max-width: 760px)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
let themeAsked = data.theme;
const theme = {};
const themeName = () => themeAsked ?? (dark.matches ? "dark" : "light");
const motion = (duration) => !still.matches && { duration, easingFunction: "easeInOutQuad" };

const nodes = new vis.DataSet();
const network = new vis.Network(byId("map"), { nodes, edges: [] }, JSON.parse(input.options));
let whole_ = 1; // the scale at which all is seen
let hovered = null;
let part = null;
let moving = false;
let version = 0; // of what is drawn, so that labels know when to find new places

function readTheme() {
  document.documentElement.dataset.theme = themeName();
  const css = getComputedStyle(document.documentElement);
  for (const name of ["ground", "ink", "muted", "edge", "accent", "face"]) theme[name] = css.getPropertyValue(`--${name}`).trim();
}

const HUES = { light: ["#1f5aa6", "#c05f00", "#a3195b", "#157f6b", "#6f5bd0", "#8a6d00", "#b03a2e", "#3f7d20"], dark: ["#6ea6f0", "#f0a63a", "#e07fae", "#5ad6ba", "#b9abf5", "#d9c04f", "#f08a7d", "#9ad36f"] };
const hueOf = (community) => (communities[community].length > 2 && HUES[themeName()][community]) || theme.edge;
const colourOfLook = (look) => look[themeName()];

function colourOf(id) {
  if (isLink(id)) return theme.edge;
  if (isCity(id)) return `${theme.accent}d0`;
  if (!isActor(id)) return hueOf(communityAt(id));
  return now.colour === "community" ? hueOf(actors[id].community) : colourOfLook(lookOf(id));
}

function nodeOf({ id, x, y, size, shape }) {
  const colour = colourOf(id);
  const hollow = isActor(id) && lookOf(id).hollow;
  return { id, x, y, size, shape, color: { background: hollow ? theme.ground : colour, border: hollow ? colour : theme.ground }, borderWidth: hollow ? 2.5 : 1 };
}

// Only what differs is handed to vis-network, for which each point is dear.
const dressed = new Map();
function dress() {
  const gone = [...dressed.keys()].filter((id) => !drawing.points.has(id));
  gone.forEach((id) => dressed.delete(id));
  if (gone.length) nodes.remove(gone);
  const fresh = [...drawing.points.values()].map(nodeOf).filter((node) => {
    const mark = Object.values(node).flatMap((value) => (typeof value === "object" ? Object.values(value) : value)).join(" ");
    return dressed.get(node.id) !== mark && dressed.set(node.id, mark);
  });
  if (fresh.length) nodes.update(fresh);
}

function paint() {
  part = attended();
  dress();
  version += 1;
  network.redraw();
}

// Turns to what lies at a point, or to the whole; on a narrow screen the panel lies below.
function look(point, closer = true) {
  const offset = { x: 0, y: narrow.matches ? -byId("map").clientHeight * 0.3 : 0 };
  const scale = Math.max(network.getScale(), closer ? whole_ * 1.8 : 0);
  if (drawing.points.has(seenAs(point))) network.focus(seenAs(point), { scale, offset, animation: motion(350) });
}

function zoom(how) {
  if (how !== "fit") return network.moveTo({ scale: network.getScale() * (how === "in" ? 1.4 : 1 / 1.4), animation: motion(200) });
  network.fit({ animation: false, minZoomLevel: 0.01, maxZoomLevel: 2 });
  // Above lie the buttons, and names stand out beyond their points.
  if (bandBoxes().length && turns()) fitBands();
  else network.moveTo({ position: network.getViewPosition(), scale: network.getScale() * (bandsNow().length ? 0.84 : 0.92), offset: { x: 0, y: 22 }, animation: false });
  whole_ = network.getScale();
  seen = null;
  sizeCities();
}

// Upright bands have their names above them, askew.
function fitBands() {
  const { clientWidth, clientHeight } = byId("map");
  const boxes = bandBoxes();
  const [{ y, height }] = boxes;
  const left = boxes.reduce((least, box) => Math.min(least, box.x), Infinity);
  const right = boxes.reduce((most, box) => Math.max(most, box.x + box.width), -Infinity);
  const scale = Math.min((clientHeight - ABOVE_BANDS - 16) / height, (clientWidth - 100) / (right - left), 2);
  network.moveTo({ position: { x: (left + right) / 2 + 32 / scale, y: y + (clientHeight / 2 - ABOVE_BANDS) / scale }, scale, animation: false });
}

// The actor that the page is about in the middle, with as much around it as fits.
function centre(point) {
  const { clientWidth, clientHeight } = byId("map");
  const reach = (axis) => [...drawing.points.values()].reduce((most, spot) => Math.max(most, Math.abs(spot[axis] - point[axis]) + reachOf(spot)), 60);
  const scale = Math.max(0.84 * Math.min(clientWidth / 2 / reach("x"), clientHeight / 2 / reach("y")), 0.6 * whole_);
  network.moveTo({ position: { x: point.x, y: point.y }, scale: Math.min(scale, 2), offset: { x: 0, y: 12 }, animation: false });
}

// On an upright screen the timeline is as wide as the screen, and goes on below.
function toTop() {
  const { clientWidth, clientHeight } = byId("map");
  const boxes = bandBoxes();
  const [{ x, width }] = boxes;
  const scale = (0.94 * clientWidth) / width;
  const top = boxes.reduce((least, box) => Math.min(least, box.y), Infinity) - 104 / scale; // buttons, years, a name
  if (scale > whole_) network.moveTo({ position: { x: x + width / 2, y: top + clientHeight / 2 / scale }, scale, animation: false });
}

// Turns to the part of a view where most is, unless that is nearly the whole.
function goHome() {
  zoom("fit");
  const about = data.focus && now.view === "map" && drawing.points.get(data.focus.actor);
  if (about) return centre(about);
  if (now.view === "timeline" && upright && bandBoxes().length) return toTop();
  const viewport = views.get(now.view)?.viewport;
  if (!viewport) return;
  const [left, top, right, bottom] = viewport;
  const { clientWidth, clientHeight } = byId("map");
  const scale = 0.72 * Math.min(clientWidth / Math.max(right - left, 1), clientHeight / Math.max(bottom - top, 1));
  if (scale < 1.5 * whole_) return;
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.min(scale, 12 * whole_), animation: false });
  sizeCities();
  say(word("homeOnly"));
}

let seen = null; // where the reader has moved the map to; nothing while it shows the whole
const eyeNow = () => seen;
function settle() {
  moving = false;
  const { x, y } = network.getViewPosition();
  seen = [x.toFixed(1), y.toFixed(1), network.getScale().toFixed(4)];
  sizeCities();
  if (byId("said").textContent === word("homeOnly")) say("");
  network.redraw();
  remember();
}

let settling = 0;
function moved() {
  moving = true;
  window.clearTimeout(settling);
  settling = window.setTimeout(settle, 160);
}

