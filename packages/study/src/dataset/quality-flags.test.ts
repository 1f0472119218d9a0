import { describe, expect, test } from "vitest";
import type { AnswerValue } from "../answering/index.ts";
import { flagship } from "../testing/flagship.ts";
import { qualityFlags } from "./quality-flags.ts";
import type { AnswerRecord } from "./types.ts";

const start = Date.UTC(2026, 0, 5, 12);
const person = { id: "a", invitedAt: start, enrolledAt: start, timeZone: "Europe/Oslo" };

function given(wave: string, values: Readonly<Record<string, AnswerValue>>, seconds = 60): AnswerRecord[] {
  return Object.entries(values).map(([item, value], index) => ({
    ...{ id: `${wave} ${item}`, person: "a", wave, item },
    seq: Number(wave.slice(1)) * 100 + index,
    payload: { kind: "value" as const, value },
    answeredAt: start + index * seconds * 1000,
  }));
}

const flagsOf = (...answers: readonly AnswerRecord[][]) =>
  qualityFlags({ protocol: flagship, people: [person], answers: answers.flat(), upToSeq: 1e9 }).map(
    ({ person: _person, ...flag }) => flag,
  );
const wholeForm = {
  ...{ pain_vrs: 2, nrs_avg: 4, peg_p: 4, peg_e: 3, peg_g: 2, ex_freq: 0, evs_days: 0 },
  ...{ flare: 0, illness: false, painkiller_days: 0, harm: false },
};

describe("forms worth a look", () => {
  test("are those answered in under 40 seconds, and those with one answer to everything", () => {
    expect(flagsOf(given("w2", wholeForm, 3.9))).toEqual([{ wave: "w2", kind: "fast" }]);
    expect(flagsOf(given("w2", wholeForm, 4))).toEqual([]);
    const same = { peg_p: 4, peg_e: 4, peg_g: 4, phq4_1: 1, phq4_2: 1, phq4_3: 1, phq4_4: 1 };
    expect(flagsOf(given("w5", { ...wholeForm, ...same }))).toEqual([{ wave: "w5", kind: "straight_lined" }]);
  });

  test("are those where a rating went from one end to the other since the answer before, whichever way", () => {
    const at = (wave: string, nrs_avg: number) =>
      given(wave, { nrs_avg, painkiller_days: nrs_avg === 0 ? 0 : 7 });
    const ends = { kind: "changed", item: "nrs_avg", change: "ends" };
    expect(flagsOf(at("w1", 0), at("w3", 10), at("w4", 0))).toEqual([
      { wave: "w3", ...ends },
      { wave: "w4", ...ends },
    ]);
    expect(flagsOf(at("w1", 0), at("w2", 9), at("w3", 10)), "step by step").toEqual([]);
  });

  test("are those where what never changes was answered in another way", () => {
    const born = (wave: string, birth_year: number) => given(wave, { birth_year });
    expect(flagsOf(born("w1", 1958), born("w5", 1985))).toEqual([
      { wave: "w5", kind: "changed", item: "birth_year", change: "differs" },
    ]);
    expect(flagsOf(born("w1", 1958), born("w5", 1958))).toEqual([]);
  });
});
