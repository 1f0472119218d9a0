import type { AnswersReceipt, ParticipantState } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Engine, engines } from "../testing/engines.ts";
import { type MailWorld, openMailWorld } from "../testing/mail-world.ts";
import { answersTo } from "../testing/session-answers.ts";
import { sendAnswers, type Visitor } from "../testing/world.ts";

const minute = 60_000;
const hour = 60 * minute;

describe.each(engines)("logging a session on %s", (engine: Engine) => {
  let mail: MailWorld;
  let people = 0;
  beforeAll(async () => {
    mail = await openMailWorld(engine);
  });
  afterAll(() => mail.close());

  /** Someone who has ticked that they may log sessions; `come` opens their link anew after hours. */
  async function logger(ticks: readonly string[] = ["session_log"]) {
    people += 1;
    const { visitor, token } = await mail.join(`log${people}`, { ticks });
    const come = () => visitor.post<ParticipantState>("/api/participant/session", { token });
    return { visitor, come, state: await come() };
  }

  test("keeps before, after and the next day as one unit, however often each is sent", async () => {
    const { visitor, come, state } = await logger();
    expect(state.sessions?.forms.map(({ event }) => event)).toEqual(["session_log", "rest_prompt"]);
    const id = crypto.randomUUID();
    const before = answersTo(id, { s_type: "walk", s_pre: 4 }, mail.world.clock.now);
    expect((await sendAnswers(visitor, before)).saved).toHaveLength(2);
    const again = await sendAnswers(visitor, before);
    expect(again.saved).toHaveLength(2);
    expect(await openParts(visitor)).toEqual([[id, ["s_type", "s_pre"]]]);

    mail.world.clock.now += hour;
    const after = answersTo(id, { s_min: 40, s_rpe: 5, s_post: 3 }, mail.world.clock.now);
    expect((await sendAnswers(visitor, after)).refused).toEqual([]);
    mail.world.clock.now += 20 * hour;
    await come();
    const next = answersTo(id, { s_next: 2 }, mail.world.clock.now);
    expect((await sendAnswers(visitor, next)).refused).toEqual([]);
    expect(await openParts(visitor)).toEqual([]);
  });

  test("shows a session that has begun without what was answered: the link alone opens no past answers", async () => {
    const { visitor } = await logger();
    const id = crypto.randomUUID();
    await sendAnswers(visitor, answersTo(id, { s_type: "yoga", s_pre: 7 }, mail.world.clock.now));
    const text = await (await visitor.send("GET", "/api/participant/state")).text();
    const begun = JSON.stringify((JSON.parse(text) as ParticipantState).sessions?.begun);
    expect(begun).toContain(id);
    expect(begun).not.toContain("yoga");
  });

  test("takes a part that waited on the phone for up to three days, and refuses one given at another time", async () => {
    const { visitor, come } = await logger();
    const id = crypto.randomUUID();
    const began = mail.world.clock.now;
    await sendAnswers(visitor, answersTo(id, { s_type: "walk", s_pre: 4 }, began));
    mail.world.clock.now = began + 70 * hour;
    await come();
    const waited = await sendAnswers(visitor, answersTo(id, { s_post: 3 }, began + hour));
    expect(waited.saved).toHaveLength(1);
    const remembered = await sendAnswers(visitor, answersTo(id, { s_next: 3 }, mail.world.clock.now));
    expect(refusals(remembered)).toEqual(["answer.wave-not-open"]);
    mail.world.clock.now = began + 80 * hour;
    await come();
    const tooLong = await sendAnswers(visitor, answersTo(id, { s_min: 30 }, began + hour));
    expect(refusals(tooLong)).toEqual(["answer.wave-not-open"]);
  });

  test("keeps a half alone, whichever it is", async () => {
    const { visitor } = await logger();
    const id = crypto.randomUUID();
    const receipt = await sendAnswers(visitor, answersTo(id, { s_next: 3 }, mail.world.clock.now));
    expect(receipt.saved).toHaveLength(1);
  });

  test("refuses what is not asked, a rest that nobody drew, and a person without the box for it", async () => {
    const { visitor } = await logger();
    const at = mail.world.clock.now;
    const id = crypto.randomUUID();
    const wrong = [
      ...answersTo(id, { s_pre: 11 }, at),
      ...answersTo(id, { pain_vrs: 1 }, at),
      ...answersTo(id, { r_now: 3 }, at, "rest_prompt"),
      ...answersTo(id, { s_pre: 3 }, at, "sessions"),
    ];
    expect(refusals(await sendAnswers(visitor, wrong))).toEqual([
      "answer.invalid",
      "answer.item-unknown",
      "answer.wave-unknown",
      "answer.wave-unknown",
    ]);
    const other = await logger([]);
    expect(other.state.sessions).toBeUndefined();
    const untold = await sendAnswers(other.visitor, answersTo(id, { s_pre: 3 }, at));
    expect(refusals(untold)).toEqual(["consent.tick-missing"]);
  });

  test("goes by the phone's own clock between the parts, even when that is two days fast", async () => {
    const { visitor } = await logger();
    const id = crypto.randomUUID();
    const fast = mail.world.clock.now + 48 * hour;
    expect(refusals(await sendAnswers(visitor, answersTo(id, { s_type: "ski", s_pre: 1 }, fast)))).toEqual(
      [],
    );
    mail.world.clock.now += hour;
    expect(refusals(await sendAnswers(visitor, answersTo(id, { s_post: 1 }, fast + hour)))).toEqual([]);
  });
});

async function openParts(visitor: Visitor): Promise<readonly unknown[]> {
  const state = await visitor.get<ParticipantState>("/api/participant/state");
  return state.sessions?.begun.map(({ id, answered }) => [id, answered]) ?? [];
}

function refusals({ refused }: AnswersReceipt): readonly string[] {
  return refused.map(({ problem }) => problem.code);
}
