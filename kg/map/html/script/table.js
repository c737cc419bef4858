// Table of the visible actors or links.
const ROWS_PER_PAGE = 200;
let tableKind = "actors";
let rowsShown = ROWS_PER_PAGE;

function actorRows() {
  const cells = (actor) => {
    const { named, unnamed, bound } = actors[actor];
    const value = measures.get(now.by).values[actor];
    const name = { press: () => choose({ point: actor }, true), text: nameOf(actors[actor]) };
    return [String(rankOf(now.by, actor) ?? "–"), name, kindOf(styleOf(actor)), value === null ? "–" : number(value), String(named), `${bound ? "≥ " : ""}${unnamed}`, String(linksOf[actor].length)];
  };
  const titles = [word("rank"), word("name"), word("class"), term("measure", now.by), word("partners"), word("unnamed"), word("links")];
  return { titles, numbers: [0, 3, 4, 5, 6], brief: [2], rows: orderBy(now.by).filter((actor) => visible.actors.has(actor)), cells };
}

const separator = () => (lang === "zh" ? "；" : "; ");
function linkRows() {
  const cells = (k) => {
    const { members, named, declared, bound, kind, stage } = links[k];
    const names = members.map((actor) => nameOf(actors[actor])).join(separator());
    const name = { press: () => choose(drawing.points.has(n + k) ? { point: n + k } : lineOfLink(k), true), text: nameOf(links[k]) };
    return [dateOf(links[k]), name, term("kind", kind), term("stage", stage), names, `${named} / ${bound ? "≥ " : ""}${declared}`, sourcesOf(k).filter(Boolean).join(separator())];
  };
  const when = (k) => links[k].start ?? links[k].latest ?? -Infinity;
  const titles = [word("date"), word("link"), word("form"), word("stage"), word("parties"), word("namedOf"), word("source")];
  return { titles, numbers: [5], brief: [0, 2, 3], rows: [...visible.links].sort((a, b) => when(b) - when(a) || a - b), cells };
}

// A link with one named party has no line; its party is chosen.
function lineOfLink(k) {
  for (const { id, links: through } of drawing.lines.values()) if (through.includes(k)) return { line: id };
  return { point: links[k].members[0] };
}

function showTable() {
  for (const one of byId("kinds").children) one.setAttribute("aria-pressed", String(one.value === tableKind));
  if (!byId("list").open) return;
  const { titles, numbers, brief, rows, cells } = tableKind === "actors" ? actorRows() : linkRows();
  const styled = (place) => (numbers.includes(place) ? { class: "number" } : brief.includes(place) ? { class: "brief" } : {});
  const cell = (content, place) => make("td", styled(place), content.press ? button(content.text, content.press) : content);
  const head = make("thead", {}, make("tr", {}, ...titles.map((title, place) => make("th", { scope: "col", ...styled(place) }, title))));
  const body = make("tbody", {}, ...rows.slice(0, rowsShown).map((row) => make("tr", {}, ...cells(row).map(cell))));
  const left = rows.length - rowsShown;
  byId("rows").replaceChildren(make("table", {}, head, body), left > 0 ? button(word("moreRows", { n: left }), () => { rowsShown += 5 * ROWS_PER_PAGE; showTable(); }) : "");
}

