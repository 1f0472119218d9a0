import type {
  AmendmentPreview,
  MessagesPage,
  ParticipantState,
  PeoplePage,
  PlanRecord,
  StudySummary,
  StudyVersion,
} from "@longwave/api";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditLines } from "../store/queries/audit.ts";
import { amendedText } from "../testing/amended-text.ts";
import { engines, stopPostgres } from "../testing/engines.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { answerTo, consentTo, itemsOf, protocolText, sendAnswers } from "../testing/world.ts";

afterAll(stopPostgres);

const DAY_MS = 86_400_000;
const study = `/api/studies/${STUDY}`;

let room: MailWorld;
afterEach(() => room.close());

const deliver = () => room.world.server.deliverMail();
async function later(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    room.world.clock.now += DAY_MS;
    await deliver();
  }
}
const join = (name: string): Promise<Member> => room.join(name, { ticks: ["reminders"] });
const open = ({ visitor, token }: Member) =>
  visitor.post<ParticipantState>("/api/participant/session", { token });
const preview = (protocol: string) =>
  room.staff.post<AmendmentPreview>(`${study}/amendments/preview`, { protocol });
async function amend(protocol: string, moveOpen = false): Promise<AmendmentPreview> {
  const seen = await room.staff.post<AmendmentPreview>(`${study}/amendments/preview`, { protocol, moveOpen });
  const request = { protocol, moveOpen, token: seen.token, reason: "More time to answer." };
  await room.staff.post(`${study}/amendments`, request);
  return seen;
}
const refusal = async (path: string, body: object) =>
  (await room.staff.problem("POST", `${study}${path}`, body)).code;
const subjects = () =>
  room.post.received.map(({ raw }) => /^Subject: (.+)$/m.exec(raw)?.[1]?.trim() ?? "").sort();

