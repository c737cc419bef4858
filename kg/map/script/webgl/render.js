// Rendering by WebGL2: positions are uploaded once; a redraw passes the camera and a few colours.
import { byId, clamp } from "../shared/dom.js";
import { colourOfStyle, theme } from "../shared/theme.js";
import { n, pointCount, positions, scene, sizes, styleOf } from "./data.js";
import { drawLabels } from "./labels.js";
import { ends, endsOf, linesOf, linesOfLink, partiesOf } from "./links.js";
import { lineVisible, pointVisible } from "./visible.js";

export const canvas = /** @type {HTMLCanvasElement} */ (byId("points"));
/** The context; null without WebGL2, and then nothing is drawn. */
export const gl = /** @type {WebGL2RenderingContext} */ (
  canvas.getContext("webgl2", { antialias: false, alpha: false, preserveDrawingBuffer: true })
);

const VERTEX_SHADER = `#version 300 es
in vec2 position; in float size; in float style;
uniform vec2 middle; uniform vec2 half_; uniform float scale; uniform float ratio; uniform float least;
flat out float kind; out float wide;
void main() {
  vec2 at = (position - middle) * scale / half_;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
  wide = max(size * scale, least) * 2.6 * ratio;
  gl_PointSize = wide;
  kind = style;
}`;
// Shapes as distance functions in a square of 2.6 by 2.6; an outline in the ground colour separates neighbours.
const POINT_SHADER = `#version 300 es
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
const LINE_SHADER = `#version 300 es
precision mediump float;
flat in float kind; in float wide; uniform vec4 ink; out vec4 colour;
void main() { colour = ink; }`;

const UNIFORMS = ["middle", "half_", "scale", "ratio", "least", "colours", "shapes", "hollow", "ground", "dim", "ink"];
/**
 * @param {WebGLProgram} program
 * @param {number} type
 * @param {string} source
 */
function attachShader(program, type, source) {
  const shader = /** @type {WebGLShader} */ (gl.createShader(type));
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  gl.attachShader(program, shader);
}

/** @param {string} fragment */
function createProgram(fragment) {
  const linked = gl.createProgram();
  attachShader(linked, gl.VERTEX_SHADER, VERTEX_SHADER);
  attachShader(linked, gl.FRAGMENT_SHADER, fragment);
  ["position", "size", "style"].forEach((name, place) => gl.bindAttribLocation(linked, place, name));
  gl.linkProgram(linked);
  if (!gl.getProgramParameter(linked, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(linked) ?? "");
  return { made: linked, at: Object.fromEntries(UNIFORMS.map((name) => [name, gl.getUniformLocation(linked, name)])) };
}

export const camera = { x: 0, y: 0, scale: 1 };
export const initialCamera = { x: 0, y: 0, scale: 1 }; // camera that shows everything
/** @type {LargeChoice | null} */
export let chosen = null; // { point }, { line } or { link }
/** @type {LargeHighlight | null} */
export let highlight = null; // points and lines of the choice
/** @type {Gpu | null} */
let gpu = null;

/**
 * @param {AllowSharedBufferSource} values
 * @param {number} place
 * @param {number} count
 * @param {number} type
 */
function loadAttribute(values, place, count, type) {
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(place);
  gl.vertexAttribPointer(place, count, type, false, 0, 0);
}

/** @param {Uint32Array} values */
function indexBuffer(values) {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, values, gl.STATIC_DRAW);
  return { buffer, count: values.length };
}

export function initGl() {
  const kinds = new Uint8Array(pointCount).fill(63); // links have a kind of their own
  kinds.set(styleOf);
  loadAttribute(positions, 0, 2, gl.FLOAT);
  loadAttribute(sizes, 1, 1, gl.FLOAT);
  loadAttribute(kinds, 2, 1, gl.UNSIGNED_BYTE);
  gpu = { points: createProgram(POINT_SHADER), lines: createProgram(LINE_SHADER), order: null, ends: null, near: null };
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
}

// Upload the visible points by ascending score, so that hubs are drawn on top.
export function uploadVisible() {
  if (!gpu) return;
  for (const one of [gpu.order, gpu.ends]) if (one) gl.deleteBuffer(one.buffer);
  const [points, lines] = [new Uint32Array(pointCount), new Uint32Array(ends.length)];
  let [few, many] = [0, 0];
  for (let point = pointCount - 1; point >= 0; point -= 1) if (pointVisible[point]) points[few++] = point;
  for (let i = 0; i < ends.length; i += 1) if (lineVisible[i >> 1]) lines[many++] = ends[i];
  Object.assign(gpu, { order: indexBuffer(points.subarray(0, few)), ends: indexBuffer(lines.subarray(0, many)) });
}

/** @param {string} hex */
function rgb(hex) {
  const [red, green, blue] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
  return /** @type {const} */ ([red, green, blue]);
}

/** @param {Program} value */
function useProgram({ made: program, at }) {
  gl.useProgram(program);
  gl.uniform2f(at.middle, camera.x, camera.y);
  gl.uniform2f(at.half_, canvas.clientWidth / 2, canvas.clientHeight / 2);
  gl.uniform1f(at.scale, camera.scale);
  gl.uniform1f(at.ratio, window.devicePixelRatio);
  gl.uniform1f(at.least, 0.7);
  return at;
}

const MAX_LINES_MOVING = 40000; // maximum number of lines drawn while the map moves
/**
 * @param {Program} program
 * @param {IndexBuffer} value
 * @param {string} ink
 * @param {number} alpha
 */
function drawLines(program, { buffer, count }, ink, alpha) {
  const at = useProgram(program);
  gl.uniform4f(at.ink, ...rgb(ink), alpha);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
  gl.drawElements(gl.LINES, count, gl.UNSIGNED_INT, 0);
}

/**
 * @param {Program} program
 * @param {IndexBuffer} value
 * @param {number} dim
 */
function drawPoints(program, { buffer, count }, dim) {
  const at = useProgram(program);
  const pad = (/** @type {number[]} */ values, width = 1) =>
    [...values, ...new Array(width * 64).fill(0)].slice(0, width * 64);
  const colours = pad(
    scene.styles.flatMap((style) => rgb(colourOfStyle(style))),
    3,
  );
  colours.splice(189, 3, ...rgb(theme.edge));
  gl.uniform3fv(at.colours, colours);
  gl.uniform1fv(at.shapes, pad(scene.styles.map(({ shape }) => shape)));
  gl.uniform1fv(at.hollow, pad(scene.styles.map(({ hollow }) => Number(hollow))));
  gl.uniform3f(at.ground, ...rgb(theme.ground));
  gl.uniform1f(at.dim, dim);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
  gl.drawElements(gl.POINTS, count, gl.UNSIGNED_INT, 0);
}

export let moving = false;
/** @param {boolean} value */
export function setMoving(value) {
  moving = value;
}

export function paint() {
  if (!gpu?.order || !gpu.ends) return;
  gl.viewport(0, 0, canvas.width, canvas.height);
  gl.clearColor(...rgb(theme.ground), 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  // Lines become more opaque on zooming in, and more transparent the more of them there are.
  const closeness = (0.3 * camera.scale) / initialCamera.scale / 8;
  const alpha = 0.06 + Math.min(0.44, closeness) * Math.min(1, 20000 / (gpu.ends.count / 2 || 1));
  const lines = moving ? { ...gpu.ends, count: Math.min(gpu.ends.count, 2 * MAX_LINES_MOVING) } : gpu.ends;
  drawLines(gpu.lines, lines, theme.edge, chosen === null ? alpha : alpha / 3);
  drawPoints(gpu.points, gpu.order, chosen === null ? 1 : 0.28);
  if (gpu.near) {
    // Many lines are drawn more transparent.
    drawLines(gpu.lines, gpu.near.lines, theme.accent, clamp(12 / Math.sqrt(gpu.near.lines.count / 2), 0.3, 0.8));
    drawPoints(gpu.points, gpu.near.points, 1);
  }
  drawLabels();
}

let frameRequest = 0;
export function redraw() {
  if (gl && !frameRequest)
    frameRequest = requestAnimationFrame(() => {
      frameRequest = 0;
      paint();
    });
}

/**
 * Lines of a point, and of the other parties of its links with many parties; lines of a link.
 * @param {LargeChoice} value
 * @returns {number[]}
 */
function linesOfChosen({ point, line, link }) {
  if (line !== undefined) return [line];
  if (link !== undefined) return [...linesOfLink(link)].filter((one) => lineVisible[one]);
  if (point === undefined) return [];
  /** @type {Set<number>} */
  const lines = new Set();
  for (const one of linesOf(point)) {
    lines.add(one);
    if (point < n && endsOf(one)[1] >= n) for (const other of linesOf(endsOf(one)[1])) lines.add(other);
  }
  return [...lines].filter((one) => lineVisible[one]);
}

/**
 * @param {LargeChoice} value
 * @param {number[]} lines
 */
function pointsOfChosen({ point, line, link }, lines) {
  const parties = link === undefined || line !== undefined ? [] : [...partiesOf(link)];
  const own = point === undefined ? parties : [point];
  return [...new Set([...lines.flatMap(endsOf), ...own])].sort((a, b) => a - b);
}

/**
 * Draw the choice and its neighbours on top, by ascending score.
 * @param {LargeChoice | null} what
 */
export function setChosen(what) {
  chosen = what;
  const lines = what ? linesOfChosen(what) : [];
  highlight = what && { lines, points: pointsOfChosen(what, lines) };
  if (gpu?.near) for (const { buffer } of Object.values(gpu.near)) gl.deleteBuffer(buffer);
  if (gpu)
    gpu.near = highlight && {
      lines: indexBuffer(new Uint32Array(lines.flatMap(endsOf))),
      points: indexBuffer(Uint32Array.from(highlight.points).reverse()),
    };
  redraw();
}
