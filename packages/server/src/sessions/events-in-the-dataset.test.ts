import { type OwnCopy, simulateStudy } from "@longwave/findings";
import { type AnswerRecord, buildDataset, type DataTable } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answersUpTo } from "../store/queries/answers.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { addRestPrompts } from "../store/queries/sessions.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { protocolText, sendAnswers } from "../testing/world.ts";

const protocol = readProtocol(protocolText, "exercise-and-pain.yaml");
const simulated = simulateStudy(protocol, { seed: 7, people: 60, startAt: 0, timeZone: "Europe/Oslo" });
const loggers = simulated.sessionLoggers.slice(0, 3);
const REST_MINUTES = 90;

const ofLoggers = simulated.answers.filter(
  ({ person, wave }) => loggers.includes(person) && wave.includes("/"),
);
const beganAt = (wave: string): number =>
  Math.min(...ofLoggers.filter((answer) => answer.wave === wave).map(({ answeredAt }) => answeredAt));
/** Some simulated people come too late for the second rating of a rest, which is then not taken. */
const isTooLate = ({ wave, item, answeredAt }: AnswerRecord): boolean =>
  item === "r_30" && answeredAt - beganAt(wave) > REST_MINUTES * 60_000;
const taken = ofLoggers.filter((answer) => !isTooLate(answer));

let room: MailWorld;
const members = new Map<string, Member>();
beforeAll(async () => {
  room = await openMailWorld("sqlite");
  for (const [index, id] of loggers.entries())
    members.set(id, await room.join(`logger${index}`, { ticks: ["session_log"] }));
});
afterAll(() => room.close());

/** Sends what simulated people answered, each at its own time, as a phone would. Which answers were refused. */
async function live(): Promise<readonly string[]> {
  const store = await room.place.open();
  const joined = room.world.clock.now;
  const refused: string[] = [];
  const shift = (person: string): number =>
    joined - (simulated.people.find(({ id }) => id === person)?.enrolledAt ?? 0);
  const moved = ofLoggers.map((answer) => ({ ...answer, at: answer.answeredAt + shift(answer.person) }));
  for (const { person, at, ...answer } of moved.sort((a, b) => a.at - b.at)) {
    const { visitor, token, id } = members.get(person) as Member;
    room.world.clock.now = at;
    if (answer.item === "r_now") {
      const [, rest = ""] = answer.wave.split("/");
      // Its day matters to messages only, which this test does without.
      const drawn = { study: STUDY, id: rest, person: id, week: rest, localDate: rest, basis: "daytime" };
      await addRestPrompts(store.db, [{ ...drawn, dueAt: at, seed: "", drawnAt: at, state: "drawn" }]);
    }
    await visitor.post("/api/participant/session", { token });
    const { wave, item, payload } = answer;
    const receipt = await sendAnswers(visitor, [{ id: answer.id, wave, item, payload, answeredAt: at }]);
    refused.push(...receipt.refused.map((each) => each.id));
  }
  await store.close();
  return refused;
}

/** The rows of an event table by session or rest, without whose they are and when they were. */
function rowsOf(table: DataTable): readonly Record<string, unknown>[] {
  const columns = table.columns.filter(({ name }) => !["id", "answered_at"].includes(name));
  const rows = Array.from({ length: table.nrows }, (_, row) =>
    Object.fromEntries(
      columns.flatMap(({ name, values, missing }) => [
        [name, values[row]],
        [`${name} missing`, missing?.[row]],
      ]),
    ),
  );
  return rows.sort((a, b) => (String(a.occurrence) < String(b.occurrence) ? -1 : 1));
}

test("what people log reaches the event table as the simulated sessions and rests do, and their own copy shows it", async () => {
  expect(loggers).toHaveLength(3);
  const refused = await live();
  expect([...refused].sort()).toEqual(
    ofLoggers
      .filter(isTooLate)
      .map(({ id }) => id)
      .sort(),
  );

  const store = await room.place.open();
  const people = await personRecords(store.db, STUDY);
  const answers = await answersUpTo(store.db, STUDY, 10_000);
  await store.close();
  const logged = buildDataset({ protocol, people, answers, upToSeq: 10_000 });
  const made = buildDataset({ protocol, people: simulated.people, answers: taken, upToSeq: 1e9 });
  expect(logged.event?.nrows).toBeGreaterThan(20);
  expect(logged.event && rowsOf(logged.event)).toEqual(made.event && rowsOf(made.event));

  const [id = ""] = loggers;
  const { visitor, token } = members.get(id) as Member;
  await visitor.post("/api/participant/session", { token });
  const purpose = "past_answers";
  await visitor.post("/api/participant/code", { purpose });
  await room.world.server.deliverMail();
  const codes = room.post.received.flatMap(({ text }) => /^\d{4} \d{4}$/m.exec(text)?.[0] ?? []);
  await visitor.post("/api/participant/code/redeem", { purpose, code: codes.at(-1) });
  const copy = await visitor.get<OwnCopy>("/api/participant/copy");
  const own = copy.answers.filter(({ wave }) => wave.includes("/"));
  const content = (given: Pick<AnswerRecord, "wave" | "item" | "payload">) =>
    JSON.stringify([given.wave, given.item, given.payload]);
  const expected = taken.filter(({ person }) => person === id).map(content);
  expect(own.map(content).sort()).toEqual(expected.sort());
  const kind = own.find(({ item, payload }) => item === "s_type" && JSON.stringify(payload).includes("walk"));
  expect(kind ?? own.find(({ item }) => item === "s_pre")).toMatchObject({
    question: kind ? "What will you do?" : expect.stringContaining("pain"),
  });
}, 60_000);
