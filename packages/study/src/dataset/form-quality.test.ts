import { describe, expect, test } from "vitest";
import type { AnswerValue } from "../answering/index.ts";
import { StudyError } from "../errors.ts";
import { flagship, flagshipText } from "../testing/flagship.ts";
import { readProtocol } from "../text/read-protocol.ts";
import { buildDataset } from "./build.ts";
import { datasetFromRows } from "./from-rows.ts";
import type { AnswerRecord, DataTable } from "./types.ts";

const start = Date.UTC(2026, 0, 5, 12);
const person = {
  id: "a",
  invitedAt: start,
  enrolledAt: start,
  timeZone: "Europe/Oslo",
  language: "en" as const,
};

/** What a person with pain answers at the second wave, to the last question. */
const secondWave: Readonly<Record<string, AnswerValue>> = {
  ...{ pain_vrs: 2, nrs_avg: 4, peg_p: 4, peg_e: 3, peg_g: 2, ex_freq: 0, evs_days: 0 },
  ...{ flare: 0, illness: false, painkiller_days: 0, harm: false },
};
const mood = { phq4_1: 1, phq4_2: 1, phq4_3: 1, phq4_4: 1 };

function given(
  wave: string,
  values: Readonly<Record<string, AnswerValue>>,
  secondsEach = 10,
): readonly AnswerRecord[] {
  return Object.entries(values).map(([item, value], index) => ({
    seq: index + 1,
    id: `${wave} ${item}`,
    person: "a",
    wave,
    item,
    payload: { kind: "value" as const, value },
    answeredAt: start + index * secondsEach * 1000,
  }));
}

function rowOf(answers: readonly AnswerRecord[], name: string) {
  const { personWave } = buildDataset({ protocol: flagship, people: [person], answers, upToSeq: 1e9 });
  return cell(personWave, name);
}

function cell(table: DataTable, name: string) {
  const column = table.columns.find((one) => one.name === name);
  return { value: column?.values[0], why: column?.missing?.[0] ?? null };
}

describe("how long a form took", () => {
  test("is counted from its first answer to its last, in seconds", () => {
    expect(rowOf(given("w2", secondWave), "form_seconds")).toEqual({ value: 100, why: null });
    expect(rowOf(given("w2", secondWave, 2.5), "form_seconds")).toEqual({ value: 25, why: null });
  });

  test("is not longer for an answer corrected a day later", () => {
    const answers = given("w2", secondWave);
    const [first] = answers;
    if (first === undefined) throw new Error("no answers");
    const day = 86_400_000;
    const corrected = { ...first, id: "later", seq: 99, replaces: first.id, answeredAt: start + day };
    expect(rowOf([...answers, corrected], "form_seconds").value).toBe(100);
  });

  test("is unknown for a form typed by staff in two goes, however little time lies between them", () => {
    const typed = given("w2", secondWave, 1).map((one) => ({ ...one, mode: "paper" as const }));
    expect(rowOf(typed, "form_seconds")).toEqual({ value: null, why: "form_time_unknown" });
  });

  test("counts the pause of a form left and gone on with later, so that it is never fast", () => {
    const answers = given("w2", secondWave, 1);
    const last = answers.length - 1;
    const left = answers.map((one, i) => (i === last ? { ...one, answeredAt: start + 3_600_000 } : one));
    expect(rowOf(left, "form_seconds").value).toBe(3600);
  });

  test("is missing for a form left before its end", () => {
    const { harm: _, ...unfinished } = secondWave;
    expect(rowOf(given("w2", unfinished), "form_seconds")).toEqual({ value: null, why: "form_not_finished" });
  });

  test("is there for a form whose last question was passed by", () => {
    const answers = given("w2", secondWave).map((one) =>
      one.item === "harm" ? { ...one, payload: { kind: "skipped" as const } } : one,
    );
    expect(rowOf(answers, "form_seconds").value).toBe(100);
  });
});

