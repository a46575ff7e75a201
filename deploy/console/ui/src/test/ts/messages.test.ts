import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../main/ts/i18n/en.ts";
import { translate } from "../../main/ts/i18n/index.ts";
import { zh } from "../../main/ts/i18n/zh.ts";

const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "").sort();

test("both catalogues have the same keys", () => {
  assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
});

test("both languages of a message take the same values", () => {
  for (const key of Object.keys(en) as Array<keyof typeof en>) {
    assert.deepEqual(placeholders(zh[key]), placeholders(en[key]), key);
  }
});

test("no message is empty", () => {
  for (const [key, text] of [...Object.entries(en), ...Object.entries(zh)]) {
    assert.notEqual(text.trim(), "", key);
  }
});

test("values are put in, and a value that is missing stays visible", () => {
  assert.equal(translate("en", "table.showAll", { count: 7 }), "Show all 7");
  assert.equal(translate("zh-CN", "table.showAll"), "显示全部 {count} 行");
});
