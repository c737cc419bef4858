// Search over all names of actors, in Chinese, English or pinyin.
import { actors, orderBy, scene, styleOf } from "./data.js";
import { choose } from "./panel.js";
import { nameOf, now, otherName } from "./state.js";
import { inputById } from "../shared/dom.js";
import { foldName, learnKeys, matching, spellingsOf } from "../shared/matching.js";
import { matchWord, showResults } from "../shared/search.js";

learnKeys(scene.nameKeys);
const spellings = actors.map(({ label, names }) =>
  spellingsOf([label.en, label.zh, ...names.map(([, name]) => name)].flatMap((name) => name || [])),
);

export function search() {
  const query = foldName(inputById("search").value);
  const results = matching(query, query ? orderBy(now.by) : [], (actor) => spellings[actor]);
  showResults(query, results, ({ thing: actor, kind }) => ({
    style: styleOf(actor),
    name: nameOf(actors[actor]),
    other: otherName(actors[actor].label) ?? "",
    why: matchWord(kind),
    choose: () => choose({ point: actor }, true),
  }));
}
