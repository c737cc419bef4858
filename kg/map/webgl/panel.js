// ---- what is said: the panel, the legend, the table
const swatch = ({ path, hollow, ...look }) => picture(path, hollow ? { fill: "none", stroke: look[themeName()], "stroke-width": 2.2 } : { fill: look[themeName()] });
const kindOf = ({ kind, sector }) => term(`class/${kind}`) + (data.looks.filter((look) => look.kind === kind).length > 1 ? ` (${term(`sector/${sector}`)})` : "");
const person = (actor) => make("li", {}, swatch(data.looks[lookOf[actor]]), button(nameOf(actor), () => choose({ point: actor }, true)));
const PEOPLE = 200;
const ROWS = 1000;

function scoreOf(actor) {
  const measure = term(`measure/${data.measure}`);
  if (Number.isNaN(scores[actor])) return word("noScore", { measure });
  let rank = actor;
  while (rank > 0 && scores[rank - 1] === scores[actor]) rank -= 1;
  return word("score", { measure, score: number(scores[actor]), rank: rank + 1, n });
}

function coverage(actor, named) {
  const { count, bound } = unnamed(actor);
  return word((count ? bound ? "coverageBound" : "coverage" : "coverageFull") + (named === 1 ? "One" : ""), { named, unnamed: count });
}

// A command for a shell: within single quotes nothing is read but a quote.
const quoted = (text) => `'${text.replace(/'/g, "'\\''")}'`;

function command(title, said) {
  const code = make("code", {}, said);
  const press = button(word("copy"), () => navigator.clipboard.writeText(said).then(() => { press.textContent = word("copied"); }, () => getSelection().selectAllChildren(code)));
  return make("div", { class: "command" }, make("p", { class: "quiet" }, title), code, press);
}

const rest = (list) => (list.length > PEOPLE ? make("p", { class: "quiet" }, `${word("others")}: ${list.length - PEOPLE}`) : "");

// What is not in the language of the page.
const otherName = (name) => name && make("p", { class: "quiet", lang: tagOf(otherLang()) }, name);
const iriTold = (iri, tag = "p") => make(tag, { class: "quiet", translate: "no" }, iri);

// The words of the evidence are not in this page: these commands tell them.
function actorBody(actor) {
  const with_ = partners(actor);
  const other = nameIn(actor, otherLang());
  const lines = [kindOf(data.looks[lookOf[actor]]), scoreOf(actor), coverage(actor, with_.length)];
  return [otherName(other !== nameOf(actor) && other), ...othersOf(actor).map((name) => make("p", { class: "quiet", translate: "no" }, name)),
    ...lines.map((line) => make("p", { class: "quiet" }, line)), iriTold(iriOf(actor)),
    command(word("inShell"), `kg show ${quoted(iriOf(actor))}`), command(word("inMap"), `kg map --focus ${quoted(iriOf(actor))} -o focus.html`),
    part(word("linksN", { n: linksOf(actor).length }), [...linksOf(actor)], linkButton, 8), part(word("partnersTitle", { n: with_.length }), with_, person, Infinity)];
}

function panelBody({ point, line, link }) {
  if (point < n) return { title: nameOf(point), body: actorBody(point) };
  const links = line === undefined ? [link ?? linkAt[point - n]] : linksOfLine(line);
  const first = line === undefined ? [] : endsOf(line).filter((one_) => one_ < n);
  const title = first.length > 1 ? titleOf({ line }) : word("link");
  return { title, body: [...links.slice(0, PEOPLE).map((one_) => linkPart(one_, first)), rest(links)] };
}

function showPanel() {
  const panel = byId("panel");
  panel.hidden = chosen === null;
  panel.replaceChildren();
  if (chosen === null) return;
  const { title, body } = panelBody(chosen);
  const heading = make("h2", { id: "heading", tabindex: "-1" }, title);
  panel.append(make("div", { class: "top" }, heading, button("×", () => choose(null), { "aria-label": word("close") })), ...body.filter(Boolean));
}

function choose(what, move = false) {
  unhover();
  attend(what);
  showPanel();
  if (move && what && narrow.matches) byId("side").open = false;
  fitBoard();
  byId("panel").scrollTop = 0;
  byId("heading")?.focus({ preventScroll: true });
  if (move && what) look();
  remember();
}

function showTable() {
  if (!byId("list").open) return;
  const titles = ["rank", "name", "class", null, "partners", "unnamed", "links"].map((key) => make("th", { scope: "col" }, key ? word(key) : term(`measure/${data.measure}`)));
  const rows = Array.from({ length: Math.min(ROWS, n) }, (_, actor) => {
    const { count, bound } = unnamed(actor);
    const cells = [String(actor + 1), button(nameOf(actor), () => choose({ point: actor }, true)), kindOf(data.looks[lookOf[actor]]), Number.isNaN(scores[actor]) ? "–" : number(scores[actor]), String(partners(actor).length), (bound ? "≥ " : "") + count, String(linksOf(actor).length)];
    return make("tr", {}, ...cells.map((cell) => make("td", {}, cell)));
  });
  byId("rows").replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...titles)), make("tbody", {}, ...rows)));
}
