// Data: decode base64 into typed arrays once, and names on demand.
const data = JSON.parse(byId("data").textContent);
function decodeBytes(coded) {
  const letters = atob(coded);
  const array = new Uint8Array(letters.length);
  for (let i = 0; i < array.length; i += 1) array[i] = letters.charCodeAt(i);
  return array;
}
const decodeUint16 = (coded) => new Uint16Array(decodeBytes(coded).buffer);

function varints(coded) {
  const from = decodeBytes(coded);
  const numbers = new Uint32Array(from.reduce((count, one) => count + (one < 128), 0));
  let place = 0;
  let value = 0;
  let factor = 1;
  for (const one of from) {
    value += (one & 127) * factor;
    if (one < 128) [numbers[place], value, factor, place] = [value, 0, 1, place + 1];
    else factor *= 128;
  }
  return numbers;
}

const n = data.actors;
const positions = Float32Array.from(decodeUint16(data.positions), (step) => step * data.step);
const pointCount = positions.length / 2; // actors by score, then links with many parties
const styleOf = decodeBytes(data.style);

// Scores descend; each is stored as the difference of its bits from the previous one.
const scores = new Float32Array(n);
const bits = new Uint32Array(scores.buffer);
varints(data.scores).forEach((step, actor) => { bits[actor] = (actor ? bits[actor - 1] : 0) - step; });

// The area of a shape is linear in its score, from the smallest at 0 to the largest.
const sizes = new Float32Array(pointCount).fill(data.hyperedgeSize);
const [smallest, largest] = data.area;
const maxScore = n && scores[0] > 0 ? scores[0] : 1;
for (let actor = 0; actor < n; actor += 1) {
  const share = Math.max(scores[actor] || 0, 0) / maxScore;
  sizes[actor] = Math.sqrt((Math.PI * (smallest ** 2 + (largest ** 2 - smallest ** 2) * share)) / data.styles[styleOf[actor]].area);
}

// A text is a sequence of pieces.
function textReader({ pieces, names }) {
  let numbers = null;
  const begins = [];
  return (place) => {
    numbers = numbers ?? varints(names);
    if (!begins.length) for (let at = 0; at < numbers.length; at += numbers[at] + 1) begins.push(at);
    let text = "";
    for (let i = begins[place] + 1; i <= begins[place] + numbers[begins[place]]; i += 1) text += pieces[numbers[i]];
    return text;
  };
}

// Front coding: each text stores the length of the prefix shared with the previous text, and the rest.
function decodeFronts([shared, rests]) {
  let before = "";
  const same = varints(shared);
  return rests.map((rest, i) => (before = before.slice(0, same[i]) + rest));
}

const expandIri = (iri) => (iri[0] === "~" ? data.base : "") + iri.slice(1);
const textAt = textReader(data); // English name, Chinese name, IRI and other names of each actor
const nameIn = (actor, language) => textAt(4 * actor + (language === "zh" ? 1 : 0));
const keyOf = (actor) => textAt(4 * actor + 2);
const iriOf = (actor) => expandIri(keyOf(actor));
const otherNames = (actor) => textAt(4 * actor + 3).split("\n").filter(Boolean);

let lang = data.lang;
const localise = ([en, zh]) => (lang === "zh" ? zh || en : en || zh) || "";
const hasOwn = (table, key) => Object.prototype.hasOwnProperty.call(table, key);
function word(key, values = {}) {
  const pluralKey = values.n === 1 && hasOwn(data.words, `${key}One`) ? `${key}One` : key;
  return localise(data.words[pluralKey]).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
const term = (key) => (hasOwn(data.terms, key) ? localise(data.terms[key]) : key.slice(key.indexOf("/") + 1));
const languageTag = (language) => (language === "zh" ? "zh-Hans" : "en");
const otherLang = () => (lang === "zh" ? "en" : "zh");
const nameOf = (actor) => nameIn(actor, lang) || nameIn(actor, otherLang()) || word("nameless");
const number = (value) => new Intl.NumberFormat(lang, { maximumSignificantDigits: 3 }).format(value);
