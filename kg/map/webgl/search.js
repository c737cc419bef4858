// ---- search: any name of an actor, in Chinese, English or pinyin; names are folded once, at the first search
let folded = null;
function foldAll() {
  return Array.from({ length: n }, (_, actor) => {
    const others = othersOf(actor);
    return [nameIn(actor, "en"), nameIn(actor, "zh"), ...others].map(fold).concat(others.map(initials)).join("\n");
  });
}

function search() {
  const asked_ = fold(byId("search").value);
  const [begun, inside] = [[], []];
  if (asked_) folded = folded ?? foldAll();
  for (let actor = 0; asked_ && actor < n; actor += 1) {
    const at = folded[actor].indexOf(asked_);
    if (at >= 0) (at === 0 || folded[actor].includes(`\n${asked_}`) ? begun : inside).push(actor);
  }
  const found = [...begun, ...inside];
  byId("found").textContent = asked_ && word(found.length ? "found" : "nothingFound", { n: found.length });
  byId("search").setAttribute("aria-expanded", String(found.length > 0));
  byId("results").replaceChildren(...found.slice(0, 50).map((actor) => {
    const other = nameIn(actor, otherLang());
    const name = make("span", {}, nameOf(actor), other && other !== nameOf(actor) ? make("small", { lang: tagOf(otherLang()) }, other) : "");
    return make("li", {}, button([swatch(data.looks[lookOf[actor]]), name], () => choose({ point: actor }, true)));
  }));
}
