// A drawing context that records what is drawn as SVG, with the methods by which the layers of a map draw.
import { svgElement } from "./dom.js";

const NOT_XML = /[^\t\n\r\u0020-\ufffd]/g; // XML 1.0 cannot contain them, not even escaped
const FONT = /^(?:(\d+) )?([\d.]+)px (.*)$/;
const ANCHORS = new Map([
  ["center", "middle"],
  ["right", "end"],
]);
/** Distance from the place of a text to its base line, in font sizes. */
const BASELINES = new Map([
  ["top", 0.85],
  ["middle", 0.35],
  ["bottom", -0.2],
]);

/** @param {number} value */
const short = (value) => String(Math.round(value * 100) / 100);

/**
 * A colour and its opacity; SVG of a journal has no colours of eight digits.
 * @param {string} colour
 */
function paintOf(colour) {
  const opacity = /^#[0-9a-f]{8}$/i.test(colour) ? parseInt(colour.slice(7), 16) / 255 : 1;
  return { colour: colour.slice(0, opacity < 1 ? 7 : undefined), opacity };
}

const SETTINGS = /** @type {const} */ ([
  "fillStyle",
  "strokeStyle",
  "lineWidth",
  "globalAlpha",
  "lineCap",
  "lineJoin",
  "font",
  "textAlign",
  "textBaseline",
  "dash",
  "group",
]);

export class SvgContext {
  /** @param {CanvasRenderingContext2D} measuring a context that measures texts */
  constructor(measuring) {
    this.measuring = measuring;
    this.root = svgElement("g", {});
    this.group = this.root;
    this.fillStyle = "#000000";
    this.strokeStyle = "#000000";
    this.lineWidth = 1;
    this.globalAlpha = 1;
    this.lineCap = "butt";
    this.lineJoin = "miter";
    this.font = "10px sans-serif";
    this.textAlign = "left";
    this.textBaseline = "alphabetic";
    /** @type {number[]} */
    this.dash = [];
    /** @type {object[]} */
    this.saved = [];
    this.path = "";
  }

  save() {
    this.saved.push(Object.fromEntries(SETTINGS.map((name) => [name, this[name]])));
  }

  restore() {
    Object.assign(this, this.saved.pop());
  }

  /** @param {string} transform */
  transform(transform) {
    this.group = this.add("g", { transform });
  }

  /** @type {(x: number, y: number) => void} */
  translate(x, y) {
    this.transform(`translate(${short(x)} ${short(y)})`);
  }

  /** @param {number} factor */
  scale(factor) {
    this.transform(`scale(${factor.toPrecision(6)})`);
  }

  /** @param {number} angle */
  rotate(angle) {
    this.transform(`rotate(${short((angle * 180) / Math.PI)})`);
  }

