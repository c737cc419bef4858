// Panel and table.
const swatch = ({ path, hollow, ...colours }) => icon(path, hollow ? { fill: "none", stroke: colours[themeName()], "stroke-width": 2.2 } : { fill: colours[themeName()] });
const kindOf = ({ kind, sector }) => term(`class/${kind}`) + (data.styles.filter((style) => style.kind === kind).length > 1 ? ` (${term(`sector/${sector}`)})` : "");
const actorItem = (actor) => make("li", {}, swatch(data.styles[styleOf[actor]]), button(nameOf(actor), () => choose({ point: actor }, true)));
const MAX_ITEMS = 200;
const MAX_ROWS = 1000;

function scoreText(actor) {
  const measure = term(`measure/${data.measure}`);
  if (Number.isNaN(scores[actor])) return word("noScore", { measure });
  let rank = actor;
  while (rank > 0 && scores[rank - 1] === scores[actor]) rank -= 1;
  return word("score", { measure, score: number(scores[actor]), rank: rank + 1, n });
}

function coverageText(actor, named) {
  const { count, bound } = unnamedParties(actor);
  return word((count ? bound ? "coverageBound" : "coverage" : "coverageFull") + (named === 1 ? "One" : ""), { named, unnamed: count });
}

// Quote for a POSIX shell: within single quotes only a quote is special.
const shellQuoted = (text) => `'${text.replace(/'/g, "'\\''")}'`;

function commandItem(title, text) {
  const code = make("code", {}, text);
  const press = button(word("copy"), () => navigator.clipboard.writeText(text).then(() => { press.textContent = word("copied"); }, () => window.getSelection().selectAllChildren(code)));
  return make("div", { class: "command" }, make("p", { class: "quiet" }, title), code, press);
}

const remainder = (list) => (list.length > MAX_ITEMS ? make("p", { class: "quiet" }, `${word("others")}: ${list.length - MAX_ITEMS}`) : "");

// A name in the other language.
const otherName = (name) => name && make("p", { class: "quiet", lang: languageTag(otherLang()) }, name);
const iriItem = (iri, tag = "p") => make(tag, { class: "quiet", translate: "no" }, iri);

// The page contains no texts of evidence; the commands print them.
function actorBody(actor) {
  const partnerList = partners(actor);
  const other = nameIn(actor, otherLang());
  const lines = [kindOf(data.styles[styleOf[actor]]), scoreText(actor), coverageText(actor, partnerList.length)];
  return [otherName(other !== nameOf(actor) && other), ...otherNames(actor).map((name) => make("p", { class: "quiet", translate: "no" }, name)),
    ...lines.map((line) => make("p", { class: "quiet" }, line)), iriItem(iriOf(actor)),
    commandItem(word("inShell"), `kg show ${shellQuoted(iriOf(actor))}`), commandItem(word("inMap"), `kg map --focus ${shellQuoted(iriOf(actor))} -o focus.html`),
    foldedList(word("linksN", { n: linksOf(actor).length }), [...linksOf(actor)], linkButton, 8), foldedList(word("partnersTitle", { n: partnerList.length }), partnerList, actorItem, Infinity)];
}

function panelBody({ point, line, link }) {
  if (point < n) return { title: nameOf(point), body: actorBody(point) };
  const links = line === undefined ? [link ?? linkAt[point - n]] : linksOfLine(line);
  const first = line === undefined ? [] : endsOf(line).filter((one) => one < n);
  const title = first.length > 1 ? titleOf({ line }) : word("link");
  return { title, body: [...links.slice(0, MAX_ITEMS).map((one) => linkItem(one, first)), remainder(links)] };
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
  setChosen(what);
  showPanel();
  if (move && what && narrowScreen.matches) byId("side").open = false;
  resizeCanvas();
  byId("panel").scrollTop = 0;
  byId("heading")?.focus({ preventScroll: true });
  if (move && what) panToChosen();
  updateHash();
}

function showTable() {
  if (!byId("list").open) return;
  const titles = ["rank", "name", "class", null, "partners", "unnamed", "links"].map((key) => make("th", { scope: "col" }, key ? word(key) : term(`measure/${data.measure}`)));
  const rows = Array.from({ length: Math.min(MAX_ROWS, n) }, (_, actor) => {
    const { count, bound } = unnamedParties(actor);
    const cells = [String(actor + 1), button(nameOf(actor), () => choose({ point: actor }, true)), kindOf(data.styles[styleOf[actor]]), Number.isNaN(scores[actor]) ? "–" : number(scores[actor]), String(partners(actor).length), (bound ? "≥ " : "") + count, String(linksOf(actor).length)];
    return make("tr", {}, ...cells.map((cell) => make("td", {}, cell)));
  });
  byId("rows").replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...titles)), make("tbody", {}, ...rows)));
}
