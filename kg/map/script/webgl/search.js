// Search over all names of actors, in Chinese, English or pinyin; names are normalised at the first search.
import { inputById } from "../shared/dom.js";
import { foldName, initials, matching } from "../shared/matching.js";
import { showResults } from "../shared/search.js";
import { otherLang } from "../shared/words.js";
import { n, nameIn, nameOf, otherNames, scene, styleOf } from "./data.js";
import { choose } from "./panel.js";

/** @type {string[][] | null} */
let folded = null;
function foldNames() {
  return Array.from({ length: n }, (_, actor) => {
    const others = otherNames(actor);
    return [nameIn(actor, "en"), nameIn(actor, "zh"), ...others]
      .filter(Boolean)
      .map(foldName)
      .concat(others.map(initials));
  });
}

export function search() {
  const query = foldName(inputById("search").value);
  if (query) folded = folded ?? foldNames();
  const results = matching(
    query,
    query ? Array.from({ length: n }, (_, actor) => actor) : [],
    (actor) => folded?.[actor] ?? [],
  );
  showResults(query, results, (actor) => ({
    style: scene.styles[styleOf[actor]],
    name: nameOf(actor),
    other: nameIn(actor, otherLang()),
    choose: () => choose({ point: actor }, true),
  }));
}
