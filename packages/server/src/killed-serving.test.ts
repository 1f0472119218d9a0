import { once } from "node:events";
import type { AnswerSubmission, AnswersReceipt, ParticipantState } from "@longwave/api";
import { afterAll, describe, expect, test } from "vitest";
import { answersUpTo } from "./store/queries/answers.ts";
import { addMessages } from "./store/queries/outbox.ts";
import { studyById } from "./store/queries/studies.ts";
import { type WaitingChild, waitingServer } from "./testing/child.ts";
import { engines, stopPostgres, type TestPlace } from "./testing/engines.ts";
import { kills, makeChance, pause } from "./testing/kills.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "./testing/mail-world.ts";
import { answerTo, itemsOf, openWorld, sendAnswers, type Visitor, type World } from "./testing/world.ts";

afterAll(stopPostgres);

const KILLS = kills(5);
const PEOPLE = 3 * KILLS;
const ANSWERS_EACH = 24;
const MESSAGES = 20 * KILLS;
/** The most that happens before a kill: answers acknowledged and messages delivered. */
const MOST_BEFORE = 28;
const WAIT_MS = 60_000;

/** Somebody with answers to send, and the places that a server said they have. */
interface Sender {
  readonly member: Member;
  readonly answers: readonly AnswerSubmission[];
  readonly places: Map<string, number>;
}

async function makeSender(room: MailWorld, name: string): Promise<Sender> {
  const member = await room.join(name);
  const { token, visitor } = member;
  const state = await visitor.post<ParticipantState>("/api/participant/session", { token });
  const answers = itemsOf(state)
    .slice(0, ANSWERS_EACH)
    .map((item) => answerTo(state, item));
  return { member, answers, places: new Map() };
}

/** Decides many messages to one person, as a study of many people would have. */
async function decideMany(place: TestPlace, person: string): Promise<void> {
  const store = await place.open();
  const messages = Array.from({ length: MESSAGES }, (_, index) => ({
    id: crypto.randomUUID(),
    key: `many:${index}`,
    study: STUDY,
    template: "results_out" as const,
    parameters: { publication: 1 },
    recipient: { kind: "person" as const, id: person },
    language: "en" as const,
    urgent: true,
    decidedAt: index,
    dueAt: 0,
  }));
  expect(await addMessages(store.db, messages)).toBe(MESSAGES);
  expect(await addMessages(store.db, messages), "decided once").toBe(0);
  await store.close();
}

/** Sends what has not been acknowledged, one after the other, until the server is gone. */
async function sendOn(url: string, { member, answers, places }: Sender): Promise<void> {
  const cookie = [...member.visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  for (const answer of answers.filter(({ id }) => !places.has(id))) {
    const response = await fetch(`${url}/api/participant/answers`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify({ answers: [answer] }),
    });
    const { saved } = (await response.json()) as AnswersReceipt;
    for (const { id, seq } of saved) places.set(id, seq);
  }
}

/** Lets a server take answers and send messages, and kills it without warning at some moment of that. */
async function serveAndKill(
  child: WaitingChild,
  room: MailWorld,
  senders: readonly Sender[],
  chance: () => number,
): Promise<void> {
  const ended = once(child.process, "exit");
  const happened = (): number =>
    room.post.received.length + senders.reduce((sum, { places }) => sum + places.size, 0);
  const enough = happened() + 1 + Math.floor(chance() * MOST_BEFORE);
  const { url } = await child.begin();
  const busy = senders.filter(({ answers, places }) => places.size < answers.length).slice(0, 5);
  const sending = Promise.allSettled(busy.map((sender) => sendOn(url, sender)));
  const giveUpAt = Date.now() + WAIT_MS;
  while (happened() < enough && Date.now() < giveUpAt) await pause(1 + chance() * 8);
  child.process.kill("SIGKILL");
  await ended;
  await sending;
}

async function killOften(room: MailWorld, senders: readonly Sender[], chance: () => number): Promise<void> {
  const make = (): WaitingChild =>
    waitingServer({ ...room.place.location, mail: { address: room.post.address } });
  let next = make();
  for (let kill = 0; kill < KILLS; kill++) {
    const child = next;
    next = make();
    await serveAndKill(child, room, senders, chance);
  }
  next.process.kill("SIGKILL");
}

