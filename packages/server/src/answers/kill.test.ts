import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { AnswerSubmission, AnswersReceipt } from "@longwave/api";
import { afterAll, describe, expect, test } from "vitest";
import { answersUpTo } from "../store/queries/answers.ts";
import { studyById } from "../store/queries/studies.ts";
import { startChild } from "../testing/child.ts";
import { engines, makePlace, stopPostgres } from "../testing/engines.ts";
import { answerTo, enrolled, itemsOf, openWorld, sendAnswers, type World } from "../testing/world.ts";

afterAll(stopPostgres);

const study = "exercise-and-pain-try";
const PEOPLE = 50;
const ANSWERS = 1000;
const KILL_AFTER = 300;

interface Sending {
  readonly cookie: string;
  readonly answer: AnswerSubmission;
}

/** 1,000 answers of 50 people who have consented, ready to be sent. */
async function prepare(world: World): Promise<readonly Sending[]> {
  const sendings: Sending[] = [];
  for (let person = 0; person < PEOPLE; person++) {
    const { visitor, state } = await enrolled(world);
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    for (const item of itemsOf(state).slice(0, ANSWERS / PEOPLE))
      sendings.push({ cookie, answer: answerTo(state, item) });
  }
  return sendings;
}

/** Sends everything at once and kills the server without warning once 300 answers have been acknowledged. */
async function sendAndKill(server: { process: ChildProcess; url: string }, sendings: readonly Sending[]) {
  const acknowledged = new Map<string, number>();
  const send = async ({ cookie, answer }: Sending): Promise<void> => {
    const response = await fetch(`${server.url}/api/participant/answers`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify({ answers: [answer] }),
    });
    const { saved } = (await response.json()) as AnswersReceipt;
    for (const { id, seq } of saved) acknowledged.set(id, seq);
    if (acknowledged.size >= KILL_AFTER) server.process.kill("SIGKILL");
  };
  const ended = once(server.process, "exit");
  await Promise.allSettled(sendings.map(send));
  server.process.kill("SIGKILL");
  await ended;
  return acknowledged;
}

describe.each(engines)("a server killed in the middle of 1,000 answers, on %s", (engine) => {
  test("has every acknowledged answer when it starts again, none twice, in places without a gap", async () => {
    const place = await makePlace(engine);
    const clock = (): number => Date.now();
    const first = await openWorld({ ...place.location, people: 5, now: clock });
    const sendings = await prepare(first);
    await first.close();
    expect(sendings).toHaveLength(ANSWERS);

    const acknowledged = await sendAndKill(await startChild(place.location), sendings);
    expect(acknowledged.size).toBeGreaterThanOrEqual(KILL_AFTER);
    expect(acknowledged.size).toBeLessThan(ANSWERS);

    const store = await place.open();
    const kept = await answersUpTo(store.db, study, ANSWERS);
    expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length);
    expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_, index) => index + 1));
    expect((await studyById(store.db, study))?.lastSeq).toBe(kept.length);
    const places = new Map(kept.map(({ id, seq }) => [id, seq]));
    for (const [id, seq] of acknowledged) expect(places.get(id)).toBe(seq);
    await store.close();

    const again = await openWorld({ ...place.location, now: clock });
    for (const cookie of new Set(sendings.map((each) => each.cookie))) {
      const visitor = again.visitor();
      const [name = "", value = ""] = cookie.split("=");
      visitor.cookies.set(name, value);
      const theirs = sendings.filter((each) => each.cookie === cookie).map(({ answer }) => answer);
      const { saved } = await sendAnswers(visitor, theirs);
      expect(saved).toHaveLength(theirs.length);
      for (const { id, seq } of saved) expect(seq).toBe(places.get(id) ?? seq);
    }
    await again.close();
    const whole = await place.open();
    expect(await answersUpTo(whole.db, study, 2 * ANSWERS)).toHaveLength(ANSWERS);
    await whole.close();
    await place.remove();
  }, 180_000);
});
