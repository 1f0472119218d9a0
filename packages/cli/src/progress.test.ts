import { expect, test } from "vitest";
import type { Io } from "./io.ts";
import { progressLine } from "./progress.ts";
import { memoryIo } from "./testing/memory-io.ts";

/** A person at a terminal, with a clock that is moved by hand. */
function terminal(isTTY: boolean): { io: Io; at: (ms: number) => void; text: () => string } {
  let now = 0;
  let text = "";
  const io: Io = { ...memoryIo("."), now: () => now, stderr: { isTTY, write: (part) => (text += part) } };
  return {
    io,
    at: (ms) => {
      now = ms;
    },
    text: () => text,
  };
}

test("a bar appears after one second, and is wiped at the end", () => {
  const { io, at, text } = terminal(true);
  const bar = progressLine(io);
  bar.show(1, 4, "H1");
  expect(text()).toBe("");
  at(1500);
  bar.show(2, 4, "H2");
  expect(text()).toContain("[############------------] 2/4 H2");
  bar.clear();
  expect(text().endsWith("\r\u001b[K")).toBe(true);
});

test("nothing is drawn when no person looks at it", () => {
  const { io, at, text } = terminal(false);
  const bar = progressLine(io);
  at(5000);
  bar.show(2, 4, "H2");
  bar.clear();
  expect(text()).toBe("");
});
