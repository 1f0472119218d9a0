import type { AnswersReceipt } from "@longwave/api";
import { describe, expect, test } from "vitest";
import { answersUpTo } from "../store/queries/answers.ts";
import { makePlace } from "../testing/engines.ts";
import { answerTo, enrolled, itemsOf, openWorld } from "../testing/world.ts";

describe("a server that is told to stop", () => {
  test("finishes the requests under way: what it acknowledged is kept, and what is kept it acknowledged", async () => {
    const place = await makePlace("sqlite");
    const world = await openWorld({ ...place.location, people: 40, port: 0 });
    const { visitor, state } = await enrolled(world);
    const { url } = await world.server.listen();
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const send = async (body: string): Promise<AnswersReceipt> => {
      const headers = { "content-type": "application/json", cookie };
      return (
        await fetch(`${url}/api/participant/answers`, { method: "POST", headers, body })
      ).json() as Promise<AnswersReceipt>;
    };
    const sending = itemsOf(state).map((item) => send(JSON.stringify({ answers: [answerTo(state, item)] })));
    await Promise.race(sending);
    await world.close();
    const settled = await Promise.allSettled(sending);
    const acknowledged = settled.flatMap((each) => (each.status === "fulfilled" ? each.value.saved : []));
    expect(acknowledged.length).toBeGreaterThan(0);

    const store = await place.open();
    const kept = await answersUpTo(store.db, "exercise-and-pain-try", 1000);
    const bySeq = [...acknowledged].sort((a, b) => a.seq - b.seq);
    expect(bySeq).toEqual(kept.map(({ id, seq }) => ({ id, seq })));
    await store.close();
    await place.remove();
  });
});
