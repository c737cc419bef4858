// Table of the visible actors or links.
import { actors, countLinks, links, linksOf, measureOf, n, orderBy, rankOf, styleOf } from "./data.js";
import { drawing } from "./drawing.js";
import { publisherNames, visible } from "./filter.js";
import { choose } from "./panel.js";
import { dateOf, nameOf, now } from "./state.js";
import { button, buttonsIn, byId, detailsById, inputById, make } from "../shared/dom.js";
import { download, toCsv } from "../shared/download.js";
import { foldName } from "../shared/matching.js";
import { kindOf, languageTag, number, reader, separator, term, word } from "../shared/words.js";

const ROWS_PER_PAGE = 200;
let tableKind = "actors";
let rowsShown = ROWS_PER_PAGE;

/** @param {string} kind */
export function showKind(kind) {
  tableKind = kind;
  rowsShown = ROWS_PER_PAGE;
  order = null;
  showTable();
}

/** @returns {TableContent} */
function actorRows() {
  const cells = (/** @type {number} */ actor) => {
    const { named, unnamed, bound } = actors[actor];
    const value = measureOf(now.by).values[actor];
    const name = { press: () => choose({ point: actor }, true), text: nameOf(actors[actor]) };
    return [
      String(rankOf(now.by, actor) ?? "–"),
      name,
      kindOf(styleOf(actor)),
      value === null ? "–" : number(value),
      String(named),
      `${bound ? "≥ " : ""}${unnamed}`,
      String(countLinks(linksOf[actor])),
    ];
  };
  const titles = [
    word("rank"),
    word("name"),
    word("class"),
    term("measure", now.by),
    word("partners"),
    word("unnamed"),
    word("links"),
  ];
  return {
    titles,
    numbers: [0, 3, 4, 5, 6],
    brief: [2],
    rows: orderBy(now.by).filter((actor) => visible.actors.has(actor)),
    cells,
  };
}

/** @returns {TableContent} */
function linkRows() {
  const cells = (/** @type {number} */ k) => {
    const { members, named, declared, bound, kind, stage } = links[k];
    const names = members.map((actor) => nameOf(actors[actor])).join(separator());
    const name = {
      press: () => choose(drawing.points.has(n + k) ? { point: n + k } : lineOfLink(k), true),
      text: nameOf(links[k]),
    };
    return [
      dateOf(links[k]),
      name,
      term("kind", kind),
      term("stage", stage),
      names,
      `${named} / ${bound ? "≥ " : ""}${declared}`,
      publisherNames(k).join(separator()),
    ];
  };
  const when = (/** @type {number} */ k) => links[k].start ?? links[k].latest ?? -Infinity;
  const titles = [
    word("date"),
    word("link"),
    word("form"),
    word("stage"),
    word("parties"),
    word("namedOf"),
    word("source"),
  ];
  return {
    titles,
    numbers: [5],
    brief: [0, 2, 3],
    rows: [...visible.links].sort((a, b) => when(b) - when(a) || a - b),
    cells,
  };
}

/**
 * A link with one named party has no line; its party is chosen.
 * @param {number} k
 */
function lineOfLink(k) {
  for (const { id, links: through } of drawing.lines.values()) if (through.includes(k)) return { line: id };
  return { point: links[k].members[0] };
}

/** @type {{ place: number, descending: boolean } | null} */
let order = null; // the column by which rows are sorted; null for the order of the map

/** @param {TableCell} cell */
const textOf = (cell) => (typeof cell === "string" ? cell : cell.text);

/** The rows of the table that contain the text of its filter, in the order of the chosen column. */
function tableRows() {
  const content = tableKind === "actors" ? actorRows() : linkRows();
  const query = foldName(inputById("rowFilter").value);
  const rows = content.rows
    .map(content.cells)
    .filter((row) => !query || foldName(row.map(textOf).join(" ")).includes(query));
  if (order) rows.sort((a, b) => compareCells(a, b, order?.place ?? 0) * (order?.descending ? -1 : 1));
  return { ...content, rows };
}

/**
 * Compare a column of two rows: numbers by value, other texts by the rules of the language.
 * @param {TableCell[]} a
 * @param {TableCell[]} b
 * @param {number} place
 */
function compareCells(a, b, place) {
  const [left, right] = [textOf(a[place]), textOf(b[place])];
  return left.localeCompare(right, languageTag(reader.lang), { numeric: true });
}

/** @param {number} place */
function sortBy(place) {
  order = { place, descending: order?.place === place && !order.descending };
  showTable();
}

export function showTable() {
  for (const one of buttonsIn("kinds")) one.setAttribute("aria-pressed", String(one.value === tableKind));
  if (!detailsById("list").open) return;
  const { titles, numbers, brief, rows } = tableRows();
  /** @returns {Attributes} */
  const styled = (/** @type {number} */ place) => {
    if (numbers.includes(place)) return { class: "number" };
    return brief.includes(place) ? { class: "brief" } : {};
  };
  const cell = (/** @type {TableCell} */ content, /** @type {number} */ place) =>
    make("td", styled(place), typeof content === "string" ? content : button(content.text, content.press));
  const heads = titles.map((title, place) => headCell(title, place, styled(place)));
  const body = rows.slice(0, rowsShown).map((row) => make("tr", {}, ...row.map(cell)));
  const left = rows.length - rowsShown;
  byId("rowCount").textContent = word("rowsFound", { n: rows.length });
  byId("rows").replaceChildren(
    make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...body)),
    left > 0 ? button(word("moreRows", { n: left }), showMoreRows) : "",
  );
}

function showMoreRows() {
  rowsShown += 5 * ROWS_PER_PAGE;
  showTable();
}

/**
 * @param {string} title
 * @param {number} place
 * @param {Attributes} attributes
 */
function headCell(title, place, attributes) {
  const on = order?.place === place;
  const sorted = order?.descending ? "descending" : "ascending";
  const mark = order?.descending ? " ▾" : " ▴";
  const press = button(on ? title + mark : title, () => sortBy(place), { title: word("sortBy", { name: title }) });
  return make("th", { scope: "col", "aria-sort": on ? sorted : "none", ...attributes }, press);
}

/** Save the rows of the table as they are shown. */
export function downloadTable() {
  const { titles, rows } = tableRows();
  const columns = titles.map((title, place) => [title, (/** @type {TableCell[]} */ row) => textOf(row[place])]);
  download("table.csv", "text/csv", toCsv(Object.fromEntries(columns), rows));
}
