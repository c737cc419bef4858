// ---- an actor in the panel: who it is, where it stands, with whom, since when, who says so, and each of its links
const aboutFocus = (actor) => data.focus?.actor === actor;

function measureItem(name, actor) {
  const { values, lower, upper, rankIntervals } = measures.get(name);
  const value = values[actor];
  if (value === null) return make("li", {}, word("noScore", { measure: term("measure", name) }));
  const [least, most] = [lower?.[actor] ?? null, upper?.[actor] ?? null];
  const bounds = least !== null && most !== null && least !== most ? ` (${number(least)}–${number(most)})` : "";
  const [rank, among_] = (aboutFocus(actor) && data.focus.ranks[[...measures.keys()].indexOf(name)]) || [rankOf(name, actor), n];
  const key = aboutFocus(actor) ? "scoreOfAll" : data.focus ? "scoreHere" : "score";
  const [first_, last] = rankIntervals?.[actor] ?? [];
  const standing = first_ && (!data.focus || aboutFocus(actor)) && make("div", { class: "quiet" }, word(first_ === last ? "standingOne" : "standing", { lower: first_, upper: last }));
  return make("li", {}, word(key, { measure: term("measure", name), score: number(value) + bounds, rank, n: among_ }), standing);
}

const chapter = (title, open, ...inner) => make("details", { class: "part", ...(open && { open: "" }) }, make("summary", {}, make("h3", {}, title)), ...inner);
const counts = (values) => values.reduce((all, value) => all.set(value, (all.get(value) ?? 0) + 1), new Map());
const byCount = (found) => [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

// Its partners in each sector, those of the most links first.
function partnersPart(actor) {
  const with_ = counts(linksOf[actor].flatMap((k) => links[k].members.filter((one_) => one_ !== actor)));
  const sectors = byCount(counts([...with_.keys()].map((one_) => lookOf(one_).sector)));
  const person = ([one_, shared]) => make("li", {}, swatch(lookOf(one_)), button(nameOf(actors[one_]), () => choose({ point: one_ }, true)), shared > 1 && make("small", {}, ` ${word("inWindow", { n: shared })}`));
  const sector = ([name, count]) => make("details", {}, make("summary", {}, swatch(looks.find((one_) => one_.sector === name)), term("sector", name) || word("unknown"), make("small", {}, ` ${count}`)),
    make("ul", { class: "people" }, ...byCount(new Map([...with_].filter(([one_]) => lookOf(one_).sector === name))).map(person)));
  return sectors.length > 0 && chapter(word("partnersBySector"), aboutFocus(actor), ...sectors.map(sector));
}

// A row for each kind of link, a column for each year; a link of several years stands in its first.
function kindsPart(actor) {
  const yearOf = ({ start, latest }) => (start ?? latest) === null ? null : Number(day(start ?? latest).slice(0, 4));
  const own = linksOf[actor].map((k) => ({ kind: links[k].kind, year: yearOf(links[k]) }));
  const years = own.map(({ year }) => year).filter((year) => year !== null);
  const [first_, end] = [Math.min(...years), Math.max(...years)];
  const row = ([kind, count]) => {
    const found = counts(own.filter((one_) => one_.kind === kind).map(({ year }) => year));
    const undated = found.get(null) ?? 0;
    const told_ = [...found].filter(([year]) => year !== null).sort(([a], [b]) => a - b);
    const wide = 150 / Math.max(end - first_, 1);
    const spots = told_.map(([year, many]) => drawn("circle", { cx: 6 + (end > first_ ? (year - first_) * wide : 75), cy: 9, r: Math.min(2.6 * Math.sqrt(many), 7) }));
    const said_ = together(...told_.map(([year, many]) => `${year}: ${many}`), undated > 0 && word("undatedShort", { n: undated }));
    const strip = drawn("svg", { viewBox: "0 0 162 18", class: "strip", role: "img", "aria-label": said_ }, drawn("title", {}, said_), drawn("path", { d: "M6 9h150" }), ...spots);
    return make("tr", {}, make("th", { scope: "row" }, term("kind", kind)), make("td", {}, years.length > 0 && strip), make("td", { class: "number" }, String(count)));
  };
  const undated = own.length - years.length;
  const foot = make("tr", { class: "quiet" }, make("td", {}), make("td", {}, years.length > 0 && make("span", { class: "ends" }, make("span", {}, String(first_)), end > first_ && make("span", {}, String(end)))), make("td", {}));
  return own.length > 0 && chapter(word("linksByKind"), aboutFocus(actor), make("table", { class: "kinds" }, make("tbody", {}, ...byCount(counts(own.map(({ kind }) => kind))).map(row), foot)), make("p", { class: "quiet" }, undated > 0 ? word("undatedShort", { n: undated }) : ""));
}

// How many pieces of evidence each publisher gives.
function saidPart(actor) {
  const pieces = [...new Set(linksOf[actor].flatMap((k) => links[k].evidence))];
  const found = byCount(counts(pieces.map((piece) => evidence[piece].publisher ?? term("reading", evidence[piece].reading) ?? word("untitled"))));
  return pieces.length > 0 && chapter(word("saidBy", { n: pieces.length }), aboutFocus(actor), make("ul", { class: "people" }, ...found.map(([name, count]) => make("li", {}, name, make("small", {}, ` ${count}`)))));
}

function actorBody(actor) {
  const node = actors[actor];
  const names = [...new Set([node.label.en, node.label.zh, ...node.names.map(([, name]) => name)])].filter((name) => name && name !== nameOf(node));
  const coverage = node.unnamed ? (node.bound ? "coverageBound" : "coverage") : "coverageFull";
  const [first, ...more] = [now.by, ...[...measures.keys()].filter((name) => name !== now.by)];
  const when = (k) => links[k].start ?? links[k].latest ?? -Infinity;
  const own = [...linksOf[actor]].sort((a, b) => passing.links.has(b) - passing.links.has(a) || when(b) - when(a) || a - b);
  return [...names.map((name) => make("p", { class: "quiet" }, name)), make("ul", { class: "facts" },
    make("li", {}, swatch(lookOf(actor)), together(kindOf(lookOf(actor)), node.region && text(node.region))),
    measureItem(first, actor),
    make("li", {}, word(coverage, { ...node, n: node.named })),
    make("li", { class: "quiet" }, node.iri)), deeds(actor),
  partnersPart(actor), kindsPart(actor), saidPart(actor),
  node.units.length > 0 && chapter(word("units", { n: node.units.length }), aboutFocus(actor), make("ul", { class: "people" }, ...node.units.map((unit) => make("li", {}, text(unit))))),
  more.length > 0 && chapter(word("moreMeasures"), false, make("ul", { class: "people" }, ...more.map((name) => measureItem(name, actor)))),
  make("h3", { class: "part" }, word("linksN", { n: own.length })), ...own.map((k) => linkItem(k, own.length < 3))];
}

