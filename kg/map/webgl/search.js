// Search over all names of actors, in Chinese, English or pinyin; names are normalised at the first search.
let folded = null;
function foldNames() {
  return Array.from({ length: n }, (_, actor) => {
    const others = otherNames(actor);
    return [nameIn(actor, "en"), nameIn(actor, "zh"), ...others].map(foldName).concat(others.map(initials)).join("\n");
  });
}

function search() {
  const query = foldName(byId("search").value);
  const [begun, inside] = [[], []];
  if (query) folded = folded ?? foldNames();
  for (let actor = 0; query && actor < n; actor += 1) {
    const at = folded[actor].indexOf(query);
    if (at >= 0) (at === 0 || folded[actor].includes(`\n${query}`) ? begun : inside).push(actor);
  }
  const results = [...begun, ...inside];
  byId("searchStatus").textContent = query && word(results.length ? "found" : "nothingFound", { n: results.length });
  byId("search").setAttribute("aria-expanded", String(results.length > 0));
  byId("results").replaceChildren(...results.slice(0, 50).map((actor) => {
    const other = nameIn(actor, otherLang());
    const name = make("span", {}, nameOf(actor), other && other !== nameOf(actor) ? make("small", { lang: languageTag(otherLang()) }, other) : "");
    return make("li", {}, button([swatch(data.styles[styleOf[actor]]), name], () => choose({ point: actor }, true)));
  }));
}
