// The search of a static site: the index is a script of its own, and results are links.
import { foldName, learnKeys, matching, spellingsOf } from "../shared/matching.js";

const MOST = 200;
const index = /** @type {SiteIndex} */ (Reflect.get(globalThis, "searchIndex"));
const words = /** @type {SiteWords} */ (JSON.parse(siteElement("words").textContent ?? ""));
learnKeys(index.keys);

/** @param {string} id */
function siteElement(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

const things = index.rows.map(([en, zh, others]) => spellingsOf([en, zh, ...others].flatMap((name) => name ?? [])));
const order = [...index.rows.keys()].sort((a, b) => index.rows[b][6] - index.rows[a][6] || a - b);

/**
 * @param {SiteRow} row
 * @param {Match} match
 */
function resultItem([en, zh, others, path, sector, kind, links], { kind: how, name }) {
  const names = [en, zh, ...others].flatMap((one) => one ?? []);
  const shown = (words.lang === "zh" ? (zh ?? en) : (en ?? zh)) ?? names[0];
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `./${path}.html`;
  link.textContent = shown;
  if (sector) {
    const dot = document.createElement("i");
    dot.className = `dot ${["university", "firm", "government", "institute", "intermediary"].includes(sector) ? sector : "other"}`;
    item.append(dot);
  }
  const [kindEn, kindZh] = index.kinds[kind];
  const other = name >= 0 && names[name] !== shown ? names[name] : "";
  const why = document.createElement("small");
  why.textContent = [words.lang === "zh" ? kindZh : kindEn, other, words.matches[how]].filter(Boolean).join(" · ");
  const count = document.createElement("b");
  count.textContent = links ? ` ${links} ` : " ";
  item.append(link, count, why);
  return item;
}

function showSiteResults() {
  const field = /** @type {HTMLInputElement} */ (document.querySelector("input[name=q]"));
  const query = foldName(field.value);
  const results = matching(query, order, (thing) => things[thing]);
  const sentence = results.length ? words.resultCount.replace("{n}", String(results.length)) : words.noResult;
  siteElement("status").textContent = query && sentence;
  siteElement("results").replaceChildren(
    ...results.slice(0, MOST).map((result) => resultItem(index.rows[result.thing], result)),
  );
}

const searchField = /** @type {HTMLInputElement} */ (document.querySelector("input[name=q]"));
searchField.value = new URLSearchParams(location.search).get("q") ?? "";
searchField.addEventListener("input", showSiteResults);
searchField.focus();
showSiteResults();
