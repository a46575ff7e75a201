/** Questions that are under way at once; more of them would only wait in the server. */
const MOST_AT_ONCE = 4;

let running = 0;
const waiting: Array<() => void> = [];

/** Runs a task when fewer than four others run; tasks begin in the order in which they came. */
export async function inTurn<T>(task: () => Promise<T>): Promise<T> {
  if (running >= MOST_AT_ONCE) {
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await task();
  } finally {
    // The place goes to whoever waits longest, or is given back.
    const next = waiting.shift();
    if (next === undefined) {
      running -= 1;
    } else {
      next();
    }
  }
}
