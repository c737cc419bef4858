// Legend and filters.
import { button, byId, inputById, make, svgElement, valueOf } from "../shared/dom.js";
import { data } from "../shared/payload.js";
import { swatch } from "../shared/theme.js";
import { kindOf, localise, reader, term, word, yearOf } from "../shared/words.js";
import { n, scene } from "./data.js";
import { latestOf, linkCount, startOf } from "./links.js";
import { MAX_ROWS } from "./panel.js";
import { gl } from "./render.js";
import { change, facets, filters, firstYear, isDated, isUnfiltered, lastYear, visibleCounts } from "./visible.js";

/** @type {Record<string, (value: string) => [Child, string]>} */
const facetLabels = {
  kind: (/** @type {string} */ value) => [swatch(scene.styles[Number(value)]), kindOf(scene.styles[Number(value)])],
  form: (/** @type {string} */ value) => ["", term("kind", value)],
  stage: (/** @type {string} */ value) => ["", value ? term("stage", value) : word("unknown")],
};

/**
 * @param {string} name
 * @param {Set<string>} values
 */
function setOff(name, values) {
  change({ off: new Map(filters.off).set(name, values) });
}

/**
 * @param {string} name
 * @param {string} value
 * @param {number} count
 */
function facetItem(name, value, count) {
  const off = valueOf(filters.off, name);
  const box = make("input", { type: "checkbox", name, value });
  box.checked = !off.has(value);
  box.addEventListener("change", () =>
    setOff(name, new Set(box.checked ? [...off].filter((one) => one !== value) : [...off, value])),
  );
  const [sign, label] = facetLabels[name](value);
  return make(
    "li",
    {},
    make(
      "label",
      {},
      box,
      sign,
      make("span", {}, label),
      make("small", {}, new Intl.NumberFormat(reader.lang).format(count)),
    ),
  );
}

/** @param {string} name */
function facetPart(name) {
  const [values, off] = [valueOf(facets, name), valueOf(filters.off, name)];
  const turn = (/** @type {string} */ key, /** @type {Set<string>} */ hidden) =>
    button(word(key), () => setOff(name, hidden), { name, value: key });
  const both = [turn("all", new Set()), turn("none", new Set(values.keys()))];
  const title = word(name) + (off.size ? ` (${values.size - off.size}/${values.size})` : "");
  return [
    make("summary", {}, title),
    make("div", { class: "both" }, ...both),
    make("ul", {}, ...[...values].map(([value, count]) => facetItem(name, value, count))),
  ];
}

// Number of links by start year.
const linksPerYear = new Uint32Array(lastYear - firstYear + 1);
for (let link = 0; link < linkCount; link += 1)
  if (isDated(link))
    linksPerYear[yearOf(Number.isNaN(startOf[link]) ? latestOf[link] : startOf[link]) - firstYear] += 1;
const undatedCount = linkCount - linksPerYear.reduce((total, one) => total + one, 0);

/**
 * A slider that passes the other one moves it along.
 * @param {string} id
 */
export function setWindow(id) {
  const value = inputById(id).valueAsNumber;
  change(
    id === "from"
      ? { from: value, to: Math.max(filters.to, value) }
      : { to: value, from: Math.min(filters.from, value) },
  );
}

function showTime() {
  byId("time").hidden = firstYear === lastYear;
  for (const id of ["from", "to"]) Object.assign(byId(id), { min: firstYear, max: lastYear, step: 1 });
  inputById("from").valueAsNumber = filters.from;
  inputById("to").valueAsNumber = filters.to;
  byId("span").textContent = filters.from === filters.to ? String(filters.from) : `${filters.from}–${filters.to}`;
  inputById("undated").checked = filters.undated;
  byId("undated").parentElement?.toggleAttribute("hidden", !undatedCount);
  byId("undatedCount").textContent = word("undatedLinks", { n: undatedCount });
  const most = Math.max(1, ...linksPerYear);
  const bar = (/** @type {number} */ count, /** @type {number} */ i) =>
    svgElement("rect", {
      x: (100 * i) / linksPerYear.length + 0.3,
      width: 100 / linksPerYear.length - 0.6,
      y: 26 - (26 * count) / most,
      height: (26 * count) / most,
      class: firstYear + i >= filters.from && firstYear + i <= filters.to ? "on" : "off",
    });
  byId("bars").replaceChildren(...Array.from(linksPerYear, bar));
}

/** Findings; pressing one shows its links only. */
function showFindings() {
  const items = scene.findings.map(({ name, text: pair }) => {
    const on = filters.finding === name;
    const choose = () => change({ finding: on ? null : name });
    return make("li", {}, button(localise(pair), choose, { "aria-pressed": String(on), value: name }));
  });
  document.getElementById("findingList")?.replaceChildren(...items);
}

// A list that is rebuilt keeps its focus and scroll position.
export function showFilters() {
  const active = document.activeElement;
  byId("legend").replaceChildren(
    ...[...valueOf(facets, "kind")].map(([style, count]) => facetItem("kind", style, count)),
  );
  for (const part of byId("filters").querySelectorAll("details")) {
    const top = part.lastElementChild?.scrollTop ?? 0;
    const name = part.dataset.facet ?? "";
    part.hidden = valueOf(facets, name).size < 2;
    part.replaceChildren(...facetPart(name));
    if (part.lastElementChild) part.lastElementChild.scrollTop = top;
  }
  byId("filtersTitle").hidden = [...byId("filters").querySelectorAll("details")].every(({ hidden }) => hidden);
  showTime();
  showFindings();
  byId("visibleCount").textContent =
    word("shown", {
      actors: word("members", { n: visibleCounts.actors }),
      links: word("inWindow", { n: visibleCounts.sure }),
    }) + (visibleCounts.perhaps ? ` · ${word("perhaps", { n: visibleCounts.perhaps })}` : "");
  byId("all").hidden = isUnfiltered();
  if (active instanceof HTMLInputElement || active instanceof HTMLButtonElement)
    [
      .../** @type {NodeListOf<HTMLInputElement>} */ (
        byId("side").querySelectorAll("input[type=checkbox], .both button, #findings button")
      ),
    ]
      .find((one) => one.name === active.name && one.value === active.value)
      ?.focus();
}

export function showLegend() {
  showFilters();
  byId("measure").textContent = word("size", { measure: term("measure", scene.measure) });
  byId("about").textContent = word("largeAbout", { n });
  byId("notes").replaceChildren(...data.notes.map((note) => make("li", {}, localise(note))));
  byId("listTitle").textContent = word("largeTable", {
    n: Math.min(MAX_ROWS, n),
    measure: term("measure", scene.measure),
  });
  byId("empty").hidden = Boolean(gl);
  byId("png").hidden = !gl;
  byId("empty").textContent = gl ? "" : word("noWebgl");
}