  /** @type {(x: number, y: number, width: number, height: number) => void} */
  clipTo(x, y, width, height) {
    const box = [x, y, width, height].map(short);
    const view = { x: box[0], y: box[1], width: box[2], height: box[3], viewBox: box.join(" ") };
    this.group = /** @type {SVGGElement} */ (/** @type {unknown} */ (this.add("svg", view)));
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  /** @param {string} text */
  measureText(text) {
    this.measuring.font = this.font;
    return this.measuring.measureText(text);
  }

  beginPath() {
    this.path = "";
  }

  closePath() {
    this.path += "Z";
  }

  /** @type {(x: number, y: number) => void} */
  moveTo(x, y) {
    this.path += `M${short(x)} ${short(y)}`;
  }

  /** @type {(x: number, y: number) => void} */
  lineTo(x, y) {
    this.path += `${this.path ? "L" : "M"}${short(x)} ${short(y)}`;
  }

  /** @type {(cx: number, cy: number, x: number, y: number) => void} */
  quadraticCurveTo(cx, cy, x, y) {
    this.path += `Q${short(cx)} ${short(cy)} ${short(x)} ${short(y)}`;
  }

  /** @type {(x: number, y: number, width: number, height: number) => void} */
  rect(x, y, width, height) {
    this.path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  /**
   * A clockwise arc in two halves.
   * @type {(x: number, y: number, radius: number, from: number, to: number) => void}
   */
  arc(x, y, radius, from, to) {
    const at = (/** @type {number} */ angle) =>
      `${short(x + radius * Math.cos(angle))} ${short(y + radius * Math.sin(angle))}`;
    const half = (from + to) / 2;
    const r = short(radius);
    const large = half - from > Math.PI ? 1 : 0;
    const start = `${this.path && !this.path.endsWith("Z") ? "L" : "M"}${at(from)}`;
    if (!this.path.endsWith(`M${at(from)}`)) this.path += start;
    this.path += `A${r} ${r} 0 ${large} 1 ${at(half)}A${r} ${r} 0 ${large} 1 ${at(to)}`;
  }

  /** @param {string} [d] */
  fill(d = this.path) {
    this.add("path", { d, ...this.filled() });
  }

  /**
   * Stroke a path; if it was filled just before, the same shape gets the stroke.
   * @param {string} [d]
   */
  stroke(d = this.path) {
    const last = this.group.lastElementChild;
    if (last?.getAttribute("d") === d && !last.hasAttribute("stroke"))
      for (const [name, value] of Object.entries(this.stroked())) last.setAttribute(name, String(value));
    else this.add("path", { d, fill: "none", ...this.stroked() });
  }

  /** @type {(x: number, y: number, width: number, height: number) => void} */
  fillRect(x, y, width, height) {
    this.add("rect", { x: short(x), y: short(y), width: short(width), height: short(height), ...this.filled() });
  }

  /** @type {(text: string, x: number, y: number) => void} */
  strokeText(text, x, y) {
    this.write(text, x, y, { fill: "none", ...this.stroked(), "paint-order": "stroke" });
  }

  /**
   * Fill a text; if its outline was drawn just before, the same text gets the colour.
   * @type {(text: string, x: number, y: number) => void}
   */
  fillText(text, x, y) {
    const last = this.group.lastElementChild;
    const isOutlined = last?.tagName === "text" && last.getAttribute("fill") === "none" && last.textContent === text;
    if (isOutlined) last.setAttribute("fill", this.filled().fill);
    else this.write(text, x, y, this.filled());
  }

  /**
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {Attributes} paint
   */
  write(text, x, y, paint) {
    const { font, textAlign, textBaseline } = this;
    const [, weight = "400", size, face] = FONT.exec(font) ?? [];
    const place = { x: short(x), y: short(y + Number(size) * (BASELINES.get(textBaseline) ?? 0)) };
    if (!this.root.hasAttribute("font-family")) this.root.setAttribute("font-family", face);
    /** @type {Attributes} */
    const other = face === this.root.getAttribute("font-family") ? {} : { "font-family": face };
    const letters = { "font-size": short(Number(size)), "font-weight": weight, ...other };
    const anchor = ANCHORS.get(textAlign);
    this.add("text", { ...place, ...letters, ...(anchor && { "text-anchor": anchor }), ...paint }, text);
  }

  filled() {
    const { colour, opacity } = paintOf(this.fillStyle);
    const shown = opacity * this.globalAlpha;
    return { fill: colour, ...(shown < 1 && { "fill-opacity": short(shown) }) };
  }

  stroked() {
    const { strokeStyle, lineWidth, globalAlpha, lineCap, lineJoin } = this;
    return {
      stroke: strokeStyle,
      "stroke-width": short(lineWidth),
      ...(globalAlpha < 1 && { "stroke-opacity": short(globalAlpha) }),
      ...(this.dash.length > 0 && { "stroke-dasharray": this.dash.map(short).join(" ") }),
      ...(lineCap !== "butt" && { "stroke-linecap": lineCap }),
      ...(lineJoin !== "miter" && { "stroke-linejoin": lineJoin }),
    };
  }

  /**
   * @template {keyof SVGElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Attributes} attributes
   * @param {string} [text]
   */
  add(tag, attributes, text) {
    const child = svgElement(tag, attributes, ...(text === undefined ? [] : [text.replace(NOT_XML, "\ufffd")]));
    this.group.append(child);
    return child;
  }
}
