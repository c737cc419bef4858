// Legend and filters.
const facetLabels = {
  kind: (value) => [swatch(data.styles[value]), kindOf(data.styles[value])],
  form: (value) => ["", term(`kind/${value}`)],
  stage: (value) => ["", value ? term(`stage/${value}`) : word("unknown")],
};

function setOff(name, values) {
  change({ off: new Map(filters.off).set(name, values) });
}

function facetItem(name, value, count) {
  const off = filters.off.get(name);
  const box = make("input", { type: "checkbox", name, value });
  box.checked = !off.has(value);
  box.addEventListener("change", () => setOff(name, new Set(box.checked ? [...off].filter((one) => one !== value) : [...off, value])));
  const [sign, label] = facetLabels[name](value);
  return make("li", {}, make("label", {}, box, sign, make("span", {}, label), make("small", {}, new Intl.NumberFormat(lang).format(count))));
}

function facetPart(name) {
  const [values, off] = [facets.get(name), filters.off.get(name)];
  const both = [["all", new Set()], ["none", new Set(values.keys())]].map(([key, disabled]) => button(word(key), () => setOff(name, disabled), { name, value: key }));
  const title = word(name) + (off.size ? ` (${values.size - off.size}/${values.size})` : "");
  return [make("summary", {}, title), make("div", { class: "both" }, ...both), make("ul", {}, ...[...values].map(([value, count]) => facetItem(name, value, count)))];
}

// Number of links by start year.
const linksPerYear = new Uint32Array(lastYear - firstYear + 1);
for (let link = 0; link < linkCount; link += 1) if (isDated(link)) linksPerYear[yearOf(Number.isNaN(startOf[link]) ? latestOf[link] : startOf[link]) - firstYear] += 1;
const undatedCount = linkCount - linksPerYear.reduce((total, one) => total + one, 0);

// A slider that passes the other one moves it along.
function setWindow(id) {
  const value = byId(id).valueAsNumber;
  change(id === "from" ? { from: value, to: Math.max(filters.to, value) } : { to: value, from: Math.min(filters.from, value) });
}

function showTime() {
  byId("time").hidden = firstYear === lastYear;
  for (const id of ["from", "to"]) {
    Object.assign(byId(id), { min: firstYear, max: lastYear, step: 1 });
    byId(id).value = filters[id];
  }
  byId("span").textContent = filters.from === filters.to ? String(filters.from) : `${filters.from}–${filters.to}`;
  byId("undated").checked = filters.undated;
  byId("undated").parentElement.hidden = !undatedCount;
  byId("undatedCount").textContent = word("undatedLinks", { n: undatedCount });
  const most = Math.max(1, ...linksPerYear);
  const bar = (count, i) => svgElement("rect", { x: (100 * i) / linksPerYear.length + 0.3, width: 100 / linksPerYear.length - 0.6, y: 26 - (26 * count) / most, height: (26 * count) / most, class: firstYear + i >= filters.from && firstYear + i <= filters.to ? "on" : "off" });
  byId("bars").replaceChildren(...Array.from(linksPerYear, bar));
}

// A list that is rebuilt keeps its focus and scroll position.
function showFilters() {
  const { name, value } = document.activeElement ?? {};
  byId("legend").replaceChildren(...[...facets.get("kind")].map(([style, count]) => facetItem("kind", style, count)));
  for (const part of byId("filters").querySelectorAll("details")) {
    const top = part.lastElementChild?.scrollTop ?? 0;
    part.hidden = facets.get(part.dataset.facet).size < 2;
    part.replaceChildren(...facetPart(part.dataset.facet));
    part.lastElementChild.scrollTop = top;
  }
  byId("filtersTitle").hidden = [...byId("filters").querySelectorAll("details")].every(({ hidden }) => hidden);
  showTime();
  byId("visibleCount").textContent = word("shown", { actors: word("members", { n: visibleCounts.actors }), links: word("inWindow", { n: visibleCounts.sure }) }) + (visibleCounts.perhaps ? ` · ${word("perhaps", { n: visibleCounts.perhaps })}` : "");
  byId("all").hidden = isUnfiltered();
  if (name && value !== undefined) [...byId("side").querySelectorAll("input[type=checkbox], .both button")].find((one) => one.name === name && one.value === value)?.focus();
}

function showLegend() {
  showFilters();
  byId("measure").textContent = word("size", { measure: term(`measure/${data.measure}`) });
  byId("about").textContent = word("largeAbout", { n });
  byId("notes").replaceChildren(...data.notes.map((note) => make("li", {}, localise(note))));
  byId("listTitle").textContent = word("largeTable", { n: Math.min(MAX_ROWS, n), measure: term(`measure/${data.measure}`) });
  byId("empty").hidden = Boolean(gl);
  byId("png").hidden = !gl;
  byId("empty").textContent = gl ? "" : word("noWebgl");
}
