// Visible actors and links: those that pass the filters by kind, stage and year.
import { valueOf } from "../shared/dom.js";
import { firstDayOfYear, yearOf } from "../shared/words.js";
import { n, pointCount, scene, styleOf, varints } from "./data.js";
import {
  ends,
  formAt,
  formOf,
  latestOf,
  lineCount,
  linesOfLink,
  linkCount,
  partiesOf,
  pointOf,
  startOf,
} from "./links.js";

/** @param {number} link */
export const isDated = (link) => !Number.isNaN(startOf[link]) || !Number.isNaN(latestOf[link]);
export const [firstYear, lastYear] = (() => {
  let [low, high] = [Infinity, -Infinity];
  for (const day of [startOf, latestOf])
    for (const one of day) if (!Number.isNaN(one)) [low, high] = [Math.min(low, one), Math.max(high, one)];
  return low > high ? [0, 0] : [yearOf(low), yearOf(high)];
})();

// Filters of links by the values of their form.
/** @type {Record<string, (form: LargeForm) => string>} */
const facetValue = { form: ({ kind }) => kind, stage: ({ stage }) => stage ?? "" };
/** @type {Map<string, Map<string, number>>} */
export const facets = new Map(
  Object.entries(facetValue).map(([name, value]) => {
    const counts = new Map();
    for (let link = 0; link < linkCount; link += 1) {
      const own = value(formAt(link));
      counts.set(own, (counts.get(own) ?? 0) + 1);
    }
    return [name, new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)))];
  }),
);
facets.set("kind", new Map(scene.styles.map(({ count }, i) => [String(i), count])));
export const initialFilters = () => ({
  off: new Map([...facets.keys()].map((name) => [name, new Set()])),
  from: firstYear,
  to: lastYear,
  undated: true,
  finding: null,
});
/** @type {Filters} */
export let filters = initialFilters();
export const isUnfiltered = () =>
  [...filters.off.values()].every(({ size }) => !size) &&
  filters.from === firstYear &&
  filters.to === lastYear &&
  filters.undated &&
  filters.finding === null;

/** The links of the chosen finding, or null. */
function linksOfFinding() {
  const finding = scene.findings.find(({ name }) => name === filters.finding);
  if (!finding) return null;
  let link = 0;
  return new Set(Array.from(varints(finding.links), (step) => (link += step)));
}

export const pointVisible = new Uint8Array(pointCount).fill(1);
export const lineVisible = new Uint8Array(lineCount).fill(1);
export const linkVisible = new Uint8Array(linkCount).fill(1); // 2: the dates of the link only overlap the window
export const visibleCounts = { actors: n, sure: linkCount, perhaps: 0 };

/**
 * A missing bound is unlimited.
 * @param {number} link
 * @param {number} low
 * @param {number} high
 */
function dateCertainty(link, low, high) {
  const [start, latest] = [startOf[link], latestOf[link]];
  if (!isDated(link)) return filters.undated ? 1 : 0;
  if (start >= high || latest < low) return 0;
  return start >= low && latest < high ? 1 : 2;
}

// A link is visible if one of its parties is; an actor without a visible link is hidden.
function updateVisible() {
  const unfiltered = isUnfiltered();
  for (const one of [pointVisible, lineVisible, linkVisible]) one.fill(unfiltered ? 1 : 0);
  Object.assign(visibleCounts, { actors: unfiltered ? n : 0, sure: unfiltered ? linkCount : 0, perhaps: 0 });
  if (unfiltered) return;
  const lookOn = scene.styles.map((_, i) => !valueOf(filters.off, "kind").has(String(i)));
  const pointOn = (/** @type {number} */ point) => point >= n || lookOn[styleOf[point]];
  const formOn = scene.forms.map((form) =>
    Object.entries(facetValue).every(([name, value]) => !valueOf(filters.off, name).has(value(form))),
  );
  const range = [
    filters.from === firstYear ? -Infinity : firstDayOfYear(filters.from),
    filters.to === lastYear ? Infinity : firstDayOfYear(filters.to + 1),
  ];
  const own = linksOfFinding();
  for (let link = 0; link < linkCount; link += 1) {
    if (own && !own.has(link)) continue;
    const certainty = formOn[formOf[link]] ? dateCertainty(link, range[0], range[1]) : 0;
    let hasVisibleParty = false;
    if (certainty) {
      for (const actor of partiesOf(link)) {
        if (!pointOn(actor)) continue;
        visibleCounts.actors += 1 - pointVisible[actor];
        pointVisible[actor] = 1;
        hasVisibleParty = true;
      }
    }
    if (!hasVisibleParty) continue;
    linkVisible[link] = certainty;
    visibleCounts[certainty === 1 ? "sure" : "perhaps"] += 1;
    if (pointOf[link]) pointVisible[pointOf[link]] = 1;
    for (const line of linesOfLink(link))
      if (pointOn(ends[2 * line]) && pointOn(ends[2 * line + 1])) lineVisible[line] = 1;
  }
}

/** @type {(() => void)[]} */
export const listeners = []; // functions called after each change of the filters, in order
/** @param {Filters} next */
export function setFilters(next) {
  filters = next;
  updateVisible();
}

/** @param {Partial<Filters>} what */
export function change(what) {
  setFilters({ ...filters, ...what });
  for (const show of listeners) show();
}
