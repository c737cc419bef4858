// Data: decode base64 into typed arrays once, and names on demand.
import { data } from "../shared/payload.js";
import { otherLang, reader, word } from "../shared/words.js";

export const scene = /** @type {LargePayload} */ (/** @type {unknown} */ (data));
/** @param {string} coded */
function decodeBytes(coded) {
  const letters = atob(coded);
  const array = new Uint8Array(letters.length);
  for (let i = 0; i < array.length; i += 1) array[i] = letters.charCodeAt(i);
  return array;
}
/** @param {string} coded */
const decodeUint16 = (coded) => new Uint16Array(decodeBytes(coded).buffer);

/** @param {string} coded */
export function varints(coded) {
  const from = decodeBytes(coded);
  const numbers = new Uint32Array(from.reduce((count, one) => count + Number(one < 128), 0));
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

export const n = scene.actors;
export const positions = Float32Array.from(decodeUint16(scene.positions), (step) => step * scene.step);
export const pointCount = positions.length / 2; // actors by score, then links with many parties
export const styleOf = decodeBytes(scene.style);

// Scores descend; each is stored as the difference of its bits from the previous one.
export const scores = new Float32Array(n);
const bits = new Uint32Array(scores.buffer);
varints(scene.scores).forEach((step, actor) => {
  bits[actor] = (actor ? bits[actor - 1] : 0) - step;
});

// The area of a shape is linear in its score, from the smallest at 0 to the largest.
export const sizes = new Float32Array(pointCount).fill(scene.hyperedgeSize);
const [smallest, largest] = scene.area;
const maxScore = n && scores[0] > 0 ? scores[0] : 1;
for (let actor = 0; actor < n; actor += 1) {
  const share = Math.max(scores[actor] || 0, 0) / maxScore;
  sizes[actor] = Math.sqrt(
    (Math.PI * (smallest ** 2 + (largest ** 2 - smallest ** 2) * share)) / scene.styles[styleOf[actor]].area,
  );
}

/**
 * A text is a sequence of pieces.
 * @param {LargeNames} value
 */
export function textReader({ pieces, names }) {
  /** @type {Uint32Array | null} */
  let numbers = null;
  /** @type {number[]} */
  const begins = [];
  return (/** @type {number} */ place) => {
    numbers = numbers ?? varints(names);
    if (!begins.length) for (let at = 0; at < numbers.length; at += numbers[at] + 1) begins.push(at);
    let text = "";
    for (let i = begins[place] + 1; i <= begins[place] + numbers[begins[place]]; i += 1) text += pieces[numbers[i]];
    return text;
  };
}

/**
 * Front coding: each text stores the length of the prefix shared with the previous text, and the rest.
 * @param {[string, string[]]} values
 */
export function decodeFronts([shared, rests]) {
  let before = "";
  const same = varints(shared);
  return rests.map((rest, i) => (before = before.slice(0, same[i]) + rest));
}

/** @param {string} iri */
export const expandIri = (iri) => (iri[0] === "~" ? scene.base : "") + iri.slice(1);
const textAt = textReader(scene); // English name, Chinese name, IRI and other names of each actor
/**
 * @param {number} actor
 * @param {Lang} language
 */
export const nameIn = (actor, language) => textAt(4 * actor + (language === "zh" ? 1 : 0));
/** @param {number} actor */
export const keyOf = (actor) => textAt(4 * actor + 2);
/** @param {number} actor */
export const iriOf = (actor) => expandIri(keyOf(actor));
/** @param {number} actor */
export const otherNames = (actor) =>
  textAt(4 * actor + 3)
    .split("\n")
    .filter(Boolean);

/** @param {number} actor */
export const nameOf = (actor) => nameIn(actor, reader.lang) || nameIn(actor, otherLang()) || word("nameless");
