// Search over all names of actors, in Chinese, English or pinyin.
const folded = actors.map(({ label, names }) => {
  const latin = names.filter(([tag]) => tag?.toLowerCase().includes("latn")).map(([, name]) => initials(name));
  return [...[label.en, label.zh, ...names.map(([, name]) => name)].filter(Boolean).map(foldName), ...latin];
});

function search() {
  const query = foldName(byId("search").value);
  const results = matching(query, query ? orderBy(now.by) : [], (actor) => folded[actor]);
  byId("searchStatus").textContent = query && word(results.length ? "found" : "nothingFound", { n: results.length });
  byId("search").setAttribute("aria-expanded", String(results.length > 0));
  byId("results").replaceChildren(...results.slice(0, 50).map((actor) => {
    const name = make("span", {}, nameOf(actors[actor]), make("small", {}, otherName(actors[actor].label)));
    return make("li", {}, button([swatch(styleOf(actor)), name], () => choose({ point: actor }, true)));
  }));
}

