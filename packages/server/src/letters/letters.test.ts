import type { LettersAnswer, ParticipantState } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, stopPostgres } from "../testing/engines.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { answersTo } from "../testing/session-answers.ts";
import { answerTo, consentTo, sendAnswers, type Visitor } from "../testing/world.ts";

afterAll(stopPostgres);
const DAY_MS = 86_400_000;

describe.each(engines)("letters to people without e-mail, on %s", (engine) => {
  let room: MailWorld;
  let kari: Member;
  beforeAll(async () => {
    room = await openMailWorld(engine);
    await room.staff.post(`/api/studies/${STUDY}/people`, { text: "Nils Testperson\nOla, ola@example.org" });
    kari = await room.join("", { ticks: ["reminders", "session_log"] });
  }, 60_000);
  afterAll(() => room.close());

  const written = async () => (await room.staff.post<LettersAnswer>(`/api/studies/${STUDY}/letters`)).letters;
  const letterTo = async (label: string) => {
    const letter = (await written()).find((each) => each.label === label);
    if (letter === undefined) throw new Error(`no letter to ${label}`);
    return letter;
  };
  const enter = async (code: string): Promise<{ visitor: Visitor; state: ParticipantState }> => {
    const visitor = room.world.visitor();
    return { visitor, state: await visitor.post<ParticipantState>("/api/participant/letter", { code }) };
  };

  test("invite who can still join, and tell who takes part of the open wave: nobody with an address, the same code until it is used", async () => {
    const letters = await written();
    expect(letters.map(({ label, wave }) => [label, wave])).toEqual([
      ["Nils Testperson", 0],
      ["Nobody Mailbox", 1],
    ]);
    for (const { code, link } of letters) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/);
      expect(link).toContain("/p#");
      expect(link).not.toContain(code.replace(" ", ""));
    }
    expect(await written()).toEqual(letters);
  });

  test("carry a code that works once, lets one join, and writes that wave alone", async () => {
    const { code } = await letterTo("Nils Testperson");
    const { visitor, state } = await enter(code.toLowerCase().replace(" ", "-"));
    const joined = await visitor.post<ParticipantState>("/api/participant/consent", consentTo(state));
    const item = joined.current?.form.items[0];
    if (item === undefined) throw new Error("no question is open");
    const other = answersTo(crypto.randomUUID(), { s_type: "walk" }, room.world.clock.now);
    const receipt = await sendAnswers(visitor, [answerTo(joined, item), ...other]);
    expect(receipt.saved).toHaveLength(1);
    expect(receipt.refused.map((each) => each.problem.code)).toEqual(["session.one-wave"]);
    const later = await visitor.get<ParticipantState>("/api/participant/state");
    expect(Object.keys(later.current?.answers ?? {})).toEqual([item.id]);
    for (const [path, body] of [
      ["consent", consentTo(later)],
      ["finish", { wave: "w2" }],
    ] as const)
      expect(await visitor.problem("POST", `/api/participant/${path}`, body)).toMatchObject({
        code: "session.one-wave",
      });
    const again = await room.world.visitor().problem("POST", "/api/participant/letter", { code });
    expect(again.code).toBe("letter.code-unknown");
  });

  test("show nothing that was answered before, in a wave begun or in one that has closed", async () => {
    const { visitor } = kari;
    const state = await visitor.get<ParticipantState>("/api/participant/state");
    const item = state.current?.form.items[0];
    if (item === undefined) throw new Error("no question is open");
    await sendAnswers(visitor, [answerTo(state, item)]);
    room.world.clock.now += 60_000;
    const { code } = await letterTo("Nobody Mailbox");
    const begun = await enter(code);
    expect(begun.state.current?.form.wave).toBe("w1");
    expect(begun.state.current?.answers).toEqual({});
    expect(begun.state.consent.given?.ticks).toEqual({});
    expect(begun.state.sessions).toBeUndefined();
    // What a code opens ends when the wave closes, and the next one has a letter of its own.
    room.world.clock.now = (state.waves[1]?.opensAt ?? 0) + DAY_MS;
    const next = await letterTo("Nobody Mailbox");
    expect(next.wave).toBe(2);
    const second = await enter(next.code);
    expect(second.state.current?.form.wave).toBe("w2");
    expect(second.state.waves.map((wave) => wave.state).slice(0, 2)).toEqual(["missed", "open"]);
  });

  test("come to nobody who has left or wants no messages, nor to who did not agree to be reminded", async () => {
    // Nils joined without the box for reminders.
    expect((await written()).map(({ label }) => label)).toEqual(["Nobody Mailbox"]);
    const { code } = await letterTo("Nobody Mailbox");
    await room.staff.post(`/api/studies/${STUDY}/people/${kari.id}/link`);
    const rotated = await room.world.visitor().problem("POST", "/api/participant/letter", { code });
    expect(rotated.code, "a new link ends the letter too").toBe("letter.code-unknown");
    await room.staff.post(`/api/studies/${STUDY}/people/${kari.id}/leave`, {
      way: "stop_contact",
      reason: "asked on the phone",
    });
    expect(await written()).toEqual([]);
  });

  test("cannot be guessed: wrong codes are slowed down", async () => {
    const codes: string[] = [];
    const guesser = room.world.visitor();
    for (let tried = 0; tried < 101; tried++)
      codes.push((await guesser.problem("POST", "/api/participant/letter", { code: `00000${tried}` })).code);
    expect(codes[0]).toBe("letter.code-unknown");
    expect(codes.at(-1)).toBe("request.too-many");
  });
});
