import assert from "node:assert/strict";
import { test } from "node:test";
import { bucket, day, duration, instantOf, minute, month, offsetMs, offsetText, parseInstant } from "../../main/ts/format/time.ts";
import { forApi, resolve } from "../../main/ts/state/timeRange.ts";

const SHANGHAI = "Asia/Shanghai";
const BERLIN = "Europe/Berlin";

test("a time is shown in the zone asked for, whatever the browser's is", () => {
  const at = Date.UTC(2026, 9, 31, 16, 30);
  assert.equal(minute(at, SHANGHAI), "2026-11-01 00:30");
  assert.equal(day(at, "UTC"), "2026-10-31");
  assert.equal(month(at, SHANGHAI), "2026-11");
  assert.equal(offsetText(at, SHANGHAI), "UTC+08:00");
  assert.equal(offsetText(at, "America/New_York"), "UTC−04:00");
});

test("midnight is 00, not 24", () => {
  assert.equal(minute(Date.UTC(2026, 10, 1, 16, 0), SHANGHAI), "2026-11-02 00:00");
});

test("a clock time of a zone is an instant, on both sides of a change of the clock", () => {
  assert.equal(instantOf("2026-11-01T00:30", SHANGHAI), Date.UTC(2026, 9, 31, 16, 30));
  // Berlin leaves summer time on 2026-10-25 at 03:00.
  assert.equal(instantOf("2026-10-25T01:30", BERLIN), Date.UTC(2026, 9, 24, 23, 30));
  assert.equal(instantOf("2026-10-25T04:00", BERLIN), Date.UTC(2026, 9, 25, 3, 0));
  assert.equal(offsetMs(Date.UTC(2026, 9, 25, 12), BERLIN), 3_600_000);
  assert.equal(instantOf("nonsense", SHANGHAI), null);
});

test("times of the API without a zone are UTC", () => {
  assert.equal(parseInstant("2026-11-01 00:00:00"), Date.UTC(2026, 10, 1));
  assert.equal(parseInstant("2026-11-01"), Date.UTC(2026, 10, 1));
  assert.equal(parseInstant("2026-11-01T08:00:00+08:00"), Date.UTC(2026, 10, 1));
  assert.equal(parseInstant(null), null);
  assert.equal(parseInstant("soon"), null);
});

test("buckets are named as coarsely as they are long", () => {
  const at = Date.UTC(2026, 9, 31, 16, 0, 10);
  assert.equal(bucket(at, SHANGHAI, 10), "2026-11-01 00:00:10");
  assert.equal(bucket(at, SHANGHAI, 300), "2026-11-01 00:00");
  assert.equal(bucket(at, SHANGHAI, 86400), "2026-11-01");
  assert.equal(bucket(at, SHANGHAI, 2592000), "2026-11");
});

test("durations are one number", () => {
  assert.equal(duration(42), "42\u00a0s");
  assert.equal(duration(600), "10\u00a0min");
  assert.equal(duration(3 * 3600), "3\u00a0h");
  assert.equal(duration(null), "–");
});

test("periods of the address are read, relative ones handed on as they are", () => {
  const now = Date.UTC(2026, 10, 26, 4);
  assert.equal(resolve("now", now, SHANGHAI), now);
  assert.equal(resolve("now-24h", now, SHANGHAI), now - 86_400_000);
  assert.equal(resolve("2026-11-26T12:00", now, SHANGHAI), now);
  assert.equal(resolve("yesterday", now, SHANGHAI), null);
  assert.equal(forApi("now-7d", SHANGHAI), "now-7d");
  assert.equal(forApi("2026-11-26T12:00", SHANGHAI), "2026-11-26T04:00:00Z");
});
