// Matching of names as people type them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { foldName, initials, matching } from "../../kg/map/script/shared/matching.js";

const NAMES = ["西安交通大学", "西安电子科技大学", "Huawei Technologies", "Xi'an Jiaotong University"];
const find = (query) =>
  matching(foldName(query), [...NAMES.keys()], (i) => [foldName(NAMES[i]), initials(NAMES[i])]).map((i) => NAMES[i]);

test("an abbreviation finds the name with the same first character", () => {
  assert.deepEqual(find("西交大"), ["西安交通大学"]);
});

test("one wrong letter finds the name if nothing else matches", () => {
  assert.deepEqual(find("hauwei technologies"), ["Huawei Technologies"]);
});

test("punctuation, case and accents do not matter", () => {
  assert.deepEqual(find("XIAN jiaotóng"), ["Xi'an Jiaotong University"]);
});
