// Tables of comma-separated values.
import assert from "node:assert/strict";
import { test } from "node:test";

import { toCsv } from "../../kg/map/script/shared/download.js";

test("cells that a spreadsheet would evaluate are disarmed, and quotes are doubled", () => {
  const columns = { name: (one) => one, length: (one) => one.length };
  assert.equal(toCsv(columns, ["=1+1", 'a "b"']), '\ufeffname,length\r\n\'=1+1,4\r\n"a ""b""",5\r\n');
});
