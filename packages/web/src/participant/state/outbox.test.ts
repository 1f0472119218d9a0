import type { AnswerSubmission, AnswersReceipt } from "@longwave/api";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Outbox } from "./outbox.ts";
import {
  emptyOutbox,
  enqueue,
  nextBatch,
  notReceived,
  received,
  savingState,
  sending,
  waitBeforeRetryMs,
} from "./outbox.ts";

const answer = (id: string): AnswerSubmission => ({
  id,
  wave: "w1",
  item: "pain",
  payload: { kind: "value", value: 1 },
  answeredAt: 0,
});
const saved = (...ids: string[]): AnswersReceipt => ({
  saved: ids.map((id, seq) => ({ id, seq })),
  refused: [],
});

describe("the answers not yet sent", () => {
  test("are never lost, whatever the network does: each is unsent or was named by the server", () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant("answer" as const) }),
      fc.record({ kind: fc.constant("fail" as const) }),
      fc.record({ kind: fc.constant("save" as const), part: fc.integer({ min: 0, max: 5 }) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let outbox: Outbox = emptyOutbox;
        const given: string[] = [];
        const kept = new Set<string>();
        for (const happening of events) {
          if (happening.kind === "answer") {
            given.push(String(given.length));
            outbox = enqueue(outbox, answer(given.at(-1)!));
          } else if (happening.kind === "fail") outbox = notReceived(sending(outbox));
          else {
            const ids = nextBatch(outbox)
              .slice(0, happening.part)
              .map(({ id }) => id);
            for (const id of ids) kept.add(id);
            outbox = received(sending(outbox), saved(...ids));
          }
        }
        expect([...kept, ...outbox.unsent.map(({ id }) => id)].toSorted()).toEqual(given.toSorted());
      }),
    );
  });

  test("are sent oldest first, at most 200 at once", () => {
    const outbox = Array.from({ length: 205 }, (_, index) => answer(String(index))).reduce(
      enqueue,
      emptyOutbox,
    );
    expect(nextBatch(outbox)).toHaveLength(200);
    expect(nextBatch(outbox)[0]?.id).toBe("0");
  });

  test("an answer given while a batch is on its way stays in the box", () => {
    const outbox = enqueue(sending(enqueue(emptyOutbox, answer("a"))), answer("b"));
    expect(received(outbox, saved("a")).unsent.map(({ id }) => id)).toEqual(["b"]);
  });

  test("a refused answer leaves the box, so that it does not block those after it", () => {
    const outbox = enqueue(enqueue(emptyOutbox, answer("a")), answer("b"));
    const refused = [
      { id: "a", problem: { code: "answer.invalid" } },
    ] as unknown as AnswersReceipt["refused"];
    expect(received(outbox, { saved: [{ id: "b", seq: 1 }], refused }).unsent).toEqual([]);
  });
});

describe("what is said about saving", () => {
  test("is never “saved” before the server has answered", () => {
    const one = enqueue(emptyOutbox, answer("a"));
    expect(savingState(emptyOutbox)).toBe("as_you_go");
    expect(savingState(one)).toBe("saving");
    expect(savingState(notReceived(one))).toBe("not_yet_sent");
    expect(savingState(received(one, saved("a")))).toBe("saved");
    expect(savingState(enqueue(received(one, saved("a")), answer("b")))).toBe("saving");
  });

  test("tries again after 1, 2, 4 … and at most 30 seconds", () => {
    expect([1, 2, 3, 10].map(waitBeforeRetryMs)).toEqual([1000, 2000, 4000, 30_000]);
  });
});
