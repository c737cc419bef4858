// Parsing of the values of an address.
import assert from "node:assert/strict";
import { test } from "node:test";

import { decimal, every, integer, oneOf, single } from "../../kg/map/script/shared/parse.js";

test("integers outside their range and numbers in another notation are invalid", () => {
  assert.deepEqual(["3", "0", "10", "1e3", "-1", " 3"].map(integer(1, 9)), [3, ...Array(5).fill(undefined)]);
});

test("decimals have at most seven digits and four places", () => {
  assert.deepEqual(["-1.5", "12345678", "1.23456", "0x1", ""].map(decimal), [-1.5, ...Array(4).fill(undefined)]);
});

test("one invalid value makes a list invalid", () => {
  assert.deepEqual(every(integer(1, 9))(["1", "2"]), [1, 2]);
  assert.equal(every(integer(1, 9))(["1", "x"]), undefined);
});

test("a key that occurs twice is invalid", () => {
  assert.equal(single(["en"], oneOf(["en", "zh"])), "en");
  assert.equal(single(["en", "zh"], oneOf(["en", "zh"])), undefined);
});
