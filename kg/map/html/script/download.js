// Downloads: files are created in the page, without a request.
function download(name, type, content) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  make("a", { href: address, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// An apostrophe disarms cells that a spreadsheet would evaluate, as in every table of kg.
function cellText(value) {
  const plain = value === null || value === undefined ? "" : String(value);
  const inert = typeof value === "string" && /^[=+\-@＝＋－＠\t\r\n]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(inert) ? `"${inert.replace(/"/g, '""')}"` : inert;
}

const toCsv = (rows) => `\ufeff${rows.map((row) => `${row.map(cellText).join(",")}\r\n`).join("")}`;

