import type { AddPeopleAnswer, ParticipantState, PublicStudy, StudySummary, StudyText } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { consentTo, openWorld, protocolText, tokenOf, type Visitor, type World } from "../testing/world.ts";

afterAll(stopPostgres);

const study = "/api/studies/ours";

describe.each(engines)("the phases of a study on %s", (engine) => {
  let place: TestPlace;
  let world: World;
  let staff: Visitor;
  beforeAll(async () => {
    place = await makePlace(engine);
    world = await openWorld({ ...place.location, demonstration: null });
    staff = await world.staff("kari@example.org");
    await staff.post("/api/studies", { protocol: protocolText, id: "ours", open: false });
  });
  afterAll(async () => {
    await world.close();
    await place.remove();
  });

  const move = (name: string, reason?: string) =>
    staff.post<StudySummary>(`${study}/move`, { move: name, ...(reason === undefined ? {} : { reason }) });
  const refusal = async (path: string, body: object) =>
    (await staff.problem("POST", `${study}${path}`, body)).code;
  const link = async (): Promise<{ visitor: Visitor; state: ParticipantState }> => {
    const { added } = await staff.post<AddPeopleAnswer>(`${study}/people`, { text: "Ola Nordmann" });
    const visitor = world.visitor();
    const token = tokenOf(added[0]?.link ?? "");
    return { visitor, state: await visitor.post("/api/participant/session", { token }) };
  };

  test("in design nobody sees it, nobody can be added, and neither lock nor analysis is possible", async () => {
    expect(await staff.get<StudySummary>(study)).toMatchObject({
      phase: "design",
      moves: [{ move: "open", asksReason: false }],
    });
    expect(await world.visitor().get<readonly PublicStudy[]>("/api/studies/public")).toEqual([]);
    expect(await refusal("/people", { text: "Ola" })).toBe("study.in-design");
    expect(await refusal("/lock", {})).toBe("study.in-design");
    expect(await refusal("/runs", {})).toBe("study.in-design");
    expect(await refusal("/move", { move: "pause", reason: "No." })).toBe("study.move-not-allowed");
  });

  test("in design its text is replaced freely, a mistaken one is kept beside it, and none over another's", async () => {
    const first = await staff.get<StudyText>(`${study}/text`);
    expect(first).toMatchObject({ text: protocolText, mistakes: [], version: 1 });
    const mistaken = protocolText.replace(/^question:/m, "quesiton:");
    const draft = { protocol: mistaken, replaces: first.textHash };
    const kept = await staff.post<StudyText>(`${study}/draft`, draft);
    expect(kept).toMatchObject({ text: mistaken, protocolHash: first.protocolHash });
    expect(kept.mistakes.join()).toContain("quesiton");
    expect(await refusal("/draft", { ...draft, protocol: protocolText })).toBe("study.draft-changed");
    expect(await refusal("/move", { move: "open" })).toBe("study.protocol-invalid");
    const better = protocolText.replace("version: 1.0.0", "version: 1.0.1");
    const saved = await staff.post<StudyText>(`${study}/draft`, {
      protocol: better,
      replaces: kept.textHash,
    });
    expect(saved).toMatchObject({ text: better, mistakes: [] });
    expect(saved.protocolHash).not.toBe(first.protocolHash);
  });

  test("once opened, its text is no draft any more, and people can be added and join", async () => {
    expect((await move("open")).phase).toBe("recruiting");
    expect(await refusal("/draft", { protocol: protocolText })).toBe("study.not-in-design");
    const { visitor, state } = await link();
    await visitor.post("/api/participant/consent", consentTo(state));
  });

  test("a pause asks why, and takes nobody new until the study goes on", async () => {
    const invited = await link();
    expect(await refusal("/move", { move: "pause" })).toBe("study.reason-missing");
    expect((await move("pause", "A report of harm is looked into.")).pausedAt).toBe(world.clock.now);
    expect(await refusal("/people", { text: "Ola" })).toBe("study.paused");
    expect(await refusal("/letters", {})).toBe("study.paused");
    const consent = ["POST", "/api/participant/consent", consentTo(invited.state)] as const;
    expect((await invited.visitor.problem(...consent)).code).toBe("study.paused");
    expect((await move("resume")).pausedAt).toBeUndefined();
    await invited.visitor.post("/api/participant/consent", consentTo(invited.state));
  });

  test("once recruitment is closed nobody joins, unless it is opened again with a reason", async () => {
    const late = await link();
    expect((await move("close_recruitment")).phase).toBe("running");
    expect(await refusal("/people", { text: "Ola" })).toBe("study.recruitment-closed");
    const consent = ["POST", "/api/participant/consent", consentTo(late.state)] as const;
    expect((await late.visitor.problem(...consent)).code).toBe("study.recruitment-closed");
    expect((await move("reopen_recruitment", "Too few people joined.")).phase).toBe("recruiting");
    await late.visitor.post("/api/participant/consent", consentTo(late.state));
  });

  test("after the lock it is closed, and opened again only with a reason", async () => {
    const colleague = await world.staff("per@example.org");
    await staff.post(`${study}/team`, { email: "per@example.org", role: "manager" });
    await staff.post(`${study}/lock`);
    await colleague.post(`${study}/lock`);
    expect(await refusal("/move", { move: "pause", reason: "No." })).toBe("study.move-not-allowed");
    expect((await move("close")).phase).toBe("closed");
    expect(await refusal("/runs", {})).toBe("study.closed");
    expect((await move("reopen", "A table has a misprint.")).phase).toBe("locked");
  });
});
