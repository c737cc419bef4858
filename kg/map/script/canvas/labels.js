// Labels: as many names as fit without overlap, by descending score, in a fixed size on the screen.
import { display, drawnScale, network } from "./canvas.js";
import { isActor, isCity, isLink, orderBy } from "./data.js";
import { drawing, drawnPoint, pointInView, ringRadius } from "./drawing.js";
import {
  discOf,
  distantBox,
  elementBox,
  freeBox,
  leaderDots,
  leaderEnds,
  overlaps,
  screenBox,
  SURE_NAMES,
} from "./label_boxes.js";
import { labelRows } from "./label_rows.js";
import { bandLabels } from "./overlays.js";
import { isNamedLink } from "./packs.js";
import { ribbonLabels } from "./ribbons.js";
import { now } from "./state.js";
import { dotsByParties } from "./timeline.js";
import { byId } from "../shared/dom.js";
import { theme } from "../shared/theme.js";
import { reader } from "../shared/words.js";

const textWidths = new Map();

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string[]} rows
 * @param {number} size
 */
export function createLabel(context, rows, size) {
  const key = rows.join("\n");
  if (!textWidths.has(key)) {
    context.font = `500 100px ${theme.face}`;
    textWidths.set(key, Math.max(...rows.map((row) => context.measureText(row).width)) / 100);
  }
  return { rows, size, width: textWidths.get(key) * size + 4, height: rows.length * size * 1.2 + 2 };
}

export const pointsByRank = () =>
  now.view === "timeline"
    ? dotsByParties()
    : [
        ...[...drawing.points.keys()].filter((id) => !isActor(id) && !isLink(id)),
        ...orderBy(now.by).filter((id) => drawing.points.has(id)),
      ];

/** Hubs with a name among the first points: links of many parties. */
function pointsToName() {
  const all = pointsByRank();
  const hubs = now.view === "map" ? [...drawing.points.keys()].filter(isNamedLink) : [];
  const first = hubs.length > 0 ? 6 : 0;
  return [...all.slice(0, first), ...hubs, ...all.slice(first)];
}

function priorityPoints() {
  const chosen = [display.hovered ?? undefined, now.chosen?.point, ...(now.path ?? [])];
  const shown = chosen.flatMap((point) => pointInView(point) ?? []);
  return shown.filter((point) => drawing.points.has(point) && !isLink(point));
}

/**
 * Labels with their boxes. A label without a free position appears after zooming in.
 * @param {CanvasRenderingContext2D} context
 * @param {number} scale
 */
function placeLabels(context, scale) {
  const screen = screenBox(scale);
  const discs = [...drawing.points.values()]
    .map((point) => discOf(point, scale))
    .filter((disc) => overlaps(screen, disc));
  const buttons = display.picture ? [] : ["over", "zoom", "unplaced"].map((id) => elementBox(byId(id), screen));
  const space = {
    scale,
    screen,
    taken: [...bandLabels(scale), ...ribbonLabels(scale), ...buttons],
    dots: [],
    discs: discs.length > 1500 ? [] : discs,
  };
  const candidates = new Set(
    discs.map(({ id }) => id).filter((id) => !display.highlight || display.highlight.points.has(id)),
  );
  return [...placeNames(context, space, candidates), ...placeCounts(context, space, candidates)];
}

/** @param {Space} value */
function mostNames({ screen, discs }) {
  if (display.highlight || now.view === "geo") return 60;
  const few = discs.length > 40 ? 8 : 40;
  const room = (screen.width * screen.height) / 15000;
  return Math.max(few, room) * Math.max(1, network.getScale() / display.fitScale) ** 2;
}

/** Lengths of the lines to the names of points that always have one, and of cities of one organisation; pixels. */
const [LONG_LEADER, LONGEST_LEADER, SHORT_LEADER] = [118, 240, 60];

/**
 * The longest line to the name of a point, as in `kg.map.svg.labels`.
 * @param {number} id
 * @param {boolean} isSure
 */
function leaderOfPoint(id, isSure) {
  if (isCity(id)) return drawnPoint(id).inside?.length === 1 ? SHORT_LEADER : LONGEST_LEADER;
  return isSure ? LONG_LEADER : 0;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Space} space
 * @param {Set<number>} candidates
 */
