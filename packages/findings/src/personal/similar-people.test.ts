import { buildDataset } from "@longwave/study";
import { describe, expect, test } from "vitest";
import { protocol, simulated } from "../testing/study.ts";
import { personalFeedback } from "./personal-feedback.ts";
import { similarPeople } from "./similar-people.ts";
import { inputOf, rulesIn, wavesAfter } from "./testing/own-record.ts";
import type { OwnMeasure, PersonalInput } from "./types.ts";

const languages = ["en", "nb"] as const;

function measuresOf(input: PersonalInput): readonly OwnMeasure[] {
  const feedback = personalFeedback(input);
  if (feedback.kind !== "record") throw new Error(`expected a record, found ${feedback.kind}`);
  return feedback.measures;
}

describe("similar others", { timeout: 60_000 }, () => {
  const study = simulated(5, 300);
  const upToSeq = study.answers.at(-1)?.seq ?? 0;
  const dataset = buildDataset({ protocol, people: study.people, answers: study.answers, upToSeq });
  const similar = similarPeople(dataset, { by: ["man", "age_band"], items: ["pain_vrs", "ex_freq"] });
  const someone = study.people.find(({ id }) => {
    const rows = study.answers.filter((answer) => answer.person === id && answer.item === "pain_vrs");
    return rows.length === 5 && similar.groupOf.get(id) === "[0,2]";
  });
  const of = (language: "en" | "nb", floor = 10): PersonalInput => {
    const id = someone?.id ?? "";
    const rules = rulesIn(language);
    return {
      ...inputOf(language, {}),
      rules: { ...rules, minimums: { ...rules.minimums, band: floor } },
      person: id,
      answers: study.answers.filter((answer) => answer.person === id),
      waves: wavesAfter(500, ["w1", "w2", "w3", "w4", "w5"]),
      takesAnswers: false,
      published: { address: "/findings/s/abc", similar },
    };
  };

  test("are described with their number, and their middle half stands beside each answer", () => {
    const texts = languages.map((language) =>
      measuresOf(of(language)).map(({ others }) => others.join("\n")),
    );
    expect(texts.flat().join("\n\n")).toMatchSnapshot();
    const [measure] = measuresOf(of("en"));
    for (const { low, high } of measure?.points ?? []) expect(low).toBeLessThanOrEqual(high ?? -1);
  });

  test("do not hold the person's own answer", () => {
    const counted = (id: string): number =>
      study.answers.filter(({ person, item, wave, payload }) => {
        const own = person === id || similar.groupOf.get(person) !== similar.groupOf.get(id);
        return !own && item === "pain_vrs" && wave === "w5" && payload.kind === "value";
      }).length;
    const [measure] = measuresOf(of("en"));
    expect(measure?.others[1]).toContain(`of ${counted(someone?.id ?? "")} other people`);
  });

  test("are not shown when fewer than the rules ask for", () => {
    const [measure] = measuresOf(of("en", 300));
    expect(measure?.others).toEqual([
      "Fewer than 300 other people are like you here. To keep them safe from being known, their answers are not shown.",
    ]);
    for (const point of measure?.points ?? []) expect(point).not.toHaveProperty("low");
  });

  test("are everyone, where a person's group is not known", () => {
    const unknown = { ...of("en"), published: { address: "", similar: { ...similar, groupOf: new Map() } } };
    expect(measuresOf(unknown)[0]?.others[0]).toBe("Beside you: everyone in the study.");
  });
});
