// Highlight: the points and lines of the choice, of a finding or of a path.
import { isActor, isLink, links, linksOf, n } from "./data.js";
import { drawing, pointAt, pointInView, representedBy } from "./drawing.js";
import { linksOfFinding } from "./findings.js";
import { drawnPath } from "./paths.js";
import { now } from "./state.js";

/**
 * The chosen point or line with its neighbours; a link that is a point adds its other parties.
 * @returns {Display["highlight"]}
 */
export function findHighlight() {
  if (now.finding) return highlightOfLinks(new Set(linksOfFinding()));
  if (now.path) return drawnPath(now.path);
  if (!now.chosen) return null;
  const { line } = now.chosen;
  const point = pointInView(now.chosen.point);
  if (now.view === "timeline" && point !== undefined && isActor(point)) {
    const own = new Set(linksOf[point].map((k) => n + k));
    return [...drawing.points.keys()].every((id) => own.has(id)) ? null : { points: own, lines: new Set() };
  }
  if (line === undefined && !pointAt(point) && now.view === "geo") return null;
  const lines = new Set(
    line === undefined ? linesOfPoint(point ?? -1) : [drawing.lines.get(line)].flatMap((one) => one ?? []),
  );
  const near = new Set([...lines].flatMap(({ from, to }) => [from, to]));
  if (point !== undefined) near.add(point);
  return { points: near, lines: new Set([...lines].map(({ id }) => id)) };
}

/**
 * The lines and points of links; a link without a line has the point of its party.
 * @param {Set<number>} chosen
 */
function highlightOfLinks(chosen) {
  const lines = [...drawing.lines.values()].filter(({ links: through }) => through.some((k) => chosen.has(k)));
  const parties = [...chosen].flatMap((k) => [n + k, ...links[k].members.map(representedBy)]);
  const points = [...lines.flatMap(({ from, to }) => [from, to]), ...parties].flatMap((point) => point ?? []);
  return { points: new Set(points), lines: new Set(lines.map(({ id }) => id)) };
}

/** @param {number} point */
function linesOfPoint(point) {
  const own = drawing.at.get(point) ?? [];
  return own.flatMap((line) =>
    isLink(line.to) && line.to !== point ? [line, ...(drawing.at.get(line.to) ?? [])] : [line],
  );
}
