// A PDF of one image.
import assert from "node:assert/strict";
import { test } from "node:test";

import { pdfOfImage } from "../../kg/map/script/shared/pdf.js";

test("each object is at the byte that the table states", async () => {
  const blob = pdfOfImage(new Uint8Array([255, 216, 200, 217]).buffer, { width: 1740, height: 870 }, "图");
  const text = Buffer.from(await blob.arrayBuffer()).toString("latin1");
  const table = Number(/startxref\n(\d+)/.exec(text)[1]);
  assert.ok(text.slice(table).startsWith("xref\n0 7\n"));
  const starts = [...text.slice(table).matchAll(/^(\d{10}) 00000 n/gm)].map((match) => Number(match[1]));
  assert.deepEqual(
    starts.map((start, i) => text.startsWith(`${i + 1} 0 obj`, start)),
    Array(6).fill(true),
  );
  assert.ok(text.includes("/MediaBox [0 0 493.23 246.61]"));
  assert.ok(text.includes("<feff56fe>"));
});
