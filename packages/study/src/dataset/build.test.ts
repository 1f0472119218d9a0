import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AnswerValue } from "../answering/index.ts";
import { flagship } from "../testing/flagship.ts";
import { buildDataset } from "./build.ts";
import type { AnswerRecord, DataColumn, Dataset, DataTable, PersonRecord } from "./types.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 5, 12);

const people: readonly PersonRecord[] = ["b", "a", "c"].map((id) => ({
  id,
  invitedAt: start - day,
  enrolledAt: start,
  timeZone: "Europe/Oslo",
  language: id === "c" ? "nb" : "en",
}));

let seq = 0;
function answer(person: string, wave: string, item: string, value: AnswerValue | "skip"): AnswerRecord {
  seq += 1;
  const payload = value === "skip" ? { kind: "skipped" as const } : { kind: "value" as const, value };
  return { seq, id: `r${seq}`, person, wave, item, payload, answeredAt: start };
}

function at(days: number, record: AnswerRecord): AnswerRecord {
  return { ...record, answeredAt: start + days * day };
}

const answers: readonly AnswerRecord[] = [
  answer("a", "w1", "pain_vrs", 3),
  answer("a", "w1", "nrs_avg", 6),
  answer("a", "w1", "peg_p", 6),
  answer("a", "w1", "peg_e", 3),
  answer("a", "w1", "peg_g", 3),
  answer("a", "w1", "ex_freq", 2),
  answer("a", "w1", "ex_int", 2),
  answer("a", "w1", "ex_dur", 3),
  answer("a", "w1", "illness", true),
  answer("a", "w1", "wpi", ["neck", "hip_l"]),
  answer("a", "w1", "sex", 1),
  answer("a", "w1", "birth_year", 1966),
  answer("a", "w1", "education", "skip"),
  at(91, answer("a", "w2", "pain_vrs", 0)),
  at(91, answer("a", "w2", "nrs_avg", 0)),
  at(91, answer("a", "w2", "ex_freq", 0)),
  answer("b", "w1", "sex", 2),
  answer("b", "w1", "pain_vrs", "skip"),
  at(120, answer("b", "w2", "pain_vrs", 1)),
  answer("c", "w1", "pain_vrs", 5),
  answer("c", "w3", "pain_vrs", "skip"),
];

function build(list: readonly AnswerRecord[] = answers, upToSeq = 1e9): Dataset {
  return buildDataset({ protocol: flagship, people, answers: list, upToSeq });
}

function column(table: DataTable, name: string): DataColumn {
  const found = table.columns.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}

describe("buildDataset", () => {
  test("has one row for each person and wave with an answer given, people in order of their code", () => {
    const { personWave } = build();
    expect(column(personWave, "id").values).toEqual(["a", "a", "b", "b", "c"]);
    expect(column(personWave, "wave").values).toEqual([1, 2, 1, 2, 1]);
  });

  test("computes the exercise index from the weights, and 0 when there was no exercise", () => {
    expect(column(build().personWave, "ex").values).toEqual([2.5 * 2 * 0.75, 0, null, null, null]);
  });

  test("repeats what is asked once in every row of the person", () => {
    const { personWave } = build();
    expect(column(personWave, "birth_year").values).toEqual([1966, 1966, null, null, null]);
    expect(column(personWave, "age").values).toEqual([60, 60, null, null, null]);
    expect(column(personWave, "man").values).toEqual([1, 1, null, null, null]);
  });

  test("carries wave 1 into later rows", () => {
    const { personWave } = build();
    expect(column(personWave, "pain_vrs_w1").values).toEqual([3, 3, null, null, 5]);
    expect(column(personWave, "ex_w1_group").values).toEqual([2, 2, null, null, null]);
  });

  test("says why each value is missing", () => {
    const { personWave } = build();
    expect(column(personWave, "education").missing).toEqual([
      "skipped",
      "skipped",
      "not_answered",
      "not_asked",
      "not_answered",
    ]);
    expect(column(personWave, "ex_int").missing?.[1]).toBe("not_asked");
    expect(column(personWave, "man").missing?.[2]).toBe("by_rule");
    expect(column(personWave, "peg_p").missing?.[4]).toBe("no_translation");
    expect(column(personWave, "ex").missing?.[3]).toBe("derived_unknown");
    expect(column(personWave, "wpi").missing?.[3]).toBe("not_asked");
  });

  test("scores PEG as 0 with a flag when there was no pain to ask about", () => {
    const { personWave } = build();
    expect(column(personWave, "peg").values).toEqual([4, 0, null, null, null]);
    expect(column(personWave, "peg_structural_zero").values).toEqual([0, 1, null, 0, 0]);
  });

  test("flags an answer given after its wave had closed", () => {
    expect(column(build().personWave, "late").values).toEqual([0, 0, 0, 1, 0]);
  });

  test("counts the flow of people", () => {
    expect(build().flow).toEqual({
      invited: 3,
      consented: 3,
      answeredOnce: 3,
      answeredTwice: 2,
      answeredAll: 0,
      waves: [
        { wave: "w1", answered: 3 },
        { wave: "w2", answered: 2 },
        { wave: "w3", answered: 0 },
        { wave: "w4", answered: 0 },
        { wave: "w5", answered: 0 },
      ],
    });
  });

  test("gives the same dataset whatever order the answers come in", () => {
    const { hash } = build();
    fc.assert(
      fc.property(fc.shuffledSubarray([...answers], { minLength: answers.length }), (shuffled) => {
        expect(build(shuffled).hash).toBe(hash);
      }),
      { numRuns: 20 },
    );
  });

  test("is not changed by an answer sent twice", () => {
    expect(build([...answers, ...answers])).toEqual(build());
  });
});
