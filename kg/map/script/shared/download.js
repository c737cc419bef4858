// Downloads: files are created in the page, without a request.
import { make } from "./dom.js";

/**
 * @param {string} name
 * @param {string} type
 * @param {Blob | string} content
 */
export function download(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/**
 * An apostrophe disarms cells that a spreadsheet would evaluate, as in every table of kg.
 * @param {Cell} value
 */
function cellText(value) {
  const plain = value === null || value === undefined ? "" : String(value);
  const inert = typeof value === "string" && /^[=+\-@＝＋－＠\t\r\n]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
}

/**
 * A table of items; each column has a name and a function that returns the cell of an item.
 * @template T
 * @param {Record<string, (item: T) => Cell>} columns
 * @param {T[]} items
 */
export function toCsv(columns, items) {
  const names = Object.keys(columns);
  const rows = [names, ...items.map((item) => names.map((name) => columns[name](item)))];
  return `\ufeff${rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("")}`;
}
