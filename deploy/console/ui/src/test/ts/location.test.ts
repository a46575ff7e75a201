import assert from "node:assert/strict";
import { test } from "node:test";
import { urlOf } from "../../main/ts/api/client.ts";
import { exploreOf, paramsOf, DEFAULTS } from "../../main/ts/pages/explore/useExplore.ts";
import { formatQuery, keepGlobal, parseQuery } from "../../main/ts/state/location.ts";

test("an address is readable and always in the same order", () => {
  const query = formatQuery(
    new Map([
      ["to", "2026-11-02T00:00"],
      ["filter", "role = interconnect AND ip_version = 6"],
      ["dimensions", "source_as,ip_version"],
      ["tz", "Asia/Shanghai"],
      ["empty", ""],
    ]),
  );
  assert.equal(query, "?dimensions=source_as,ip_version&filter=role+=+interconnect+AND+ip_version+=+6&to=2026-11-02T00:00&tz=Asia/Shanghai");
});

test("what is written is what is read, whatever the characters", () => {
  const values = new Map([
    ["filter", 'a = "x & y" AND (b != "1+1") # 100 %'],
    ["name", "北京 = ?"],
  ]);
  assert.deepEqual(parseQuery(formatQuery(values)), new Map([...values].sort()));
});

test("language, theme, zone and period follow to the next page, a filter does not", () => {
  const kept = keepGlobal(
    new Map([
      ["lang", "zh-CN"],
      ["from", "now-7d"],
      ["filter", "x"],
    ]),
  );
  assert.deepEqual([...kept.keys()], ["lang", "from"]);
});

test("a question to the API has its parameters in one order, lists repeated", () => {
  assert.equal(urlOf("/links/{link}/traffic", { link: "A/B 1" }, { to: "now", from: "now-1h", member: ["a", "b"], none: undefined }), "/api/v1/links/A%2FB%201/traffic?from=now-1h&member=a&member=b&to=now");
});

test("the explore page's address says only what is not the default, and is read back", () => {
  const params = paramsOf({ ...DEFAULTS, dimensions: ["source_as", "ip_version"], chart: "lines" });
  assert.deepEqual(Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)), { dimensions: "source_as,ip_version", chart: "lines" });
  const read = exploreOf(parseQuery("?dimensions=source_as,ip_version&chart=lines"));
  assert.deepEqual(read.dimensions, ["source_as", "ip_version"]);
  assert.equal(read.chart, "lines");
});

test("an address with nonsense in it falls back to the default", () => {
  assert.equal(exploreOf(parseQuery("?chart=pie&measure=furlongs")).chart, "stacked");
  assert.equal(exploreOf(parseQuery("?chart=pie&measure=furlongs")).measure, "bps");
});
