// ---- what is said: the panel, the legend, the table
const swatch = ({ path, hollow, ...look }) => picture(path, hollow ? { fill: "none", stroke: look[themeName()], "stroke-width": 2.2 } : { fill: look[themeName()] });
const kindOf = ({ kind, sector }) => term(`class/${kind}`) + (data.looks.filter((look) => look.kind === kind).length > 1 ? ` (${term(`sector/${sector}`)})` : "");
const person = (actor) => make("li", {}, swatch(data.looks[lookOf[actor]]), button(nameOf(actor), () => choose(actor, true)));
const PEOPLE = 200;
const ROWS = 1000;

function scoreOf(actor) {
  const measure = term(`measure/${data.measure}`);
  if (Number.isNaN(scores[actor])) return word("noScore", { measure });
  let rank = actor;
  while (rank > 0 && scores[rank - 1] === scores[actor]) rank -= 1;
  return word("score", { measure, score: number(scores[actor]), rank: rank + 1, n });
}

function coverage(actor) {
  const [named, rest] = [counts[3 * actor], counts[3 * actor + 1]];
  return word(rest < 2 ? "coverageFull" : rest % 2 ? "coverageBound" : "coverage", { named, unnamed: rest >> 1 });
}

// A command for a shell: within single quotes nothing is read but a quote.
const quoted = (text) => `'${text.replace(/'/g, "'\\''")}'`;

function command(title, said) {
  const code = make("code", {}, said);
  const press = button(word("copy"), () => navigator.clipboard.writeText(said).then(() => { press.textContent = word("copied"); }, () => getSelection().selectAllChildren(code)));
  return make("div", { class: "command" }, make("p", { class: "quiet" }, title), code, press);
}

// Links and evidence are not in this page: these commands tell them.
const commands = (actor) => [command(word("inShell"), `kg show ${quoted(iriOf(actor))}`), command(word("inMap"), `kg map --focus ${quoted(iriOf(actor))} -o focus.html`)];

function knotsOf(actor) {
  const knots = [...around(actor)].filter((one) => one >= n);
  const item = (one) => make("li", {}, picture("M9 6a3 3 0 1 1 0 6a3 3 0 1 1 0-6z", { fill: theme.edge }), button(word("members", { n: around(one).length }), () => choose(one, true)));
  return knots.length ? [make("h2", {}, `${word("knot")}: ${knots.length}`), make("ul", { class: "people" }, ...knots.slice(0, PEOPLE).map(item)), rest(knots)] : [];
}

const rest = (list) => (list.length > PEOPLE ? make("p", { class: "quiet" }, `${word("others")}: ${list.length - PEOPLE}`) : "");

function about(actor) {
  const with_ = partners(actor);
  const other = nameIn(actor, otherLang());
  const lines = [other !== nameOf(actor) && other, ...othersOf(actor), kindOf(data.looks[lookOf[actor]]), scoreOf(actor), coverage(actor), iriOf(actor)];
  return [...lines.filter(Boolean).map((line) => make("p", { class: "quiet" }, line)), ...commands(actor), make("h2", {}, word("partnersTitle", { n: with_.length })), make("ul", { class: "people" }, ...with_.slice(0, PEOPLE).map(person)), rest(with_), ...knotsOf(actor)];
}

function showPanel() {
  const panel = byId("panel");
  panel.hidden = chosen === null;
  panel.replaceChildren();
  if (chosen === null) return;
  const knot = chosen >= n;
  const title = make("h2", { id: "heading", tabindex: "-1" }, knot ? word("knot") : nameOf(chosen));
  panel.append(make("div", { class: "top" }, title, button("×", () => choose(null), { "aria-label": word("close") })));
  const members = knot ? [...around(chosen)].sort((a, b) => a - b) : [];
  panel.append(...(knot ? [make("p", { class: "quiet" }, word("members", { n: members.length })), make("ul", { class: "people" }, ...members.slice(0, PEOPLE).map(person)), rest(members), command(word("inMap"), `kg map --focus ${quoted(iriOf(members[0]))} -o focus.html`)] : about(chosen)));
  title.focus({ preventScroll: true });
}

function choose(point, move = false) {
  attend(point);
  showPanel();
  fitBoard();
  if (move && point !== null) look(point);
  remember();
}

function showLegend() {
  const item = (look) => make("li", {}, swatch(look), make("span", {}, kindOf(look)), make("small", {}, String(look.count)));
  byId("legend").replaceChildren(...data.looks.map(item));
  byId("measure").textContent = word("size", { measure: term(`measure/${data.measure}`) });
  byId("about").textContent = word("largeAbout", { n });
  byId("listTitle").textContent = word("largeTable", { n: Math.min(ROWS, n), measure: term(`measure/${data.measure}`) });
  byId("empty").hidden = Boolean(gl);
  byId("empty").textContent = gl ? "" : word("noWebgl");
}

function showTable() {
  if (!byId("list").open) return;
  const titles = ["rank", "name", "class", null, "partners", "unnamed", "links"].map((key) => make("th", { scope: "col" }, key ? word(key) : term(`measure/${data.measure}`)));
  const rows = Array.from({ length: Math.min(ROWS, n) }, (_, actor) => {
    const [named, rest, links] = counts.subarray(3 * actor, 3 * actor + 3);
    const cells = [String(actor + 1), button(nameOf(actor), () => choose(actor, true)), kindOf(data.looks[lookOf[actor]]), Number.isNaN(scores[actor]) ? "–" : number(scores[actor]), String(named), (rest % 2 ? "≥ " : "") + (rest >> 1), String(links)];
    return make("tr", {}, ...cells.map((cell) => make("td", {}, cell)));
  });
  byId("rows").replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...titles)), make("tbody", {}, ...rows)));
}

