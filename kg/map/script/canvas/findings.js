// Findings: sentences about the network; pressing one selects its links.
import { links, scene } from "./data.js";
import { visible } from "./filter.js";
import { change, now } from "./state.js";
import { button, byId, make } from "../shared/dom.js";
import { localise, word } from "../shared/words.js";

const FIRST_FINDINGS = 3;
let showsAll = false;

export const findingNames = scene.findings.map(({ name }) => name);

/** The chosen finding. */
export const chosenFinding = () => scene.findings.find(({ name }) => name === now.finding);

/** The visible links of the chosen finding, the newest first, with all parts of a link together. */
export function linksOfFinding() {
  const when = (/** @type {number} */ k) => links[k].start ?? links[k].latest ?? -Infinity;
  const own = (chosenFinding()?.links ?? []).filter((k) => visible.links.has(k));
  return own.sort((a, b) => when(b) - when(a) || a - b);
}

export function showFindings() {
  const list = document.getElementById("findingList");
  if (!list) return;
  const shown = showsAll ? scene.findings : scene.findings.slice(0, FIRST_FINDINGS);
  list.replaceChildren(
    ...shown.map(({ name, text: pair }) => {
      const on = now.finding === name;
      const choose = () => change({ finding: on ? null : name, chosen: null, path: null });
      return make("li", {}, button(localise(pair), choose, { "aria-pressed": String(on) }));
    }),
  );
  const left = scene.findings.length - FIRST_FINDINGS;
  byId("moreFindings").hidden = left < 1;
  byId("moreFindings").textContent = showsAll ? word("fewerFindings") : word("moreFindings", { n: left });
}

export function toggleFindings() {
  showsAll = !showsAll;
  showFindings();
}
