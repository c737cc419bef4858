// ---- the links: who takes part in which, since when, who says so; and the lines and partners that this makes
const linkKeys = unfold(data.linkIris);
const linkCount = linkKeys.length;
const sourceIris = unfold(data.sourceIris).map(iriFrom);
const voiceOf = varints(data.voiceOf);
const linkText = data.linkNames && reader(data.linkNames);

const formOf = new Uint32Array(linkCount);
const startOf = new Float64Array(linkCount).fill(NaN); // days since 1970
const latestOf = new Float64Array(linkCount).fill(NaN);
const unnamedOf = new Uint32Array(linkCount);
const pointOf = new Uint32Array(linkCount); // 0 where it is no point of the map: that is an actor's
const linkAt = new Uint32Array(all - n);
const partyFrom = new Uint32Array(linkCount + 1);
const sourceFrom = new Uint32Array(linkCount + 1);
const [parties, sources] = [[], []];

const told = varints(data.links);
for (let link = 0, at = 0, hyperedges = 0; link < linkCount; link += 1) {
  const form = data.forms[(formOf[link] = told[at++])];
  for (const [, count] of form.roles) for (let i = 0, party = 0; i < count; i += 1) parties.push((party += told[at++]));
  if (form.start) startOf[link] = data.origin + told[at++];
  latestOf[link] = form.latest ? data.origin + told[at++] : startOf[link];
  if (form.unnamed) unnamedOf[link] = told[at++];
  for (let i = 0; i < form.sources; i += 1) sources.push(told[at++]);
  if (form.point) linkAt[hyperedges] = link, pointOf[link] = n + hyperedges++;
  [partyFrom[link + 1], sourceFrom[link + 1]] = [parties.length, sources.length];
}
const partyOf = Uint32Array.from(parties);
const partiesOf = (link) => partyOf.subarray(partyFrom[link], partyFrom[link + 1]);
const formAt = (link) => data.forms[formOf[link]];

// Which of `values` belong to each of `count` things, where `owners` says whose they are: those of i are from[i] on.
function grouped(count, owners, values) {
  const from = new Uint32Array(count + 1);
  for (const owner of owners) from[owner + 1] += 1;
  for (let i = 0; i < count; i += 1) from[i + 1] += from[i];
  const place = from.slice(0, count);
  const found = new Uint32Array(owners.length);
  owners.forEach((owner, i) => { found[place[owner]++] = values(i); });
  return (i) => found.subarray(from[i], from[i + 1]);
}
const linkOfParty = new Uint32Array(partyOf.length);
for (let link = 0; link < linkCount; link += 1) linkOfParty.fill(link, partyFrom[link], partyFrom[link + 1]);
const linksOf = grouped(n, partyOf, (i) => linkOfParty[i]);

// A link that is a point has a line to each of its parties, another one between each two of them.
function eachLine(link, deed) {
  const [from, to] = [partyFrom[link], partyFrom[link + 1]];
  for (let i = from; i < to; i += 1) {
    if (pointOf[link]) deed(partyOf[i], pointOf[link]);
    else for (let j = i + 1; j < to; j += 1) deed(Math.min(partyOf[i], partyOf[j]), Math.max(partyOf[i], partyOf[j]));
  }
}

// Lines are in the order of their points, each once however many links it stands for.
const keys = [];
const keyFrom = new Uint32Array(linkCount + 1);
for (let link = 0; link < linkCount; link += 1) eachLine(link, (a, b) => keys.push(a * all + b)), keyFrom[link + 1] = keys.length;
const lineKeys = Float64Array.from(keys).sort().filter((key, i, sorted) => key !== sorted[i - 1]);
const lineCount = lineKeys.length;
const ends = new Uint32Array(2 * lineCount);
lineKeys.forEach((key, line) => { ends[2 * line] = Math.floor(key / all); ends[2 * line + 1] = key % all; });
const linesOf = grouped(all, ends, (i) => i >> 1);
const endsOf = (line) => [ends[2 * line], ends[2 * line + 1]];

function lineOfKey(key) {
  let [low, high] = [0, lineCount - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (lineKeys[middle] === key) return middle;
    if (lineKeys[middle] < key) low = middle + 1;
    else high = middle - 1;
  }
}

let lineOfPair = null; // made when it is first asked for
function linesOfLink(link) {
  lineOfPair = lineOfPair ?? Uint32Array.from(keys, lineOfKey);
  return lineOfPair.subarray(keyFrom[link], keyFrom[link + 1]);
}

// The links that a line stands for: that of its point, or those in which both of its actors take part.
function linksOfLine(line) {
  const [a, b] = endsOf(line);
  if (b >= n) return [linkAt[b - n]];
  const others = new Set(linksOf(b));
  return [...linksOf(a)].filter((link) => !pointOf[link] && others.has(link));
}

function rolesOf(link) {
  const roles = formAt(link).roles.flatMap(([own, count]) => new Array(count).fill(own));
  return [...partiesOf(link)].map((actor, i) => ({ actor, roles: roles[i] })).sort((a, b) => a.actor - b.actor);
}

// The named partners of an actor, and how many parties of its links nobody names.
function partners(actor) {
  const found = new Set();
  for (const link of linksOf(actor)) for (const other of partiesOf(link)) found.add(other);
  found.delete(actor);
  return [...found].sort((a, b) => a - b);
}

function unnamed(actor) {
  const links = [...linksOf(actor)];
  return { count: sum(links.map((link) => unnamedOf[link])), bound: links.some((link) => formAt(link).bound) };
}

const isoDay = (days) => new Date(days * 864e5).toISOString().slice(0, 10);
function dateOf(link) {
  const [start, latest] = [startOf[link], latestOf[link]];
  if (Number.isNaN(start) && Number.isNaN(latest)) return word("noDate");
  return [...new Set([start, latest].map((day) => (Number.isNaN(day) ? "…" : isoDay(day))))].join(" – ");
}

const kindOfLink = (link) => term(`kind/${formAt(link).kind}`);
const namesOfLink = (link) => { const found = linkText ? [linkText(2 * link), linkText(2 * link + 1)] : []; return lang === "zh" ? found.reverse() : found; };
const nameOfLink = (link) => namesOfLink(link).find(Boolean) ?? kindOfLink(link);
