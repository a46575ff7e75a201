import assert from "node:assert/strict";
import { test } from "node:test";
import { bitRate, decimalsForError, errorInPercent, fixed, octets, percent, points, rateWithError, scaled, shareWithError, signed, UNKNOWN } from "../../main/ts/format/number.ts";

test("groups of three, a point, and a true minus sign", () => {
  assert.equal(fixed(1234567.891, 2), "1\u202f234\u202f567.89");
  assert.equal(fixed(-0.5, 1), "−0.5");
});

test("a value that rounds to zero has no sign", () => {
  assert.equal(fixed(-0.001, 2), "0.00");
  assert.equal(signed(0.0001, 2), "0.00");
  assert.equal(signed(1.5, 1), "+1.5");
});

test("what is not known is a dash and never 0", () => {
  for (const unknown of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.equal(fixed(unknown, 1), UNKNOWN);
    assert.equal(percent(unknown), UNKNOWN);
    assert.equal(bitRate(unknown), UNKNOWN);
  }
  assert.equal(bitRate(0), "0\u00a0bit/s");
});

test("bit rates have decimal prefixes: 1 Tbit/s is 1000 Gbit/s", () => {
  assert.equal(bitRate(999_999), "1.00\u00a0Mbit/s");
  assert.equal(bitRate(999_900), "999.9\u00a0kbit/s");
  assert.equal(bitRate(1_000_000), "1.00\u00a0Mbit/s");
  assert.equal(bitRate(6.39e12), "6.39\u00a0Tbit/s");
  assert.equal(octets(1024), "1.02\u00a0kB");
  assert.equal(scaled(-2.5e9, "bit/s").text, "−2.50");
});

test("a rate and its error are in one unit", () => {
  assert.equal(rateWithError(2.5e9, 3.1e7), "2.50 ± 0.03\u00a0Gbit/s");
  assert.equal(rateWithError(2.5e9, null), "2.50\u00a0Gbit/s");
});

test("a share has as many decimals as its error gives sense to", () => {
  assert.equal(decimalsForError(0.07), 1);
  assert.equal(decimalsForError(0.0009), 2);
  assert.equal(decimalsForError(0.00004), 3);
  assert.equal(shareWithError(0.32712, 0.0006), "32.71 ± 0.06\u00a0%");
  assert.equal(shareWithError(0.377, 0.07), "37.7 ± 7.0\u00a0%");
});

test("differences of shares are percentage points", () => {
  assert.equal(points(0.0123, "pp"), "+1.23\u00a0pp");
  assert.equal(points(-0.002, "pp"), "−0.20\u00a0pp");
});

test("an error too small to be shown is not shown as 0", () => {
  assert.equal(errorInPercent(0.00003, 2), "< 0.01");
  assert.equal(errorInPercent(0.0006, 2), "0.06");
  assert.equal(errorInPercent(0, 2), "0.00");
  assert.equal(shareWithError(0.3379, 0.000001), "33.790 ± < 0.001\u00a0%");
});
