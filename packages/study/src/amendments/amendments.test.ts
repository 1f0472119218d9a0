import { describe, expect, test } from "vitest";
import { buildDataset } from "../dataset/build.ts";
import type { AnswerRecord, Dataset } from "../dataset/types.ts";
import type { Instrument, Protocol } from "../protocol/types.ts";
import { compileSchedule } from "../schedule/timetable.ts";
import { flagship } from "../testing/flagship.ts";
import { checkAmendment, type StudySoFar } from "./check-amendment.ts";
import { differencesOf } from "./differences.ts";
import { heldWindows } from "./held-windows.ts";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 5, 12);

const newer: Protocol = { ...flagship, version: "1.1.0" };

function withWave(index: number, change: Partial<Protocol["waves"][number]>, from = newer): Protocol {
  return { ...from, waves: from.waves.map((wave, at) => (at === index ? { ...wave, ...change } : wave)) };
}

function withInstruments(change: (instrument: Instrument) => readonly Instrument[]): Protocol {
  return { ...newer, instruments: newer.instruments.flatMap(change) };
}

function withItem(id: string, change: object): Protocol {
  return withInstruments((instrument) => [
    {
      ...instrument,
      items: instrument.items.map((item) =>
        item.id === id ? ({ ...item, ...change } as typeof item) : item,
      ),
    },
  ]);
}

const begun: StudySoFar = {
  answered: new Set(["pain_vrs", "nrs_avg"]),
  begun: new Set(["w1", "w2"]),
  languages: new Set(["en", "nb"]),
};

describe("an amendment in words", () => {
  test("names what changed by meaning, and nothing that only moved", () => {
    const [first, ...others] = flagship.instruments;
    const moved = { ...newer, instruments: first ? [...others, first] : others };
    expect(differencesOf(flagship, moved).map(({ place }) => place)).toEqual(["version", "instrument order"]);
    const after: Protocol = {
      ...withWave(1, { closesDays: 28, label: { en: "Three months" }, messages: [] }),
      consent: { ...newer.consent, version: 2, changes: [{ en: "We ask about sleep." }] },
      plan: { ...newer.plan, hypotheses: newer.plan.hypotheses.slice(1) },
    };
    const lines = differencesOf(flagship, after).map(
      ({ area, place, before = "–", after: to = "–" }) => `${area} | ${place}: ${before} → ${to}`,
    );
    expect(lines).toMatchSnapshot();
  });
});

describe("an amendment of a study that has begun", () => {
  const refusals = (after: Protocol, before = flagship): readonly string[] =>
    checkAmendment(before, after, begun).map(({ path }) => path.join("."));

  test("may change words, labels and times, ask new questions and drop old ones", () => {
    const dropped = withInstruments((instrument) => (instrument.id === "nrs_pain" ? [] : [instrument]));
    for (const after of [
      withWave(0, { label: { en: "The beginning" } }),
      withWave(1, { closesDays: 28, messages: [{ day: 1, template: "wave_open" }] }),
      withItem("pain_vrs", { text: { en: "How much pain did you have this past week?" } }),
      dropped,
      { ...newer, waves: [...newer.waves, { ...newer.waves[4], id: "w6", offsetDays: 500 }] } as Protocol,
    ])
      expect(refusals(after)).toEqual([]);
  });

  test("may not make what was answered, asked or agreed to mean something else: each with its place", () => {
    const at = (id: string) => flagship.instruments.findIndex((instrument) => instrument.id === id);
    const consent = { ...newer.consent, title: { en: "Other words" } };
    const table: readonly (readonly [Protocol, readonly string[]])[] = [
      [{ ...newer, id: "another" }, ["id"]],
      [{ ...newer, version: "1.0.0" }, ["version"]],
      [{ ...newer, simulated: true }, ["simulated"]],
      [{ ...newer, languages: ["en"] }, ["languages"]],
      [withItem("nrs_avg", { max: 100 }), [`instruments.${at("nrs_pain")}.items.0.options`]],
      [
        withItem("nrs_avg", { kind: "integer" }),
        [`instruments.${at("nrs_pain")}.items.0.kind`, `instruments.${at("nrs_pain")}.items.0.options`],
      ],
      [withItem("pain_vrs", { level: "nominal" }), [`instruments.${at("vrs_pain")}.items.0.level`]],
      [withWave(1, { id: "three-months" }), ["waves.1.id"]],
      [{ ...newer, waves: newer.waves.slice(1) }, ["waves.0.id", "waves.1.id"]],
      [withWave(1, { messages: [{ day: 0, template: "wave_open_2" }] }), ["waves.1.messages.0.template"]],
      [{ ...newer, consent }, ["consent.version"]],
      [{ ...newer, consent: { ...consent, version: 2 } }, ["consent.changes"]],
    ];
    for (const [after, places] of table) expect(refusals(after)).toEqual(places);
  });
});

