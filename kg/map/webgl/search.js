// Search over all names of actors, in Chinese, English or pinyin; names are normalised at the first search.
let folded = null;
function foldNames() {
  return Array.from({ length: n }, (_, actor) => {
    const others = otherNames(actor);
    return [nameIn(actor, "en"), nameIn(actor, "zh"), ...others].filter(Boolean).map(foldName).concat(others.map(initials));
  });
}

function search() {
  const query = foldName(byId("search").value);
  if (query) folded = folded ?? foldNames();
  const results = matching(query, query ? Array.from({ length: n }, (_, actor) => actor) : [], (actor) => folded[actor]);
  byId("searchStatus").textContent = query && word(results.length ? "found" : "nothingFound", { n: results.length });
  byId("search").setAttribute("aria-expanded", String(results.length > 0));
  byId("results").replaceChildren(...results.slice(0, 50).map((actor) => {
    const other = nameIn(actor, otherLang());
    const name = make("span", {}, nameOf(actor), other && other !== nameOf(actor) ? make("small", { lang: languageTag(otherLang()) }, other) : "");
    return make("li", {}, button([swatch(data.styles[styleOf[actor]]), name], () => choose({ point: actor }, true)));
  }));
}
