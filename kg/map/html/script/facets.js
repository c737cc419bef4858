// ---- the legend and the filters, what sizes and colours mean, and which sectors are tied to which
const swatch = (one) => picture(one.path, one.hollow ? { fill: "none", stroke: colourOfLook(one), "stroke-width": 2.2 } : { fill: colourOfLook(one) });
const isOff = (facet, value) => Boolean(now.off.get(facet.name)?.has(value));

function setOff(facet, values) {
  const off = new Map(now.off);
  if (values.size) off.set(facet.name, values);
  else off.delete(facet.name);
  change({ off });
}

function facetItem(facet, value, count) {
  const box = make("input", { type: "checkbox", name: facet.name });
  box.checked = !isOff(facet, value);
  box.dataset.value = value;
  box.addEventListener("change", () => setOff(facet, toggled(now.off.get(facet.name) ?? new Set(), value)));
  return make("li", {}, make("label", {}, box, facet.name === "kind" && swatch(looks[value]), make("span", {}, facet.label(value)), make("small", {}, String(count))));
}

function facetList(facet) {
  const off = now.off.get(facet.name) ?? new Set();
  const turn = (values) => () => setOff(facet, values);
  return [make("div", { class: "both" }, button(word("all"), turn(new Set()), { ...(!off.size && { disabled: "" }) }), button(word("none"), turn(new Set(facet.values.keys())), { ...(off.size === facet.values.size && { disabled: "" }) })),
    make("ul", {}, ...[...facet.values].map(([value, count]) => facetItem(facet, value, count)))];
}

// A filter that was opened stays open, and keeps its place in the list and the focus, when its ticks change.
function showFacets() {
  const legend = facets[0];
  const active = document.activeElement?.dataset?.value;
  const group = document.activeElement?.name;
  byId("legend").replaceChildren(...[...legend.values].sort(([a], [b]) => a - b).map(([value, count]) => facetItem(legend, value, count)));
  for (const facet of facets.slice(1)) {
    const told_ = byId("filters").querySelector(`[data-facet=${facet.name}]`);
    told_.hidden = facet.values.size < 2;
    const off = now.off.get(facet.name)?.size;
    told_.querySelector("summary").textContent = word(facet.name) + (off ? ` (${facet.values.size - off}/${facet.values.size})` : "");
    const inner = told_.querySelector("div");
    const top = inner.scrollTop;
    inner.replaceChildren(...(told_.open ? facetList(facet) : []));
    inner.scrollTop = top;
  }
  if (active !== undefined) [...byId("side").querySelectorAll(`input[name="${group}"]`)].find((box) => box.dataset.value === active)?.focus();
  byId("all").hidden = !now.off.size && !now.tie && now.from === null && now.to === null && now.undated && now.focus === null && !now.only;
}

function makeFacets() {
  byId("filters").append(...facets.slice(1).map((facet) => {
    const told_ = make("details", { "data-facet": facet.name }, make("summary", {}), make("div", { class: "facet", tabindex: "-1" }));
    told_.addEventListener("toggle", showFacets);
    return told_;
  }));
}

function showChoices() {
  choice(byId("by"), [...measures.keys()].map((name) => [name, term("measure", name)]), now.by);
  choice(byId("colour"), [["sector", word("bySector")], ["community", word("byCommunity")]], now.colour);
  const steps = [100, 300, 1000, 3000].filter((count) => count < n);
  choice(byId("top"), [...new Set([...steps, now.top, n])].sort((a, b) => a - b).map((count) => [String(count), count === n ? word("everybody", { n }) : word("topMost", { n: count })]), String(now.top));
  byId("more").hidden = n <= MOST_AT_FIRST;
  const left = n - now.top;
  byId("partly").textContent = left > 0 ? word("partly", { n: now.top, all: n, measure: term("measure", now.by) }) : "";
  for (const one_ of byId("views").children) one_.setAttribute("aria-pressed", String(one_.value === now.view));
  showSigns();
}

// What the signs of this view mean, and nothing of signs that it has not.
function showSigns() {
  const drawn_ = [...drawing.points.values()];
  const bare = ["geo", "timeline", "years"].includes(now.view);
  const on = { size: !bare, hyperedge: !bare && drawn_.some(({ id }) => isLink(id)), ring: now.view !== "years" && drawn_.some((point) => point.ring.count), city: now.view === "geo", dot: now.view === "timeline", bar: now.view === "timeline" };
  const said = { size: word("size", { measure: term("measure", now.by) }), hyperedge: word(now.view === "two-mode" ? "link" : "hyperedge"), ring: word("ring"), city: word("cityDot"), dot: word("linkDot"), bar: word("spanBar") };
  for (const sign of byId("signs").children) {
    sign.hidden = !on[sign.dataset.sign];
    sign.querySelector("span").textContent = said[sign.dataset.sign];
  }
}

// How many links tie each two sectors; a press on a number leaves these links alone.
function showTies() {
  const sectors = [...new Set(looks.map(({ sector }) => sector))];
  const counts = new Map();
  for (const k of passing.links) {
    const found = links[k].members.map((actor) => lookOf(actor).sector);
    sectors.forEach((a, i) => sectors.slice(i).forEach((b) => {
      const tied = a === b ? found.filter((one_) => one_ === a).length > 1 : found.includes(a) && found.includes(b);
      if (tied) counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1);
    }));
  }
  const most = Math.max(1, ...counts.values());
  const head = (sector, scope) => make("th", { scope, title: term("sector", sector) || word("unknown") }, swatch(looks.find((one_) => one_.sector === sector)), make("span", { class: "spoken" }, term("sector", sector) || word("unknown")));
  const cell = (a, b) => {
    const count = counts.get(`${a} ${b}`) ?? 0;
    const on = now.tie && now.tie[0] === a && now.tie[1] === b;
    const label = word("tied", { n: count, a: term("sector", a) || word("unknown"), b: term("sector", b) || word("unknown") });
    const press = button(String(count), () => change({ tie: on ? null : [a, b] }), { "aria-label": label, title: label, "aria-pressed": String(Boolean(on)) });
    press.style.setProperty("--share", `${Math.round(55 * Math.sqrt(count / most))}%`);
    return make("td", {}, count || on ? press : "·");
  };
  byId("ties").replaceChildren(make("thead", {}, make("tr", {}, make("td", {}), ...sectors.map((sector) => head(sector, "col")))),
    make("tbody", {}, ...sectors.map((a, i) => make("tr", {}, head(a, "row"), ...sectors.map((b, j) => (j < i ? make("td", {}) : cell(a, b)))))));
}

