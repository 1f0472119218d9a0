import type { StudySummary, Today } from "@longwave/api";
import { afterAll, expect, test } from "vitest";
import { checkUp } from "../keeping/doctor.ts";
import { createCompiler } from "../protocol/compiler.ts";
import { engines, stopPostgres } from "../testing/engines.ts";
import { openMailWorld, STUDY } from "../testing/mail-world.ts";
import { protocolText } from "../testing/world.ts";
import { remindOfRetention } from "./retention.ts";

afterAll(stopPostgres);

const text = `${protocolText}\nretention: { keepUntil: 2032-12-31 }\n`;

test.each(engines)(
  "the team is reminded once when data may soon be kept no longer and once when the time is over, on %s",
  async (engine) => {
    const room = await openMailWorld(engine, { protocol: text });
    await room.join("kari");
    const store = await room.place.open();
    const remindAt = async (time: string): Promise<readonly string[]> => {
      const at = Date.parse(time);
      const look = () =>
        remindOfRetention({
          store,
          compiler: createCompiler(),
          now: () => at,
          mail: { wake: () => undefined },
          log: (line) => expect.fail(line),
        });
      await Promise.all([look(), look()]);
      const rows = await store.db.selectFrom("outbox").select("template").execute();
      return rows.map(({ template }) => template).filter((template) => template.startsWith("retention"));
    };
    expect(await remindAt("2032-11-01T12:00Z")).toEqual([]);
    await store.db.updateTable("study").set({ simulated: 1 }).execute();
    expect(await remindAt("2032-12-10T12:00Z")).toEqual([]);
    await store.db.updateTable("study").set({ simulated: 0 }).execute();
    const soon = await remindAt("2032-12-10T12:00Z");
    expect(new Set(soon)).toEqual(new Set(["retention_soon"]));
    expect(await remindAt("2032-12-20T12:00Z")).toEqual(soon);
    const all = await remindAt("2033-01-02T12:00Z");
    expect(all.filter((template) => template === "retention_over")).toHaveLength(soon.length);
    const page = await room.world.server.fetch(
      new Request(`http://localhost/about/${STUDY}/privacy?language=nb`),
    );
    expect(await page.text()).toContain("til senest 31. desember 2032.");
    const settings = await room.staff.get<StudySummary>(`/api/studies/${STUDY}`);
    expect(settings.keepUntil).toBe("2032-12-31");
    const doctor = await checkUp({ ...room.place.location, mail: {}, at: Date.parse("2033-01-02T12:00Z") });
    expect(doctor.filter(({ about }) => about === "keeping")).toMatchObject([
      { state: "wrong", says: expect.stringContaining("2032-12-31, which is past") },
    ]);
    room.world.clock.now = Date.parse("2032-12-10T12:00Z");
    const today = await room.staff.get<Today>(`/api/studies/${STUDY}/today`);
    expect(today.items).toContainEqual({
      kind: "retention_soon",
      count: 1,
      people: [],
      detail: "2032-12-31",
    });
    room.world.clock.now = Date.parse("2033-01-02T12:00Z");
    await room.world.server.deliverMail();
    expect(room.post.received.map(({ text: body }) => body).join()).toContain("That day is past.");
    await store.close();
    await room.close();
  },
);
