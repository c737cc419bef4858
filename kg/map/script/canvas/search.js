// Search over all names of actors, in Chinese, English or pinyin.
import { actors, orderBy, styleOf } from "./data.js";
import { choose } from "./panel.js";
import { nameOf, now, otherName } from "./state.js";
import { inputById } from "../shared/dom.js";
import { foldName, initials, matching } from "../shared/matching.js";
import { showResults } from "../shared/search.js";

const folded = actors.map(({ label, names }) => {
  const latin = names.filter(([tag]) => tag?.toLowerCase().includes("latn")).map(([, name]) => initials(name));
  return [
    ...[label.en, label.zh, ...names.map(([, name]) => name)].flatMap((name) => (name ? foldName(name) : [])),
    ...latin,
  ];
});

export function search() {
  const query = foldName(inputById("search").value);
  const results = matching(query, query ? orderBy(now.by) : [], (actor) => folded[actor]);
  showResults(query, results, (actor) => ({
    style: styleOf(actor),
    name: nameOf(actors[actor]),
    other: otherName(actors[actor].label) ?? "",
    choose: () => choose({ point: actor }, true),
  }));
}
