// ---- saving: a file is made here, and asked of nobody
function save(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// A cell that a spreadsheet would run gets an apostrophe, as in every table that kg writes.
function cellText(value) {
  const plain = value === null || value === undefined ? "" : String(value);
  const inert = typeof value === "string" && /^[=+\-@＝＋－＠\t\r\n]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
}

const delimited = (rows) => `\ufeff${rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("")}`;

