// Matching: normalisation of names, and keys of the search field.
/** @param {string} name */
export const foldName = (name) =>
  name
    .normalize("NFKD")
    .replace(/[\p{M}\p{P}\p{Z}\p{S}]/gu, "")
    .toLowerCase();
/** @param {string} name */
export const initials = (name) =>
  name
    .split(/[\s'’-]+/)
    .map((part) => part[0] ?? "")
    .join("")
    .toLowerCase();

/**
 * An abbreviation of a Chinese name begins with its first character and keeps the order: 西交大, 哈工大.
 * @param {string} query
 * @param {string} name
 */
function isAbbreviation(query, name) {
  if (query.length < 2 || name[0] !== query[0] || !/^\p{Script=Han}+$/u.test(query)) return false;
  let at = 0;
  for (const char of name) if (char === query[at]) at += 1;
  return at === query.length;
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

// How a query matches, the best first. Typing errors are assumed only if nothing else matches.
/** @type {Test[]} */
const MATCHES = [
  (query, name) => name === query,
  (query, name) => name.startsWith(query),
  isAbbreviation,
  (query, name) => name.includes(query),
];

/**
 * Return the actors that a query finds, by kind of match, then the closest abbreviation, then as they come.
 * @param {string} query
 * @param {number[]} actors
 * @param {(actor: number) => string[]} namesOf
 */
export function matching(query, actors, namesOf) {
  /** @param {Test[]} tests */
  const ranked = (tests) =>
    actors
      .map((actor) => [Math.min(...namesOf(actor).map((name) => matchRank(query, name, tests))), actor])
      .filter(([rank]) => rank < tests.length)
      .sort(([a], [b]) => a - b)
      .map(([, actor]) => actor);
  if (!query) return [];
  const found = ranked(MATCHES);
  return found.length ? found : ranked([isOneEdit]);
}

/**
 * @param {string} query
 * @param {string} name
 * @param {Test[]} tests
 */
function matchRank(query, name, tests) {
  const kind = tests.findIndex((test) => test(query, name));
  if (kind < 0) return tests.length;
  return tests[kind] === isAbbreviation ? kind + 0.99 - query.length / (name.length + 1) : kind;
}
