// ---- what is told of a link and of a line, in the panel and beside the pointer
const sourcesOf = (link) => sources.slice(sourceFrom[link], sourceFrom[link + 1]);
const publisherOf = (source) => data.voices[voiceOf[source]][0] || sourceIris[source];
const roleNames = (roles) => roles.map((role) => term(`role/${role}`)).join(", ");
const listed = (names_, most) => names_.slice(0, most).join(" · ") + (names_.length > most ? " …" : "");
const saidBy = (link) => (sourcesOf(link).length ? `${word("evidence")}: ${listed([...new Set(sourcesOf(link).map(publisherOf))], 3)}` : word("sourcesNone"));

// What is under the pointer, in a few lines.
function titleOf({ point, line, link }) {
  if (point < n) return nameOf(point);
  if (line !== undefined && endsOf(line)[1] < n) {
    const [a, b] = endsOf(line).map(nameOf);
    return word("between", { n: linksOfLine(line).length, a, b });
  }
  return nameOfLink(link ?? (point === undefined ? linksOfLine(line)[0] : linkAt[point - n]));
}

function subtitleOf({ point, line }) {
  if (point < n) return [kindOf(data.looks[lookOf[point]])];
  const [first, ...more] = line === undefined ? [linkAt[point - n]] : linksOfLine(line);
  if (more.length) return [];
  const who = line === undefined ? [word("members", { n: partiesOf(first).length })] : rolesOf(first).filter(({ actor }) => endsOf(line).includes(actor)).map(({ actor, roles }) => `${nameOf(actor)}: ${roleNames(roles)}`);
  return [together(linkText && kindOfLink(first), stageOf(first), dateOf(first)), ...who, saidBy(first)].filter(Boolean);
}

const stageOf = (link) => (formAt(link).stage ? term(`stage/${formAt(link).stage}`) : "");

function partyItem({ actor, roles }) {
  return make("li", {}, swatch(data.looks[lookOf[actor]]), make("span", {}, button(nameOf(actor), () => choose({ point: actor }, true)), make("small", {}, roleNames(roles))));
}

function sourceItem(source) {
  const [publisher, quality] = data.voices[voiceOf[source]];
  return make("li", {}, publisher && make("strong", {}, publisher), quality && make("small", {}, term(`quality/${quality}`)), iriTold(sourceIris[source], "small"));
}

// All that this page knows of a link, and how the rest is asked for; `first` are those of its parties that were meant.
function linkPart(link, first = []) {
  const iri = iriFrom(linkKeys[link]);
  const form = formAt(link);
  const who = rolesOf(link).sort((a, b) => first.includes(b.actor) - first.includes(a.actor));
  const from = sourcesOf(link);
  const other = linkText && namesOfLink(link)[1];
  return make("section", { class: "link" },
    make("h3", {}, nameOfLink(link)),
    otherName(other !== nameOfLink(link) && other),
    make("p", {}, together(linkText && kindOfLink(link), stageOf(link), dateOf(link), linkShown[link] === 2 && word("possible"))),
    make("h4", {}, word("parties")),
    make("ul", { class: "people" }, ...who.slice(0, PEOPLE).map(partyItem)), rest(who),
    unnamedOf[link] > 0 && make("p", { class: "unnamed" }, word(form.bound ? "atLeast" : "exact", { n: unnamedOf[link] })),
    make("h4", {}, word("evidence")),
    from.length ? make("ul", { class: "sources" }, ...from.slice(0, PEOPLE).map(sourceItem)) : make("p", { class: "quiet" }, word("sourcesNone")), rest(from),
    command(word("linkInShell"), `kg show ${quoted(iri)}`),
    iriTold(iri));
}

function linkButton(link) {
  const look_ = make("span", {}, nameOfLink(link), make("small", {}, together(linkText && kindOfLink(link), stageOf(link), dateOf(link))));
  return make("li", {}, button(look_, () => choose(pointOf[link] ? { point: pointOf[link] } : { link }, true)));
}

// A list that is folded where it is long.
function part(title, list, item, most) {
  return make("details", { class: "part", ...(list.length <= most && { open: "" }) }, make("summary", {}, make("h3", {}, title)), make("ul", { class: "people" }, ...list.slice(0, PEOPLE).map(item)), rest(list));
}
