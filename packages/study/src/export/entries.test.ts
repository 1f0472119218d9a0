import { expect, test } from "vitest";
import type { AnswerRecord } from "../dataset/types.ts";
import { entriesOf } from "./entries.ts";

const row = (seq: number, wave: string, more: Partial<AnswerRecord> = {}): AnswerRecord => ({
  seq,
  id: `a${seq}`,
  person: "p",
  wave,
  item: `i${seq}`,
  payload: { kind: "skipped" },
  answeredAt: 0,
  ...more,
});

test("a form is web, phone, paper or mixed; a correction by staff changes nothing of that and is counted", () => {
  const forms = entriesOf(
    [
      row(4, "w2", { mode: "paper", enteredBy: "z" }),
      row(1, "w1"),
      row(2, "w1", { replaces: "a1", enteredBy: "b" }),
      row(3, "w3", { mode: "phone", enteredBy: "z" }),
      row(5, "w3"),
      row(6, "w9", { mode: "phone", enteredBy: "late" }),
    ],
    5,
  );
  expect(Object.fromEntries(forms)).toEqual({
    "p w1": { mode: "web", by: "1", corrections: 1 },
    "p w2": { mode: "paper", by: "2", corrections: 0 },
    "p w3": { mode: "mixed", by: "2", corrections: 0 },
  });
});
