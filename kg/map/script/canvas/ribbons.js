// Ribbons of the view by sector: the links between each two bands, as wide as their share.
import { display, network } from "./canvas.js";
import { countLinks, links, styleOf, styles } from "./data.js";
import { isRotated, viewPositions } from "./drawing.js";
import { visible } from "./filter.js";
import { currentBands } from "./overlays.js";
import { now } from "./state.js";
import { svgElement } from "../shared/dom.js";
import { lanes } from "../shared/routes.js";
import { colourOfStyle, theme } from "../shared/theme.js";

const FLARE = 0.3; // part of the distance between two bands in which a ribbon widens
const MIN_NAMED = 46; // width of a ribbon with a number, screen pixels

/** @type {{ version: number, ribbons: Ribbon[] }} */
let ribbonCache = { version: -1, ribbons: [] };

/** The ribbons between the bands, in map units before the rotation of a portrait screen. */
export function currentRibbons() {
  if (now.view !== "bands") return [];
  if (ribbonCache.version !== display.version)
    ribbonCache = { version: display.version, ribbons: ribbonsOf(currentBands()) };
  return ribbonCache.ribbons;
}

/**
 * @param {{ sector: string, first: number, last: number }[]} bands
 * @returns {Ribbon[]}
 */
function ribbonsOf(bands) {
  const known = new Map(bands.map(({ sector }, i) => [sector, i]));
  const bandOf = (/** @type {number} */ actor) => known.get(styleOf(actor).sector) ?? known.get("") ?? 0;
  const xOf = (/** @type {number} */ actor) => viewPositions().get(actor)?.x ?? 0;
  /** @type {Map<string, { from: number, to: number, records: Set<string>, xs: number[] }>} */
  const pairs = new Map();
  for (const k of visible.links) {
    const members = links[k].members.filter((actor) => visible.actors.has(actor));
    const own = [...new Set(members.map(bandOf))].sort((a, b) => a - b);
    for (const [i, from] of own.entries())
      for (const to of own.slice(i + 1)) {
        const pair = pairs.get(`${from} ${to}`) ?? { from, to, records: new Set(), xs: [] };
        pair.records.add(links[k].record);
        pair.xs.push(...members.filter((actor) => [from, to].includes(bandOf(actor))).map(xOf));
        pairs.set(`${from} ${to}`, pair);
      }
  }
  const xs = [...visible.actors].map(xOf);
  const [left, right] = [Math.min(...xs) - 70, Math.max(...xs) + 70];
  const found = [...pairs.values()];
  return lanes(
    found.map(({ records, xs: all }) => ({ count: records.size, x: all.reduce((a, b) => a + b, 0) / all.length })),
    left,
    right,
  ).map(({ x, width }, i) => {
    const { from, to, records } = found[i];
    const share = Math.round((100 * records.size) / countLinks(visible.links));
    const sectors = [bands[from].sector, bands[to].sector];
    const below = (bands[from].last + bands[from + 1].first) / 2; // between the upper band and the next
    return {
      x,
      width,
      top: bands[from].last,
      bottom: bands[to].first,
      below,
      sectors,
      text: `${records.size} · ${share}%`,
    };
  });
}

/** @param {string} sector */
function colourOfSector(sector) {
  const style = styles.find((one) => one.sector === sector);
  return style ? colourOfStyle(style) : theme.edge;
}

/** The outline of a ribbon, as a path. @param {Ribbon} ribbon */
function ribbonOutline({ x, width, top, bottom }) {
  const [left, right, flare] = [x - width / 2, x + width / 2, FLARE * Math.min(bottom - top, 120)];
  const wide = Math.min(0.2 * width + 6, 40);
  const at = (/** @type {number} */ px, /** @type {number} */ py) =>
    (isRotated() ? [-py, px] : [px, py]).map((one) => one.toFixed(1)).join(" ");
  return [
    `M${at(left - wide, top)}C${at(left, top)} ${at(left, top)} ${at(left, top + flare)}`,
    `L${at(left, bottom - flare)}C${at(left, bottom)} ${at(left, bottom)} ${at(left - wide, bottom)}`,
    `L${at(right + wide, bottom)}C${at(right, bottom)} ${at(right, bottom)} ${at(right, bottom - flare)}`,
    `L${at(right, top + flare)}C${at(right, top)} ${at(right, top)} ${at(right + wide, top)}Z`,
  ].join("");
}

/** The place of the number of a ribbon: below its upper band. @param {Ribbon} ribbon */
const textPlace = ({ x, below }) => (isRotated() ? { x: -below, y: x } : { x, y: below });

/** @param {CanvasRenderingContext2D} context */
export function drawRibbons(context) {
  const scale = network.getScale();
  context.save();
  Object.assign(context, { textAlign: "center", textBaseline: "middle", font: `600 ${12 / scale}px ${theme.face}` });
  for (const ribbon of currentRibbons()) {
    for (const sector of ribbon.sectors) {
      Object.assign(context, { globalAlpha: 0.14, fillStyle: colourOfSector(sector) });
      context.fill(new Path2D(ribbonOutline(ribbon)));
    }
    const { x, y } = textPlace(ribbon);
    Object.assign(context, { globalAlpha: 1, fillStyle: theme.ink });
    if (ribbon.width * scale > MIN_NAMED) context.fillText(ribbon.text, x, y);
  }
  context.restore();
}

/** The boxes of the numbers of ribbons, which labels leave free. @param {number} scale */
export const ribbonLabels = (scale) =>
  currentRibbons()
    .filter(({ width }) => width * scale > MIN_NAMED)
    .map((ribbon) => {
      const { x, y } = textPlace(ribbon);
      return { x: x * scale - 30, y: y * scale - 9, width: 60, height: 18 };
    });

/** @param {number} scale */
export const svgRibbons = (scale) =>
  currentRibbons().flatMap((ribbon) => {
    const { x, y } = textPlace(ribbon);
    const fill = { "font-size": 12 / scale, "font-weight": 600, "text-anchor": "middle", fill: theme.ink };
    return [
      ...ribbon.sectors.map((sector) =>
        svgElement("path", { d: ribbonOutline(ribbon), fill: colourOfSector(sector), "fill-opacity": 0.14 }),
      ),
      ...(ribbon.width * scale > MIN_NAMED ? [svgElement("text", { x, y: y + 4 / scale, ...fill }, ribbon.text)] : []),
    ];
  });
