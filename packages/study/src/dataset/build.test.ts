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

  test("lets a correction stand in place of the row it names, and keeps it standing when the old row is sent again", () => {
    const old = answers[0];
    const corrected: AnswerRecord = {
      ...old,
      id: "correction",
      seq: 1000,
      payload: { kind: "value", value: 2 },
      replaces: old.id,
    };
    const again = { ...old, seq: 1001 };
    expect(column(build([...answers, corrected]).personWave, "pain_vrs").values[0]).toBe(2);
    expect(build([...answers, corrected, again])).toEqual(build([...answers, corrected]));
  });

  test("can withdraw an answer by a correction that skips", () => {
    const withdrawn: AnswerRecord = {
      ...answers[0],
      id: "c",
      seq: 1000,
      payload: { kind: "skipped" },
      replaces: answers[0].id,
    };
    const pain = column(build([...answers, withdrawn]).personWave, "pain_vrs");
    expect([pain.values[0], pain.missing?.[0]]).toEqual([null, "skipped"]);
  });

  test("does not see answers after the number asked for, so that an old dataset can be made again", () => {
    const last = answers.length;
    const later = {
      ...answers[0],
      id: "later",
      seq: last + 1,
      payload: { kind: "value" as const, value: 5 },
    };
    expect(build([...answers, later], last)).toEqual(build(answers, last));
    expect(build([...answers, later], last + 1).hash).not.toBe(build(answers, last).hash);
  });

  test("takes back answers to questions that no longer apply", () => {
    const changed = { ...answer("a", "w1", "ex_freq", 0), seq: 1000 };
    const { personWave } = build([...answers, changed]);
    expect(column(personWave, "ex").values[0]).toBe(0);
    expect(column(personWave, "ex_int").missing?.[0]).toBe("not_asked");
  });

  test("writes yes as 1 and places as words", () => {
    const { personWave } = build();
    expect(column(personWave, "illness").values[0]).toBe(1);
    expect(column(personWave, "wpi").values[0]).toBe("neck hip_l");
    expect(column(personWave, "wpi_count").values[0]).toBe(2);
    expect(column(build([answer("a", "w1", "wpi", [])]).personWave, "wpi").values[0]).toBe("none");
  });

  test("keeps what people wrote in their own words out of every table", () => {
    const wrote = [answer("a", "w1", "harm", true), answer("a", "w1", "harm_text", "I fell")];
    const dataset = build([...answers, ...wrote]);
    expect(JSON.stringify(dataset)).not.toContain("I fell");
    expect(dataset.codebook.find((entry) => entry.name === "harm_text")?.inDataset).toBe(false);
  });

  test("has a row for each logged session in the event table", () => {
    const session = [
      answer("a", "session_log/2", "s_type", "walk"),
      answer("a", "session_log/2", "s_pre", 3),
    ];
    const { event, personWave } = build([...answers, ...session]);
    expect(event.nrows).toBe(1);
    expect(column(event, "occurrence").values).toEqual(["2"]);
    expect([column(event, "s_type").values, column(event, "s_pre").values]).toEqual([["walk"], [3]]);
    expect(column(event, "s_post").missing).toEqual(["not_answered"]);
    expect([column(event, "s_pre_minutes").values, column(event, "s_post_minutes").values]).toEqual([
      [0],
      [null],
    ]);
    expect(personWave).toEqual(build().personWave);
  });

  test("describes every column of the person-wave and event tables in the codebook", () => {
    const { personWave, event, codebook } = build();
    const describedIn = (table: DataTable) =>
      new Set(codebook.filter((entry) => entry.table === table.name).map((entry) => entry.name));
    for (const table of [personWave, event]) {
      const described = describedIn(table);
      expect(table.columns.map((entry) => entry.name).filter((name) => !described.has(name))).toEqual([]);
    }
  });

  test("has one row for each person invited in the person table, with what does not change", () => {
    const silent: PersonRecord = { id: "d", invitedAt: start };
    const { person, flow } = buildDataset({
      protocol: flagship,
      people: [...people, silent],
      answers,
      upToSeq: 1e9,
    });
    expect(column(person, "id").values).toEqual(["a", "b", "c", "d"]);
    expect(column(person, "waves_answered").values).toEqual([2, 2, 1, 0]);
    expect(column(person, "birth_year").missing).toEqual([
      null,
      "not_answered",
      "not_answered",
      "wave_not_done",
    ]);
    expect(person.columns.map((entry) => entry.name)).toContain("ex_w1_group");
    expect(person.columns.map((entry) => entry.name)).not.toContain("ex");
    expect([flow.invited, flow.consented]).toEqual([4, 3]);
  });

  test.each([
    ["person", answer("z", "w1", "pain_vrs", 1), "dataset.unknown-person"],
    ["wave", answer("a", "w9", "pain_vrs", 1), "dataset.unknown-wave"],
    ["question", answer("a", "w1", "pain_vsr", 1), "dataset.unknown-item"],
  ])("refuses an answer of a %s that the study does not have", (_, stranger, code) => {
    expect(() => build([...answers, stranger])).toThrow(expect.objectContaining({ code }));
  });

  test("gives the same dataset for any history of answers, corrections and resends in any order", () => {
    const event = fc.record({
      person: fc.constantFrom("a", "b", "c"),
      wave: fc.constantFrom("w1", "w2"),
      item: fc.constantFrom("pain_vrs", "ex_freq", "ex_int"),
      value: fc.constantFrom(1, 2, 3),
      replaces: fc.option(fc.nat(), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 25 }),
        fc.array(fc.nat()),
        fc.infiniteStream(fc.double({ noNaN: true })),
        (events, resent, keys) => {
          const history = events.map(({ value, replaces, ...rest }, index): AnswerRecord => {
            const target = replaces === undefined || index === 0 ? {} : { replaces: `h${replaces % index}` };
            return {
              ...rest,
              seq: index + 1,
              id: `h${index}`,
              payload: { kind: "value", value },
              answeredAt: start,
              ...target,
            };
          });
          const copies = resent.flatMap((at) => (history.length === 0 ? [] : [history[at % history.length]]));
          const shuffled = [...history, ...copies]
            .map((record) => ({ record, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ record }) => record);
          expect(build(shuffled)).toEqual(build(history));
        },
      ),
      { numRuns: 60 },
    );
  });
});
