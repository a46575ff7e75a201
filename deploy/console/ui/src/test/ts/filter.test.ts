import assert from "node:assert/strict";
import { test } from "node:test";
import { complete, narrow, segmentsOf } from "../../main/ts/filter/editing.ts";

const error = (offset: number, length: number) => ({ message: "m", offset, length });

test("errors are cut out of the text where they stand", () => {
  const segments = segmentsOf("rol = interconnect", [error(0, 3)]);
  assert.deepEqual(segments.map((s) => [s.text, s.error !== null]), [["rol", true], [" = interconnect", false]]);
});

test("an error at the end of the text is shown behind it", () => {
  assert.deepEqual(segmentsOf("role =", [error(6, 0)]).map((s) => [s.text, s.error !== null]), [["role =", false], [" ", true]]);
});

test("the segments together are the text, however errors lie", () => {
  const text = "a = 1 AND b = 2";
  for (const errors of [[], [error(4, 1), error(0, 1)], [error(0, 99)], [error(2, 5), error(4, 2)], [error(-3, 2)]]) {
    assert.equal(segmentsOf(text, errors).map((s) => s.text).join("").trimEnd(), text);
  }
});

test("a completion takes the place of the word and leaves the cursor behind it", () => {
  assert.deepEqual(complete("ip_v", 0, 4, "ip_version"), { text: "ip_version ", cursor: 11 });
  assert.deepEqual(complete("ro = interconnect", 0, 2, "role"), { text: "role = interconnect", cursor: 5 });
  assert.deepEqual(complete("(role = inter)", 8, 13, "interconnect"), { text: "(role = interconnect)", cursor: 20 });
});

test("narrowing adds a condition and keeps what there was", () => {
  assert.equal(narrow("", "node", "DCP-BJ"), "node = DCP-BJ");
  assert.equal(narrow("ip_version = 6", "node", "DCP-BJ"), "ip_version = 6 AND node = DCP-BJ");
  assert.equal(narrow("a = 1 OR b = 2", "node", "X"), "(a = 1 OR b = 2) AND node = X");
  assert.equal(narrow("", "organisation", 'Demo "CDN" One'), 'organisation = "Demo \\"CDN\\" One"');
});
