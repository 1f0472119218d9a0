import type {
  AddPeopleAnswer,
  EntrySheet,
  ParticipantState,
  QualityPage,
  QueriesPage,
  Today,
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

const study = "/api/studies/own";

describe.each(engines)("queries on answers, on %s", (engine) => {
  let place: TestPlace;
  let world: World;
  const staff = new Map<string, Visitor>();
  const as = (role: string): Visitor => staff.get(role) as Visitor;
  beforeAll(async () => {
    place = await makePlace(engine);
    world = await openWorld({ ...place.location, demonstration: null });
    staff.set("owner", await world.staff("owner@example.org"));
    await as("owner").post("/api/studies", { protocol: protocolText, id: "own" });
    for (const role of ["data_entry", "monitor", "analyst"]) {
      await as("owner").post(`${study}/team`, { email: `${role}@example.org`, role });
      staff.set(role, await world.staff(`${role}@example.org`));
    }
  });
  afterAll(async () => {
    await world.close();
    await place.remove();
  });

  async function joined(name: string) {
    const { added } = await as("owner").post<AddPeopleAnswer>(`${study}/people`, { text: name });
    const visitor = world.visitor();
    const { id = "", link = "" } = added[0] ?? {};
    const state = await visitor.post<ParticipantState>("/api/participant/session", { token: tokenOf(link) });
    return {
      ...{ id, visitor },
      state: await visitor.post<ParticipantState>("/api/participant/consent", consentTo(state)),
    };
  }
  const ask = (id: string, person: string, words: string) => ({
    ...{ id, person, words, wave: "w1", item: "pain_vrs" },
  });
  const kindsToday = async (visitor: Visitor) =>
    (await visitor.get<Today>(`${study}/today`)).items
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith("query"));

  test("are opened by a monitor who sees no answer, answered by a correction, asked again, explained and closed", async () => {
    const { id: person, visitor, state } = await joined("Kari Queried");
    const item = itemsOf(state).find(({ id }) => id === "pain_vrs");
    if (!item) throw new Error("the form does not ask about pain");
    const own = answerTo(state, item);
    await sendAnswers(visitor, [own]);
    const query = crypto.randomUUID();
    const opened = await as("monitor").post<QueriesPage>(
      `${study}/queries`,
      ask(query, person, "Is this right?"),
    );
    expect(
      await as("monitor").post(`${study}/queries`, ask(query, person, "Is this right?")),
      "twice",
    ).toEqual(opened);
    expect(opened.queries).toMatchObject([
      {
        person: { label: "Person 1" },
        wave: "w1",
        item: "pain_vrs",
        state: "open",
        entries: [{ kind: "asked" }],
      },
    ]);
    expect((await as("monitor").problem("GET", `${study}/people/${person}/waves/w1/answers`)).code).toBe(
      "staff.not-allowed",
    );
    expect((await as("data_entry").problem("POST", `${study}/queries`, ask(query, person, "No"))).code).toBe(
      "staff.not-allowed",
    );
    expect((await as("analyst").problem("GET", `${study}/queries`)).code).toBe("staff.not-allowed");
    expect([await kindsToday(as("data_entry")), await kindsToday(as("monitor"))]).toEqual([
      ["query_open"],
      [],
    ]);

    const correction = { id: crypto.randomUUID(), replaces: own.id, payload: { kind: "skipped" } };
    const reason = "ticked two boxes";
    await as("data_entry").post<EntrySheet>(`${study}/people/${person}/waves/w1/corrections`, {
      ...correction,
      reason,
    });
    expect([await kindsToday(as("data_entry")), await kindsToday(as("monitor"))]).toEqual([
      [],
      ["query_answered"],
    ]);
    const say = (words: string, more = {}) => ({ id: crypto.randomUUID(), words, ...more });
    const on = `${study}/queries/${query}`;
    await as("monitor").post(`${on}/follow`, say("Which of the two?", { do: "ask" }));
    const explained = say("Nobody can tell.");
    await as("data_entry").post(`${on}/answer`, explained);
    await as("data_entry").post(`${on}/answer`, explained); // sent twice, said once
    const closed = await as("owner").post<QueriesPage>(`${on}/follow`, say("", { do: "close" }));
    expect(closed.queries[0]?.entries.map(({ kind, words, by }) => [kind, words, by.split("@")[0]])).toEqual([
      ["asked", "Is this right?", "monitor"],
      ["corrected", reason, "data_entry"],
      ["asked", "Which of the two?", "monitor"],
      ["explained", "Nobody can tell.", "data_entry"],
      ["closed", "", "owner"],
    ]);
    expect(closed.counts).toEqual({ open: 0, answered: 0, closed: 1 });
    expect((await as("data_entry").problem("POST", `${on}/answer`, say("More"))).code).toBe("query.closed");

    const store = await place.open();
    const entries = await store.db.selectFrom("data_query_entry").selectAll().execute();
    expect(JSON.stringify(entries), "sealed").not.toContain("two");
    const acts = await store.db
      .selectFrom("audit")
      .select("action")
      .where("action", "like", "query.%")
      .execute();
    expect(acts.map(({ action }) => action).sort()).toEqual([
      "query.asked",
      "query.asked",
      "query.closed",
      "query.explained",
    ]);
    await as("owner").post(`${study}/people/${person}/leave`, { way: "erase", reason: "asked by letter" });
    expect(await store.db.selectFrom("data_query").selectAll().execute()).toEqual([]);
    expect(await store.db.selectFrom("data_query_entry").selectAll().execute()).toEqual([]);
    await store.close();
  });

  test("begin at a flagged form, which tells why and no answer; it is told to no analyst", async () => {
    const { id: person, visitor, state } = await joined("Ola Hurried");
    const answers = itemsOf(state).map((item) => ({
      ...answerTo(state, item),
      payload: fittingPayload(item),
    }));
    const at = world.clock.now;
    world.clock.now += 60_000;
    await sendAnswers(
      visitor,
      answers.map((answer, index) => ({ ...answer, answeredAt: at + index * 100 })),
    );
    const page = await as("monitor").get<QualityPage>(`${study}/quality?kind=fast`);
    expect(page).toMatchObject({ total: 1, counts: { fast: 1 }, forms: [{ wave: "w1", queries: 0 }] });
    expect(page.forms[0]).toMatchObject({ person: { label: "Person 2" }, flags: [{ kind: "fast" }] });
    expect(page.waves[0]?.items[0]).toMatchObject({
      id: "pain_vrs",
      question: expect.stringContaining("pain"),
    });
    await as("owner").post(`${study}/queries`, ask(crypto.randomUUID(), person, "Really so fast?"));
    expect((await as("owner").get<QualityPage>(`${study}/quality`)).forms[0]?.queries).toBe(1);
    expect((await as("analyst").problem("GET", `${study}/quality`)).code).toBe("staff.not-allowed");
    const wrong = { ...ask(crypto.randomUUID(), person, "What?"), item: "nothing" };
    expect((await as("owner").problem("POST", `${study}/queries`, wrong)).code).toBe("answer.item-unknown");
  });
});
