// ---- points and lines by WebGL2: positions lie on the card, a redraw hands over the eye and a few colours
const dark = window.matchMedia("(prefers-color-scheme: dark)");
let themeAsked = null;
const themeName = () => themeAsked ?? (dark.matches ? "dark" : "light");
const theme = {};
const board = byId("points");
const gl = board.getContext("webgl2", { antialias: false, alpha: false, preserveDrawingBuffer: true });

const VERTEX = `#version 300 es
in vec2 spot; in float size; in float look;
uniform vec2 middle; uniform vec2 half_; uniform float scale; uniform float ratio; uniform float least;
flat out float kind; out float wide;
void main() {
  vec2 at = (spot - middle) * scale / half_;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
  wide = max(size * scale, least) * 2.6 * ratio;
  gl_PointSize = wide;
  kind = look;
}`;
// Shapes as distances from the middle of a square of 2.6 by 2.6; a rim of the ground's colour parts neighbours.
const POINT = `#version 300 es
precision mediump float;
flat in float kind; in float wide;
uniform vec3 colours[64]; uniform float shapes[64]; uniform float hollow[64]; uniform vec3 ground; uniform float dim;
out vec4 colour;
float side(vec2 p, int sides, float turn, float inner) {
  float step_ = 6.2831853 / float(sides);
  float angle = mod(atan(p.x, -p.y) + turn, step_) - step_ / 2.0;
  return length(p) * cos(angle) / inner;
}
void main() {
  vec2 p = (gl_PointCoord - 0.5) * 2.6;
  int k = int(kind + 0.5);
  float shape = shapes[k];
  float d = length(p);
  if (shape == 1.0) d = max(abs(p.x), abs(p.y));
  else if (shape == 2.0) d = side(p - vec2(0.0, 0.275), 3, 0.0, 0.664);
  else if (shape == 3.0) d = side(-p - vec2(0.0, 0.275), 3, 0.0, 0.664);
  else if (shape == 4.0) d = abs(p.x) + abs(p.y);
  else if (shape == 5.0) d = length(p) / (0.74 + 0.3 * cos(5.0 * atan(p.x, -p.y)));
  else if (shape == 6.0) d = side(p, 6, 0.0, 0.87);
  float soft = 3.0 / wide;
  if (d > 1.0 + soft) discard;
  vec3 own = colours[k];
  float rim = smoothstep(1.0 - 2.0 * soft, 1.0 - soft, d);
  vec3 inside = hollow[k] > 0.5 ? mix(ground, own, smoothstep(0.55, 0.65, d)) : (wide > 9.0 ? mix(own, ground, rim) : own);
  colour = vec4(mix(ground, inside, dim), 1.0 - smoothstep(1.0, 1.0 + soft, d));
}`;
const LINE = `#version 300 es
precision mediump float;
flat in float kind; in float wide; uniform vec4 ink; out vec4 colour;
void main() { colour = ink; }`;

const NAMES = ["middle", "half_", "scale", "ratio", "least", "colours", "shapes", "hollow", "ground", "dim", "ink"];
function program(fragment) {
  const made = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  ["spot", "size", "look"].forEach((name, place) => gl.bindAttribLocation(made, place, name));
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
  return { made, at: Object.fromEntries(NAMES.map((name) => [name, gl.getUniformLocation(made, name)])) };
}

const eye = { x: 0, y: 0, scale: 1 };
const home = { x: 0, y: 0, scale: 1 }; // where the whole is seen
let chosen = null; // { point }, { line } or { link }
let lit = null; // the points and lines of what is chosen
let card = null;

function load(values, place, count, type) {
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(place);
  gl.vertexAttribPointer(place, count, type, false, 0, 0);
}

function index(values) {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, values, gl.STATIC_DRAW);
  return { buffer, count: values.length };
}

function prepare() {
  const kinds = new Uint8Array(all).fill(63); // links are of a kind of their own
  kinds.set(lookOf);
  load(spots, 0, 2, gl.FLOAT);
  load(sizes, 1, 1, gl.FLOAT);
  load(kinds, 2, 1, gl.UNSIGNED_BYTE);
  card = { points: program(POINT), lines: program(LINE), order: null, ends: null, near: null };
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
}

// What is shown goes to the card: points from the least central up, so that hubs lie above.
function deal() {
  if (!card) return;
  for (const one_ of ["order", "ends"]) if (card[one_]) gl.deleteBuffer(card[one_].buffer);
  const [points, lines] = [new Uint32Array(all), new Uint32Array(ends.length)];
  let [few, many] = [0, 0];
  for (let point = all - 1; point >= 0; point -= 1) if (pointShown[point]) points[few++] = point;
  for (let i = 0; i < ends.length; i += 1) if (lineShown[i >> 1]) lines[many++] = ends[i];
  Object.assign(card, { order: index(points.subarray(0, few)), ends: index(lines.subarray(0, many)) });
}

