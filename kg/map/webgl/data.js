// ---- the data: bytes in base64 become typed arrays once; a name is put together when it is asked for
const data = JSON.parse(byId("data").textContent);
function bytes(coded) {
  const letters = atob(coded);
  const found = new Uint8Array(letters.length);
  for (let i = 0; i < found.length; i += 1) found[i] = letters.charCodeAt(i);
  return found;
}
const words16 = (coded) => new Uint16Array(bytes(coded).buffer);

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
const spots = Float32Array.from(words16(data.places), (step) => step * data.step);
const all = spots.length / 2; // points: actors by score, then links of many parties
const lookOf = bytes(data.look);

// Scores fall, so each is told as its bits less those of the one before.
const scores = new Float32Array(n);
const bits = new Uint32Array(scores.buffer);
varints(data.scores).forEach((step, actor) => { bits[actor] = (actor ? bits[actor - 1] : 0) - step; });

// The area of a shape rises evenly with its score, from the smallest at 0 to the largest.
const sizes = new Float32Array(all).fill(data.hyperedgeSize);
const [smallest, largest] = data.area;
const top_ = n && scores[0] > 0 ? scores[0] : 1;
for (let actor = 0; actor < n; actor += 1) {
  const share = Math.max(scores[actor] || 0, 0) / top_;
  sizes[actor] = Math.sqrt((Math.PI * (smallest ** 2 + (largest ** 2 - smallest ** 2) * share)) / data.looks[lookOf[actor]].area);
}

// Texts are put together of their pieces when they are asked for.
function reader({ pieces, names }) {
  let told = null;
  const begins = [];
  return (place) => {
    told = told ?? varints(names);
    if (!begins.length) for (let at = 0; at < told.length; at += told[at] + 1) begins.push(at);
    let found = "";
    for (let i = begins[place] + 1; i <= begins[place] + told[begins[place]]; i += 1) found += pieces[told[i]];
    return found;
  };
}

// Texts in order: of each, what differs from the one before.
function unfold([shared, rests]) {
  let before = "";
  const same = varints(shared);
  return rests.map((rest, i) => (before = before.slice(0, same[i]) + rest));
}

const iriFrom = (short_) => (short_[0] === "~" ? data.base : "") + short_.slice(1);
const textAt = reader(data); // English, Chinese, IRI and other names of each actor
const nameIn = (actor, lang_) => textAt(4 * actor + (lang_ === "zh" ? 1 : 0));
const keyOf = (actor) => textAt(4 * actor + 2);
const iriOf = (actor) => iriFrom(keyOf(actor));
const othersOf = (actor) => textAt(4 * actor + 3).split("\n").filter(Boolean);

let lang = data.lang;
const inLang = ([en, zh]) => (lang === "zh" ? zh || en : en || zh) || "";
const has = (table, key) => Object.prototype.hasOwnProperty.call(table, key);
function word(key, values = {}) {
  const found = values.n === 1 && has(data.words, `${key}One`) ? `${key}One` : key;
  return inLang(data.words[found]).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
const term = (key) => (has(data.terms, key) ? inLang(data.terms[key]) : key.slice(key.indexOf("/") + 1));
const tagOf = (lang_) => (lang_ === "zh" ? "zh-Hans" : "en");
const otherLang = () => (lang === "zh" ? "en" : "zh");
const nameOf = (actor) => nameIn(actor, lang) || nameIn(actor, otherLang()) || word("nameless");
const number = (value) => new Intl.NumberFormat(lang, { maximumSignificantDigits: 3 }).format(value);
