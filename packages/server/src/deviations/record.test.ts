import type { DeviationAnswer, PlanRecord, PreregistrationAnswer, PublishAnswer, Run } from "@longwave/api";
import type { Publication } from "@longwave/findings";
import { afterAll, describe, expect, test } from "vitest";
import { exportStudy } from "../exports/export-study.ts";
import { engines, makePlace, stopPostgres } from "../testing/engines.ts";
import { answerTo, enrolled, itemsOf, openWorld, protocolText, sendAnswers } from "../testing/world.ts";

afterAll(stopPostgres);

const open = "/api/studies/exercise-and-pain-try";
const closed = "/api/studies/exercise-and-pain";
const demonstration = { protocolText, people: 20, seed: 1, scope: "confirmatory" } as const;
const entry = { clause: "H1", what: "Age was added as a curve.", why: "A reviewer asked for it." };

describe.each(engines)("departures from a plan, on %s", (engine) => {
  test("are marked by what had been seen, as the server finds it, and carried into the next publication", async () => {
    const place = await makePlace(engine);
    const world = await openWorld({ ...place.location, demonstration });
    const staff = await world.staff("kari@example.org");

    const before = await staff.post<DeviationAnswer>(`${open}/deviations`, entry);
    expect(before.entry).toMatchObject({
      ...entry,
      kind: "recorded",
      timing: "before_first_answer",
      by: "kari",
    });
    const { visitor, state } = await enrolled(world);
    const [item] = itemsOf(state);
    if (!item) throw new Error("no open wave");
    await sendAnswers(visitor, [answerTo(state, item)]);
    const during = await staff.post<DeviationAnswer>(`${open}/deviations`, {
      ...entry,
      what: "Exercise reduces pain, so we asked more often.",
    });
    expect(during.entry.timing).toBe("before_data_seen");
    expect(during.warnings).toEqual([
      '"reduces" is a word of cause, which these models cannot support; the published page repeats your words.',
    ]);
    await exportStudy(
      place.location,
      { study: "exercise-and-pain-try", at: world.clock.now, software: "0.1.0-test" },
      { beforeLock: true, actor: "command-line" },
    );
    const exported = await staff.post<DeviationAnswer>(`${open}/deviations`, entry);
    expect(exported.entry.timing, "whoever has the data has seen them").toBe("after_data_seen");
    const record = await staff.get<PlanRecord>(`${open}/plan`);
    expect(record.deviations.map(({ timing }) => timing)).toEqual([
      "before_first_answer",
      "before_data_seen",
      "after_data_seen",
    ]);
    expect(record).toMatchObject({ firstAnswerAt: world.clock.now });
    const { markdown, form } = await staff.get<PreregistrationAnswer>(`${open}/plan/preregistration`);
    expect(form.departures).toHaveLength(3);
    expect(markdown).toContain(`### H1\n\n${entry.what}\n\nReason: ${entry.why}`);
    expect(record.planHash).toMatch(/^[0-9a-f]{64}$/);
    expect(record.lockedAt).toBeLessThanOrEqual(world.clock.now);

    const after = await staff.post<DeviationAnswer>(`${closed}/deviations`, {
      ...entry,
      timing: "before_first_answer",
    });
    expect(after.entry.timing, "nobody can say it was earlier").toBe("after_data_seen");
    const [run] = await staff.get<Run[]>(`${closed}/runs`);
    const { hash: first } = (await staff.get<{ publication: { hash: string } }>(closed)).publication;
    const { address } = await staff.post<PublishAnswer>(`${closed}/publications`, {
      run: run?.id,
      changes: ["A departure from the plan is listed."],
    });
    const bundle = await world.visitor().get<Publication>(`${address}/publication.json`);
    const listed = bundle.deviations?.filter(({ kind }) => kind === "recorded");
    expect(listed).toEqual([
      { kind: "recorded", ...entry, at: world.clock.now, by: "kari", timing: "after_data_seen" },
    ]);
    expect(bundle.replaces).toBe(first);
    expect(await (await world.visitor().send("GET", address)).text()).toContain(entry.why);
    await world.close();
    await place.remove();
  }, 300_000);
});