const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
function readTheme() {
  document.documentElement.dataset.theme = themeName();
  const css = getComputedStyle(document.documentElement);
  for (const name of ["ground", "ink", "muted", "edge", "accent", "face"]) theme[name] = css.getPropertyValue(`--${name}`).trim();
}

function use({ made, at }) {
  gl.useProgram(made);
  gl.uniform2f(at.middle, eye.x, eye.y);
  gl.uniform2f(at.half_, board.clientWidth / 2, board.clientHeight / 2);
  gl.uniform1f(at.scale, eye.scale);
  gl.uniform1f(at.ratio, window.devicePixelRatio);
  gl.uniform1f(at.least, 0.7);
  return at;
}

const MOST_MOVING = 40000; // lines that are drawn while the map is being moved
function drawLines({ buffer, count }, ink, alpha) {
  const at = use(card.lines);
  gl.uniform4f(at.ink, ...rgb(ink), alpha);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
  gl.drawElements(gl.LINES, count, gl.UNSIGNED_INT, 0);
}

function drawPoints({ buffer, count }, dim) {
  const at = use(card.points);
  const pad = (values, width) => [...values.flat(), ...new Array(width * 64).fill(0)].slice(0, width * 64);
  const colours = pad(data.looks.map((look) => rgb(look[themeName()])), 3);
  colours.splice(189, 3, ...rgb(theme.edge));
  gl.uniform3fv(at.colours, colours);
  gl.uniform1fv(at.shapes, pad(data.looks.map(({ shape }) => shape), 1));
  gl.uniform1fv(at.hollow, pad(data.looks.map(({ hollow }) => Number(hollow)), 1));
  gl.uniform3f(at.ground, ...rgb(theme.ground));
  gl.uniform1f(at.dim, dim);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
  gl.drawElements(gl.POINTS, count, gl.UNSIGNED_INT, 0);
}

let moving = false;
function paint() {
  gl.viewport(0, 0, board.width, board.height);
  gl.clearColor(...rgb(theme.ground), 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  // Lines are seen better from close by, where there are not so many that they would cover the ground.
  const alpha = 0.06 + Math.min(0.44, (0.3 * eye.scale) / home.scale / 8) * Math.min(1, 20000 / (card.ends.count / 2 || 1));
  const lines = moving ? { ...card.ends, count: Math.min(card.ends.count, 2 * MOST_MOVING) } : card.ends;
  drawLines(lines, theme.edge, chosen === null ? alpha : alpha / 3);
  drawPoints(card.order, chosen === null ? 1 : 0.28);
  if (card.near) {
    drawLines(card.near.lines, theme.accent, clamp(12 / Math.sqrt(card.near.lines.count / 2), 0.3, 0.8)); // many lines veil less
    drawPoints(card.near.points, 1);
  }
  writeNames();
}

let asked = 0;
function redraw() {
  if (gl && !asked) asked = requestAnimationFrame(() => { asked = 0; paint(); });
}

// The lines of a point, and beyond a link of many those to its other parties; the parties and lines of a link.
function linesLit({ point, line, link }) {
  if (line !== undefined) return [line];
  const found = new Set();
  if (link !== undefined) return [...linesOfLink(link)].filter((one_) => lineShown[one_]);
  for (const one_ of linesOf(point)) {
    found.add(one_);
    if (point < n && endsOf(one_)[1] >= n) for (const other of linesOf(endsOf(one_)[1])) found.add(other);
  }
  return [...found].filter((one_) => lineShown[one_]);
}

function pointsLit({ point, line, link }, lines) {
  const own = line === undefined ? link === undefined ? [point] : partiesOf(link) : [];
  return [...new Set([...lines.flatMap(endsOf), ...own])].sort((a, b) => a - b);
}

// What hangs together with the chosen is drawn again in front, from the least central point up.
function attend(what) {
  chosen = what;
  const lines = what && linesLit(what);
  lit = what && { lines, points: pointsLit(what, lines) };
  if (card?.near) for (const { buffer } of Object.values(card.near)) gl.deleteBuffer(buffer);
  if (card) card.near = lit && { lines: index(new Uint32Array(lines.flatMap(endsOf))), points: index(Uint32Array.from(lit.points).reverse()) };
  redraw();
}
