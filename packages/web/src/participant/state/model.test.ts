import type { AnswersReceipt } from "@longwave/api";
import { describe, expect, test } from "vitest";
import { exampleAnswers, exampleForm } from "../../testing/example-form.ts";
import {
  afterAll,
  afterClose,
  afterWave,
  beforeConsent,
  betweenWaves,
  consentAgain,
  inWave,
  lockedStudy,
} from "../../testing/example-state.ts";
import { wordsIn } from "../text/index.ts";
import type { Happening, Model } from "./model.ts";
import { initialModel, update } from "./model.ts";
import { recapLines } from "./recap.ts";
import { screenOf } from "./screen.ts";

const fresh = initialModel({ hasToken: false, language: "en" });
const after = (...happenings: Happening[]): Model => happenings.reduce(update, fresh);
const value = (given: number | string, id: string): Happening => ({
  kind: "answered",
  payload: { kind: "value", value: given },
  stamp: { id, answeredAt: 1 },
});
const opened = (state: typeof inWave): Happening => ({ kind: "opened", state });

describe("the screen follows from the state", () => {
  test("a link in the address waits on the landing page", () => {
    expect(screenOf(initialModel({ hasToken: true, language: "en" })).kind).toBe("landing");
  });

  test.each([
    ["consent", beforeConsent],
    ["consent", consentAgain],
    ["trouble", { ...beforeConsent, study: { ...beforeConsent.study, recruiting: false } }],
    ["trouble", { ...beforeConsent, study: { ...beforeConsent.study, paused: true } }],
    ["question", inWave],
    ["thanks", afterWave],
    ["waiting", betweenWaves],
    ["waiting", afterClose],
    ["ended", afterAll],
    ["trouble", lockedStudy],
  ] as const)("%s", (kind, state) => {
    expect(screenOf(after(opened(state))).kind).toBe(kind);
  });

  test("after the close the form says so, and when the next one opens", () => {
    const closed = screenOf(after(opened(afterClose)));
    expect(closed).toMatchObject({ closed: { number: 2 }, next: { number: 3 } });
    expect(screenOf(after(opened(betweenWaves)))).toMatchObject({ closed: undefined });
    expect(screenOf(after(opened(afterAll)))).toMatchObject({ kind: "ended", closed: { number: 5 } });
  });

  test("a failure fills the screen before anything is open, and stands beside it later", () => {
    expect(screenOf(after({ kind: "failed", trouble: "offline" })).kind).toBe("trouble");
    expect(screenOf(after(opened(inWave), { kind: "failed", trouble: "offline" })).kind).toBe("question");
  });
});

describe("answering", () => {
  test("goes on where the person stopped", () => {
    const current = { form: exampleForm, answers: { pain: exampleAnswers.pain! }, answerIds: { pain: "a" } };
    expect(after(opened({ ...inWave, current })).visit?.at).toBe("pain_average");
  });

  test("puts each answer in the outbox and stays on the question until Next", () => {
    const model = after(opened(inWave), value(3, "a"));
    expect(model.outbox.unsent).toEqual([
      { id: "a", wave: "w1", item: "pain", payload: { kind: "value", value: 3 }, answeredAt: 1 },
    ]);
    expect(model.visit?.at).toBe("pain");
    expect(update(model, { kind: "next" }).visit?.at).toBe("pain_average");
  });

  test("a correction names the row it replaces, also one from before a reload", () => {
    const model = after(opened(inWave), value(3, "a"), { kind: "next" }, { kind: "back" }, value(2, "b"));
    expect(model.outbox.unsent.at(-1)).toMatchObject({ id: "b", replaces: "a" });
    const current = {
      form: exampleForm,
      answers: { pain: exampleAnswers.pain! },
      answerIds: { pain: "old" },
    };
    const later = after(opened({ ...inWave, current }), { kind: "back" }, value(2, "c"));
    expect(later.outbox.unsent).toMatchObject([{ id: "c", replaces: "old" }]);
  });

  test("the same answer given twice is sent once", () => {
    expect(after(opened(inWave), value(3, "a"), value(3, "b")).outbox.unsent).toHaveLength(1);
  });

  test("Back on the first question stays there", () => {
    expect(after(opened(inWave), { kind: "back" }).visit?.at).toBe("pain");
  });

  test("an answer the server refuses brings the person back to its question", () => {
    const refused = [
      { id: "a", problem: { code: "answer.invalid" } },
    ] as unknown as AnswersReceipt["refused"];
    const model = after(
      opened(inWave),
      value(3, "a"),
      { kind: "next" },
      { kind: "received", receipt: { saved: [], refused } },
    );
    expect(model.visit).toMatchObject({ at: "pain", answers: {} });
    expect(model.refusal?.code).toBe("answer.invalid");
  });

  test("a fresh state from the server does not overwrite answers still unsent", () => {
    const model = after(opened(inWave), value(3, "a"), { kind: "next" }, opened(inWave));
    expect(model.visit?.answers).toHaveProperty("pain");
  });

  test("past the last question the wave is finishing, and a question passed over is asked first", () => {
    const all = Object.entries(exampleAnswers).map(([, payload], index): Happening[] => [
      { kind: "answered", payload, stamp: { id: String(index), answeredAt: 1 } },
      { kind: "next" },
    ]);
    expect(screenOf(after(opened(inWave), ...all.flat())).kind).toBe("finishing");
    const jump: Happening = { kind: "goTo", item: "remark" };
    expect(after(opened(inWave), jump, ...all.slice(-1).flat()).visit?.at).toBe("pain");
  });
});

describe("after a wave", () => {
  const current = { form: exampleForm, answers: exampleAnswers, answerIds: {} };
  const model = after(opened({ ...inWave, current }), opened(afterWave));

  test("the help text stands on the thank-you page when an answer calls for it", () => {
    expect(model.finished?.helpText).toBe(exampleForm.helpText);
    const calm = { ...current, answers: { ...exampleAnswers, pain: { kind: "value", value: 1 } as const } };
    expect(after(opened({ ...inWave, current: calm }), opened(afterWave)).finished?.helpText).toBeUndefined();
  });

  test("the recap repeats the answers in words and judges nothing", () => {
    const lines = recapLines(model.finished!, wordsIn("en"));
    expect(lines.map(({ answer }) => answer)).toEqual([
      "Severe",
      "6",
      "Neck, Lower back",
      "30 minutes",
      "Rather not say",
      "No",
      "Rather not say",
    ]);
  });
});
