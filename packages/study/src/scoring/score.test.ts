import { describe, expect, test } from "vitest";
import type { AnswerValue } from "../answering/index.ts";
import { buildDataset } from "../dataset/build.ts";
import type { AnswerRecord } from "../dataset/types.ts";
import { parseProtocol } from "../protocol/parse.ts";
import type { DerivedVariable, Protocol } from "../protocol/types.ts";
import { flagship } from "../testing/flagship.ts";

type WaveAnswers = Readonly<Record<string, Readonly<Record<string, AnswerValue>>>>;

/** The values of one variable for one person, wave by wave answered. */
function scores(name: string, waves: WaveAnswers, protocol: Protocol = flagship): readonly unknown[] {
  const answeredAt = Date.UTC(2026, 0, 5, 12);
  const answers = Object.entries(waves).flatMap(([wave, items]) =>
    Object.entries(items).map(
      ([item, value], index): AnswerRecord => ({
        seq: index + 1,
        id: `${wave}-${item}`,
        person: "a",
        wave,
        item,
        payload: { kind: "value", value },
        answeredAt,
      }),
    ),
  );
  const people = [{ id: "a", invitedAt: answeredAt, enrolledAt: answeredAt, timeZone: "Europe/Oslo" }];
  const { personWave } = buildDataset({ protocol, people, answers, upToSeq: 1e9 });
  return personWave.columns.find((column) => column.name === name)?.values ?? [];
}

/** The values of one rule, written as a derived variable of its own. */
function ruleScores(expr: string, waves: WaveAnswers): readonly unknown[] {
  const rule: DerivedVariable = { name: "rule", label: { en: "A rule" }, level: "number", expr };
  return scores("rule", waves, parseProtocol({ ...flagship, derived: [...flagship.derived, rule] }));
}

describe("the scores of the flagship study", () => {
  test.each([
    ["evs_week", { evs_days: 3, evs_min: 40 }, 120],
    ["evs_week", { evs_days: 0 }, 0],
    ["evs_week", { evs_days: 7, evs_min: 600 }, 1680],
    ["evs_capped", { evs_days: 7, evs_min: 600 }, 1],
    ["evs_capped", { evs_days: 0 }, 0],
    ["sqrt_evs_week", { evs_days: 4, evs_min: 36 }, 12],
    ["phq4_total", { phq4_1: 3, phq4_2: 2, phq4_3: 1, phq4_4: 0 }, 6],
    ["phq4_total", { phq4_1: 3, phq4_2: 2, phq4_3: 1 }, null],
    ["peg", { pain_vrs: 2, nrs_avg: 4, peg_p: 4, peg_e: 5 }, null],
    ["chronic_pain", { chronic_dur: 1, pain_vrs: 3 }, 1],
    ["chronic_pain", { chronic_dur: 0 }, 0],
    ["chronic_pain", { chronic_dur: 1 }, null],
    ["bmi", { height_cm: 180, weight_kg: 81 }, 25],
    ["age_band", { birth_year: 1962 }, 2],
    ["generalised_pain", { wpi: ["neck", "hip_l", "hip_r", "lower_arm_l"] }, 1],
    ["generalised_pain", { wpi: ["neck", "hip_l", "upper_leg_l", "jaw_l", "jaw_r", "chest"] }, 0],
    ["wpi_count", { wpi: [] }, 0],
  ])("gives %s of %o as %s", (name, items, expected) => {
    expect(scores(name, { w1: items })).toEqual([expected]);
  });

  test.each([
    ["ex", { ex_freq: 1, ex_int: 1, ex_dur: 1 }, 0.1],
    ["ex", { ex_freq: 3, ex_int: 3, ex_dur: 4 }, 15],
    ["ex", { ex_freq: 2, ex_int: 2 }, null],
  ])(
    "has an exercise index from 0.1 to 15, unknown when a part is: %s of %o is %s",
    (name, items, expected) => {
      expect(scores(name, { w1: items })).toEqual([expected]);
    },
  );
});

describe("functions over waves", () => {
  const waves: WaveAnswers = { w1: { pain_vrs: 4 }, w3: { pain_vrs: 1, nrs_avg: 7 }, w4: { nrs_avg: 2 } };

  test.each([
    ["mean(pain_vrs)", [2.5, 2.5, 2.5]],
    ["count(pain_vrs)", [2, 2, 2]],
    ["count(pain_vrs >= 3)", [1, 1, 1]],
    ["first(nrs_avg)", [7, 7, 7]],
    ["at(w3, pain_vrs)", [1, 1, 1]],
    ["at(w2, pain_vrs)", [null, null, null]],
    ["pain_vrs - mean(pain_vrs)", [1.5, -1.5, null]],
    ["mean(pain_vrs - at(w1, pain_vrs))", [-1.5, -1.5, -1.5]],
    ["mean(wave)", [8 / 3, 8 / 3, 8 / 3]],
  ])("%s", (expr, expected) => {
    expect(ruleScores(expr, waves)).toEqual(expected);
  });
});
