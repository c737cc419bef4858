// PDF: one page with an image, as ISO 32000-1 describes it.

const WIDTH = 174; // millimetres

/** Text as UTF-16 in hexadecimal digits. @param {string} text */
const hexText = (text) =>
  `<feff${[...Array(text.length).keys()].map((i) => text.charCodeAt(i).toString(16).padStart(4, "0")).join("")}>`;

/**
 * A document of one page that a JPEG image fills.
 * @param {ArrayBuffer} jpeg
 * @param {{ width: number, height: number }} size in pixels
 * @param {string} title
 */
export function pdfOfImage(jpeg, { width, height }, title) {
  const [wide, high] = [WIDTH, (WIDTH * height) / width].map((one) => ((one * 72) / 25.4).toFixed(2));
  const content = `q ${wide} 0 0 ${high} 0 0 cm /I Do Q`;
  const image = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB`;
  /** @type {(string | [string, ArrayBuffer])[]} */
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${wide} ${high}] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    [`<< ${image} /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.byteLength} >>\nstream\n`, jpeg],
    `<< /Title ${hexText(title)} /Producer (Helix KG) >>`,
  ];
  return new Blob(partsOfDocument(objects), { type: "application/pdf" });
}

/**
 * The objects with the table of their positions, in bytes.
 * @param {(string | [string, ArrayBuffer])[]} objects
 * @returns {(string | ArrayBuffer)[]}
 */
function partsOfDocument(objects) {
  /** @type {(string | ArrayBuffer)[]} */
  const parts = ["%PDF-1.4\n"];
  /** @type {number[]} */
  const starts = [];
  let at = 9;
  const add = (/** @type {string | ArrayBuffer} */ part) => {
    parts.push(part);
    at += typeof part === "string" ? part.length : part.byteLength;
  };
  for (const [i, object] of objects.entries()) {
    starts.push(at);
    add(`${i + 1} 0 obj\n`);
    if (typeof object === "string") add(`${object}\nendobj\n`);
    else {
      object.forEach(add);
      add("\nendstream\nendobj\n");
    }
  }
  const rows = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${at}\n%%EOF\n`;
  parts.push(`xref\n0 ${size}\n0000000000 65535 f \n${rows}${trailer}`);
  return parts;
}
