import type {
  AddPeopleAnswer,
  AmendmentPreview,
  ParticipantState,
  PeoplePage,
  StudyFlow,
  StudySummary,
} from "@longwave/api";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { amendedText } from "../testing/amended-text.ts";
import { makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import {
  answerTo,
  consentTo,
  itemsOf,
  openWorld,
  protocolText,
  sendAnswers,
  tokenOf,
  type Visitor,
  visitorOfAll,
  type World,
} from "../testing/world.ts";

afterAll(stopPostgres);

const study = "/api/studies/pain";
let place: TestPlace;
let worlds: readonly World[];
let staff: Visitor;
const anyone = (from?: Visitor): Visitor =>
  visitorOfAll(
    worlds.map(({ server }) => server),
    from,
  );

beforeEach(async () => {
  place = await makePlace("postgres");
  const one = await openWorld({ ...place.location, demonstration: null });
  const two = await openWorld({ ...place.location, demonstration: null, now: () => one.clock.now });
  worlds = [one, two];
  staff = anyone(await one.staff("team@example.org"));
  await staff.post("/api/studies", { protocol: protocolText, id: "pain" });
}, 60_000);
afterEach(async () => {
  for (const world of worlds) await world.close();
  await place.remove();
});

/** Somebody whose requests go to both servers in turn, before the first question. */
async function joins(name: string): Promise<{ id: string; visitor: Visitor; state: ParticipantState }> {
  const text = `${name}, ${name}@example.org`;
  const { added } = await staff.post<AddPeopleAnswer>(`${study}/people`, { text });
  const visitor = anyone();
  const token = tokenOf(added[0]?.link ?? "");
  const asked = await visitor.post<ParticipantState>("/api/participant/session", { token });
  const state = await visitor.post<ParticipantState>("/api/participant/consent", consentTo(asked));
  return { id: added[0]?.id ?? "", visitor, state };
}
const today = (visitor: Visitor): Promise<ParticipantState> => visitor.get("/api/participant/state");

describe("two servers behind a balancer that sends every request to the other one", () => {
  test("are one study: a form that is answered on both is one form, and each sees what the other did", async () => {
    const kari = await joins("kari");
    const [first, second, third] = itemsOf(kari.state).map((item) => answerTo(kari.state, item));
    if (!first || !second || !third) throw new Error("the form has three questions");
    for (const each of [first, second, second, third]) await sendAnswers(kari.visitor, [each]);
    const places = [];
    for (const each of [first, second, third])
      places.push(...(await sendAnswers(kari.visitor, [each])).saved.map(({ seq }) => seq));
    expect(places, "sent again to the other one, each has the place it had").toEqual([1, 2, 3]);
    for (const state of [await today(kari.visitor), await today(kari.visitor)])
      expect(Object.keys(state.current?.answers ?? {}).length).toBeGreaterThanOrEqual(3);
    for (const flow of [
      await staff.get<StudyFlow>(`${study}/flow`),
      await staff.get<StudyFlow>(`${study}/flow`),
    ])
      expect(flow).toMatchObject({ invited: 1, consented: 1, answeredOnce: 1 });
  });

  test("follow an amendment, a pause and an erasure that the other one made, from the next request on", async () => {
    const kari = await joins("kari");
    const request = { protocol: amendedText, moveOpen: false };
    const { token } = await staff.post<AmendmentPreview>(`${study}/amendments/preview`, request);
    await staff.post(`${study}/amendments`, { ...request, token, reason: "More time to answer." });
    for (const state of [await today(kari.visitor), await today(kari.visitor)])
      expect(state.consent.form.version).toBe(2);

    await staff.post<StudySummary>(`${study}/move`, { move: "pause", reason: "A report of harm." });
    for (const turn of [1, 2]) {
      const { code } = await staff.problem("POST", `${study}/people`, { text: "Ola" });
      expect(code, `request ${turn}`).toBe("study.paused");
    }
    await staff.post(`${study}/people/${kari.id}/leave`, { way: "erase", reason: "asked on the phone" });
    for (const turn of [1, 2]) {
      const { code } = await kari.visitor.problem("GET", "/api/participant/state");
      expect(code, `request ${turn}`).toMatch(/^session\./);
      expect((await staff.get<PeoplePage>(`${study}/people?search=kari`)).people, `list ${turn}`).toEqual([]);
    }
  });
});
