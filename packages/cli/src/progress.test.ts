import { expect, test } from "vitest";
import type { Io } from "./io.ts";
import { barText, progressLine, watcherOf } from "./progress.ts";
import { memoryIo } from "./testing/memory-io.ts";

/** A person at a terminal of 60 columns, with a clock that is moved by hand. */
function terminal(more: Partial<Io> = {}, isTTY = true) {
  let now = 0;
  let text = "";
  let tick: () => void = () => undefined;
  const io: Io = {
    ...memoryIo("."),
    now: () => now,
    stderr: { isTTY, columns: 60, write: (part) => (text += part) },
    every(_, work) {
      tick = work;
      return () => {
        tick = () => undefined;
      };
    },
    ...more,
  };
  const at = (ms: number): void => {
    now = ms;
    tick();
  };
  return { io, at, text: () => text };
}

test("a bar appears after one second, and is wiped at the end", () => {
  const { io, at, text } = terminal();
  const bar = progressLine(io);
  bar.show(1, 4, "H1");
  expect(text()).toBe("");
  at(1500);
  bar.show(2, 4, "H2");
  expect(text()).toContain("[############------------] 50 % 2/4 H2, 2 s left");
  bar.clear();
  expect(text().endsWith("\r\u001b[K")).toBe(true);
});

test("a question to a database shows how far it is, how fast, and how long it will still take", () => {
  const { io, at, text } = terminal();
  let share = 0;
  const size = { amount: 8_000_000, unit: "rows" } as const;
  const end = watcherOf(io).begin({ doing: "adding up", size, share: () => share, stop: () => undefined });
  at(600);
  expect(text()).toBe("");
  share = 0.25;
  at(2000);
  expect(text()).toBe("\r\u001b[K[######------------------] 25 % adding up, 1.0 M rows/s, 6 ");
  end();
  at(3000);
  expect(text().endsWith("6 \r\u001b[K")).toBe(true);
});

test("where nobody knows how far it is, the bar moves and says how long it has been", () => {
  const standing = { doing: "adding up", share: undefined };
  expect(barText({ ...standing, elapsedMs: 2000 })).toBe("[----------####----------] adding up, 2 s so far");
  expect(barText({ ...standing, elapsedMs: 180_200 })).toContain("adding up, 3 min so far");
});

test("nothing is drawn when no person looks at it, or with --quiet", () => {
  for (const { io, at, text } of [terminal({}, false), terminal({ isQuiet: true })]) {
    const bar = progressLine(io);
    at(5000);
    bar.show(2, 4, "H2");
    bar.clear();
    expect(text()).toBe("");
  }
});
