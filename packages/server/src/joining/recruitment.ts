import type { RecruitmentDay, RecruitmentPage } from "@longwave/api";
import type { Inside } from "../access/gate.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { countConsented, countsByDay } from "../store/queries/flow.ts";
import { doorCounts, joinedSince, openLinkOf, setOpenLink } from "../store/queries/open-link.ts";
import { countPeople } from "../store/queries/people.ts";
import { type StudyRow, takeStudy } from "../store/queries/studies.ts";
import { requireTakesPeople } from "../studies/standing.ts";
import { doorClosed, doorOf, MOST_A_DAY } from "./door.ts";

const DAY_MS = 86_400_000;

/** How people come into a study: its open link, counts by day (UTC), and why some could not take part. */
export async function recruitmentPage(context: ServerContext, study: StudyRow): Promise<RecruitmentPage> {
  const { db } = context.store;
  const protocol = context.compiler.protocol(study);
  const counts = await doorCounts(db, study.id);
  const link = await linkOf(context, study);
  const timesOf = (reason: string): number =>
    counts
      .filter((row) => row.what === "ineligible" && row.reason === reason)
      .reduce((sum, { times }) => sum + times, 0);
  return {
    ...(link === undefined ? {} : { link }),
    target: protocol.power.targetN,
    invited: await countPeople(db, study.id),
    joinedOpenly: (await joinedSince(db, study.id, 0)).joined,
    consented: await countConsented(db, study.id),
    days: await daysOf(context, study.id, counts),
    reasons: (protocol.recruitment.open?.rules ?? []).map(({ id, reason }) => ({
      id,
      reason: reason.en,
      times: timesOf(id),
    })),
  };
}

async function linkOf(context: ServerContext, study: StudyRow): Promise<RecruitmentPage["link"]> {
  const door = await doorOf(context, study.id);
  if (door === undefined) return undefined;
  const row = await openLinkOf(context.store.db, study.id);
  const { places, mostPerDay = MOST_A_DAY } = door.open;
  return {
    address: `${context.origin()}/join/${encodeURIComponent(study.id)}`,
    state: (await doorClosed(context, door)) ?? "open",
    switchedOn: row?.is_open === 1,
    ...(row === undefined ? {} : { changedAt: row.changed_at }),
    ...(places === undefined ? {} : { places }),
    mostPerDay,
  };
}

async function daysOf(
  { store }: ServerContext,
  study: string,
  counts: Awaited<ReturnType<typeof doorCounts>>,
): Promise<readonly RecruitmentDay[]> {
  const invited = await countsByDay(store.db, study, "invited");
  const consented = await countsByDay(store.db, study, "consented");
  const days = new Set([...invited.keys(), ...consented.keys(), ...counts.map(({ day }) => day)]);
  const times = (day: number, what: string): number =>
    counts.filter((row) => row.day === day && row.what === what).reduce((sum, row) => sum + row.times, 0);
  return [...days]
    .sort((a, b) => a - b)
    .map((day) => ({
      day: new Date(day * DAY_MS).toISOString().slice(0, 10),
      invited: invited.get(day) ?? 0,
      opened: times(day, "opened"),
      eligible: times(day, "eligible"),
      ineligible: times(day, "ineligible"),
      consented: consented.get(day) ?? 0,
    }));
}

/**
 * Opens the public address of a study to people, or closes it; written down with who did it.
 *
 * @throws Refusal `study.no-open-link`, `study.in-design`, `study.locked`, `study.recruitment-closed`, `study.paused`
 */
export async function switchOpenLink(
  context: ServerContext,
  { study, staff }: Pick<Inside, "study" | "staff">,
  open: boolean,
): Promise<RecruitmentPage> {
  if ((await doorOf(context, study.id)) === undefined) throw noOpenLink();
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    const { phase, pausedAt } = await takeStudy(trx, study.id);
    if (open) requireTakesPeople({ phase, paused: pausedAt !== undefined });
    const by = `staff:${staff.email}`;
    await setOpenLink(trx, { study: study.id, is_open: open ? 1 : 0, changed_at: at, changed_by: by });
    const action = open ? "recruitment.opened" : "recruitment.closed";
    await recordEvent(trx, { at, study: study.id, actor: by, action });
  });
  return recruitmentPage(context, study);
}

function noOpenLink() {
  return refuse(
    "study.no-open-link",
    "a study of real people whose text has `recruitment.open`",
    "one without",
    "Write `recruitment.open` into the study text: which questions, and who can take part.",
  );
}
