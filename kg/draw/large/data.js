// ---- the data: bytes in base64 become typed arrays once; a name is put together when it is asked for
const data = JSON.parse(byId("data").textContent);
const bytes = (coded) => Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0));
const words16 = (coded) => new Uint16Array(bytes(coded).buffer);
const floats = (coded) => new Float32Array(bytes(coded).buffer);

function varints(coded) {
  const from = bytes(coded);
  const found = new Uint32Array(from.reduce((count, one) => count + (one < 128), 0));
  let place = 0;
  let value = 0;
  let factor = 1;
  for (const one of from) {
    value += (one & 127) * factor;
    if (one < 128) [found[place], value, factor, place] = [value, 0, 1, place + 1];
    else factor *= 128;
  }
  return found;
}

const n = data.actors;
const sizes = Float32Array.from(bytes(data.sizes), (grade) => grade * data.grade);
const all = sizes.length; // points: actors by score, then links of many parties
const spots = Float32Array.from(words16(data.places), (step) => step * data.step);
const lookOf = bytes(data.look);
const scores = floats(data.scores);
const counts = varints(data.counts);
const told = varints(data.lines);
const lineCount = told.length / 2;
const ends = new Uint32Array(told.length);
for (let i = 0, from = 0; i < told.length; i += 2) {
  from += told[i];
  ends[i] = from;
  ends[i + 1] = from + told[i + 1];
}

// The neighbours of point i are near[first[i]] to near[first[i + 1] - 1].
const first = new Uint32Array(all + 1);
for (const end of ends) first[end + 1] += 1;
for (let i = 0; i < all; i += 1) first[i + 1] += first[i];
const near = new Uint32Array(ends.length);
const filled = first.slice(0, all);
for (let i = 0; i < ends.length; i += 2) {
  near[filled[ends[i]]++] = ends[i + 1];
  near[filled[ends[i + 1]]++] = ends[i];
}
const around = (point) => near.subarray(first[point], first[point + 1]);

// Where each name begins among the pieces: English, Chinese, IRI and other names of each actor.
const pieces = varints(data.names);
const begins = new Uint32Array(4 * n);
for (let i = 0, at = 0; i < begins.length; i += 1, at += pieces[at] + 1) begins[i] = at;
function textAt(place) {
  const at = begins[place];
  let found = "";
  for (let i = 1; i <= pieces[at]; i += 1) found += data.pieces[pieces[at + i]];
  return found;
}
const nameIn = (actor, lang_) => textAt(4 * actor + (lang_ === "zh" ? 1 : 0));
const iriOf = (actor) => textAt(4 * actor + 2);
const othersOf = (actor) => textAt(4 * actor + 3).split("\n").filter(Boolean);
const keyOf = (actor) => { const iri = iriOf(actor); return iri.startsWith(data.base) ? `~${iri.slice(data.base.length)}` : `=${iri}`; };

let lang = data.lang;
const inLang = ([en, zh]) => (lang === "zh" ? zh || en : en || zh) || "";
const has = (table, key) => Object.prototype.hasOwnProperty.call(table, key);
const word = (key, values = {}) => inLang(data.words[key]).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
const term = (key) => (has(data.terms, key) ? inLang(data.terms[key]) : key.slice(key.indexOf("/") + 1));
const otherLang = () => (lang === "zh" ? "en" : "zh");
const nameOf = (actor) => nameIn(actor, lang) || nameIn(actor, otherLang()) || word("nameless");
const number = (value) => new Intl.NumberFormat(lang, { maximumSignificantDigits: 3 }).format(value);

// The named partners: neighbours, and whom a link of many parties joins with it.
function partners(actor) {
  const found = new Set();
  for (const one of around(actor)) for (const other of one < n ? [one] : around(one)) found.add(other);
  found.delete(actor);
  return [...found].sort((a, b) => a - b);
}
