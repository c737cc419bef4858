// Matching of names as people type them. The kinds of match are those of kg/search/match.py, in the same order.
/** @type {Map<string, string>} */
const simplified = new Map();
/** @type {Map<string, string[]>} */
const readings = new Map();
/** @type {Map<string, string[]>} */
const shortForms = new Map();

/**
 * Keep what names do not contain: simplified characters, pinyin, and usual short names (kg/search/keys.py).
 * @param {NameKeysJson} keys
 */
export function learnKeys(keys) {
  const chars = [...keys.variants];
  for (let at = 0; at + 1 < chars.length; at += 2) simplified.set(chars[at], chars[at + 1]);
  for (const [, char, pinyin] of keys.readings.matchAll(/(\p{Script=Han})([a-z,]+)/gu))
    readings.set(char, pinyin.split(","));
  for (const [name, short] of Object.entries(keys.short)) shortForms.set(name, short);
}

/**
 * Letters and digits in lower case, without accents, with simplified characters.
 * @param {string} name
 */
export const foldName = (name) =>
  [...name.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "")]
    .map((char) => simplified.get(char) ?? char)
    .join("")
    .toLowerCase();
/** @param {string} name */
const initials = (name) =>
  name
    .split(/[\s'’-]+/)
    .map((part) => part[0] ?? "")
    .join("")
    .toLowerCase();

const HAN = /\p{Script=Han}/u;
const ONLY_HAN = /^\p{Script=Han}+$/u;
const AREA = /^(?:国家|中国|中华人民共和国|.{2,3}省|.{2,4}市)(?=..)/u;

/**
 * The syllables of a Chinese name: for each character its readings; other characters in a row are one syllable.
 * @param {string} folded
 */
const syllablesOf = (folded) =>
  HAN.test(folded)
    ? (folded.match(/\p{Script=Han}|[^\p{Script=Han}]+/gu) ?? []).map((part) => readings.get(part) ?? [part])
    : [];

/**
 * The spellings of the names of one thing.
 * @param {string[]} names
 * @returns {Spellings}
 */
export function spellingsOf(names) {
  const folded = names.map(foldName);
  return {
    folded,
    initials: names.map((name, i) => (HAN.test(folded[i]) ? "" : initials(name))),
    syllables: folded.map(syllablesOf),
    short: folded.flatMap((name) => shortForms.get(name) ?? []),
  };
}

/**
 * @param {string} query
 * @param {string} whole
 */
function isInOrder(query, whole) {
  if (query[0] !== whole[0]) return false;
  let at = 0;
  for (const char of whole) if (char === query[at]) at += 1;
  return at >= query.length;
}

/**
 * An abbreviation of a Chinese name begins with its first character, or the first one after an area, and keeps the
 * order: 西交大, 发改委. One of another name consists of the first letters of its words.
 * @param {string} query
 * @param {string} name
 * @param {string} first
 */
function isAbbreviation(query, name, first) {
  if (!ONLY_HAN.test(query) || query.length < 2) return query === first;
  return isInOrder(query, name) || isInOrder(query, name.replace(AREA, ""));
}

/**
 * Pinyin consists of beginnings of some syllables, in order, from the first one on: xianjiaoda, xjdx.
 * @param {string} query
 * @param {string[][]} syllables
 */
function isPinyin(query, syllables) {
  if (query.length < 2 || !syllables.length || !/^[a-z0-9]+$/.test(query)) return false;
  /** @param {string[]} spelt @param {number} start */
  const ends = (spelt, start) =>
    spelt.flatMap((syllable) => {
      const found = [];
      for (let size = 1; size <= syllable.length && query[start + size - 1] === syllable[size - 1]; size += 1)
        found.push(start + size);
      return found;
    });
  const reached = new Set(ends(syllables[0], 0));
  for (const spelt of syllables.slice(1))
    for (const start of [...reached]) for (const end of ends(spelt, start)) reached.add(end);
  return reached.has(query.length);
}

/**
 * One letter is superfluous, wrong, missing, or exchanged with the next.
 * @param {string} query
 * @param {string} name
 */
function isOneEdit(query, name) {
  if (query.length < 4) return false;
  let at = 0;
  while (at < query.length && query[at] === name[at]) at += 1;
  const [left, right] = [query.slice(at), name.slice(at)];
  /** @type {(skipped: number, typed: number) => boolean} */
  const begins = (skipped, typed) => right.slice(skipped).startsWith(left.slice(typed));
  return begins(0, 1) || begins(1, 1) || begins(1, 0) || (left[0] === right[1] && left[1] === right[0] && begins(2, 2));
}

const SHORT = 1;
const ABBREVIATION = 3;
const PINYIN = 5;
const TYPING_ERROR = 6;

/**
 * The best match of a query with one of the names: the kind of match, its share of the name, and the name's index.
 * @param {string} query
 * @param {Spellings} of
 * @param {boolean} withErrors
 * @returns {Match | null}
 */
function bestMatch(query, of, withErrors) {
  /** @type {Match | null} */
  let best = null;
  /** @param {number} kind @param {number} size @param {number} name */
  const offer = (kind, size, name) => {
    const share = Math.min(query.length / size, 1);
    if (!best || kind < best.kind || (kind === best.kind && share > best.share)) best = { kind, share, name };
  };
  if (of.short.includes(query)) offer(SHORT, query.length, -1);
  of.folded.forEach((name, i) => {
    if (name === query) offer(0, name.length, i);
    else if (name.startsWith(query)) offer(2, name.length, i);
    else if (isAbbreviation(query, name, of.initials[i])) offer(ABBREVIATION, name.length, i);
    else if (query.length > 1 && name.includes(query)) offer(4, name.length, i);
    else if (withErrors && isOneEdit(query, name)) offer(TYPING_ERROR, name.length, i);
  });
  of.syllables.forEach((syllables, i) => {
    if (isPinyin(query, syllables))
      offer(
        PINYIN,
        syllables.reduce((all, [first]) => all + first.length, 0),
        i,
      );
  });
  return best;
}

/**
 * Return the things that a query finds: by kind of match, then the closest match, then as they come. Typing errors are
 * assumed only if nothing else matches.
 * @param {string} query
 * @param {number[]} things
 * @param {(thing: number) => Spellings} spellings
 * @returns {Found[]}
 */
export function matching(query, things, spellings) {
  if (!query) return [];
  /** @param {boolean} withErrors */
  const found = (withErrors) =>
    things
      .flatMap((thing) => {
        const match = bestMatch(query, spellings(thing), withErrors);
        return match ? [{ ...match, thing }] : [];
      })
      .sort((a, b) => a.kind - b.kind || Math.round(b.share * 100) - Math.round(a.share * 100));
  const exact = found(false);
  return exact.length ? exact : found(true);
}
