// Matching of names as people type them; tests/helpers/searches.py has the table of queries for all pages.
import assert from "node:assert/strict";
import { test } from "node:test";

import { foldName, learnKeys, matching, spellingsOf } from "../../kg/map/script/shared/matching.js";

learnKeys({
  variants: "學学",
  readings: "西xi安an交jiao通tong大da学xue电dian子zi科ke技ji",
  short: { 西安交通大学: ["交大"] },
});
const THINGS = [["西安交通大学", "Xi'an Jiaotong University"], ["西安电子科技大学"], ["Huawei Technologies"]].map(
  spellingsOf,
);
const find = (query) =>
  matching(foldName(query), [...THINGS.keys()], (i) => THINGS[i]).map(({ thing, kind }) => [thing, kind]);

test("an abbreviation finds the name with the same first character", () => {
  assert.deepEqual(find("西交大"), [[0, 3]]);
});

test("a usual short name comes before a part of a name", () => {
  assert.deepEqual(find("交大"), [[0, 1]]);
});

test("pinyin is complete or abbreviated, syllable by syllable", () => {
  assert.deepEqual(find("xian jiaoda"), [[0, 5]]);
  assert.deepEqual(find("xadzkj"), [[1, 5]]);
});

test("one wrong letter finds the name if nothing else matches", () => {
  assert.deepEqual(find("hauwei technologies"), [[2, 6]]);
});

test("punctuation, case and accents do not matter", () => {
  assert.deepEqual(find("XI'AN jiaotóng"), [[0, 2]]);
});

test("traditional characters find the simplified name", () => {
  assert.deepEqual(find("西安交通大學"), [[0, 0]]);
});
