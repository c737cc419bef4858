// Date filter: two sliders, a checkbox for undated links, and an animation of the last month.
import { countLinks, links } from "./data.js";
import { visible } from "./filter.js";
import { change, commit, now } from "./state.js";
import { byId, clamp, inputById, joined, svgElement } from "../shared/dom.js";
import { word } from "../shared/words.js";

const datedLinks = links.filter(({ start, latest }) => start !== null || latest !== null);
export const linkDays = datedLinks.flatMap(({ start, latest }) => [start, latest]).filter((one) => one !== null);
/** @param {number} days */
const monthIndex = (days) => {
  const date = new Date(days * 864e5);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
/** @param {number} index */
const firstDayOfMonth = (index) => Date.UTC(Math.floor(index / 12), index % 12, 1) / 864e5;
const [earliestMonth, latestMonth] = linkDays.length
  ? [monthIndex(linkDays.reduce((a, b) => Math.min(a, b))), monthIndex(linkDays.reduce((a, b) => Math.max(a, b)))]
  : [0, 0];
/** @param {number} index */
const monthText = (index) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, "0")}`;

const currentWindow = () =>
  [now.from === null ? earliestMonth : monthIndex(now.from), now.to === null ? latestMonth : monthIndex(now.to)].map(
    (index) => clamp(index, earliestMonth, latestMonth),
  );

/**
 * @param {number} from
 * @param {number} to
 */
export function setWindow(from, to) {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  change({
    from: low <= earliestMonth ? null : firstDayOfMonth(low),
    to: high >= latestMonth ? null : firstDayOfMonth(high + 1) - 1,
  });
}

/** Show the links since the first month of a year. @param {number} year */
export function setSince(year) {
  if (Number.isFinite(year)) setWindow(clamp(year * 12, earliestMonth, latestMonth), currentWindow()[1]);
}

/** Histogram of the start months: all links behind those that are visible. */
function drawBars() {
  const spans = Math.min(60, latestMonth - earliestMonth + 1);
  const width = (latestMonth - earliestMonth + 1) / spans;
  const all = new Array(spans).fill(0);
  const shown = new Array(spans).fill(0);
  for (const [k, { start, latest }] of links.entries()) {
    const day = start ?? latest;
    if (day === null) continue;
    const span = Math.floor((monthIndex(day) - earliestMonth) / width);
    all[span] += 1;
    if (visible.links.has(k)) shown[span] += 1;
  }
  const most = Math.max(1, ...all);
  const bar = (/** @type {number} */ count, /** @type {number} */ place, /** @type {string} */ name) => {
    const height = count && Math.max(2, (26 * count) / most);
    const x = (100 * place) / spans + 0.15;
    return svgElement("rect", { x, y: 26 - height, width: 100 / spans - 0.3, height, class: name });
  };
  byId("bars").replaceChildren(
    ...all.map((count, place) => bar(count, place, "off")),
    ...shown.map((count, place) => bar(count, place, "on")),
  );
}

/**
 * @param {HTMLInputElement} input
 * @param {number} value
 */
function setSlider(input, value) {
  Object.assign(input, { min: earliestMonth, max: latestMonth, step: 1 });
  input.valueAsNumber = value;
  input.setAttribute("aria-valuetext", monthText(value));
}

export function showTime() {
  byId("time").hidden = !linkDays.length || earliestMonth === latestMonth;
  if (byId("time").hidden) return;
  const [low, high] = currentWindow();
  setSlider(inputById("from"), low);
  setSlider(inputById("to"), high);
  const since = inputById("since");
  Object.assign(since, { min: Math.floor(earliestMonth / 12), max: Math.floor(latestMonth / 12) });
  since.value = String(Math.floor(low / 12));
  inputById("undated").checked = now.undated;
  byId("undatedCount").parentElement?.toggleAttribute("hidden", datedLinks.length === links.length);
  byId("undatedCount").textContent = word("undatedLinks", { n: countLinks(visible.undated) });
  const possible = countLinks([...visible.links].filter((k) => visible.certainty[k] === "possible"));
  const sure = countLinks(visible.links) - possible;
  byId("span").textContent = joined(
    `${monthText(low)} – ${monthText(high)}`,
    word("inWindow", { n: sure }),
    possible > 0 && word("perhaps", { n: possible }),
  );
  drawBars();
}

let playTimer = 0;
function stopPlaying() {
  window.clearInterval(playTimer);
  playTimer = 0;
  byId("play").setAttribute("aria-pressed", "false");
}

// One step per month, or longer steps so that the animation takes at most half a minute.
export function togglePlay() {
  if (playTimer) return stopPlaying();
  const [low, high] = currentWindow();
  let at = high >= latestMonth ? low : high;
  const step = Math.max(1, Math.ceil((latestMonth - low) / 60));
  const tick = (/** @type {number} */ advance) => {
    at = Math.min(at + advance, latestMonth);
    commit({
      ...now,
      from: low <= earliestMonth ? null : firstDayOfMonth(low),
      to: at >= latestMonth ? null : firstDayOfMonth(at + 1) - 1,
    });
    if (at >= latestMonth) stopPlaying();
  };
  change({ undated: false }); // they would hide the growth
  tick(0);
  byId("play").setAttribute("aria-pressed", "true");
  playTimer = window.setInterval(() => tick(step), 450);
}
