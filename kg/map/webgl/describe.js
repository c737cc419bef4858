// Descriptions of links and lines, for the panel and the tooltip.
const sourcesOf = (link) => sources.slice(sourceFrom[link], sourceFrom[link + 1]);
const publisherOf = (source) => data.publishers[publisherIndex[source]][0] || sourceIris[source];
const roleNames = (roles) => roles.map((role) => term(`role/${role}`)).join(", ");
const listed = (names, most) => names.slice(0, most).join(" · ") + (names.length > most ? " …" : "");
const saidBy = (link) => (sourcesOf(link).length ? `${word("evidence")}: ${listed([...new Set(sourcesOf(link).map(publisherOf))], 3)}` : word("sourcesNone"));

// Texts of the tooltip.
function titleOf({ point, line, link }) {
  if (point < n) return nameOf(point);
  if (line !== undefined && endsOf(line)[1] < n) {
    const [a, b] = endsOf(line).map(nameOf);
    return word("between", { n: linksOfLine(line).length, a, b });
  }
  return nameOfLink(link ?? (point === undefined ? linksOfLine(line)[0] : linkAt[point - n]));
}

function subtitleOf({ point, line }) {
  if (point < n) return [kindOf(data.styles[styleOf[point]])];
  const [first, ...more] = line === undefined ? [linkAt[point - n]] : linksOfLine(line);
  if (more.length) return [];
  const members = line === undefined ? [word("members", { n: partiesOf(first).length })] : rolesOf(first).filter(({ actor }) => endsOf(line).includes(actor)).map(({ actor, roles }) => `${nameOf(actor)}: ${roleNames(roles)}`);
  return [joined(linkText && kindOfLink(first), stageOf(first), dateOf(first)), ...members, saidBy(first)].filter(Boolean);
}

const stageOf = (link) => (formAt(link).stage ? term(`stage/${formAt(link).stage}`) : "");

function partyItem({ actor, roles }) {
  return make("li", {}, swatch(data.styles[styleOf[actor]]), make("span", {}, button(nameOf(actor), () => choose({ point: actor }, true)), make("small", {}, roleNames(roles))));
}

function sourceItem(source) {
  const [publisher, quality] = data.publishers[publisherIndex[source]];
  return make("li", {}, publisher && make("strong", {}, publisher), quality && make("small", {}, term(`quality/${quality}`)), iriItem(sourceIris[source], "small"));
}

// Everything in the page about a link, and the command for the rest; the actors in `first` are listed first.
function linkItem(link, first = []) {
  const iri = expandIri(linkKeys[link]);
  const form = formAt(link);
  const members = rolesOf(link).sort((a, b) => first.includes(b.actor) - first.includes(a.actor));
  const from = sourcesOf(link);
  const other = linkText && namesOfLink(link)[1];
  return make("section", { class: "link" },
    make("h3", {}, nameOfLink(link)),
    otherName(other !== nameOfLink(link) && other),
    make("p", {}, joined(linkText && kindOfLink(link), stageOf(link), dateOf(link), linkVisible[link] === 2 && word("possible"))),
    make("h4", {}, word("parties")),
    make("ul", { class: "items" }, ...members.slice(0, MAX_ITEMS).map(partyItem)), remainder(members),
    unnamedOf[link] > 0 && make("p", { class: "unnamed" }, word(form.bound ? "atLeast" : "exact", { n: unnamedOf[link] })),
    make("h4", {}, word("evidence")),
    from.length ? make("ul", { class: "sources" }, ...from.slice(0, MAX_ITEMS).map(sourceItem)) : make("p", { class: "quiet" }, word("sourcesNone")), remainder(from),
    commandItem(word("linkInShell"), `kg show ${shellQuoted(iri)}`),
    iriItem(iri));
}

function linkButton(link) {
  const label = make("span", {}, nameOfLink(link), make("small", {}, joined(linkText && kindOfLink(link), stageOf(link), dateOf(link))));
  return make("li", {}, button(label, () => choose(pointOf[link] ? { point: pointOf[link] } : { link }, true)));
}

// A list that is folded if it is long.
function foldedList(title, list, item, most) {
  return make("details", { class: "part", ...(list.length <= most && { open: "" }) }, make("summary", {}, make("h3", {}, title)), make("ul", { class: "items" }, ...list.slice(0, MAX_ITEMS).map(item)), remainder(list));
}
