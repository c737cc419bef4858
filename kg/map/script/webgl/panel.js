// Panel and table.
import { button, byId, detailsById, make } from "../shared/dom.js";
import { narrowScreen, swatch } from "../shared/theme.js";
import { kindOf, languageTag, number, otherLang, term, word } from "../shared/words.js";
import { updateHash } from "./address.js";
import { iriOf, n, nameIn, nameOf, otherNames, scene, scores, styleOf } from "./data.js";
import { foldedList, linkButton, linkItem, titleOf } from "./describe.js";
import { endsOf, linkAt, linksOf, linksOfLine, partners, unnamedParties } from "./links.js";
import { unhover } from "./pick.js";
import { panToChosen, resizeCanvas } from "./pointer.js";
import { chosen, setChosen } from "./render.js";

/** @param {number} actor */
const actorItem = (actor) =>
  make(
    "li",
    {},
    swatch(scene.styles[styleOf[actor]]),
    button(nameOf(actor), () => choose({ point: actor }, true)),
  );
export const MAX_ITEMS = 200;
export const MAX_ROWS = 1000;

/** @param {number} actor */
function scoreText(actor) {
  const measure = term("measure", scene.measure);
  if (Number.isNaN(scores[actor])) return word("noScore", { measure });
  let rank = actor;
  while (rank > 0 && scores[rank - 1] === scores[actor]) rank -= 1;
  return word("score", { measure, score: number(scores[actor]), rank: rank + 1, n });
}

/**
 * @param {number} actor
 * @param {number} named
 */
function coverageText(actor, named) {
  const { count, bound } = unnamedParties(actor);
  const partly = bound ? "coverageBound" : "coverage";
  return word((count ? partly : "coverageFull") + (named === 1 ? "One" : ""), { named, unnamed: count });
}

/**
 * Quote for a POSIX shell: within single quotes only a quote is special.
 * @param {string} text
 */
export const shellQuoted = (text) => `'${text.replace(/'/g, "'\\''")}'`;

/**
 * @param {string} title
 * @param {string} text
 */
export function commandItem(title, text) {
  const code = make("code", {}, text);
  const press = button(word("copy"), () =>
    navigator.clipboard.writeText(text).then(
      () => {
        press.textContent = word("copied");
      },
      () => window.getSelection()?.selectAllChildren(code),
    ),
  );
  return make("div", { class: "command" }, make("p", { class: "quiet" }, title), code, press);
}

/** @param {ArrayLike<unknown>} list */
export const remainder = (list) =>
  list.length > MAX_ITEMS ? make("p", { class: "quiet" }, `${word("others")}: ${list.length - MAX_ITEMS}`) : "";

/**
 * A name in the other language.
 * @param {string | false} name
 */
export const nameItem = (name) => name && make("p", { class: "quiet", lang: languageTag(otherLang()) }, name);
/**
 * @param {string} iri
 * @param {"p" | "small"} [tag]
 */
export const iriItem = (iri, tag = "p") => make(tag, { class: "quiet", translate: "no" }, iri);

/**
 * The page contains no texts of evidence; the commands print them.
 * @param {number} actor
 */
function actorBody(actor) {
  const partnerList = partners(actor);
  const other = nameIn(actor, otherLang());
  const lines = [kindOf(scene.styles[styleOf[actor]]), scoreText(actor), coverageText(actor, partnerList.length)];
  return [
    nameItem(other !== nameOf(actor) && other),
    ...otherNames(actor).map((name) => make("p", { class: "quiet", translate: "no" }, name)),
    ...lines.map((line) => make("p", { class: "quiet" }, line)),
    iriItem(iriOf(actor)),
    commandItem(word("inShell"), `kg show ${shellQuoted(iriOf(actor))}`),
    commandItem(word("inMap"), `kg map --focus ${shellQuoted(iriOf(actor))} -o focus.html`),
    foldedList(word("linksN", { n: linksOf(actor).length }), [...linksOf(actor)], linkButton, 8),
    foldedList(word("partnersTitle", { n: partnerList.length }), partnerList, actorItem, Infinity),
  ];
}

/** @param {LargeChoice} value */
function panelBody({ point, line, link }) {
  if (point !== undefined && point < n) return { title: nameOf(point), body: actorBody(point) };
  const links = line === undefined ? [link ?? linkAt[(point ?? n) - n]] : linksOfLine(line);
  const first = line === undefined ? [] : endsOf(line).filter((one) => one < n);
  const title = first.length > 1 ? titleOf({ line }) : word("link");
  return { title, body: [...links.slice(0, MAX_ITEMS).map((one) => linkItem(one, first)), remainder(links)] };
}

export function showPanel() {
  const panel = byId("panel");
  panel.hidden = chosen === null;
  panel.replaceChildren();
  if (chosen === null) return;
  const { title, body } = panelBody(chosen);
  const heading = make("h2", { id: "heading", tabindex: "-1" }, title);
  panel.append(
    make(
      "div",
      { class: "top" },
      heading,
      button("×", () => choose(null), { "aria-label": word("close") }),
    ),
    ...body.filter((part) => part instanceof Node),
  );
}

/**
 * @param {LargeChoice | null} what
 * @param {boolean} [move]
 */
export function choose(what, move = false) {
  unhover();
  setChosen(what);
  showPanel();
  if (move && what && narrowScreen.matches) detailsById("side").open = false;
  resizeCanvas();
  byId("panel").scrollTop = 0;
  byId("heading")?.focus({ preventScroll: true });
  if (move && what) panToChosen();
  updateHash();
}

export function showTable() {
  if (!detailsById("list").open) return;
  const titles = ["rank", "name", "class", null, "partners", "unnamed", "links"].map((key) =>
    make("th", { scope: "col" }, key ? word(key) : term("measure", scene.measure)),
  );
  const rows = Array.from({ length: Math.min(MAX_ROWS, n) }, (_, actor) => {
    const { count, bound } = unnamedParties(actor);
    const cells = [
      String(actor + 1),
      button(nameOf(actor), () => choose({ point: actor }, true)),
      kindOf(scene.styles[styleOf[actor]]),
      Number.isNaN(scores[actor]) ? "–" : number(scores[actor]),
      String(partners(actor).length),
      (bound ? "≥ " : "") + count,
      String(linksOf(actor).length),
    ];
    return make("tr", {}, ...cells.map((cell) => make("td", {}, cell)));
  });
  byId("rows").replaceChildren(
    make("table", {}, make("thead", {}, make("tr", {}, ...titles)), make("tbody", {}, ...rows)),
  );
}
