import { describe, expect, test } from "vitest";
import { askedItems } from "../answering/index.ts";
import { buildDataset } from "../dataset/build.ts";
import type { AnswerRecord, Dataset } from "../dataset/types.ts";
import { compileEventForm } from "../instruments/compile-event-form.ts";
import { compileForm } from "../instruments/compile-form.ts";
import type { Instrument, Protocol } from "../protocol/types.ts";
import { compileSchedule } from "../schedule/timetable.ts";
import { flagship } from "../testing/flagship.ts";
import { checkAmendment, type StudySoFar } from "./check-amendment.ts";
import { differencesOf } from "./differences.ts";
import { heldWindows } from "./held-windows.ts";
import { textUnder } from "./text-under.ts";

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
  earlier: [],
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

describe("what an earlier amendment took out", () => {
  const second: Protocol = withInstruments((instrument) =>
    instrument.id === "nrs_pain" ? [] : [instrument],
  );
  const silent: Protocol = { ...second, waves: withWave(1, { messages: [] }).waves };
  const refusals = (after: Protocol): readonly string[] =>
    checkAmendment(silent, { ...after, version: "1.2.0" }, { ...begun, earlier: [flagship] }).map(
      ({ path, expected }) => `${path.slice(-1)}: ${expected}`,
    );

  test("comes back as it was, and with another meaning is refused", () => {
    expect(refusals(newer)).toEqual([]);
    expect(refusals(withItem("nrs_avg", { max: 100 }))).toEqual([
      "options: 0 to 10, the codes of answers that have been given",
    ]);
    for (const change of [
      { text: { en: "How much did pain trouble you?" } },
      { lowText: { en: "The worst pain" }, highText: { en: "No pain" } },
    ])
      expect(refusals(withItem("nrs_avg", change))[0]).toMatch("which this one brings back");
  });

  test("goes by the name it had: a message under another would be sent again", () => {
    const back = (template: string) => withWave(1, { messages: [{ day: 1, template }] });
    expect(refusals(back("wave_open"))).toEqual([]);
    expect(refusals(back("wave_open_2"))).toEqual([
      "template: the names of messages that may have been sent: “wave_open”",
    ]);
    const [first, ...others] = flagship.recruitment.contacts;
    const contacts = [{ day: first?.day ?? 0, template: "invitation_2" }, ...others];
    const renamed = { ...newer, recruitment: { ...newer.recruitment, contacts } };
    expect(refusals(renamed)).toHaveLength(1);
  });

  test("keeps its unit while it is asked: translations may be added", () => {
    const [item] = flagship.instruments.flatMap(({ items }) =>
      items.filter((each) => "unit" in each && each.unit),
    );
    const asked = { ...begun, answered: new Set([item?.id ?? ""]) };
    const unit = item && "unit" in item ? item.unit : undefined;
    const withUnit = (changed: object) =>
      checkAmendment(flagship, withItem(item?.id ?? "", { unit: changed }), asked).length;
    expect([withUnit({ en: unit?.en, nb: "noe annet" }), withUnit({ en: "stone" })]).toEqual([
      unit?.nb ? 1 : 0,
      1,
    ]);
  });
});

