import type {
  AddPeopleAnswer,
  EnterAnswersAnswer,
  EntrySheet,
  ParticipantState,
  PeoplePage,
  PersonPage,
  Today,
  WavesPage,
} from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import {
  answerTo,
  consentTo,
  fittingPayload,
  itemsOf,
  openWorld,
  protocolText,
  sendAnswers,
  tokenOf,
  type Visitor,
  type World,
} from "../testing/world.ts";

afterAll(stopPostgres);

const DAY = 86_400_000;
const study = "/api/studies/own";

describe.each(engines)("what staff enter for people, on %s", (engine) => {
  let place: TestPlace;
  let world: World;
  let anna: Visitor;
  let bo: Visitor;
  beforeAll(async () => {
    place = await makePlace(engine);
    world = await openWorld({ ...place.location, demonstration: null });
    anna = await world.staff("anna@example.org");
    await anna.post("/api/studies", { protocol: protocolText, id: "own" });
    await anna.post(`${study}/team`, { email: "bo@example.org", role: "data_entry" });
    bo = await world.staff("bo@example.org");
  });
  afterAll(async () => {
    await world.close();
    await place.remove();
  });

  /** Somebody who has agreed to take part and has a form of the first wave before them. */
  async function joined(name: string): Promise<{ id: string; visitor: Visitor; state: ParticipantState }> {
    const { added } = await anna.post<AddPeopleAnswer>(`${study}/people`, { text: name });
    const visitor = world.visitor();
    const { id = "", link = "" } = added[0] ?? {};
    const state = await visitor.post<ParticipantState>("/api/participant/session", { token: tokenOf(link) });
    return {
      id,
      visitor,
      state: await visitor.post<ParticipantState>("/api/participant/consent", consentTo(state)),
    };
  }
  const form = (person: string, wave = "w1") => `${study}/people/${person}/waves/${wave}`;
  const today = () => new Date(world.clock.now).toISOString().slice(0, 10);
  const typed = (state: ParticipantState, most = 100) =>
    itemsOf(state)
      .slice(0, most)
      .map((item) => ({ id: crypto.randomUUID(), item: item.id, payload: fittingPayload(item) }));

  test("is checked like on the phone, says how it came and by whom, and ends the form", async () => {
    const { id, state } = await joined("Kari Paper");
    const answers = typed(state);
    const wrong = { ...answers[0], payload: { kind: "value", value: "nonsense" } };
    const first = await bo.post<EnterAnswersAnswer>(`${form(id)}/answers`, {
      mode: "phone",
      day: today(),
      answers: [wrong, ...answers.slice(1, 3)],
      finish: true,
    });
    expect(first).toMatchObject({ finished: false, refused: [{ problem: { code: "answer.invalid" } }] });
    expect(first.saved).toHaveLength(2);
    const rest = { mode: "phone", day: today(), answers, finish: true };
    const second = await bo.post<EnterAnswersAnswer>(`${form(id)}/answers`, rest);
    expect([second.finished, second.refused]).toEqual([true, []]);
    expect(await bo.post(`${form(id)}/answers`, rest)).toEqual({ ...second, finished: true });
    const sheet = await anna.get<EntrySheet>(`${form(id)}/answers`);
    expect(sheet).toMatchObject({ label: "Kari Paper", state: "completed", closed: null, hidden: false });
    expect(sheet.answers).toHaveLength(answers.length);
    expect(sheet.answers[0]).toMatchObject({ mode: "phone", enteredBy: "bo@example.org", late: false });
    const page = await anna.get<PersonPage>(`${study}/people/${id}`);
    expect(page.waves[0]).toMatchObject({ state: "completed", answered: answers.length, double: null });
  });

  test("takes only days on which the form can have been answered, and marks what comes after the close", async () => {
    const { id, state } = await joined("Late Paper");
    const enter = (day: string, item: number) => ({
      mode: "paper",
      day,
      answers: typed(state).slice(item, item + 1),
      finish: false,
    });
    const problem = await bo.problem("POST", `${form(id)}/answers`, enter("2020-01-01", 0));
    expect(problem.code).toBe("entry.day-impossible");
    const began = today();
    const early = await bo.problem("POST", `${form(id, "w5")}/answers`, enter(began, 0));
    expect(early.code).toBe("answer.wave-not-open");
    world.clock.now += 60 * DAY;
    await bo.post(`${form(id)}/answers`, enter(began, 0));
    const { answers, state: stands } = await bo.get<EntrySheet>(`${form(id)}/answers`);
    expect(stands).toBe("missed");
    expect(answers[0]).toMatchObject({ mode: "paper", late: true, receivedAt: world.clock.now });
    expect(answers[0]?.answeredAt).toBeLessThan(world.clock.now - 59 * DAY);
  });

  test("never takes the place of an answer in silence: a correction names it and has a reason", async () => {
    const { id, visitor, state } = await joined("Web Person");
    const [item] = itemsOf(state);
    if (!item) throw new Error("the form asks nothing");
    const own = answerTo(state, item);
    await sendAnswers(visitor, [own]);
    const over = { mode: "phone", day: today(), answers: typed(state, 1), finish: false };
    const { refused } = await bo.post<EnterAnswersAnswer>(`${form(id)}/answers`, over);
    expect(refused[0]?.problem.code).toBe("entry.answered-already");
    const payload = { kind: "skipped" };
    const correction = { id: crypto.randomUUID(), replaces: own.id, payload, reason: "told us on the phone" };
    const none = await bo.problem("POST", `${form(id)}/corrections`, { ...correction, reason: "" });
    expect(none.code).toBe("request.invalid");
    const sheet = await bo.post<EntrySheet>(`${form(id)}/corrections`, correction);
    expect(sheet.answers.map(({ replaces, mode, reason }) => ({ replaces, mode, reason }))).toEqual([
      { replaces: null, mode: "web", reason: null },
      { replaces: own.id, mode: "web", reason: "told us on the phone" },
    ]);
    const again = { ...correction, id: crypto.randomUUID() };
    expect((await bo.problem("POST", `${form(id)}/corrections`, again)).code).toBe("entry.changed");
  });

  test("can be typed twice, the second time blind: differences are chosen between and nothing is lost", async () => {
    const { id, state } = await joined("Twice Typed");
    const answers = typed(state);
    await bo.post(`${form(id)}/answers`, {
      mode: "paper",
      day: today(),
      answers,
      finish: true,
      twice: true,
    });
    const second = { answers: answers.map(({ item, payload }) => ({ item, payload })) };
    expect((await bo.problem("POST", `${form(id)}/second`, second)).code).toBe("entry.same-person");
    const blind = await anna.get<EntrySheet>(`${form(id)}/answers`);
    expect([blind.hidden, blind.answers]).toEqual([true, []]);
    const [one, two] = answers;
    const skipped = { kind: "skipped" };
    const differing = {
      answers: second.answers.map((each) =>
        each.item === one?.item || each.item === two?.item ? { ...each, payload: skipped } : each,
      ),
    };
    const { double } = await anna.post<EntrySheet>(`${form(id)}/second`, differing);
    expect(double?.differences.map(({ item }) => item).sort()).toEqual([one?.item, two?.item].sort());
    const answerOf = (item: string | undefined) => answers.find((each) => each.item === item)?.id ?? null;
    const settle = (item: string | undefined, take: string, reason: string, stands = answerOf(item)) =>
      ["POST", `${form(id)}/differences/${item}`, { take, reason, stands }] as const;
    expect((await anna.problem(...settle(one?.item, "second", ""))).code).toBe("entry.reason-missing");
    const [, first, body] = settle(one?.item, "second", "read again on the form");
    await bo.post(first, body);
    const correction = { id: crypto.randomUUID(), replaces: answerOf(two?.item), payload: skipped };
    await anna.post(`${form(id)}/corrections`, { ...correction, reason: "the page was torn" });
    expect((await anna.problem(...settle(two?.item, "first", ""))).code, "never unseen").toBe(
      "entry.changed",
    );
    const [, kept, keep] = settle(two?.item, "first", "", correction.id);
    const after = await anna.post<EntrySheet>(kept, keep);
    expect(after.double?.differences.map(({ item, settled }) => [item, settled?.took])).toEqual(
      expect.arrayContaining([
        [one?.item, "second"],
        [two?.item, "standing"],
      ]),
    );
    const { events } = await anna.get<PersonPage>(`${study}/people/${id}`);
    const acts = events.filter(({ what }) => what === "answer.corrected").map(({ by }) => by);
    expect(acts.sort(), "who chose, not who typed").toEqual(["anna@example.org", "bo@example.org"]);
    const rows = after.answers.filter(({ item }) => item === one?.item);
    expect(rows.map(({ payload }) => payload)).toEqual([one?.payload, skipped]);
    expect(rows[1]?.reason).toBe("read again on the form");
    expect(rows[1]?.enteredBy, "who typed it").toBe("anna@example.org");
    expect(after.answers.filter(({ item }) => item === two?.item)).toHaveLength(2);
    expect((await anna.problem(...settle(two?.item, "first", ""))).code).toBe("entry.none-waiting");
  });

  test("is typed twice without being asked for where the study text says so", async () => {
    await anna.post("/api/studies", { protocol: `${protocolText}\ndoubleEntry: { of: all }\n`, id: "twice" });
    const { added } = await anna.post<AddPeopleAnswer>("/api/studies/twice/people", { text: "Every Form" });
    const visitor = world.visitor();
    const state = await visitor.post<ParticipantState>("/api/participant/session", {
      token: tokenOf(added[0]?.link ?? ""),
    });
    const agreed = await visitor.post<ParticipantState>("/api/participant/consent", consentTo(state));
    const path = `/api/studies/twice/people/${added[0]?.id}/waves/w1/answers`;
    await anna.post(path, { mode: "paper", day: today(), answers: typed(agreed, 2), finish: false });
    expect(await anna.get<EntrySheet>(path)).toMatchObject({ typedTwice: "all", double: { secondBy: null } });
  });

  test("ends when somebody leaves, and is gone without a trace when they are erased", async () => {
    const { id, state } = await joined("Leaving Person");
    const enter = { mode: "phone", day: today(), answers: typed(state, 2), finish: false, twice: true };
    await bo.post(`${form(id)}/answers`, enter);
    await anna.post(`${study}/people/${id}/leave`, { way: "stop_keep", reason: "asked by letter" });
    const more = { ...enter, answers: typed(state).slice(2, 3) };
    expect((await bo.problem("POST", `${form(id)}/answers`, more)).code).toBe("person.left");
    await anna.post(`${study}/people/${id}/leave`, { way: "erase", reason: "asked by letter" });
    const store = await place.open();
    expect(await store.db.selectFrom("double_entry").where("person", "=", id).selectAll().execute()).toEqual(
      [],
    );
    const left = await store.db.selectFrom("answer").where("person", "=", id).selectAll().execute();
    expect(left.map(({ mode, entered_by }) => [mode, entered_by])).toEqual([
      [null, null],
      [null, null],
    ]);
    await store.close();
  });

  test("stands in the story of the person, in the list by state, and in what there is to do today", async () => {
    const { id, visitor, state } = await joined("Half Done");
    const [item] = itemsOf(state);
    if (!item) throw new Error("the form asks nothing");
    await sendAnswers(visitor, [answerTo(state, item)]);
    const enter = {
      mode: "phone",
      day: today(),
      answers: typed(state).slice(1, 2),
      finish: false,
      twice: true,
    };
    await bo.post(`${form(id)}/answers`, enter);
    world.clock.now += 3 * DAY;
    const [first, second] = (await anna.get<WavesPage>(`${study}/waves`)).waves;
    const all = Object.values(first?.states ?? {}).reduce((sum, value) => sum + value, 0);
    expect(first?.states).toMatchObject({ completed: 2, started: expect.any(Number), not_yet: 0 });
    expect(first?.days.at(-1)).toMatchObject({ opened: all - (first?.states.withdrawn ?? 0), completed: 2 });
    expect([second?.states.completed, second?.expectedShare]).toEqual([0, undefined]);
    const story = await anna.get<PersonPage>(`${study}/people/${id}`);
    expect(story.events.map(({ kind, by, what, wave }) => [kind, by, what, wave])).toEqual([
      ["act", "bo@example.org", "answers.entered", "w1"],
      ["first_answer", "person", null, "w1"],
      ["consent", "person", "1", null],
      ["invited", "longwave", null, null],
    ]);
    const started = await anna.get<PeoplePage>(`${study}/people?state=started`);
    expect(started.people.map(({ label, now }) => [label, now])).toContainEqual(["Half Done", "started"]);
    expect(started.total).toBe(started.counts.started);
    expect(started.counts.erased).toBe(1);
    expect(started.people.find(({ label }) => label === "Half Done")?.typing).toBe("waiting");
    const answer = await anna.get<Today>(`${study}/today`);
    const found = answer.items.map(({ kind, people }) => [kind, people.map(({ label }) => label)]);
    expect(found).toContainEqual(["unfinished", expect.arrayContaining(["Half Done"])]);
    expect(found).toContainEqual(["typed_once", ["Half Done"]]);
    expect(answer.waves).toContainEqual({ wave: "w1", due: expect.any(Number), begun: started.total });
    expect(answer.deadlines.map(({ kind, wave }) => [kind, wave])).toContainEqual(["closes", "w1"]);
  });
});
