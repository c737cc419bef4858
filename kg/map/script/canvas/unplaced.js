// Omissions of a view: actors without a city, links without a date, and links of sectors without a ribbon.
import { cityBody, cityTitle, actorsWithoutCity } from "./cities.js";
import { cities, countLinks } from "./data.js";
import { linkItem } from "./link_panel.js";
import { unbundledLinks } from "./ribbons.js";
import { now } from "./state.js";
import { undatedLinks } from "./timeline.js";
import { byId } from "../shared/dom.js";
import { word } from "../shared/words.js";

/** Views that leave out links: the function that returns them, and the text that states their number. */
const OMITTED = new Map([
  ["timeline", { linksOf: undatedLinks, key: "undatedOnes" }],
  ["bands", { linksOf: unbundledLinks, key: "unbundled" }],
]);

/** The sentence that states the omissions of the view, or an empty text. */
export function unplacedText() {
  const { linksOf, key } = OMITTED.get(now.view) ?? {};
  const outside = now.view === "geo" ? actorsWithoutCity().length : 0;
  const left = linksOf ? countLinks(linksOf()) : outside;
  return left ? word(key ?? "unplaced", { n: left }) : "";
}

export function showUnplaced() {
  byId("unplaced").textContent = unplacedText();
  byId("unplaced").hidden = !unplacedText();
}

/** The panel of a city, or of the omissions. @param {number} city */
export function cityPanel(city) {
  const { linksOf } = OMITTED.get(now.view) ?? {};
  if (linksOf && city === cities.length)
    return { title: unplacedText(), body: linksOf().map((k) => linkItem(k, false)) };
  return { title: cityTitle(city), body: cityBody(city) };
}
