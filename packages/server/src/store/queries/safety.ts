import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import type { SafetyPauseTable } from "../schema-inbox.ts";
import { openPayloads } from "./sealed.ts";

/** Who answered certain questions since a time, and who of them said yes, or wrote of harm to the team. */
export interface HarmReports {
  readonly asked: ReadonlySet<string>;
  readonly reported: ReadonlySet<string>;
}

/** Reports of harm in a study since a time: answers that stand, opened in memory, and messages about harm. */
export async function harmReportsSince(
  db: Kysely<Tables>,
  study: string,
  { items, since }: { readonly items: readonly string[]; readonly since: number },
): Promise<HarmReports> {
  const wrote = await db
    .selectFrom("inbox_message")
    .select("person")
    .where("study", "=", study)
    .where("about", "=", "harm")
    .where("sent_at", ">", since)
    .execute();
  const answers = await answersTo(db, study, { items, since });
  const harmed = answers.filter(({ payload }) => saysYes(payload)).map(({ person }) => person);
  const reported = new Set([...harmed, ...wrote.map(({ person }) => person)]);
  return { asked: new Set([...answers.map(({ person }) => person), ...reported]), reported };
}

async function answersTo(
  db: Kysely<Tables>,
  study: string,
  { items, since }: { readonly items: readonly string[]; readonly since: number },
) {
  if (items.length === 0) return [];
  const replaced = db
    .selectFrom("answer")
    .select("replaces")
    .where("study", "=", study)
    .where("replaces", "is not", null);
  const rows = await db
    .selectFrom("answer")
    .select(["id", "person", "wave", "item", "payload"])
    .where("study", "=", study)
    .where("item", "in", [...items])
    .where("given", "=", 1)
    .where("received_at", ">", since)
    .where("id", "not in", replaced)
    .execute();
  return openPayloads(db, study, rows);
}

function saysYes(payload: string): boolean {
  return (JSON.parse(payload) as { readonly value?: unknown }).value === true;
}

/** The pauses that a study's safety rule began, latest first. */
export async function safetyPauses(db: Kysely<Tables>, study: string): Promise<readonly SafetyPauseTable[]> {
  return db
    .selectFrom("safety_pause")
    .selectAll()
    .where("study", "=", study)
    .orderBy("paused_at", "desc")
    .execute();
}

/** Writes down that the safety rule paused a study. */
export async function addSafetyPause(db: Kysely<Tables>, row: SafetyPauseTable): Promise<void> {
  await db.insertInto("safety_pause").values(row).execute();
}

/** Writes down that a study which its safety rule paused goes on: reports are counted anew from then. */
export async function endSafetyPause(db: Kysely<Tables>, study: string, at: number): Promise<void> {
  await db
    .updateTable("safety_pause")
    .set({ resumed_at: at })
    .where("study", "=", study)
    .where("resumed_at", "is", null)
    .execute();
}
