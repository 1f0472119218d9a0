import { type Kysely, sql } from "kysely";
import type { Tables } from "../schema.ts";
import type { OpenLinkTable } from "../schema-recruitment.ts";

const DAY_MS = 86_400_000;

/** What is counted at the public address of a study. */
export type RecruitmentEvent = "opened" | "eligible" | "ineligible" | "code";

/** The switch of the open link of a study; undefined when nobody has touched it. */
export async function openLinkOf(db: Kysely<Tables>, study: string): Promise<OpenLinkTable | undefined> {
  return db.selectFrom("open_link").selectAll().where("study", "=", study).executeTakeFirst();
}

/** Sets the switch of the open link. */
export async function setOpenLink(db: Kysely<Tables>, row: OpenLinkTable): Promise<void> {
  const { is_open, changed_at, changed_by } = row;
  await db
    .insertInto("open_link")
    .values(row)
    .onConflict((conflict) => conflict.column("study").doUpdateSet({ is_open, changed_at, changed_by }))
    .execute();
}

/** Counts something at the public address; nobody is named. */
export async function countAtDoor(
  db: Kysely<Tables>,
  study: string,
  event: { readonly what: RecruitmentEvent; readonly at: number; readonly reason?: string },
): Promise<void> {
  const day = Math.floor(event.at / DAY_MS);
  await db
    .insertInto("recruitment_count")
    .values({ study, day, what: event.what, reason: event.reason ?? "", times: 1 })
    .onConflict((conflict) =>
      conflict.columns(["study", "day", "what", "reason"]).doUpdateSet((eb) => ({
        times: eb("recruitment_count.times", "+", 1),
      })),
    )
    .execute();
}

/** All counts of the public address of a study, by day. */
export async function doorCounts(
  db: Kysely<Tables>,
  study: string,
): Promise<readonly Tables["recruitment_count"][]> {
  return db
    .selectFrom("recruitment_count")
    .selectAll()
    .where("study", "=", study)
    .orderBy("day")
    .orderBy("what")
    .orderBy("reason")
    .execute();
}

/** How many people have joined by the open link, and how many codes have been asked for, since a time. */
export async function joinedSince(
  db: Kysely<Tables>,
  study: string,
  since: number,
): Promise<{ readonly joined: number; readonly codes: number }> {
  const joined = await db
    .selectFrom("joined_openly")
    .select(sql<number>`count(*)`.as("people"))
    .where("study", "=", study)
    .where("joined_at", ">", since)
    .executeTakeFirstOrThrow();
  const codes = await db
    .selectFrom("recruitment_count")
    .select(sql<number>`coalesce(sum(times), 0)`.as("times"))
    .where("study", "=", study)
    .where("what", "=", "code")
    .where("day", ">", Math.floor(since / DAY_MS))
    .executeTakeFirstOrThrow();
  return { joined: Number(joined.people), codes: Number(codes.times) };
}