describe("a form answered the same all the way down", () => {
  const straight = (values: Readonly<Record<string, AnswerValue>>) =>
    rowOf(given("w5", { ...secondWave, ...mood, ...values }), "straight_lined");

  test("has one answer in each set of questions that share a scale", () => {
    expect(straight({ peg_p: 4, peg_e: 4, peg_g: 4 }).value).toBe(1);
    expect(straight({}).value).toBe(0);
    expect(straight({ peg_p: 4, peg_e: 4, peg_g: 4, phq4_2: 2 }).value).toBe(0);
  });

  test("is not one where no trouble at all, or all of it, is the same answer to everything", () => {
    const none = { phq4_1: 0, phq4_2: 0, phq4_3: 0, phq4_4: 0 };
    expect(straight({ peg_p: 4, peg_e: 4, peg_g: 4, ...none }).value).toBe(0);
    expect(straight({ peg_p: 10, peg_e: 10, peg_g: 10 }).value).toBe(0);
  });

  test("cannot be told from few questions: those never asked, or passed by", () => {
    expect(rowOf(given("w2", { ...secondWave, peg_e: 4, peg_g: 4 }), "straight_lined")).toEqual({
      value: null,
      why: "not_asked",
    });
    const answers = given("w5", { ...secondWave, ...mood }).map((one) =>
      one.item === "peg_g" ? { ...one, payload: { kind: "skipped" as const } } : one,
    );
    expect(rowOf(answers, "straight_lined").why).toBe("derived_unknown");
  });

  test("is told from a file of answers too, or taken as the file says", () => {
    const row = { ...secondWave, ...mood, peg_e: 4, peg_g: 4, sex: 1, birth_year: 1970, answered_year: 2026 };
    const more = { education: 1, smoking: 0, ex_freq: 0, ex: 0, ex_w1: 0, man: 1, age10: 0, wave: 5 };
    const columnsOf = (extra: Readonly<Record<string, number>>) =>
      Object.entries({ ...row, ...more, ...extra }).map(([name, value]) => ({
        name,
        kind: "number" as const,
        values: [Number(value)],
      }));
    const id = { name: "id", kind: "text" as const, values: ["a"] };
    const read = (extra: Readonly<Record<string, number>>) =>
      datasetFromRows({ protocol: flagship, columns: [id, ...columnsOf(extra)] }).personWave;
    expect(cell(read({}), "straight_lined").value).toBe(1);
    expect(cell(read({ straight_lined: 0 }), "straight_lined").value).toBe(0);
    expect(cell(read({}), "form_seconds")).toEqual({ value: null, why: "not_in_file" });
    expect(cell(read({ form_seconds: 31.5 }), "form_seconds").value).toBe(31.5);
  });
});

describe("a study text that says how it is told", () => {
  const problemsWith = (from: string, to: string): string => {
    try {
      readProtocol(flagshipText.replace(from, to), "study.yaml");
      return "";
    } catch (error) {
      if (error instanceof StudyError) return error.message;
      throw error;
    }
  };

  test("names questions with one scale, codes of that scale, and no more questions than there are", () => {
    expect(problemsWith("[peg_p, peg_e, peg_g]", "[peg_p, peg_e, pegg]")).toMatch(/peg_g/);
    expect(problemsWith("[peg_p, peg_e, peg_g]", "[peg_p, peg_e, pain_vrs]")).toMatch(
      /one scale: 0 to 10.*“pain_vrs” with another/s,
    );
    expect(problemsWith("honest: [0, 10]", "honest: [0, 11]")).toMatch(/an answer of 0 to 10.*11/s);
    expect(problemsWith("fewestItems: 6", "fewestItems: 8")).toMatch(/at most 7/);
  });

  test("is needed by a plan that leaves such forms out", () => {
    const part = flagshipText.slice(
      flagshipText.indexOf("straightLining:\n"),
      flagshipText.indexOf("plan:\n  rows"),
    );
    expect(problemsWith(part, "")).toMatch(/a study text with straightLining/);
  });
});
