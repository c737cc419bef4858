// Search over all names of actors, in Chinese, English or pinyin; names are normalised at the first search.
import { inputById } from "../shared/dom.js";
import { foldName, learnKeys, matching, spellingsOf } from "../shared/matching.js";
import { matchWord, showResults } from "../shared/search.js";
import { otherLang } from "../shared/words.js";
import { n, nameIn, nameOf, otherNames, scene, styleOf } from "./data.js";
import { choose } from "./panel.js";

/** @type {Spellings[] | null} */
let spellings = null;
function spellNames() {
  learnKeys(scene.nameKeys);
  return Array.from({ length: n }, (_, actor) => {
    const names = [nameIn(actor, "en"), nameIn(actor, "zh"), ...otherNames(actor)].filter(Boolean);
    return spellingsOf(names);
  });
}

export function search() {
  const typed = inputById("search").value;
  const known = typed ? (spellings ??= spellNames()) : [];
  const query = foldName(typed);
  const results = matching(query, query ? [...known.keys()] : [], (actor) => known[actor]);
  showResults(query, results, ({ thing: actor, kind }) => ({
    style: scene.styles[styleOf[actor]],
    name: nameOf(actor),
    other: nameIn(actor, otherLang()),
    why: matchWord(kind),
    choose: () => choose({ point: actor }, true),
  }));
}
