import { readFileSync } from "node:fs";
import { readProtocol } from "@longwave/study/text";
import { describe, expect, test } from "vitest";
import { previewOf } from "../console/writing/preview-state.ts";
import { savesNothing } from "./saves-nothing.ts";

const file = new URL("../../../../protocols/exercise-and-pain.yaml", import.meta.url);
const protocol = readProtocol(readFileSync(file, "utf8"), "study.yaml");
const now = Date.UTC(2027, 2, 1, 12);

/** What came back, which is never a refusal here. */
function value<T>(reply: { readonly kind: string; readonly value?: T }): T {
  if (reply.kind !== "ok" || reply.value === undefined) throw new Error(`found ${reply.kind}`);
  return reply.value;
}

describe("the preview of a study", () => {
  test("begins with the consent, and goes on to the first wave", async () => {
    const server = savesNothing(previewOf(protocol, { part: "consent", language: "nb" }, now), () => now);
    const before = value(await server.state());
    expect([before.language, before.consent.given]).toEqual(["nb", undefined]);
    const { hash, version, language } = before.consent.form;
    const ticks = { take_part: true };
    const after = value(await server.consent({ hash, version, language, ticks, timeZone: "UTC" }));
    expect([after.consent.given?.ticks, after.current?.form.wave]).toEqual([ticks, "w1"]);
  });

  test.each(protocol.waves.map(({ id }) => id))(
    "shows %s open with its questions, and those before it done",
    (wave) => {
      const state = previewOf(protocol, { part: wave, language: "en" }, now).states.en;
      expect(state?.current?.form.wave).toBe(wave);
      const open = state?.waves.find(({ state: stands }) => stands === "open");
      expect(open?.id).toBe(wave);
      expect(open && open.opensAt <= now && now < open.closesAt).toBe(true);
    },
  );

  test("takes answers, brings them back, and says thank you with the next wave", async () => {
    const server = savesNothing(previewOf(protocol, { part: "w2", language: "en" }, now), () => now);
    const payload = { kind: "value", value: 3 } as const;
    const answer = { id: "a", wave: "w2", item: "pain_vrs", payload, answeredAt: now };
    expect(value(await server.sendAnswers({ answers: [answer] })).saved).toEqual([{ id: "a", seq: 1 }]);
    expect(value(await server.state()).current?.answers).toEqual({ pain_vrs: payload });
    const end = value(await server.finish("w2"));
    expect([end.current, end.thanks?.next?.wave]).toEqual([undefined, "w3"]);
  });
});
