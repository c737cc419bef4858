// Parsing of address values: strict, because an address may come from anyone; undefined means invalid.
/**
 * @template T
 * @param {string[]} values
 * @param {(value: string) => T | undefined} read
 */
export const single = (values, read) => (values.length === 1 ? read(values[0]) : undefined);

/**
 * @template {string} T
 * @param {T[]} known
 * @returns {(value: string) => T | undefined}
 */
export const oneOf = (known) => (value) => known.find((one) => one === value);

/**
 * @param {number} low
 * @param {number} high
 * @returns {(value: string) => number | undefined}
 */
export const integer = (low, high) => (value) =>
  /^\d{1,6}$/.test(value) && Number(value) >= low && Number(value) <= high ? Number(value) : undefined;

/**
 * Read each of several values; all must be valid.
 * @template T
 * @param {(value: string) => T | undefined} read
 * @returns {(values: string[]) => T[] | undefined}
 */
export const every = (read) => (values) => {
  const parsed = values.flatMap((value) => read(value) ?? []);
  return parsed.length === values.length ? /** @type {T[]} */ (parsed) : undefined;
};

/** @param {string} value */
export const decimal = (value) => (/^-?\d{1,7}(\.\d{1,4})?$/.test(value) ? Number(value) : undefined);
