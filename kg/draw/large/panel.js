// ---- what is said: the panel, the legend, the table, and what was searched for
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
const commandFor = (actor) => `kg show '${iriOf(actor).replace(/'/g, "'\\''")}'`;

function copyButton(said) {
  const press = button(word("copy"), () => navigator.clipboard.writeText(said).then(() => { press.textContent = word("copied"); }, () => getSelection().selectAllChildren(byId("command"))));
  return press;
}

function showPanel() {
  const panel = byId("panel");
  panel.hidden = chosen === null;
  panel.replaceChildren();
  if (chosen === null) return;
  const close = button("×", () => choose(null), { "aria-label": word("close") });
  const head = (title) => make("div", { class: "top" }, make("h2", { id: "heading", tabindex: "-1" }, title), close);
  if (chosen >= n) {
    panel.append(head(word("knot")), make("ul", { class: "people" }, ...[...around(chosen)].sort((a, b) => a - b).map(person)));
  } else {
    const with_ = partners(chosen);
    const other = nameIn(chosen, lang === "zh" ? "en" : "zh");
    const said = commandFor(chosen);
    panel.append(head(nameOf(chosen)), ...[other !== nameOf(chosen) && other, kindOf(data.looks[lookOf[chosen]]), scoreOf(chosen), coverage(chosen), iriOf(chosen)].filter(Boolean).map((line) => make("p", { class: "quiet" }, line)),
      make("p", { class: "quiet" }, word("inShell")), make("code", { id: "command" }, said), copyButton(said),
      make("h2", {}, word("partnersTitle", { n: with_.length })), make("ul", { class: "people" }, ...with_.slice(0, PEOPLE).map(person)), make("p", { class: "quiet" }, with_.length > PEOPLE ? word("others") + `: ${with_.length - PEOPLE}` : ""));
  }
  byId("heading").focus({ preventScroll: true });
}

function choose(point, move = false) {
  attend(point);
  showPanel();
  fitBoard();
  if (move && point !== null) look(point);
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

// Names are folded once, at the first search.
const fold = (name) => name.normalize("NFKD").replace(/[\p{M}\p{P}\p{Z}\p{S}]/gu, "").toLowerCase();
let folded = null;
function search() {
  folded = folded ?? Array.from({ length: n }, (_, actor) => `${fold(nameIn(actor, "en"))}\n${fold(nameIn(actor, "zh"))}`);
  const asked_ = fold(byId("search").value);
  const found = [];
  let count = 0;
  for (let actor = 0; asked_ && actor < n; actor += 1) {
    if (!folded[actor].includes(asked_)) continue;
    count += 1;
    if (found.length < 50) found.push(actor);
  }
  byId("found").textContent = asked_ && word(count ? "found" : "nothingFound", { n: count });
  byId("results").replaceChildren(...found.map(person));
}