describe.each(engines)("an amendment on %s", (engine) => {
  beforeEach(async () => {
    room = await openMailWorld(engine, { publicUrl: "https://study.example.org" });
  });

  test("trap: editing an open wave resends nothing, shows whom it concerns and needs a reason (Beiwe #350)", async () => {
    const [kari, per] = [await join("kari"), await join("per")];
    const early = await open(kari);
    await sendAnswers(
      kari.visitor,
      itemsOf(early)
        .slice(0, 1)
        .map((item) => answerTo(early, item)),
    );
    room.world.clock.now += 90 * DAY_MS;
    await later(1);
    const before = room.post.received.length;
    const state = await open(kari);
    const old = itemsOf(state).find(({ id }) => id === "flare");

    const seen = await preview(amendedText);
    expect(seen.effect).toEqual({
      ...{ people: 2, open: 2, held: 2, moved: 0 },
      ...{ messagesNow: 0, messagesMoved: 2, consent: 2 },
    });
    expect(seen.changes.map(({ place }) => place)).toContain("wave w2, last day open, from the target day");
    expect(seen.lines).toContainEqual({ kind: "new", text: "    closesDays: 28" });
    const request = { protocol: amendedText, token: seen.token, reason: "More time to answer." };
    expect(await refusal("/amendments", { ...request, reason: " " })).toBe("study.reason-missing");
    const other = amendedText.replace("closesDays: 28", "closesDays: 27");
    expect(await refusal("/amendments", { ...request, protocol: other })).toBe("amendment.not-previewed");
    expect(await refusal("/amendments/preview", { protocol: protocolText })).toBe("amendment.no-change");
    const renamed = amendedText.replace("- id: w2", "- id: second");
    expect(await refusal("/amendments/preview", { protocol: renamed })).toMatch(/amendment|protocol/);
    expect((await room.staff.post<StudySummary>(`${study}/amendments`, request)).version).toBe(2);
    expect(await refusal("/amendments", request), "saved once").toBe("amendment.not-previewed");

    await deliver();
    expect(room.post.received.length, "nothing is sent by saving").toBe(before);
    const kept = await sendAnswers(kari.visitor, old ? [answerTo(state, old)] : []);
    expect(kept.saved, "an answer to the form as the phone had it").toHaveLength(1);
    const after = await open(kari);
    expect(after.waves[1]?.closesAt).toBe(state.waves[1]?.closesAt);
    expect(itemsOf(after).some(({ id }) => id === "flare")).toBe(false);

    await later(20);
    const sent = subjects().reduce<Record<string, number>>((counts, subject) => {
      counts[subject] = (counts[subject] ?? 0) + 1;
      return counts;
    }, {});
    expect(sent).toMatchSnapshot();
    const { messages } = await room.staff.get<MessagesPage>(`${study}/messages`);
    const arrived = messages.filter(({ state: at }) => at === "sent");
    const keys = arrived.map(({ to, template, decidedAt }) => `${to} ${template} ${decidedAt}`);
    expect(new Set(keys).size).toBe(keys.length);

    const versions = await room.staff.get<readonly StudyVersion[]>(`${study}/versions`);
    expect(versions.map(({ number, reason }) => [number, reason])).toEqual([
      [2, "More time to answer."],
      [1, undefined],
    ]);
    const plan = await room.staff.get<PlanRecord>(`${study}/plan`);
    expect(plan.deviations).toMatchObject([
      { kind: "amended", clause: "study text", why: "More time to answer.", timing: "before_data_seen" },
    ]);
    const asked = await open(per);
    const { form } = asked.consent;
    expect(form.changes).toEqual(["The second round is open a week longer."]);
    await per.visitor.post("/api/participant/consent/decline", {
      ...{ hash: form.hash, version: form.version, language: form.language },
    });
    const again = await open(kari);
    const agreed = await kari.visitor.post<ParticipantState>("/api/participant/consent", consentTo(again));
    expect(agreed.consent).toMatchObject({ given: { version: 2 } });
    for (const member of [kari, per]) expect((await open(member)).consent.again).toBeUndefined();
    expect((await preview(amendedText.replace("1.1.0", "1.1.1"))).effect.consent).toBe(0);

    room.world.clock.now = state.waves[1]?.closesAt ?? 0;
    const { people } = await room.staff.get<PeoplePage>(`${study}/people`);
    const listed = people.map(({ waves }) => waves[1]);
    expect(listed, "the list of people keeps the days of a begun round too").toEqual(["missed", "missed"]);
  });

  test("voids the signatures under the lock, as they were given to another text, and moves what was held if it says so", async () => {
    const kari = await join("kari");
    room.world.clock.now += 90 * DAY_MS;
    await room.staff.post(`${study}/lock`);
    await amend(amendedText);
    const colleague = await room.world.staff("colleague@example.org");
    await room.staff.post(`${study}/team`, { email: "colleague@example.org", role: "manager" });
    await colleague.post(`${study}/lock`);
    expect((await room.staff.get<StudySummary>(study)).phase).toBe("recruiting");

    const before = await open(kari);
    const later = amendedText.replace("1.1.0", "1.2.0").replace("closesDays: 28", "closesDays: 30");
    expect((await amend(later, true)).effect).toMatchObject({ held: 0, moved: 1 });
    expect((await open(kari)).waves[1]?.closesAt).toBe((before.waves[1]?.closesAt ?? 0) + 9 * DAY_MS);

    const store = await room.place.open();
    const lines = await auditLines(store.db, STUDY, { after: 0, most: 100 });
    await store.close();
    const voided = lines.filter(({ action }) => action === "lock.signatures-voided");
    expect(voided.map(({ detail }) => JSON.parse(detail))).toEqual([
      { signed: "team@example.org" },
      { signed: "colleague@example.org" },
    ]);
  });

  test("a paused study sends nothing, and nothing that came due meanwhile afterwards (FDA MyStudies #211)", async () => {
    await join("kari");
    await later(1);
    await room.staff.post(`${study}/move`, { move: "pause", reason: "A report of harm is looked into." });
    await later(4);
    expect(room.post.received).toEqual([]);
    await room.staff.post(`${study}/move`, { move: "resume" });
    await deliver();
    await later(1);
    expect(room.post.received).toEqual([]);
    await later(2);
    expect(subjects()).toHaveLength(1);
    const { messages } = await room.messages();
    expect(messages.map(({ state, lastError }) => [state, lastError])).toEqual([
      ["sent", null],
      ["cancelled", "its time came while the study was paused"],
    ]);
  });
});
