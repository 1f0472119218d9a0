import { type AnswerRecord, compileForm, dataTableCsv, waveWindows } from "@longwave/study";
import { type AnswerPayload, checkAnswer, isAsked } from "@longwave/study/answering";
import { describe, expect, test } from "vitest";
import { protocol, simulated, simulatedDataset } from "../testing/study.ts";

const study = simulated(1, 400);

function submissions(answers: readonly AnswerRecord[]): readonly (readonly AnswerRecord[])[] {
  const groups = new Map<string, AnswerRecord[]>();
  for (const answer of answers) {
    const key = `${answer.person} ${answer.wave}`;
    const group = groups.get(key);
    if (group) group.push(answer);
    else groups.set(key, [answer]);
  }
  return [...groups.values()];
}

describe("a simulated study", () => {
  test("is the same for the same seed and another for another", () => {
    expect(simulated(1, 50)).toEqual(simulated(1, 50));
    expect(simulated(2, 50).answers[0]?.id).not.toBe(simulated(1, 50).answers[0]?.id);
  });

  test("gives the first people the same answers however many are invited", () => {
    const [few, many] = [simulated(4, 20), simulated(4, 60)];
    expect(many.people.slice(0, 20)).toEqual(few.people);
  });

  test("numbers its answers from 1 in the order in which they were given", () => {
    expect(study.answers.map(({ seq }) => seq)).toEqual(study.answers.map((_, index) => index + 1));
    const times = study.answers.map(({ answeredAt }) => answeredAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test("gives every answer its own identifier, shaped like a UUID", () => {
    const ids = study.answers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids.slice(0, 200)) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  test("holds only answers that the form accepts, to questions it asks, in its order", () => {
    for (const answers of submissions(study.answers.filter(({ wave }) => !wave.includes("/")))) {
      const form = compileForm(protocol, answers[0]?.wave ?? "", "en");
      const given: Record<string, AnswerPayload> = {};
      for (const answer of answers) {
        const item = form.items.find(({ id }) => id === answer.item);
        if (!item) throw new Error(`no item ${answer.item}`);
        expect(isAsked(item, given)).toBe(true);
        expect(checkAnswer(item, answer.payload).ok, `${answer.item}`).toBe(true);
        given[answer.item] = answer.payload;
      }
    }
  });

  test("answers each wave inside its own window", () => {
    const enrolled = new Map(study.people.map((person) => [person.id, person.enrolledAt]));
    for (const answers of submissions(study.answers.filter(({ wave }) => !wave.includes("/")))) {
      const [first, last] = [answers[0], answers.at(-1)];
      const enrolledAt = enrolled.get(first?.person ?? "") ?? Number.NaN;
      const windows = waveWindows(protocol, { enrolledAt, timeZone: "Europe/Oslo" });
      const window = windows.find(({ wave }) => wave === first?.wave);
      expect(first?.answeredAt).toBeGreaterThanOrEqual(window?.opensAt ?? Number.NaN);
      expect(last?.answeredAt).toBeLessThan(window?.closesAt ?? Number.NaN);
    }
  });

  test("has skipped questions, people who stop, and people who never answer", () => {
    expect(study.answers.some(({ payload }) => payload.kind === "skipped")).toBe(true);
    const answering = new Set(study.answers.map(({ person }) => person)).size;
    expect(answering).toBeLessThan(study.people.length);
    expect(study.people.filter(({ enrolledAt }) => enrolledAt === undefined).length).toBeGreaterThan(20);
  });

  test("of 6,419 invited, about 4,219 answer at least twice", () => {
    const whole = simulated(1, 6419);
    const waves = new Map<string, Set<string>>();
    for (const { person, wave } of whole.answers) {
      const own = waves.get(person);
      if (own) own.add(wave);
      else waves.set(person, new Set([wave]));
    }
    const twice = [...waves.values()].filter(({ size }) => size >= 2).length;
    expect(whole.people).toHaveLength(6419);
    expect(Math.abs(twice - 4219)).toBeLessThan(60);
  }, 240_000);

  test("is written as one row a person and wave, in the protocol's own codes", () => {
    const dataset = simulatedDataset(1, 40);
    const lines = dataTableCsv(dataset.personWave, { reasons: "left-out" }).trimEnd().split("\n");
    expect(lines).toHaveLength(dataset.personWave.nrows + 1);
    expect(lines[0]).toMatch(/^id,/);
    expect(lines[0]?.split(",")).toContain("pain_vrs");
  });
});
