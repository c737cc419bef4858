// Legend, filters, appearance, and the table of links between sectors.
const swatch = (one) => icon(one.path, one.hollow ? { fill: "none", stroke: colourOfStyle(one), "stroke-width": 2.2 } : { fill: colourOfStyle(one) });
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
  return make("li", {}, make("label", {}, box, facet.name === "kind" && swatch(styles[value]), make("span", {}, facet.label(value)), make("small", {}, String(count))));
}

function facetList(facet) {
  const off = now.off.get(facet.name) ?? new Set();
  const turn = (values) => () => setOff(facet, values);
  return [make("div", { class: "both" }, button(word("all"), turn(new Set()), { ...(!off.size && { disabled: "" }) }), button(word("none"), turn(new Set(facet.values.keys())), { ...(off.size === facet.values.size && { disabled: "" }) })),
    make("ul", {}, ...[...facet.values].map(([value, count]) => facetItem(facet, value, count)))];
}

// An open filter stays open and keeps its scroll position and focus when its values change.
function showFacets() {
  const legend = facets[0];
  const active = document.activeElement?.dataset?.value;
  const group = document.activeElement?.name;
  byId("legend").replaceChildren(...[...legend.values].sort(([a], [b]) => a - b).map(([value, count]) => facetItem(legend, value, count)));
  for (const facet of facets.slice(1)) {
    const details = byId("filters").querySelector(`[data-facet=${facet.name}]`);
    details.hidden = facet.values.size < 2;
    const off = now.off.get(facet.name)?.size;
    details.querySelector("summary").textContent = word(facet.name) + (off ? ` (${facet.values.size - off}/${facet.values.size})` : "");
    const inner = details.querySelector("div");
    const top = inner.scrollTop;
    inner.replaceChildren(...(details.open ? facetList(facet) : []));
    inner.scrollTop = top;
  }
  if (active !== undefined) [...byId("side").querySelectorAll(`input[name="${group}"]`)].find((box) => box.dataset.value === active)?.focus();
  byId("all").hidden = !now.off.size && !now.tie && now.from === null && now.to === null && now.undated && now.focus === null && !now.only;
}

function createFacets() {
  byId("filters").append(...facets.slice(1).map((facet) => {
    const details = make("details", { "data-facet": facet.name }, make("summary", {}), make("div", { class: "facet", tabindex: "-1" }));
    details.addEventListener("toggle", showFacets);
    return details;
  }));
}

function showChoices() {
  fillSelect(byId("by"), [...measures.keys()].map((name) => [name, term("measure", name)]), now.by);
  fillSelect(byId("colour"), [["sector", word("bySector")], ["community", word("byCommunity")]], now.colour);
  const steps = [100, 300, 1000, 3000].filter((count) => count < n);
  fillSelect(byId("top"), [...new Set([...steps, now.top, n])].sort((a, b) => a - b).map((count) => [String(count), count === n ? word("topAll", { n }) : word("topN", { n: count })]), String(now.top));
  byId("more").hidden = n <= INITIAL_ACTORS;
  const left = n - now.top;
  byId("limitNote").textContent = left > 0 ? word("limitNote", { n: now.top, all: n, measure: term("measure", now.by) }) : "";
  for (const one of byId("views").children) one.setAttribute("aria-pressed", String(one.value === now.view));
  showSigns();
}

// Only the signs of the current view are listed.
function showSigns() {
  const points = [...drawing.points.values()];
  const bare = ["geo", "timeline", "years"].includes(now.view);
  const on = { size: !bare, hyperedge: !bare && points.some(({ id }) => isLink(id)), ring: now.view !== "years" && points.some((point) => point.ring.count), city: now.view === "geo", dot: now.view === "timeline", bar: now.view === "timeline" };
  const meanings = { size: word("size", { measure: term("measure", now.by) }), hyperedge: word(now.view === "two-mode" ? "link" : "hyperedge"), ring: word("ring"), city: word("cityDot"), dot: word("linkDot"), bar: word("spanBar") };
  for (const sign of byId("signs").children) {
    sign.hidden = !on[sign.dataset.sign];
    sign.querySelector("span").textContent = meanings[sign.dataset.sign];
  }
}

// Number of links between each two sectors; pressing a number filters by it.
function showTies() {
  const sectors = [...new Set(styles.map(({ sector }) => sector))];
  const counts = new Map();
  for (const k of visible.links) {
    const memberSectors = links[k].members.map((actor) => styleOf(actor).sector);
    sectors.forEach((a, i) => sectors.slice(i).forEach((b) => {
      const tied = a === b ? memberSectors.filter((one) => one === a).length > 1 : memberSectors.includes(a) && memberSectors.includes(b);
      if (tied) counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1);
    }));
  }
  const most = Math.max(1, ...counts.values());
  const head = (sector, scope) => make("th", { scope, title: term("sector", sector) || word("unknown") }, swatch(styles.find((one) => one.sector === sector)), make("span", { class: "visually-hidden" }, term("sector", sector) || word("unknown")));
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