function placeNames(context, space, candidates) {
  const first = priorityPoints();
  const all = pointsToName();
  const most = mostNames(space);
  const cities = all.filter((id) => isCity(id) && drawnPoint(id).inside?.length !== 1);
  const sure = new Set([...first, ...cities, ...all.slice(0, Math.min(SURE_NAMES, Math.ceil(most)))]);
  /** @type {PlacedLabel[]} */
  const labels = [];
  for (const id of new Set([...first, ...all.filter((point) => candidates.has(point)).slice(0, 4 * most)])) {
    if (labels.length >= most) break;
    const point = drawnPoint(id);
    const rows = labelRows(id);
    const shortened = rows.length < 3 || first.includes(id) ? rows : [rows[0], `${rows[1]}…`];
    const label = createLabel(context, shortened, 11.5 + Math.min(4, point.size / 8));
    const limit = (point.size * space.scale) / 4;
    const near = freeBox(point, label, space, limit);
    const far = near ? null : distantBox(point, label, space, leaderOfPoint(id, sure.has(id)));
    const box = near ?? far ?? (sure.has(id) ? freeBox(point, label, space, Infinity) : null);
    if (!box) continue;
    space.taken.push(box);
    if (box === far) space.dots.push(...leaderDots(point, box, space.scale));
    labels.push({ ...label, box, ink: "ink", id, leader: box === far });
  }
  return labels;
}

/**
 * Numbers of unnamed parties beside their rings.
 * @param {CanvasRenderingContext2D} context
 * @param {Space} value1
 * @param {Set<number>} candidates
 */
function placeCounts(context, { scale, taken, dots }, candidates) {
  /** @type {PlacedLabel[]} */
  const labels = [];
  for (const { id, x, y, size, ring } of drawing.points.values()) {
    if (!ring.count || !candidates.has(id)) continue;
    const label = createLabel(context, [ring.bound ? `≥${ring.count}` : `+${ring.count}`], 10.5);
    const away = ringRadius(size, ring.count) * 0.71 + 2;
    const { width, height } = label;
    const box = { width, height, x: (x + away) * scale, y: (y - away) * scale - height };
    if ([...taken, ...dots].some((one) => overlaps(box, one))) continue;
    taken.push(box);
    labels.push({ ...label, box, ink: "muted", id, leader: false });
  }
  return labels;
}

// While the map moves, labels keep their offset from their points. They are placed again afterwards.
/** @type {{ key?: string, version: number, labels: PlacedLabel[], scale: number }} */
let labelCache = { version: -1, labels: [], scale: 1 };

/** @param {CanvasRenderingContext2D} context */
function currentLabels(context) {
  const scale = drawnScale();
  if (display.picture) return placeLabels(context, scale);
  const { x, y } = network.getViewPosition();
  const key = [
    display.version,
    display.hovered,
    reader.lang,
    x,
    y,
    scale,
    byId("map").clientWidth,
    byId("map").clientHeight,
  ].join(" ");
  if (labelCache.key !== key && !(display.moving && labelCache.version === display.version))
    labelCache = { key, version: display.version, scale, labels: placeLabels(context, scale) };
  if (labelCache.scale === scale) return labelCache.labels;
  return labelCache.labels
    .filter(({ id }) => drawing.points.has(id))
    .map((label) => {
      const point = drawnPoint(label.id);
      return {
        ...label,
        box: {
          ...label.box,
          x: label.box.x + point.x * (scale - labelCache.scale),
          y: label.box.y + point.y * (scale - labelCache.scale),
        },
      };
    });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PlacedLabel} label
 * @param {number} scale
 */
function drawLeader(context, label, scale) {
  const { from, to } = leaderEnds(drawnPoint(label.id), label.box, scale);
  for (const [strokeStyle, width] of [
    [theme.ground, 2.6],
    [theme.ink, 0.8],
  ]) {
    Object.assign(context, { lineWidth: Number(width) / scale, strokeStyle });
    context.beginPath();
    context.moveTo(from.x / scale, from.y / scale);
    context.lineTo(to.x / scale, to.y / scale);
    context.stroke();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PlacedLabel} value1
 * @param {number} scale
 */
function drawLabel(context, { rows, size, box, ink }, scale) {
  Object.assign(context, {
    font: `500 ${size / scale}px ${theme.face}`,
    textAlign: "center",
    textBaseline: "top",
    lineJoin: "round",
  });
  Object.assign(context, { lineWidth: 3.5 / scale, strokeStyle: theme.ground, fillStyle: theme[ink] });
  rows.forEach((row, place) => {
    const [x, y] = [(box.x + box.width / 2) / scale, (box.y + 1 + place * size * 1.2) / scale];
    context.strokeText(row, x, y);
    context.fillText(row, x, y);
  });
}

/** @param {CanvasRenderingContext2D} context */
export function drawLabels(context) {
  const scale = drawnScale();
  context.save();
  const labels = currentLabels(context);
  for (const label of labels) if (label.leader && drawing.points.has(label.id)) drawLeader(context, label, scale);
  for (const label of labels) drawLabel(context, label, scale);
  context.restore();
}
