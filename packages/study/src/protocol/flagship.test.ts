import { describe, expect, test } from "vitest";
import { compileConsent } from "../consent/compile-consent.ts";
import { StudyError } from "../errors.ts";
import { compileForm, unconfirmedInstruments } from "../instruments/compile-form.ts";
import { readingLevel, readingLimits } from "../outline/reading-level.ts";
import { flagship, flagshipText } from "../testing/flagship.ts";
import { protocolHash } from "./hash.ts";

const languages = ["en", "nb"] as const;

describe("the exercise and pain study", () => {
  test("has words for every question of every wave in both languages", () => {
    for (const wave of flagship.waves) {
      for (const language of languages) {
        for (const item of compileForm(flagship, wave.id, language).items) expect(item.text).not.toBe("");
      }
    }
  });

  test("asks about pain first and about the person last", () => {
    const ids = compileForm(flagship, "w1", "en").items.map((item) => item.id);
    expect(ids.slice(0, 2)).toEqual(["pain_vrs", "nrs_avg"]);
    expect(ids.slice(-7)).toEqual([
      "birth_year",
      "sex",
      "education",
      "smoking",
      "work",
      "height_cm",
      "weight_kg",
    ]);
  });

  test("asks at every wave whether taking part did harm", () => {
    for (const wave of flagship.waves) {
      expect(compileForm(flagship, wave.id, "en").items.map((item) => item.id)).toContain("harm");
    }
  });

  test("declares its pain question as a modified RAND-36 item and not the SF-8", () => {
    const [pain] = compileForm(flagship, "w1", "en").items;
    expect(pain.source).toBe(
      "Modified from RAND-36 item 21, recall changed from four weeks to one week; not the SF-8.",
    );
  });

  test("does not ask PEG or PHQ-4 in Norwegian", () => {
    const ids = compileForm(flagship, "w1", "nb").items.map((item) => item.id);
    expect(ids.filter((id) => id.startsWith("peg") || id.startsWith("phq4"))).toEqual([]);
  });

  test("has Norwegian words that a named person must still confirm", () => {
    expect(unconfirmedInstruments(flagship, "nb").map((instrument) => instrument.id)).toContain("vrs_pain");
    expect(unconfirmedInstruments(flagship, "en")).toEqual([]);
  });

  test("underlines only words that stand in the question", () => {
    for (const language of languages) {
      for (const item of compileForm(flagship, "w1", language).items)
        expect(item.text).toContain(item.marked ?? "");
    }
  });

  test("names the recall period in every question that has one", () => {
    const silent = flagship.instruments
      .filter(({ recall, trigger }) => recall !== undefined && recall !== "now" && trigger === undefined)
      .flatMap(({ items }) => items.filter(({ marked }) => marked === undefined).map(({ id }) => id));
    expect(silent).toEqual([]);
  });

  test("groups all 19 places of the body, each once", () => {
    const places = compileForm(flagship, "w1", "en").items.find((item) => item.id === "wpi");
    if (places?.kind !== "multi_choice") throw new Error("wpi is not a list of places");
    const grouped = places.groups?.flatMap((group) => group.values) ?? [];
    expect(places.options).toHaveLength(19);
    expect([...grouped].sort()).toEqual(places.options.map((option) => option.value).sort());
  });

  test("has the plan's first model word for word", () => {
    expect(flagship.plan.hypotheses[0].model).toMatchObject({
      formula:
        "pain_vrs ~ within(ex) + between(ex) + man + age10 + factor(education) + factor(smoking) + factor(wave) + (1 + within(ex) | id)",
      fallback: ["(1 + within(ex) || id)", "(1 | id)"],
    });
  });

  test("lists the twelve sensitivity analyses, in parts where one has several models", () => {
    const numbers = new Set(flagship.plan.sensitivity.map((entry) => entry.id.replace(/[a-z]$/, "")));
    expect([...numbers]).toEqual(Array.from({ length: 12 }, (_, index) => `S${index + 1}`));
  });

  test("is named by a hash that a changed word changes", () => {
    expect(protocolHash(flagship)).toMatch(/^[0-9a-f]{64}$/);
    expect(protocolHash({ ...flagship, version: "1.0.1" })).not.toBe(protocolHash(flagship));
  });

  test("never says what exercise does to pain in its claims", () => {
    const claims = flagship.plan.hypotheses.map((hypothesis) => hypothesis.claim.en).join(" ");
    expect(claims).not.toMatch(/caus|effect|reduc|improv|lower|prevent|leads|due to/i);
  });

  test("holds no questions of a licensed instrument", () => {
    expect(flagshipText).not.toMatch(/SF-36v2|BPI-SF|PROMIS item/);
  });
});

