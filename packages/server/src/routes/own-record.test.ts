import type { OwnRecord, ParticipantState, Problem, ShownCode } from "@longwave/api";
import type { OwnCopy } from "@longwave/findings";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writtenChanges } from "../store/queries/address-changes.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addDeclined } from "../store/queries/consents.ts";
import { addDoubleEntry, keepSecondEntry } from "../store/queries/entries.ts";
import { eventsAbout } from "../store/queries/own-record.ts";
import { engines, stopPostgres } from "../testing/engines.ts";
import { STUDY } from "../testing/mail-world.ts";
import { type Answerer, openRecordWorld, REVIEWED, type RecordWorld } from "../testing/record-world.ts";

afterAll(stopPostgres);
const address = "/api/participant/record";
const DAY = 86_400_000;

function shown({ feedback }: OwnRecord) {
  if (feedback.kind !== "record") throw new Error(`expected a record, found ${feedback.kind}`);
  return feedback;
}

describe.each(engines)("a person's own record, on %s", (engine) => {
  let world: RecordWorld;
  beforeAll(async () => {
    world = await openRecordWorld(engine);
  }, 60_000);
  afterAll(() => world.close());
  /** A newer consent that somebody did not agree to, and a form that two people typed. */
  async function typeAgain({ id: person }: Answerer): Promise<void> {
    const store = await world.room.place.open();
    const declined = { id: crypto.randomUUID(), study: REVIEWED, person, version: 9, language: "en" };
    await addDeclined(store.db, { ...declined, formHash: "f".repeat(64), declinedAt: 7 });
    const place = { study: REVIEWED, person, wave: "w1" };
    await addDoubleEntry(store.db, place, { by: "team@example.org", at: 1 });
    const answers = { pain_vrs: { kind: "value", value: 2 } } as const;
    await keepSecondEntry(store.db, place, { by: "other@example.org", at: 8, answers });
    await store.close();
  }
  const recordOf = (someone: Answerer) => someone.visitor.get<OwnRecord>(address);
  const rows = async <T>(
    table: "feedback_view" | "feedback_rules" | "feedback_choice" | "audit",
  ): Promise<readonly T[]> => {
    const store = await world.room.place.open();
    const found = await store.db.selectFrom(table).selectAll().execute();
    await store.close();
    return found as unknown as readonly T[];
  };

  test("is not shown to a link alone, and is shown after the code that came by e-mail", async () => {
    const kari = await world.join(3);
    for (const [method, path] of [
      ["GET", address],
      ["POST", `${address}/sessions`],
      ["GET", "/api/participant/copy"],
      ["GET", "/api/participant/copy/page"],
    ] as const) {
      const problem = await kari.visitor.problem(method, path, { show: true });
      expect(problem.code, path).toBe("session.not-verified");
    }
    await world.verify(kari);
    const { measures } = shown(await recordOf(kari));
    expect(measures[0]?.points[0]).toMatchObject({ answer: "Moderate", state: "answered" });
  });

  test("is written down with the exact rules and words, each time it is shown", async () => {
    const kari = await world.join(2);
    await world.verify(kari);
    const feedback = shown(await recordOf(kari));
    await recordOf(kari);
    const views = await rows<{ person: string; rules_hash: string; version: number }>("feedback_view");
    const own = views.filter(({ person }) => person === kari.id);
    expect(own.map(({ rules_hash, version }) => [rules_hash, version])).toEqual([
      [feedback.rules.hash, 1],
      [feedback.rules.hash, 1],
    ]);
    const kept = await rows<{ hash: string; text: string }>("feedback_rules");
    expect(kept.filter(({ hash }) => hash === feedback.rules.hash)).toHaveLength(1);
    expect(feedback.rules).toMatchObject({ reviewedBy: "A. Reviewer", reviewedOn: "2026-01-01" });
  });

  test("stays closed while a round is open, and says until when without a code", async () => {
    const kari = await world.join();
    const { feedback } = await recordOf(kari);
    expect(feedback).toMatchObject({ kind: "locked" });
    expect(JSON.stringify(feedback)).toContain("A round is open until");
    expect((await kari.visitor.problem("GET", "/api/participant/copy")).code).toBe("session.not-verified");
    await world.verify(kari);
    expect((await recordOf(kari)).feedback.kind).toBe("locked");
    expect((await kari.visitor.get<OwnCopy>("/api/participant/copy")).person.id).toBe(kari.id);
  });

  test("holds no act of somebody whose id differs by the sign that stands for any", async () => {
    const store = await world.room.place.open();
    const act = { at: 1, study: REVIEWED, actor: "server", action: "contact.changed" } as const;
    await recordEvent(store.db, { ...act, detail: { person: "p11", id: "x", fields: "name", sealed: "x" } });
    expect(await eventsAbout(store.db, { study: REVIEWED, id: "p_1" })).toEqual([]);
    expect(await writtenChanges(store.db, { study: REVIEWED, person: "p_1" })).toEqual([]);
    await store.close();
  });

  test("holds nobody else's answers, of this study or another", async () => {
    const [kari, ola] = [await world.join(1), await world.join(4)];
    const other = await world.join(5, STUDY);
    await world.verify(kari);
    await world.verify(ola);
    expect(shown(await recordOf(kari)).measures[0]?.points[0]?.answer).toBe("Very mild");
    expect(shown(await recordOf(ola)).measures[0]?.points[0]?.answer).toBe("Severe");
    const copied = await kari.visitor.get<OwnCopy>("/api/participant/copy");
    expect(copied.person.email).toMatch(/@example\.org$/);
    const copy = JSON.stringify(copied);
    for (const stranger of [ola, other]) expect(copy).not.toContain(stranger.id);
    // A code of one person opens no visit of another.
    const code = await world.codeFor(ola);
    const late = await world.join(2);
    const wrong = await late.visitor.problem("POST", "/api/participant/code/redeem", {
      purpose: "past_answers",
      code,
    });
    expect(wrong.code).toBe("code.wrong");
    expect((await late.visitor.problem("GET", address)).code).toBe("session.not-verified");
  });

  test("is off where nobody has reviewed the rules of a real study; the copy is there all the same", async () => {
    const kari = await world.join(2, STUDY);
    await world.verify(kari);
    expect((await recordOf(kari)).feedback).toEqual({ kind: "off" });
    expect((await kari.visitor.get<OwnCopy>("/api/participant/copy")).answers.length).toBeGreaterThan(5);
  });

  test("keeps every choice to show sessions, and the latest holds", async () => {
    const kari = await world.join(2);
    await world.verify(kari);
    expect((await recordOf(kari)).showsSessions).toBe(false);
    for (const show of [true, false, true]) {
      const after = await kari.visitor.post<OwnRecord>(`${address}/sessions`, { show });
      expect(after.showsSessions).toBe(show);
      world.room.world.clock.now += 1000;
    }
    const choices = await rows<{ person: string; shows_sessions: number }>("feedback_choice");
    expect(
      choices
        .filter(({ person }) => person === kari.id)
        .map((row) => row.shows_sessions)
        .toSorted(),
    ).toEqual([0, 1, 1]);
    const audit = await rows<{ actor: string; action: string }>("audit");
    const own = audit.filter(
      ({ actor, action }) => actor === `person:${kari.id}` && action.startsWith("own-record"),
    );
    expect(own).toHaveLength(3);
  });

  test("compares the newest answer with the first, when a later round is done", async () => {
    const kari = await world.join(4);
    world.room.world.clock.now += 91 * DAY;
    await world.answerRound(kari, 2);
    await world.verify(kari);
    const [pain] = shown(await recordOf(kari)).measures;
    expect(pain?.sentences.join(" ")).toMatch(
      /2 steps lower than in .* more than one person's answers usually vary/,
    );
    world.room.world.clock.now -= 91 * DAY;
  });

  test("can be copied whole, to read and for a computer, with what was corrected and no name of staff", async () => {
    const kari = await world.join(undefined, REVIEWED, "none");
    const state = await kari.visitor.get<ParticipantState>("/api/participant/state");
    const first = { id: crypto.randomUUID(), wave: "w1", item: "pain_vrs", answeredAt: state.now };
    const second = { ...first, id: crypto.randomUUID(), replaces: first.id };
    await kari.visitor.post("/api/participant/answers", {
      answers: [
        { ...first, payload: { kind: "value", value: 5 } },
        { ...second, payload: { kind: "value", value: 1 } },
      ],
    });
    await typeAgain(kari);
    await world.verify(kari);
    const copy = await kari.visitor.get<OwnCopy>("/api/participant/copy");
    expect(copy.declined).toEqual([{ at: 7, version: 9, language: "en", formHash: "f".repeat(64) }]);
    expect(copy.typedAgain).toMatchObject([{ wave: "w1", item: "pain_vrs", answer: "Mild", at: 8 }]);
    expect(copy.answers.map(({ answer, stands }) => [answer, stands])).toEqual([
      ["Very severe", false],
      ["Very mild", true],
    ]);
    expect(copy.consents[0]?.words?.hash).toBe(copy.consents[0]?.formHash);
    expect(copy.events.map(({ who, what }) => `${who}: ${what}`)).toEqual(
      expect.arrayContaining([
        "you: consent.given",
        "study team: code.read-out",
        "you: visit.verified",
        "you: own-copy.taken",
      ]),
    );
    expect(JSON.stringify(copy)).not.toContain("team@example.org");
    const page = await (await kari.visitor.send("GET", "/api/participant/copy/page")).text();
    expect(page).toContain("<del>Very severe</del> (changed later)");
    expect(page).toContain(copy.person.id);
    expect(page).toContain("You did not agree to version 9");
    expect(page).toContain("What the study team typed a second time");
    expect(page).not.toContain("team@example.org");
  });

  test("is given at most thirty times a minute", async () => {
    const kari = await world.join(2);
    await world.verify(kari);
    for (let times = 0; times < 30; times++) await recordOf(kari);
    expect((await kari.visitor.problem("GET", address)).code).toBe("request.too-many");
    world.room.world.clock.now += 61_000;
    expect((await recordOf(kari)).feedback.kind).toBe("record");
  });

  test("says nothing about others before publication, and after it the middle half of eleven", async () => {
    const everyone: Answerer[] = [];
    for (let person = 0; person < 12; person++) everyone.push(await world.join(person % 3));
    const [kari] = everyone;
    if (kari === undefined) throw new Error("has people");
    await world.verify(kari);
    const before = shown(await recordOf(kari));
    expect(before.study).not.toHaveProperty("address");
    expect(before.measures.flatMap(({ others }) => others)).toEqual([]);
    await world.publish(100_000);
    const after = shown(await recordOf(kari));
    expect(after.study).toMatchObject({ address: `/findings/${REVIEWED}/${"1".repeat(64)}` });
    expect(after.study.sentences).toContain("Not clear: these data cannot tell.");
    expect(after.measures[0]?.others.join(" ")).toMatch(/at least half of \d+ other people answered/);
    expect(JSON.stringify(after)).not.toContain(everyone[1]?.id);
  });
});

test("a code stands on the page itself in a study that anyone may try, and nowhere else", async () => {
  const world = await openRecordWorld("sqlite");
  const kari = await world.join(2);
  const refused: Problem = await kari.visitor.problem("POST", "/api/participant/code/shown", {});
  expect(refused.code).toBe("session.not-verified");
  const store = await world.room.place.open();
  await store.db.updateTable("study").set({ try_it: 1 }).where("id", "=", REVIEWED).execute();
  await store.close();
  const { code, minutes } = await kari.visitor.post<ShownCode>("/api/participant/code/shown", {});
  expect(minutes).toBe(10);
  await kari.visitor.post("/api/participant/code/redeem", { purpose: "past_answers", code });
  expect((await kari.visitor.get<OwnRecord>(address)).feedback.kind).toBe("record");
  const kept = await kari.visitor.problem("POST", "/api/participant/contact", { phone: "22 33 44 55" });
  expect(kept.code, "and nobody's address is kept there").toBe("contact.demonstration");
  await world.close();
}, 60_000);
