import assert from "node:assert/strict";
import { test } from "node:test";
import type { Meta } from "../../main/ts/api/types.ts";
import { loadsOf, numbersOf, provisionalFrom, roleOf, toSeries } from "../../main/ts/charts/fromApi.ts";
import { palette } from "../../main/ts/charts/palette.ts";
import { statsOf } from "../../main/ts/charts/series.ts";
import { colorOf, dashOf, errorBand, timeOption } from "../../main/ts/charts/timeOption.ts";
import { inkOf } from "../../main/ts/components/HeatTable.tsx";
import { levelOf } from "../../main/ts/components/Utilisation.tsx";
import { sortRows } from "../../main/ts/components/DataTable.tsx";
import { placeNodes } from "../../main/ts/pages/interconnects/place.ts";

const meta = (fields: Partial<Meta>): Meta => ({ ...({} as Meta), ...fields });

test("a missing value stays missing: it is no 0", () => {
  assert.deepEqual(numbersOf([1, null, 0, true]), [1, null, 0, null]);
  assert.deepEqual(statsOf([10, 20, 30], [null, 5, 3]), { last: 3, mean: 4, max: 5, maxAt: 20 });
  assert.deepEqual(statsOf([10], [null]), { last: null, mean: null, max: null, maxAt: null });
});

test("a series of IP version 6 looks the same everywhere", () => {
  assert.equal(roleOf({ key: { ip_version: 6 }, label: "6", values: {} }), "v6");
  assert.equal(roleOf({ key: { ip_version: "4" }, label: "4", values: {} }), "v4");
  assert.equal(roleOf({ key: { ip_version: 6, node: "X" }, label: "", values: {} }), undefined);
  assert.equal(roleOf({ key: {}, label: "other", isOther: true, values: {} }), "other");
});

test("percentiles come from the server with the series", () => {
  const stats = { min: 0, max: 2, maxAt: null, mean: 1, p95: 2, last: 1, total: null };
  const [series] = toSeries({ meta: meta({}), t: [], series: [{ key: {}, label: "x", stats: { bps: stats }, values: { bps: [1, 2] } }] }, "bps", (one) => one.label);
  assert.equal(series?.stats?.p95, 2);
});

test("the provisional part begins with the first bucket that is not final", () => {
  const t = ["2026-11-01T00:00:00Z", "2026-11-01T00:05:00Z", "2026-11-01T00:10:00Z"];
  const at = (finalUntil: string, provisional = true) => provisionalFrom({ meta: meta({ finalUntil, provisional, resolutionSeconds: 300 }), t });
  assert.equal(at("2026-11-01T00:07:00Z"), Date.parse(t[1] ?? ""));
  assert.equal(at("2026-11-01T00:20:00Z"), null);
  assert.equal(at("2026-11-01T00:07:00Z", false), null);
});

test("a chart shows a gap where nothing is known, and the other direction below the axis", () => {
  const option = timeOption(
    {
      times: [0, 300_000],
      stepSeconds: 300,
      shape: "stacked",
      zone: "UTC",
      format: String,
      series: [{ key: "a", label: "a", values: [1, null], isMirrored: true }],
    },
    palette("light"),
  ) as { series: Array<{ data: Array<[number, number | null]>; connectNulls: boolean }> };
  assert.deepEqual(option.series[0]?.data, [[0, -1], [300_000, null]]);
  assert.equal(option.series[0]?.connectNulls, false);
});

test("100 % is of what is there", () => {
  const option = timeOption(
    {
      times: [0],
      stepSeconds: 300,
      shape: "percent",
      zone: "UTC",
      format: String,
      series: [
        { key: "a", label: "a", values: [1] },
        { key: "b", label: "b", values: [3] },
      ],
    },
    palette("dark"),
  ) as { series: Array<{ data: Array<[number, number | null]> }> };
  assert.deepEqual(option.series.map((s) => s.data[0]?.[1]), [0.25, 0.75]);
});

test("levels of utilisation begin at 50, 70, 80 and 90 %", () => {
  assert.deepEqual([0.49, 0.5, 0.7, 0.8, 0.9, 1.2].map(levelOf), [0, 1, 2, 3, 4, 4]);
  assert.equal(levelOf(null), null);
});

test("the ink of a cell has a contrast of at least 4.5 on every shade of both themes", () => {
  const luminance = (hex: string) =>
    [1, 3, 5]
      .map((from) => parseInt(hex.slice(from, from + 2), 16) / 255)
      .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);
  for (const theme of ["light", "dark"] as const) {
    for (const ground of palette(theme).ramp) {
      const [a, b] = [luminance(ground), luminance(inkOf(ground))].sort((x, y) => y - x) as [number, number];
      assert.ok((a + 0.05) / (b + 0.05) >= 4.5, `${theme} ${ground}`);
    }
  }
});

test("rows without a value come last in either direction", () => {
  const rows = [{ v: 1 }, { v: null }, { v: 3 }];
  assert.deepEqual(sortRows(rows, (row) => row.v, false).map((row) => row.v), [1, 3, null]);
  assert.deepEqual(sortRows(rows, (row) => row.v, true).map((row) => row.v), [3, 1, null]);
});

test("nodes of one city are moved apart, the same way each time", () => {
  const nodes = ["A", "B", "C"].map((node) => ({ node, latitude: 39.9, longitude: 116.4 }));
  const places = placeNodes(nodes, 900, 560);
  const [a, b, c] = [...places.values()];
  assert.ok(a !== undefined && b !== undefined && c !== undefined);
  for (const [one, other] of [[a, b], [a, c], [b, c]] as const) {
    assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 50);
  }
  assert.deepEqual(placeNodes(nodes, 900, 560), places);
});

test("the period before has the colour of what it is compared with, and its own line", () => {
  const values = { bps: [1] };
  const series = toSeries(
    {
      meta: meta({}),
      t: [],
      series: [
        { key: { ip_version: 4 }, label: "4", values },
        { key: { ip_version: 6 }, label: "6", values },
        { key: { ip_version: 6 }, label: "6", isPrevious: true, values },
      ],
    },
    "bps",
    (one) => one.label,
  );
  assert.deepEqual(series.map((one) => one.role), ["v6", "v4", "previous"]);
  const colors = palette("light");
  const [six, four, before] = series;
  assert.ok(six !== undefined && four !== undefined && before !== undefined);
  assert.equal(colorOf(before, 2, colors), colorOf(six, 0, colors));
  assert.notDeepEqual(dashOf(before, 2), dashOf(six, 0));
});

test("an error is a band around the value, and a gap where the value is one", () => {
  assert.deepEqual(errorBand({ key: "a", label: "a", values: [10, null], errors: [2, 3] }), { role: undefined, lower: [8, null], upper: [12, null] });
});

test("a link whose exporter did not report, or a bucket that is not over, has no load: it is a gap and not 0", () => {
  const t = ["2026-11-01T00:00:00Z", "2026-11-01T00:05:00Z", "2026-11-01T00:10:00Z", "2026-11-01T00:15:00Z"];
  const series = { key: {}, label: "", values: { bps: [5, 0, 0, 2], reported: [true, true, false, true] } };
  const answer = { meta: meta({ resolutionSeconds: 300, asOf: "2026-11-01T00:17:00Z" }), t };
  assert.deepEqual(loadsOf(answer, series, "bps"), [5, 0, null, null]);
});
