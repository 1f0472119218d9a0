import type {
  AddPeopleAnswer,
  ParticipantState,
  PeoplePage,
  PublishAnswer,
  Run,
  StudyFlow,
  StudySummary,
} from "@longwave/api";
import { askedItems } from "@longwave/study/answering";
import { afterAll, describe, expect, test } from "vitest";
import { engines, makePlace, stopPostgres } from "../testing/engines.ts";
import {
  answerTo,
  consentTo,
  fittingPayload,
  openWorld,
  sendAnswers,
  tokenOf,
  type Visitor,
} from "../testing/world.ts";

afterAll(stopPostgres);

const open = "exercise-and-pain-try";

async function analyse(visitor: Visitor): Promise<Run> {
  const { id } = await visitor.post<Run>(`/api/studies/${open}/runs`);
  const read = (): Promise<Run> => visitor.get<Run>(`/api/studies/${open}/runs/${id}`);
  await expect.poll(async () => (await read()).state, { timeout: 30_000 }).toMatch(/done|failed/);
  return read();
}

describe.each(engines)("a study from invitation to publication, on %s", (engine) => {
  test("invites, takes consent and answers, counts, locks, publishes, and is all there after a restart", async () => {
    const place = await makePlace(engine);
    const world = await openWorld({ ...place.location, people: 120 });
    const staff = await world.staff("kari@example.org");
    const { added } = await staff.post<AddPeopleAnswer>(`/api/studies/${open}/people`, {
      text: "Ola, ola@example.org",
    });
    const visitor = world.visitor();
    const token = tokenOf(added[0]?.link ?? "");
    const state = await visitor.post<ParticipantState>("/api/participant/session", { token });
    const ready = await visitor.post<ParticipantState>("/api/participant/consent", consentTo(state));
    const form = ready.current?.form;
    if (!form) throw new Error("no open wave");
    const answers = Object.fromEntries(form.items.map((item) => [item.id, fittingPayload(item)]));
    await sendAnswers(
      visitor,
      askedItems(form, answers).map((item) => answerTo(ready, item)),
    );
    await visitor.post("/api/participant/finish", { wave: "w1" });

    const flow = await staff.get<StudyFlow>(`/api/studies/${open}/flow`);
    expect(flow).toMatchObject({ invited: 1, consented: 1, answeredOnce: 1, answeredTwice: 0 });
    expect(flow.waves[0]).toEqual({ wave: "w1", started: 1, answered: 1, finished: 1 });
    expect(flow.byDay).toEqual([{ day: "2026-03-02", invited: 1, consented: 1, answered: 1 }]);
    const page = await staff.get<PeoplePage>(`/api/studies/${open}/people`);
    expect(page.people[0]?.waves[0]).toBe("completed");

    expect((await analyse(staff)).kind).toBe("blind");
    await staff.post(`/api/studies/${open}/lock`);
    const colleague = await world.staff("per@example.org");
    expect((await colleague.post<StudySummary>(`/api/studies/${open}/lock`)).phase).toBe("locked");
    const results = await analyse(colleague);
    expect(results.problem).toBeUndefined();
    const { address } = await staff.post<PublishAnswer>(`/api/studies/${open}/publications`, {
      run: results.id,
    });
    expect(await (await world.visitor().send("GET", address)).text()).toContain("Exercise and pain");
    await world.close();

    const again = await openWorld({ ...place.location, people: 120 });
    const studies = await (await again.staff("kari@example.org")).get<StudySummary[]>("/api/studies");
    expect(studies.map(({ phase }) => phase)).toEqual(["published", "published"]);
    await again.close();
    await place.remove();
  }, 120_000);
});