async function expectAnswers(place: TestPlace, last: World, senders: readonly Sender[]): Promise<void> {
  const all = senders.flatMap(({ answers }) => answers);
  const acknowledged = new Map(senders.flatMap(({ places }) => [...places]));
  const store = await place.open();
  const kept = await answersUpTo(store.db, STUDY, all.length);
  expect(new Set(kept.map(({ id }) => id)).size, "none twice").toBe(kept.length);
  expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, index) => index + 1));
  expect((await studyById(store.db, STUDY))?.lastSeq).toBe(kept.length);
  const places = new Map(kept.map(({ id, seq }) => [id, seq]));
  for (const [id, seq] of acknowledged) expect(places.get(id), "acknowledged").toBe(seq);
  for (const { member, answers } of senders) {
    const { saved } = await sendAnswers(visitorFor(last, member), answers);
    expect(saved).toHaveLength(answers.length);
    for (const { id, seq } of saved) expect(seq).toBe(places.get(id) ?? seq);
  }
  expect(await answersUpTo(store.db, STUDY, 2 * all.length)).toHaveLength(all.length);
  await store.close();
}

function visitorFor(world: World, { visitor }: Member): Visitor {
  const again = world.visitor();
  for (const [name, value] of visitor.cookies) again.cookies.set(name, value);
  return again;
}

async function expectMessages(room: MailWorld, last: World): Promise<void> {
  const store = await room.place.open();
  const rows = await store.db
    .selectFrom("outbox")
    .select(["id", "state"])
    .where("template", "=", "results_out")
    .execute();
  await store.close();
  const arrived = room.post.received.map(({ messageId }) => messageId.slice(1, 37));
  expect(new Set(arrived).size, "nothing twice").toBe(arrived.length);
  expect(rows, "no decision lost").toHaveLength(MESSAGES);
  const idsOf = (state: string): string[] => rows.filter((row) => row.state === state).map(({ id }) => id);
  const [sent, uncertain] = [idsOf("sent"), idsOf("uncertain")];
  expect(sent.length + uncertain.length, "nothing in between").toBe(MESSAGES);
  expect(
    sent.filter((id) => !arrived.includes(id)),
    "called sent and not arrived",
  ).toEqual([]);
  expect(uncertain.length).toBeLessThanOrEqual(KILLS);
  expect(uncertain.length, "a kill hit a message at least once").toBeGreaterThan(0);
  const staff = await last.staff("team@example.org");
  const { counts } = await staff.get<{ counts: object }>(`/api/studies/${STUDY}/messages`);
  expect(counts).toMatchObject({ sent: sent.length, uncertain: uncertain.length, queued: 0, sending: 0 });
}

describe.each(engines)(
  `a server killed ${KILLS} times while it takes answers and sends messages, on %s`,
  (engine) => {
    test(
      "has what it acknowledged, once and without a gap, delivers nothing twice, and shows as uncertain what may have arrived",
      async () => {
        const room = await openMailWorld(engine, { now: Date.now });
        const senders: Sender[] = [];
        for (let index = 0; index < PEOPLE; index++) senders.push(await makeSender(room, `p${index}`));
        await decideMany(room.place, senders[0]?.member.id ?? "");
        await room.world.close();
        room.post.delayMs = 15;
        await killOften(room, senders, makeChance(7));
        const acknowledged = senders.reduce((sum, { places }) => sum + places.size, 0);
        expect(acknowledged).toBeGreaterThan(2 * KILLS);
        expect(acknowledged, "killed before the end").toBeLessThan(PEOPLE * ANSWERS_EACH);
        expect(room.post.received.length, "killed before the end").toBeLessThan(MESSAGES);

        room.post.delayMs = 0;
        const mail = { address: room.post.address };
        const now = (): number => Date.now() + 2 * WAIT_MS;
        const last = await openWorld({ ...room.place.location, demonstration: null, mail, now });
        await last.server.deliverMail();
        await expectAnswers(room.place, last, senders);
        await expectMessages(room, last);
        await last.close();
        await room.post.stop();
        await room.place.remove();
      },
      300_000 * kills(1),
    );
  },
);
