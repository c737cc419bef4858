// ---- the legend and the filters: each is a tick, and everything that is seen follows
const labelOf = {
  kind: (value) => [swatch(data.looks[value]), kindOf(data.looks[value])],
  form: (value) => ["", term(`kind/${value}`)],
  stage: (value) => ["", value ? term(`stage/${value}`) : word("unknown")],
};

function setOff(name, values) {
  change({ off: new Map(now.off).set(name, values) });
}

function facetItem(name, value, count) {
  const off = now.off.get(name);
  const box = make("input", { type: "checkbox", name, value });
  box.checked = !off.has(value);
  box.addEventListener("change", () => setOff(name, new Set(box.checked ? [...off].filter((one_) => one_ !== value) : [...off, value])));
  const [sign, label] = labelOf[name](value);
  return make("li", {}, make("label", {}, box, sign, make("span", {}, label), make("small", {}, new Intl.NumberFormat(lang).format(count))));
}

function facetPart(name) {
  const [values, off] = [facets.get(name), now.off.get(name)];
  const both = [["all", new Set()], ["none", new Set(values.keys())]].map(([key, chosen_]) => button(word(key), () => setOff(name, chosen_), { name, value: key }));
  const title = word(name) + (off.size ? ` (${values.size - off.size}/${values.size})` : "");
  return [make("summary", {}, title), make("div", { class: "both" }, ...both), make("ul", {}, ...[...values].map(([value, count]) => facetItem(name, value, count)))];
}

// How many links may have begun in each year.
const perYear = new Uint32Array(lastYear - firstYear + 1);
for (let link = 0; link < linkCount; link += 1) if (dated(link)) perYear[yearOf(Number.isNaN(startOf[link]) ? latestOf[link] : startOf[link]) - firstYear] += 1;
const undatedCount = linkCount - perYear.reduce((all_, one_) => all_ + one_, 0);

// The end that is moved pushes the other on.
function setWindow(id) {
  const value = byId(id).valueAsNumber;
  change(id === "from" ? { from: value, to: Math.max(now.to, value) } : { to: value, from: Math.min(now.from, value) });
}

function showTime() {
  byId("time").hidden = firstYear === lastYear;
  for (const id of ["from", "to"]) {
    Object.assign(byId(id), { min: firstYear, max: lastYear, step: 1 });
    byId(id).value = now[id];
  }
  byId("span").textContent = now.from === now.to ? String(now.from) : `${now.from}–${now.to}`;
  byId("undated").checked = now.undated;
  byId("undated").parentElement.hidden = !undatedCount;
  byId("undatedCount").textContent = word("undatedLinks", { n: undatedCount });
  const most = Math.max(1, ...perYear);
  const bar = (count, i) => drawn("rect", { x: (100 * i) / perYear.length + 0.3, width: 100 / perYear.length - 0.6, y: 26 - (26 * count) / most, height: (26 * count) / most, class: firstYear + i >= now.from && firstYear + i <= now.to ? "on" : "off" });
  byId("bars").replaceChildren(...Array.from(perYear, bar));
}

// A list that is made anew keeps the focus and its place.
function showFilters() {
  const { name, value } = document.activeElement ?? {};
  byId("legend").replaceChildren(...[...facets.get("kind")].map(([look_, count]) => facetItem("kind", look_, count)));
  for (const part of byId("filters").querySelectorAll("details")) {
    const top = part.lastElementChild?.scrollTop ?? 0;
    part.hidden = facets.get(part.dataset.facet).size < 2;
    part.replaceChildren(...facetPart(part.dataset.facet));
    part.lastElementChild.scrollTop = top;
  }
  byId("filtersTitle").hidden = [...byId("filters").querySelectorAll("details")].every(({ hidden }) => hidden);
  showTime();
  byId("shown").textContent = word("shown", { actors: word("members", { n: amount.actors }), links: word("inWindow", { n: amount.sure }) }) + (amount.perhaps ? ` · ${word("perhaps", { n: amount.perhaps })}` : "");
  byId("all").hidden = isWhole();
  if (name && value !== undefined) [...byId("side").querySelectorAll("input[type=checkbox], .both button")].find((one_) => one_.name === name && one_.value === value)?.focus();
}

function showLegend() {
  showFilters();
  byId("measure").textContent = word("size", { measure: term(`measure/${data.measure}`) });
  byId("about").textContent = word("largeAbout", { n });
  byId("notes").replaceChildren(...data.notes.map((note) => make("li", {}, inLang(note))));
  byId("listTitle").textContent = word("largeTable", { n: Math.min(ROWS, n), measure: term(`measure/${data.measure}`) });
  byId("empty").hidden = Boolean(gl);
  byId("png").hidden = !gl;
  byId("empty").textContent = gl ? "" : word("noWebgl");
}
