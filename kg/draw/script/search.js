// ---- search: any name of an actor, in Chinese, English or pinyin
const fold = (name) => name.normalize("NFKD").replace(/[\p{M}\p{P}\p{Z}\p{S}]/gu, "").toLowerCase();
const initials = (name) => name.split(/[\s'’-]+/).map((part) => part[0] ?? "").join("").toLowerCase();
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

// Enter takes the first; arrows walk between the field and what was found; Escape begins anew.
function searchKey(event) {
  const stops = [byId("search"), ...byId("results").querySelectorAll("button")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
  else if (event.key === "Enter" && document.activeElement === stops[0]) stops[1]?.click();
  else if (event.key === "Escape" && stops[0].value) stops[0].value = "", search(), stops[0].focus(), event.stopPropagation();
  else return;
  event.preventDefault();
}

