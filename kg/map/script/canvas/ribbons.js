// Ribbons of the view by sector: the links between each two bands, as wide as their share.
import { display, drawnScale } from "./canvas.js";
import { countLinks, links, scene, styleOf, styles } from "./data.js";
import { isRotated, viewPositions } from "./drawing.js";
import { visible } from "./filter.js";
import { currentBands } from "./overlays.js";
import { now } from "./state.js";
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

/** The visible links only between sectors that share too few links for a ribbon. */
export function unbundledLinks() {
  const pairs = pairsOf(currentBands());
  const bundled = new Set(pairs.filter(isWide).flatMap(({ records }) => [...records]));
  const all = new Set(pairs.flatMap(({ records }) => [...records]));
  return [...visible.links].filter((k) => all.has(links[k].record) && !bundled.has(links[k].record));
}

/** Two sectors with fewer links have no ribbon, as in `kg.map.svg.ribbons`. @param {SectorPair} pair */
const isWide = ({ records }) => records.size >= scene.leastShare * countLinks(visible.links);

/**
 * The links between each two bands with the positions of their parties; the parts of a link count once.
 * @param {{ sector: string }[]} bands
 * @returns {SectorPair[]}
 */
function pairsOf(bands) {
  const known = new Map(bands.map(({ sector }, i) => [sector, i]));
  const bandOf = (/** @type {number} */ actor) => known.get(styleOf(actor).sector) ?? known.get("") ?? 0;
  const xOf = (/** @type {number} */ actor) => viewPositions().get(actor)?.x ?? 0;
  /** @type {Map<string, SectorPair>} */
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
  return [...pairs.values()];
}

/**
 * @param {{ sector: string, first: number, last: number }[]} bands
 * @returns {Ribbon[]}
 */
function ribbonsOf(bands) {
  const xs = [...visible.actors].map((actor) => viewPositions().get(actor)?.x ?? 0);
  const [left, right] = [Math.min(...xs) - 70, Math.max(...xs) + 70];
  const found = pairsOf(bands).filter(isWide);
  return lanes(
    found.map(({ records, xs: all }) => ({ count: records.size, x: all.reduce((a, b) => a + b, 0) / all.length })),
    left,
    right,
  ).map(({ x, width }, i) => {
    const { from, to, records } = found[i];
    const share = Math.round((100 * records.size) / countLinks(visible.links));
    const sectors = [bands[from].sector, bands[to].sector];
    return {
      x,
      width,
      top: bands[from].last,
      bottom: bands[to].first,
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

/**
 * Trace the outline of a ribbon, which widens towards the bands.
 * @param {CanvasRenderingContext2D} context
 * @param {Ribbon} ribbon
 */
function traceRibbon(context, { x, width, top, bottom }) {
  const [left, right, flare] = [x - width / 2, x + width / 2, FLARE * Math.min(bottom - top, 120)];
  const wide = Math.min(0.2 * width + 6, 40);
  const at = (/** @type {number} */ px, /** @type {number} */ py) =>
    /** @type {[number, number]} */ (isRotated() ? [-py, px] : [px, py]);
  context.beginPath();
  context.moveTo(...at(left - wide, top));
  context.quadraticCurveTo(...at(left, top), ...at(left, top + flare));
  context.lineTo(...at(left, bottom - flare));
  context.quadraticCurveTo(...at(left, bottom), ...at(left - wide, bottom));
  context.lineTo(...at(right + wide, bottom));
  context.quadraticCurveTo(...at(right, bottom), ...at(right, bottom - flare));
  context.lineTo(...at(right, top + flare));
  context.quadraticCurveTo(...at(right, top), ...at(right + wide, top));
  context.closePath();
}

const TEXT_BELOW = 12; // distance of the number of a ribbon from its upper band, screen pixels

/** The place of the number of a ribbon: below its upper band, clear of the name of the next. @param {Ribbon} ribbon */
function textPlace({ x, top }) {
  const y = top + TEXT_BELOW / drawnScale();
  return isRotated() ? { x: -y, y: x } : { x, y };
}

/** @param {CanvasRenderingContext2D} context */
export function drawRibbons(context) {
  const scale = drawnScale();
  context.save();
  Object.assign(context, { textAlign: "center", textBaseline: "middle", font: `600 ${12 / scale}px ${theme.face}` });
  for (const ribbon of currentRibbons()) {
    for (const sector of ribbon.sectors) {
      Object.assign(context, { globalAlpha: 0.14, fillStyle: colourOfSector(sector) });
      traceRibbon(context, ribbon);
      context.fill();
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
