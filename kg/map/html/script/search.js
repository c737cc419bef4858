// ---- search: any name of an actor, in Chinese, English or pinyin
const folded = actors.map(({ label, names }) => {
  const latin = names.filter(([tag]) => tag?.toLowerCase().includes("latn")).map(([, name]) => initials(name));
  return [...[label.en, label.zh, ...names.map(([, name]) => name)].filter(Boolean).map(fold), ...latin];
});

function search() {
  const asked = fold(byId("search").value);
  const fits = (actor, how) => folded[actor].some((name) => name[how](asked));
  const found = asked ? orderBy(now.by).filter((actor) => fits(actor, "includes")) : [];
  found.sort((a, b) => fits(b, "startsWith") - fits(a, "startsWith"));
  byId("found").textContent = asked && word(found.length ? "found" : "nothingFound", { n: found.length });
  byId("search").setAttribute("aria-expanded", String(found.length > 0));
  byId("results").replaceChildren(...found.slice(0, 50).map((actor) => {
    const name = make("span", {}, nameOf(actors[actor]), make("small", {}, other(actors[actor].label)));
    return make("li", {}, button([swatch(lookOf(actor)), name], () => choose({ point: actor }, true)));
  }));
}