describe("windows that have begun", () => {
  const [before, after] = [
    compileSchedule(flagship),
    compileSchedule(withWave(1, { opensDays: 0, closesDays: 5 })),
  ];
  const enrolment = { enrolledAt: START, timeZone: "Europe/Oslo" };
  const during = START + 97 * DAY_MS;

  test("stay for people inside them unless it is said that they move", () => {
    const held = heldWindows(before, after, enrolment, { now: during, moveOpen: false });
    expect(held).toEqual([before.enrolled(enrolment).windows[1]]);
    const windows = after.enrolled({ ...enrolment, held: held ?? [] }).windows;
    expect(windows[1]).toEqual(before.enrolled(enrolment).windows[1]);
    expect(heldWindows(before, after, enrolment, { now: during, moveOpen: true })).toBeUndefined();
  });

  test("never open again once they have closed, and none closes before it could open", () => {
    const closed = START + 130 * DAY_MS;
    const longer = compileSchedule(withWave(1, { closesDays: 60 }));
    expect(heldWindows(before, longer, enrolment, { now: closed, moveOpen: true })).toHaveLength(1);
    const soon = START + 83 * DAY_MS;
    const earlier = compileSchedule(withWave(1, { opensDays: -30, closesDays: -20 }));
    expect(heldWindows(before, earlier, enrolment, { now: soon, moveOpen: false })).toHaveLength(1);
    const long = START + 20 * DAY_MS;
    expect(heldWindows(before, after, enrolment, { now: long, moveOpen: false })).toBeUndefined();
  });
});

describe("the data of an amended study", () => {
  const people = ["a", "b"].map((id) => ({
    id,
    invitedAt: START,
    enrolledAt: START,
    timeZone: "Europe/Oslo",
    language: "en" as const,
  }));
  const answers = ["a w1 pain_vrs 3", "a w1 nrs_avg 6", "b w1 pain_vrs 2", "a w2 pain_vrs 1"].map(
    (line, index): AnswerRecord => {
      const [person = "", wave = "", item = "", value] = line.split(" ");
      const payload = { kind: "value" as const, value: Number(value) };
      return { seq: index + 1, id: `r${index}`, person, wave, item, payload, answeredAt: START };
    },
  );
  const first = { number: 1, protocol: flagship, fromSeq: 0 };
  const datasetOf = (protocol: Protocol): Dataset =>
    buildDataset({
      ...{ protocol, people, answers, upToSeq: 4 },
      versions: [first, { number: 2, protocol, fromSeq: 3 }],
    });
  const column = ({ personWave }: Dataset, name: string) =>
    personWave.columns.find((each) => each.name === name);

  test("un-assigning an instrument never deletes data (REDCap): its column stays, and later rows were not asked", () => {
    const unassigned: Protocol = {
      ...newer,
      batteries: { ...newer.batteries, pain: ["vrs_pain", "peg"] },
    };
    const removed = withInstruments((instrument) => (instrument.id === "nrs_pain" ? [] : [instrument]));
    for (const protocol of [unassigned, removed]) {
      const dataset = datasetOf(protocol);
      expect(column(dataset, "nrs_avg")?.values).toEqual([6, null, null]);
      expect(column(dataset, "nrs_avg")?.missing).toEqual([null, "not_asked", "not_answered"]);
    }
    const entry = datasetOf(removed).codebook.find(({ name }) => name === "nrs_avg");
    expect(entry?.versions).toEqual({ since: 1, until: 1 });
    expect(datasetOf(unassigned).codebook.some(({ versions }) => versions !== undefined)).toBe(false);
  });

  test("a correction by staff after the amendment asks nothing new: whoever answered before was still not asked", () => {
    const asked = withInstruments((instrument) => (instrument.id === "nrs_pain" ? [] : [instrument]));
    const corrected: AnswerRecord = {
      ...(answers[3] as AnswerRecord),
      ...{ seq: 5, id: "r5", replaces: "r3", enteredBy: "staff@example.org" },
    };
    const versions = [
      { ...first, protocol: asked },
      { number: 2, protocol: flagship, fromSeq: 4 },
    ];
    const why = (list: readonly AnswerRecord[]) =>
      column(buildDataset({ protocol: flagship, people, answers: list, upToSeq: 9, versions }), "nrs_avg")
        ?.missing?.[1];
    expect(why(answers)).toBe("not_asked");
    expect(why([...answers, corrected])).toBe("not_asked");
  });

  test("renaming a wave never breaks logic or export names (REDCap): nothing but the label is another", () => {
    const renamed = withWave(1, { label: { en: "Three months", nb: "Tre måneder" } });
    const [before, after] = [datasetOf(newer), datasetOf(renamed)];
    expect(after.personWave).toEqual(before.personWave);
    expect(after.codebook).toEqual(before.codebook);
    expect(compileSchedule(renamed).enrolled({ enrolledAt: START, timeZone: "UTC" })).toEqual(
      compileSchedule(flagship).enrolled({ enrolledAt: START, timeZone: "UTC" }),
    );
  });
});
