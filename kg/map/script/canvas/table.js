// Table of the visible actors or links.
import { actors, countLinks, links, linksOf, measureOf, n, orderBy, rankOf, styleOf } from "./data.js";
import { drawing } from "./drawing.js";
import { publishersOf, visible } from "./filter.js";
import { choose } from "./panel.js";
import { dateOf, nameOf, now } from "./state.js";
import { button, buttonsIn, byId, detailsById, make } from "../shared/dom.js";
import { kindOf, number, separator, term, word } from "../shared/words.js";

const ROWS_PER_PAGE = 200;
let tableKind = "actors";
let rowsShown = ROWS_PER_PAGE;

/** @param {string} kind */
export function showKind(kind) {
  tableKind = kind;
  rowsShown = ROWS_PER_PAGE;
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
      publishersOf(k).filter(Boolean).join(separator()),
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

export function showTable() {
  for (const one of buttonsIn("kinds")) one.setAttribute("aria-pressed", String(one.value === tableKind));
  if (!detailsById("list").open) return;
  const { titles, numbers, brief, rows, cells } = tableKind === "actors" ? actorRows() : linkRows();
  /** @returns {Attributes} */
  const styled = (/** @type {number} */ place) => {
    if (numbers.includes(place)) return { class: "number" };
    return brief.includes(place) ? { class: "brief" } : {};
  };
  /** @type {(content: ReturnType<typeof cells>[number], place: number) => Child} */
  const cell = (content, place) =>
    make("td", styled(place), typeof content === "string" ? content : button(content.text, content.press));
  const head = make(
    "thead",
    {},
    make("tr", {}, ...titles.map((title, place) => make("th", { scope: "col", ...styled(place) }, title))),
  );
  const body = make("tbody", {}, ...rows.slice(0, rowsShown).map((row) => make("tr", {}, ...cells(row).map(cell))));
  const left = rows.length - rowsShown;
  byId("rows").replaceChildren(
    make("table", {}, head, body),
    left > 0
      ? button(word("moreRows", { n: left }), () => {
          rowsShown += 5 * ROWS_PER_PAGE;
          showTable();
        })
      : "",
  );
}
