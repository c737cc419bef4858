// Panel of an actor: names, measures, partners, kinds of link, publishers and links.
const isFocus = (actor) => data.focus?.actor === actor;

function measureItem(name, actor) {
  const { values, lower, upper, rankIntervals } = measures.get(name);
  const value = values[actor];
  if (value === null) return make("li", {}, word("noScore", { measure: term("measure", name) }));
  const [least, most] = [lower?.[actor] ?? null, upper?.[actor] ?? null];
  const bounds = least !== null && most !== null && least !== most ? ` (${number(least)}–${number(most)})` : "";
  const [rank, total] = (isFocus(actor) && data.focus.ranks[[...measures.keys()].indexOf(name)]) || [rankOf(name, actor), n];
  const key = isFocus(actor) ? "scoreOfAll" : data.focus ? "scoreHere" : "score";
  const [best, worst] = rankIntervals?.[actor] ?? [];
  const rankNote = best && (!data.focus || isFocus(actor)) && make("div", { class: "quiet" }, word(best === worst ? "rankIntervalOne" : "rankInterval", { lower: best, upper: worst }));
  return make("li", {}, word(key, { measure: term("measure", name), score: number(value) + bounds, rank, n: total }), rankNote);
}

const section = (title, open, ...inner) => make("details", { class: "part", ...(open && { open: "" }) }, make("summary", {}, make("h3", {}, title)), ...inner);
const tally = (values) => values.reduce((all, value) => all.set(value, (all.get(value) ?? 0) + 1), new Map());
const sortedByCount = (counts) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

// Partners by sector, by descending number of shared links.
function partnersSection(actor) {
  const sharedLinks = tally(linksOf[actor].flatMap((k) => links[k].members.filter((one) => one !== actor)));
  const sectors = sortedByCount(tally([...sharedLinks.keys()].map((one) => styleOf(one).sector)));
  const person = ([one, shared]) => make("li", {}, swatch(styleOf(one)), button(nameOf(actors[one]), () => choose({ point: one }, true)), shared > 1 && make("small", {}, ` ${word("inWindow", { n: shared })}`));
  const sector = ([name, count]) => make("details", {}, make("summary", {}, swatch(styles.find((one) => one.sector === name)), term("sector", name) || word("unknown"), make("small", {}, ` ${count}`)),
    make("ul", { class: "items" }, ...sortedByCount(new Map([...sharedLinks].filter(([one]) => styleOf(one).sector === name))).map(person)));
  return sectors.length > 0 && section(word("partnersBySector"), isFocus(actor), ...sectors.map(sector));
}

// One row per kind of link and one column per year; a link over several years counts in its first.
function linkKindsSection(actor) {
  const yearOf = ({ start, latest }) => (start ?? latest) === null ? null : Number(day(start ?? latest).slice(0, 4));
  const own = linksOf[actor].map((k) => ({ kind: links[k].kind, year: yearOf(links[k]) }));
  const years = own.map(({ year }) => year).filter((year) => year !== null);
  const [firstYear, lastYear] = [Math.min(...years), Math.max(...years)];
  const row = ([kind, count]) => {
    const perYear = tally(own.filter((one) => one.kind === kind).map(({ year }) => year));
    const undated = perYear.get(null) ?? 0;
    const dated = [...perYear].filter(([year]) => year !== null).sort(([a], [b]) => a - b);
    const wide = 150 / Math.max(lastYear - firstYear, 1);
    const circles = dated.map(([year, many]) => svgElement("circle", { cx: 6 + (lastYear > firstYear ? (year - firstYear) * wide : 75), cy: 9, r: Math.min(2.6 * Math.sqrt(many), 7) }));
    const label = joined(...dated.map(([year, many]) => `${year}: ${many}`), undated > 0 && word("undatedShort", { n: undated }));
    const strip = svgElement("svg", { viewBox: "0 0 162 18", class: "strip", role: "img", "aria-label": label }, svgElement("title", {}, label), svgElement("path", { d: "M6 9h150" }), ...circles);
    return make("tr", {}, make("th", { scope: "row" }, term("kind", kind)), make("td", {}, years.length > 0 && strip), make("td", { class: "number" }, String(count)));
  };
  const undated = own.length - years.length;
  const foot = make("tr", { class: "quiet" }, make("td", {}), make("td", {}, years.length > 0 && make("span", { class: "ends" }, make("span", {}, String(firstYear)), lastYear > firstYear && make("span", {}, String(lastYear)))), make("td", {}));
  return own.length > 0 && section(word("linksByKind"), isFocus(actor), make("table", { class: "kinds" }, make("tbody", {}, ...sortedByCount(tally(own.map(({ kind }) => kind))).map(row), foot)), make("p", { class: "quiet" }, undated > 0 ? word("undatedShort", { n: undated }) : ""));
}

// Number of pieces of evidence per publisher.
function sourcesSection(actor) {
  const pieces = [...new Set(linksOf[actor].flatMap((k) => links[k].evidence))];
  const publishers = sortedByCount(tally(pieces.map((piece) => evidence[piece].publisher ?? term("reading", evidence[piece].reading) ?? word("untitled"))));
  return pieces.length > 0 && section(word("evidenceCount", { n: pieces.length }), isFocus(actor), make("ul", { class: "items" }, ...publishers.map(([name, count]) => make("li", {}, name, make("small", {}, ` ${count}`)))));
}

function actorBody(actor) {
  const node = actors[actor];
  const names = [...new Set([node.label.en, node.label.zh, ...node.names.map(([, name]) => name)])].filter((name) => name && name !== nameOf(node));
  const coverage = node.unnamed ? (node.bound ? "coverageBound" : "coverage") : "coverageFull";
  const [first, ...more] = [now.by, ...[...measures.keys()].filter((name) => name !== now.by)];
  const when = (k) => links[k].start ?? links[k].latest ?? -Infinity;
  const own = [...linksOf[actor]].sort((a, b) => visible.links.has(b) - visible.links.has(a) || when(b) - when(a) || a - b);
  return [...names.map((name) => make("p", { class: "quiet" }, name)), make("ul", { class: "facts" },
    make("li", {}, swatch(styleOf(actor)), joined(kindOf(styleOf(actor)), node.region && text(node.region))),
    measureItem(first, actor),
    make("li", {}, word(coverage, { ...node, n: node.named })),
    make("li", { class: "quiet" }, node.iri)), actorActions(actor),
  partnersSection(actor), linkKindsSection(actor), sourcesSection(actor),
  node.units.length > 0 && section(word("units", { n: node.units.length }), isFocus(actor), make("ul", { class: "items" }, ...node.units.map((unit) => make("li", {}, text(unit))))),
  more.length > 0 && section(word("moreMeasures"), false, make("ul", { class: "items" }, ...more.map((name) => measureItem(name, actor)))),
  make("h3", { class: "part" }, word("linksN", { n: own.length })), ...own.map((k) => linkItem(k, own.length < 3))];
}