describe("the text for somebody under an older consent", () => {
  const consent = (version: number) => ({ ...flagship.consent, version });
  const adding = (from: Protocol, id: string, askIf?: string): Protocol => ({
    ...from,
    instruments: from.instruments.map((instrument) => {
      if (instrument.id !== "vrs_pain") return instrument;
      const [like] = instrument.items;
      const item = {
        ...like,
        id,
        ...(askIf === undefined ? {} : { askIf }),
      } as (typeof instrument.items)[number];
      return { ...instrument, items: [...instrument.items, item] };
    }),
  });
  const asks = (protocol: Protocol, wave = "w2") =>
    compileForm(protocol, wave, "en", []).items.map(({ id }) => id);
  const second = { ...adding(flagship, "second"), consent: consent(2) };
  const third = adding(adding(second, "third"), "of_second", "second == 1");
  const fourth = {
    ...adding(third, "fourth"),
    consent: consent(3),
    waves: [...third.waves, { ...third.waves[4], id: "w6", offsetDays: 500 }],
  } as Protocol;
  const texts = [flagship, second, third, fourth] as const;

  test("has what was agreed to and what was added without asking, and nothing that hangs on the rest", () => {
    const extra = (version: number) =>
      asks(textUnder(texts, version)).filter((id) => !asks(flagship).includes(id));
    expect([1, 2, 3].map(extra)).toEqual([
      ["third"],
      ["second", "third", "of_second"],
      ["second", "third", "of_second", "fourth"],
    ]);
    expect(textUnder(texts, 3)).toBe(fourth);
  });

  test("has no wave that was added with another consent, and fewer minutes with fewer questions", () => {
    const waves = (version: number) => textUnder(texts, version).waves.map(({ id }) => id);
    expect([waves(2).includes("w6"), waves(3).includes("w6")]).toEqual([false, true]);
    const { minutesByWave } = textUnder(texts, 1);
    expect(minutesByWave.w2).toBe(3);
    const many = Array.from({ length: 60 }, (_, at) => `q${at}`).reduce(
      (text, id) => adding(text, id),
      flagship,
    );
    const long = { ...many, consent: consent(2), minutesByWave: { ...flagship.minutesByWave, w2: 12 } };
    expect(textUnder([flagship, long], 1).minutesByWave.w2).toBeLessThan(8);
  });

  test("keeps a question that was agreed to when its condition names one that was not", () => {
    const gated = {
      ...adding(flagship, "gate"),
      consent: consent(2),
    };
    const after: Protocol = {
      ...gated,
      instruments: gated.instruments.map((each) =>
        each.id === "nrs_pain" ? { ...each, askIf: "gate == 1" } : each,
      ),
    };
    const form = compileForm(textUnder([flagship, after], 1), "w2", "en", []);
    expect(askedItems(form, {}).map(({ id }) => id)).toEqual(asks(flagship));
  });

  test("takes the new questions of a session out too, and a session that is new", () => {
    const session = flagship.instruments.find(({ trigger }) => trigger === "session");
    const shorter: Protocol = {
      ...flagship,
      instruments: flagship.instruments.flatMap((each) => {
        if (each.trigger === "rest") return [];
        if (each !== session) return [each];
        const items = each.items.slice(0, 2);
        const ids = items.map(({ id }) => id);
        const [part] = each.parts ?? [];
        return [{ ...each, items, ...(part ? { parts: [{ ...part, items: ids }] } : {}) }];
      }),
    };
    const under = textUnder([shorter, { ...flagship, consent: consent(2) }], 1);
    const form = compileEventForm(under, "session", "en");
    expect(form?.parts.flatMap(({ items }) => items)).toHaveLength(2);
    expect(compileEventForm(under, "rest", "en")).toBeUndefined();
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

  test("a question added with a consent that somebody has not given was not asked of them", () => {
    const asked: Protocol = { ...newer, consent: { ...newer.consent, version: 2 } };
    const shorter = withInstruments((instrument) => (instrument.id === "nrs_pain" ? [] : [instrument]));
    const old = { ...shorter, consent: { ...newer.consent, version: 1 } };
    const versions = [
      { number: 1, protocol: old, fromSeq: 0 },
      { number: 2, protocol: asked, fromSeq: 0 },
    ];
    const agreeing = (...consents: { version: number; fromSeq: number }[]) => ({
      ...people[0],
      id: "a",
      invitedAt: START,
      consents,
    });
    const missing = (person: ReturnType<typeof agreeing>) => {
      const given = answers.filter(({ item, person: of }) => item === "pain_vrs" && of === "a");
      const input = { protocol: asked, versions, people: [person], answers: given, upToSeq: 4 };
      return column(buildDataset(input), "nrs_avg")?.missing;
    };
    expect(missing(agreeing({ version: 1, fromSeq: 0 }))).toEqual(["not_asked", "not_asked"]);
    const anew = agreeing({ version: 1, fromSeq: 0 }, { version: 2, fromSeq: 2 });
    expect(missing(anew)).toEqual(["not_asked", "not_answered"]);
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
