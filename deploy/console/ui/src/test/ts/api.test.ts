import assert from "node:assert/strict";
import { test } from "node:test";
import { problemOf, problemOfError } from "../../main/ts/api/problem.ts";
import { inTurn } from "../../main/ts/api/queue.ts";
import { rowsOf } from "../../main/ts/api/types.ts";

test("what failed and what to change is said as the server says it", () => {
  const problem = problemOf(400, { title: "A parameter is wrong", detail: "from: not a time" });
  assert.equal(problem.title, "A parameter is wrong");
  assert.equal(problem.detail, "from: not a time");
  assert.equal(problem.retryAfterSeconds, null);
  assert.equal(problemOf(502, undefined).title, "HTTP 502");
  assert.equal(problemOfError(new TypeError("no network")).status, 0);
});

test("a busy server says when to ask again, within bounds", () => {
  assert.equal(problemOf(429, { retryAfterSeconds: 3 }).retryAfterSeconds, 3);
  assert.equal(problemOf(503, {}).retryAfterSeconds, 2);
  assert.equal(problemOf(429, { retryAfterSeconds: 9999 }).retryAfterSeconds, 30);
  assert.equal(problemOf(500, { retryAfterSeconds: 3 }).retryAfterSeconds, null);
});

test("no more than four questions are under way, in the order of asking, and a failure gives its place back", async () => {
  let now = 0;
  let most = 0;
  const order: number[] = [];
  const task = (id: number) => async () => {
    order.push(id);
    now += 1;
    most = Math.max(most, now);
    await new Promise((resolve) => setTimeout(resolve, 2));
    now -= 1;
    if (id % 3 === 0) {
      throw new Error(String(id));
    }
    return id;
  };
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, id) => inTurn(task(id))));
  assert.equal(most, 4);
  assert.deepEqual(order, Array.from({ length: 20 }, (_, id) => id));
  assert.equal(results.filter((one) => one.status === "rejected").length, 7);
  assert.equal(await inTurn(() => Promise.resolve("still open")), "still open");
});

test("columns become rows, in their order", () => {
  assert.deepEqual(rowsOf({ rows: 2, data: { a: [1, 2], b: ["x", null] } }), [
    { a: 1, b: "x" },
    { a: 2, b: null },
  ]);
});
