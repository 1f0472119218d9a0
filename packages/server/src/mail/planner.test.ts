import { compileSchedule } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import { afterAll, describe, expect, test } from "vitest";
import { leave } from "../people/leave.ts";
import { createCompiler } from "../protocol/compiler.ts";
import type { Store } from "../store/open.ts";
import { addFinished } from "../store/queries/answers.ts";
import { addConsents, keepConsentForm } from "../store/queries/consents.ts";
import { addPeople } from "../store/queries/people.ts";
import { addStudy } from "../store/queries/studies.ts";
import { engines, makePlace, stopPostgres } from "../testing/engines.ts";
import { protocolText } from "../testing/world.ts";
import { createPlanner } from "./planner.ts";

afterAll(stopPostgres);
const STUDY = "pain";
const PEOPLE = 60;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BEGIN = Date.UTC(2026, 0, 5, 9);
const zones = ["Europe/Oslo", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"];
const protocol = readProtocol(protocolText, "exercise-and-pain.yaml");
const schedule = compileSchedule(protocol);

/** Someone of the study, and what they will do: finish one wave, or leave in the middle of the year. */
interface Life {
  readonly id: string;
  readonly enrolledAt: number;
  readonly timeZone: string;
  readonly finishes: string | undefined;
  readonly leavesAt: number;
}

const lives: readonly Life[] = Array.from({ length: PEOPLE }, (_, index) => ({
  id: `p${index}`,
  enrolledAt: BEGIN + index * HOUR_MS,
  timeZone: zones[index % zones.length] ?? "UTC",
  finishes: index % 3 === 0 ? protocol.waves[index % 5]?.id : undefined,
  leavesAt: index % 10 === 7 ? BEGIN + (30 + index * 5) * DAY_MS : Number.POSITIVE_INFINITY,
}));

const moments = lives.flatMap((life) => schedule.enrolled(life).contacts.map(({ from }) => from));

async function fill(store: Store): Promise<void> {
  const title = protocol.title;
  const common = { protocolId: protocol.id, protocolVersion: protocol.version, protocolHash: "test" };
  const study = {
    id: STUDY,
    title,
    ...common,
    protocolText,
    simulated: false,
    tryIt: false,
    createdAt: BEGIN,
  };
  await addStudy(store.db, { ...study, phase: "running" });
  await keepConsentForm(store.db, { hash: "form", text: "{}" });
  await addPeople(
    store.db,
    STUDY,
    lives.map(({ id, enrolledAt, timeZone }, number) => ({
      id,
      number,
      tokenHash: id,
      invitedAt: enrolledAt,
      writesFrom: enrolledAt,
      enrolled: { at: enrolledAt, timeZone, language: "en" as const },
    })),
  );
  await addConsents(
    store.db,
    lives.map(({ id, enrolledAt }) => ({
      id,
      study: STUDY,
      person: id,
      version: 1,
      language: "en",
      formHash: "form",
      ticks: { reminders: true },
      givenAt: enrolledAt,
    })),
  );
}

const parting = (store: Store, at: number) => ({
  store,
  now: () => at,
  log: () => undefined,
  mail: { transport: { forget: async () => undefined } },
});

/** What happened by itself on a day: waves are finished two days after they open, and people leave. */
async function happen(store: Store, from: number, to: number): Promise<void> {
  for (const { id, enrolledAt, timeZone, finishes, leavesAt } of lives) {
    const window = schedule.enrolled({ enrolledAt, timeZone }).windows.find(({ wave }) => wave === finishes);
    const finishedAt = (window?.opensAt ?? Number.POSITIVE_INFINITY) + 8 * DAY_MS;
    if (window && finishedAt >= from && finishedAt < to)
      await addFinished(store.db, [{ study: STUDY, person: id, wave: window.wave, finished_at: finishedAt }]);
    if (leavesAt >= from && leavesAt < to)
      await leave(parting(store, leavesAt), { study: STUDY, person: id, way: "stop_keep", actor: id });
  }
}

describe.each(engines)("two servers that plan a year of one study, on %s", (engine) => {
  test("decide every message once, on its morning, and none after an answer or a departure", async () => {
    const place = await makePlace(engine);
    const stores = [await place.open(BEGIN), await place.open(BEGIN)] as const;
    await fill(stores[0]);
    const clock = { now: BEGIN };
    const lines: string[] = [];
    const planners = stores.map((store) =>
      createPlanner({
        store,
        compiler: createCompiler(),
        now: () => clock.now,
        log: (line) => lines.push(line),
        mail: { wake: () => undefined },
      }),
    );
    for (const [index, look] of looks.entries()) {
      await happen(stores[0], clock.now, look);
      clock.now = look;
      const awake = planners.slice(index % 3 === 0 ? 1 : 0); // one of them is away every third time
      // SQLite waits for the other's commit without letting this process go on, so there they take turns.
      if (engine === "postgres") await Promise.all(awake.map((planner) => planner.planDue()));
      else for (const planner of awake) await planner.planDue();
    }
    const rows = await stores[1].db.selectFrom("outbox").selectAll().orderBy("decided_at").execute();
    const waiting = await stores[1].db
      .selectFrom("person")
      .select("id")
      .where("next_contact_at", "<", clock.now)
      .execute();
    for (const planner of planners) await planner.close();
    for (const store of stores) await store.close();
    await place.remove();

    expect(lines).toEqual([]);
    expect(waiting, "nobody is looked at without end").toEqual([]);
    const found = rows.map(({ person, parameters, state, decided_at }) => ({
      ...(JSON.parse(parameters) as { readonly wave: string; readonly contact: string }),
      person,
      state,
      at: decided_at,
    }));
    const wanted = lives.flatMap((life) => {
      const { windows, contacts } = schedule.enrolled(life);
      return contacts.flatMap(({ wave, contact, from }) => {
        const opensAt = windows.find((window) => window.wave === wave)?.opensAt ?? 0;
        const finishedAt = wave === life.finishes ? opensAt + 8 * DAY_MS : Number.POSITIVE_INFINITY;
        // A decision falls on the first look after its moment.
        const seenAt = looks.find((look) => look >= from) ?? 0;
        return seenAt < Math.min(finishedAt, life.leavesAt) ? [{ person: life.id, wave, contact }] : [];
      });
    });
    const names = (list: readonly { person: string | null; wave: string; contact: string }[]) =>
      list.map(({ person, wave, contact }) => `${person} ${wave} ${contact}`).sort();
    expect(names(found)).toEqual(names(wanted));
    for (const each of found) {
      const life = lives.find(({ id }) => id === each.person);
      expect(each.at).toBeLessThan(life?.leavesAt ?? 0);
      const hour = new Date(each.at).toLocaleTimeString("en-GB", {
        timeZone: life?.timeZone ?? "",
        hour: "2-digit",
      });
      expect(Number(hour)).toBeGreaterThanOrEqual(8);
      expect(Number(hour)).toBeLessThan(21);
    }
  }, 120_000);
});

/** Four times a day, but for the times at which nothing can have come since the one before. */
const looks = Array.from({ length: 400 * 4 }, (_, index) => {
  const hours = [0, 5, 14, 18][index % 4] ?? 0;
  return BEGIN + Math.floor(index / 4) * 24 * HOUR_MS + hours * HOUR_MS;
}).filter((look, index, all) => moments.some((at) => at > (all[index - 1] ?? 0) && at <= look));
