import type { ParticipantState } from "@longwave/api";
import { askedItems } from "@longwave/study/answering";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  answerTo,
  consentTo,
  enrolled,
  fittingPayload,
  itemsOf,
  openTryOut,
  openWorld,
  sendAnswers,
  type World,
} from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("opening a personal link", () => {
  test("exchanges the token for a cookie that scripts cannot read", async () => {
    const visitor = world.visitor();
    const { link } = await visitor.post<{ link: string }>("/api/try");
    expect(link).toMatch(/^\/p#[A-Za-z0-9_-]{22}$/);
    const response = await visitor.send("POST", "/api/participant/session", { token: link.slice(3) });
    expect(response.status).toBe(200);
    const line = response.headers.get("set-cookie");
    expect(line).toMatch(/HttpOnly/);
    expect(line).toMatch(/SameSite=Lax/);
    expect(line).toMatch(/Max-Age=43200/);
    expect(line).not.toMatch(/Secure/);
  });

  test("sets a cookie for HTTPS and this site only where the public address says so", async () => {
    const own = await openWorld({ publicUrl: "https://study.example.org" });
    const visitor = own.visitor();
    const headers = { origin: "https://study.example.org" };
    const { link } = (await (await visitor.send("POST", "/api/try", {}, headers)).json()) as { link: string };
    const token = { token: link.slice(3) };
    const response = await visitor.send("POST", "/api/participant/session", token, headers);
    expect(response.headers.get("set-cookie")).toMatch(/^__Host-longwave_visit=[^;]+; Path=\/;.*; Secure$/);
    expect((await visitor.send("GET", "/api/participant/state")).status).toBe(200);
    await own.close();
  });

  test("shows the consent text and no wave before consent", async () => {
    const { state } = await openTryOut(world);
    expect(state.study.tryIt).toBe(true);
    expect(state.study.simulated).toBe(false);
    expect(state.consent.given).toBeUndefined();
    expect(state.consent.form.ticks.some(({ required }) => required)).toBe(true);
    expect(state.waves).toEqual([]);
    expect(state.current).toBeUndefined();
  });

  test("speaks the language asked for before consent", async () => {
    const { visitor } = await openTryOut(world);
    const state = await visitor.get<ParticipantState>("/api/participant/state?language=nb");
    expect(state.language).toBe("nb");
    expect(state.consent.form.language).toBe("nb");
    expect(state.study.title).toContain("prøv selv");
  });

  test("refuses a token that is not in use, and does not say more", async () => {
    const problem = await world
      .visitor()
      .problem("POST", "/api/participant/session", { token: "A".repeat(22) });
    expect(problem.code).toBe("session.link-unknown");
    expect(problem.status).toBe(401);
  });

  test("refuses a visit without a cookie, and one that has been idle for more than 12 hours", async () => {
    expect((await world.visitor().problem("GET", "/api/participant/state")).code).toBe("session.none");
    const { visitor } = await openTryOut(world);
    world.clock.now += 11 * 3_600_000;
    expect((await visitor.send("GET", "/api/participant/state")).status).toBe(200);
    world.clock.now += 11 * 3_600_000;
    expect((await visitor.send("GET", "/api/participant/state")).status).toBe(200);
    world.clock.now += 13 * 3_600_000;
    expect((await visitor.problem("GET", "/api/participant/state")).code).toBe("session.none");
  });

  test("ends the visit on this device when asked to", async () => {
    const { visitor } = await openTryOut(world);
    const cookie = [...visitor.cookies][0];
    expect((await visitor.send("POST", "/api/participant/sign-out")).status).toBe(204);
    expect(visitor.cookies.size).toBe(0);
    if (cookie) visitor.cookies.set(...cookie);
    expect((await visitor.problem("GET", "/api/participant/state")).code).toBe("session.none");
  });

  test("stops guessing after 30 wrong links a minute from one address, while right ones are not counted", async () => {
    const own = await openWorld({ demonstration: null });
    const guess = () =>
      own.visitor().problem("POST", "/api/participant/session", { token: crypto.randomUUID() });
    for (let tries = 0; tries < 30; tries++) expect((await guess()).code).toBe("session.link-unknown");
    expect((await guess()).code).toBe("request.too-many");
    own.clock.now += 61_000;
    expect((await guess()).code).toBe("session.link-unknown");
    await own.close();
  });
});

describe("giving consent", () => {
  test("enrols the person and opens the first wave", async () => {
    const { state } = await enrolled(world);
    expect(state.consent.given?.version).toBe(state.consent.form.version);
    expect(state.waves.map(({ state: each }) => each)).toEqual([
      "open",
      "not_yet",
      "not_yet",
      "not_yet",
      "not_yet",
    ]);
    expect(state.current?.form.wave).toBe("w1");
  });

  test("is refused when a required box is empty", async () => {
    const { visitor, state } = await openTryOut(world);
    const ticks = Object.fromEntries(state.consent.form.ticks.map(({ id }) => [id, false]));
    const problem = await visitor.problem("POST", "/api/participant/consent", { ...consentTo(state), ticks });
    expect(problem.code).toBe("consent.tick-missing");
  });

  test("is refused for words other than those that stand now", async () => {
    const { visitor, state } = await openTryOut(world);
    const problem = await visitor.problem("POST", "/api/participant/consent", {
      ...consentTo(state),
      hash: "0".repeat(64),
    });
    expect(problem.code).toBe("consent.form-changed");
  });

  test("is refused with a time zone that does not exist", async () => {
    const { visitor, state } = await openTryOut(world);
    const problem = await visitor.problem(
      "POST",
      "/api/participant/consent",
      consentTo(state, "Mars/Olympus"),
    );
    expect(problem.code).toBe("request.invalid");
    expect(problem.found).toContain("Mars/Olympus");
  });
});

describe("answering", () => {
  test("keeps each answer and goes on where the person stopped", async () => {
    const { visitor, state, token } = await enrolled(world);
    const [first, second] = itemsOf(state);
    if (!first || !second) throw new Error("the first wave has no items");
    const receipt = await sendAnswers(visitor, [answerTo(state, first), answerTo(state, second)]);
    expect(receipt.refused).toEqual([]);
    expect(receipt.saved).toHaveLength(2);
    const other = world.visitor();
    const again = await other.post<ParticipantState>("/api/participant/session", { token });
    expect(again.current?.answers).toEqual({
      [first.id]: fittingPayload(first),
      [second.id]: fittingPayload(second),
    });
    expect(again.waves[0]?.state).toBe("started");
  });

  test("gives the same place when an answer is sent twice, and keeps it once", async () => {
    const { visitor, state } = await enrolled(world);
    const [item] = itemsOf(state);
    if (!item) throw new Error("the first wave has no items");
    const answer = answerTo(state, item);
    const once = await sendAnswers(visitor, [answer]);
    const twice = await sendAnswers(visitor, [answer, answer]);
    expect(twice.saved).toEqual([...once.saved, ...once.saved]);
  });

  test("refuses an id that already belongs to another answer", async () => {
    const { visitor, state } = await enrolled(world);
    const [item, other] = itemsOf(state);
    if (!item || !other) throw new Error("the first wave has no items");
    const answer = answerTo(state, item);
    await sendAnswers(visitor, [answer]);
    const receipt = await sendAnswers(visitor, [answerTo(state, other, { id: answer.id })]);
    expect(receipt.refused[0]?.problem.code).toBe("answer.id-reused");
    const stranger = await enrolled(world);
    const theirs = await sendAnswers(stranger.visitor, [answer]);
    expect(theirs.refused[0]?.problem.code).toBe("answer.id-reused");
  });

  test("takes a correction that names the answer it replaces, and one that does not", async () => {
    const { visitor, state } = await enrolled(world);
    const item = itemsOf(state).find(({ kind }) => kind === "single_choice");
    if (item?.kind !== "single_choice") throw new Error("no choice in the first wave");
    const payload = { kind: "value", value: item.options[1]?.value ?? 0 } as const;
    const first = answerTo(state, item);
    const second = answerTo(state, item, { payload, replaces: first.id });
    await sendAnswers(visitor, [first, second]);
    const now = await visitor.get<ParticipantState>("/api/participant/state");
    expect(now.current?.answers[item.id]).toEqual(payload);
    expect(now.current?.answerIds[item.id]).toBe(second.id);
    const third = await sendAnswers(visitor, [answerTo(state, item)]);
    expect(third.refused).toEqual([]);
  });

  test("refuses a correction of something that is not there", async () => {
    const { visitor, state } = await enrolled(world);
    const [item] = itemsOf(state);
    if (!item) throw new Error("the first wave has no items");
    const receipt = await sendAnswers(visitor, [answerTo(state, item, { replaces: crypto.randomUUID() })]);
    expect(receipt.refused[0]?.problem.code).toBe("answer.replaces-unknown");
  });

  test("refuses one bad answer without losing the good ones beside it", async () => {
    const { visitor, state } = await enrolled(world);
    const [item, other] = itemsOf(state);
    if (!item || !other) throw new Error("the first wave has no items");
    const receipt = await sendAnswers(visitor, [
      answerTo(state, item, { payload: { kind: "value", value: "no such code" } }),
      answerTo(state, item, { item: "no_such_item" }),
      answerTo(state, item, { wave: "w9" }),
      answerTo(state, item, { wave: "w2" }),
      answerTo(state, other),
    ]);
    expect(receipt.saved).toHaveLength(1);
    expect(receipt.refused.map(({ problem }) => problem.code)).toEqual([
      "answer.invalid",
      "answer.item-unknown",
      "answer.wave-unknown",
      expect.stringMatching(/^answer\.(item-unknown|wave-not-open)$/),
    ]);
  });

  test("refuses answers to a wave that has closed, and says when", async () => {
    const own = await openWorld();
    const { visitor, state, token } = await enrolled(own);
    const [item] = itemsOf(state);
    if (!item) throw new Error("the first wave has no items");
    const early = answerTo(state, item);
    await sendAnswers(visitor, [early]);
    own.clock.now += 30 * 86_400_000;
    await visitor.post("/api/participant/session", { token });
    const late = await sendAnswers(visitor, [answerTo(state, item)]);
    expect(late.refused[0]?.problem.code).toBe("answer.wave-not-open");
    expect(late.refused[0]?.problem.found).toMatch(/closed on 2026-03/);
    const repeated = await sendAnswers(visitor, [early]);
    expect(repeated.saved).toHaveLength(1);
    await own.close();
  });

  test("asks at a later wave what is asked once and was not reached, and needs it to finish", async () => {
    const own = await openWorld();
    const { visitor, state, token } = await enrolled(own);
    await sendAnswers(
      visitor,
      itemsOf(state)
        .slice(0, 3)
        .map((item) => answerTo(state, item)),
    );
    const second = state.waves[1];
    own.clock.now = (second?.opensAt ?? 0) + 3_600_000;
    const later = await visitor.post<ParticipantState>("/api/participant/session", { token });
    expect(later.current?.form.wave).toBe("w2");
    const background = itemsOf(later).find(({ id }) => id === "birth_year");
    if (!background) throw new Error("the background questions are not asked again");
    const others = itemsOf(later).filter(({ id }) => id !== background.id);
    await sendAnswers(
      visitor,
      others.map((item) => answerTo(later, item, { payload: { kind: "skipped" } })),
    );
    const missing = await visitor.problem("POST", "/api/participant/finish", { wave: "w2" });
    expect(missing.found).toContain(background.text);
    const { saved } = await sendAnswers(visitor, [answerTo(later, background)]);
    expect(saved).toHaveLength(1);
    const done = await visitor.post<ParticipantState>("/api/participant/finish", { wave: "w2" });
    expect(done.thanks?.wave).toBe("w2");
    await own.close();
  });

  test("refuses answers before consent", async () => {
    const { visitor, state } = await openTryOut(world);
    const answer = { ...answerTo(state, { kind: "yes_no", id: "any", text: "" }), wave: "w1" };
    const problem = await visitor.problem("POST", "/api/participant/answers", { answers: [answer] });
    expect(problem.code).toBe("consent.not-given");
  });
});

describe("finishing a wave", () => {
  test("is refused while a question has no answer, and names it", async () => {
    const { visitor, state } = await enrolled(world);
    const problem = await visitor.problem("POST", "/api/participant/finish", { wave: "w1" });
    expect(problem.code).toBe("wave.unanswered");
    expect(problem.found).toContain(itemsOf(state)[0]?.text);
  });

  test("thanks and tells when the next wave opens; saying so twice changes nothing", async () => {
    const { visitor, state } = await enrolled(world);
    const form = state.current?.form;
    if (!form) throw new Error("no open wave");
    const answers = Object.fromEntries(form.items.map((item) => [item.id, fittingPayload(item)]));
    await sendAnswers(
      visitor,
      askedItems(form, answers).map((item) => answerTo(state, item)),
    );
    const done = await visitor.post<ParticipantState>("/api/participant/finish", { wave: "w1" });
    expect(done.current).toBeUndefined();
    expect(done.thanks?.wave).toBe("w1");
    expect(done.thanks?.next?.wave).toBe("w2");
    expect(done.waves[0]?.state).toBe("completed");
    const again = await visitor.post<ParticipantState>("/api/participant/finish", { wave: "w1" });
    expect(again.thanks).toEqual(done.thanks);
  });

  test("is refused for a wave that does not exist or is not open", async () => {
    const { visitor } = await enrolled(world);
    expect((await visitor.problem("POST", "/api/participant/finish", { wave: "w9" })).code).toBe(
      "answer.wave-unknown",
    );
    expect((await visitor.problem("POST", "/api/participant/finish", { wave: "w2" })).code).toBe(
      "answer.wave-not-open",
    );
  });
});
