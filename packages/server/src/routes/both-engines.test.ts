import type {
  AddPeopleAnswer,
  ParticipantState,
  PeoplePage,
  Run,
  StudyFlow,
  StudySummary,
} from "@longwave/api";
import { askedItems } from "@longwave/study/answering";
import { afterAll, describe, expect, test } from "vitest";
import { engines, makePlace, stopPostgres } from "../testing/engines.ts";
import { answerTo, consentTo, fittingPayload, openWorld, sendAnswers, tokenOf } from "../testing/world.ts";

afterAll(stopPostgres);

const open = "exercise-and-pain-try";

describe.each(engines)("a study from invitation to blind report, on %s", (engine) => {
  test("invites, takes consent and answers, counts, locks, and survives a restart", async () => {
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
    expect(flow.waves[0]).toEqual({ wave: "w1", started: 1, finished: 1 });
    expect(flow.byDay).toEqual([{ day: "2026-03-02", invited: 1, consented: 1, answered: 1 }]);
    const page = await staff.get<PeoplePage>(`/api/studies/${open}/people`);
    expect(page.people[0]?.waves[0]).toBe("completed");

    const run = await staff.post<Run>(`/api/studies/${open}/runs`);
    await expect
      .poll(async () => (await staff.get<Run>(`/api/studies/${open}/runs/${run.id}`)).state, {
        timeout: 30_000,
      })
      .toBe("done");
    await staff.post(`/api/studies/${open}/lock`);
    const colleague = await world.staff("per@example.org");
    expect((await colleague.post<StudySummary>(`/api/studies/${open}/lock`)).phase).toBe("locked");
    await world.close();

    const again = await openWorld({ ...place.location, people: 120 });
    const studies = await (await again.staff("kari@example.org")).get<StudySummary[]>("/api/studies");
    expect(studies.map(({ phase }) => phase)).toEqual(["published", "locked"]);
    await again.close();
    await place.remove();
  });
});
