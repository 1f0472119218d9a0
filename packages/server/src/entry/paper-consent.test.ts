import type {
  AddPeopleAnswer,
  AmendmentPreview,
  EntrySheet,
  PaperConsentSheet,
  ParticipantState,
} from "@longwave/api";
import { afterAll, describe, expect, test } from "vitest";
import { amendedText } from "../testing/amended-text.ts";
import { engines, stopPostgres } from "../testing/engines.ts";
import { openMailWorld, STUDY } from "../testing/mail-world.ts";
import { tokenOf } from "../testing/world.ts";

afterAll(stopPostgres);

const DAY_MS = 86_400_000;
const study = `/api/studies/${STUDY}`;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

describe.each(engines)("a consent on paper on %s", (engine) => {
  test("lets somebody without a device take part from the day they signed, by the exact words of that version", async () => {
    const room = await openMailWorld(engine);
    const { world, staff } = room;
    const { added } = await staff.post<AddPeopleAnswer>(`${study}/people`, { text: "Ola Hansen" });
    const person = `${study}/people/${added[0]?.id}`;
    world.clock.now += 10 * DAY_MS;
    const sheet = await staff.get<PaperConsentSheet>(`${person}/consent`);
    const [old] = sheet.papers;
    const ticks = Object.fromEntries(old?.form.ticks.map(({ id, required }) => [id, required]) ?? []);
    const signed = {
      ...{ version: 1, language: old?.form.language, hash: old?.form.hash, ticks },
      ...{ signedOn: dayOf(world.clock.now - 3 * DAY_MS), seenBy: "Nurse Berg" },
    };
    const refusal = async (change: object) =>
      (await staff.problem("POST", `${person}/consent`, { ...signed, ...change })).code;
    expect(await refusal({ hash: "0".repeat(64) })).toBe("consent.form-changed");
    expect(await refusal({ ticks: {} })).toBe("consent.tick-missing");
    expect(await refusal({ signedOn: dayOf(world.clock.now + 2 * DAY_MS) })).toBe("entry.day-impossible");
    expect(await refusal({ signedOn: "2020-01-01" })).toBe("entry.day-impossible");
    expect((await staff.problem("GET", `${person}/waves/w1/answers`)).code).toBe("consent.not-given");

    const seen = await staff.post<AmendmentPreview>(`${study}/amendments/preview`, { protocol: amendedText });
    await staff.post(`${study}/amendments`, { protocol: amendedText, token: seen.token, reason: "Longer." });
    const { given, papers } = await staff.post<PaperConsentSheet>(`${person}/consent`, signed);
    expect(given).toMatchObject([
      {
        version: 1,
        form: old?.form,
        signedOn: signed.signedOn,
        seenBy: "Nurse Berg",
        recordedBy: "team@example.org",
      },
    ]);
    expect(papers.map(({ form }) => form.version)).toContain(2);
    const { firstDay, closed } = await staff.get<EntrySheet>(`${person}/waves/w1/answers`);
    expect([firstDay, closed]).toEqual([signed.signedOn, null]);
    const visitor = world.visitor();
    const token = tokenOf(added[0]?.link ?? "");
    const own = await visitor.post<ParticipantState>("/api/participant/session", { token });
    expect(own.consent).toMatchObject({ given: { version: 1 }, again: { whenDeclined: "stay" } });

    const newer = papers.find(({ form }) => form.version === 2)?.form;
    const anew = { ...signed, version: 2, hash: newer?.hash, signedOn: dayOf(world.clock.now) };
    await staff.post(`${person}/consent`, anew);
    expect(await refusal({})).toBe("consent.form-changed");
    const after = await visitor.post<ParticipantState>("/api/participant/session", { token });
    expect(after.consent).toMatchObject({ given: { version: 2 } });
    expect(after.consent.again).toBeUndefined();
    await room.close();
  });
});