describe("the consent text", () => {
  test("gives the true minutes of each wave", () => {
    const text = JSON.stringify(compileConsent(flagship, "en").sections);
    expect(text).toContain(
      "about 10 minutes, the next three about 3 minutes each, and the last about 6 minutes",
    );
    expect(flagship.minutesByWave).toEqual({ w1: 10, w2: 3, w3: 3, w4: 3, w5: 6 });
  });

  test("has five boxes, of which only the first is needed", () => {
    const { ticks } = compileConsent(flagship, "en");
    expect(ticks.map((tick) => [tick.id, tick.required])).toEqual([
      ["take_part", true],
      ["reminders", false],
      ["session_log", false],
      ["share_deidentified", false],
      ["recontact", false],
    ]);
  });

  test("has another hash in another language and after any change of words", () => {
    const { hash } = compileConsent(flagship, "en");
    expect(compileConsent(flagship, "nb").hash).not.toBe(hash);
    const reworded = {
      ...flagship,
      consent: { ...flagship.consent, title: { en: "Take part?", nb: "Være med?" } },
    };
    expect(compileConsent(reworded, "en").hash).not.toBe(hash);
    expect(compileConsent({ ...flagship, version: "2.0.0" }, "en").hash).toBe(hash);
  });

  test("can be read after eight years of school or fewer, by the Flesch-Kincaid grade", () => {
    const paragraphs = compileConsent(flagship, "en").sections.flatMap((section) => section.paragraphs);
    expect(readingLevel(paragraphs, "en").score).toBeLessThan(readingLimits.en);
  });

  test("keeps to short sentences: at most 25 words each", () => {
    for (const section of compileConsent(flagship, "en").sections) {
      for (const sentence of section.paragraphs.join(" ").split(/(?<=[.:])\s/)) {
        expect(sentence.split(" ").length, sentence).toBeLessThanOrEqual(25);
      }
    }
  });
});

describe("compileForm", () => {
  test("asks later what is asked once and the person has not met yet", () => {
    const ids = (answered?: readonly string[]) =>
      compileForm(flagship, "w2", "en", answered).items.map(({ id }) => id);
    expect(ids()).not.toContain("sex");
    expect(ids(["pain_vrs", "birth_year"]).slice(-6)).toEqual([
      "sex",
      "education",
      "smoking",
      "work",
      "height_cm",
      "weight_kg",
    ]);
    const all = flagship.instruments.find(({ id }) => id === "background")?.items.map(({ id }) => id);
    expect(ids(all)).toEqual(ids());
  });

  test("names the nearest wave when it does not know one", () => {
    expect(() => compileForm(flagship, "w6", "en")).toThrow(StudyError);
    expect(() => compileForm(flagship, "W1", "en")).toThrow(/Did you mean “w1”/);
  });

  test("refuses a language the study does not have", () => {
    const english = { ...flagship, languages: ["en" as const] };
    expect(() => compileForm(english, "w1", "nb")).toThrow(/expected a language of exercise-and-pain: en/);
    expect(() => compileConsent(english, "nb")).toThrow(StudyError);
  });
});
