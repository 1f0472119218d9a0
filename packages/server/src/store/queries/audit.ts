import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** What happened, to be written down for good. */
export interface AuditEvent {
  readonly at: number;
  readonly study?: string;
  readonly actor: string;
  readonly action: string;
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/** Writes down that something was done. */
export async function recordEvent(db: Kysely<Tables>, event: AuditEvent): Promise<void> {
  await db
    .insertInto("audit")
    .values({
      id: randomUUID(),
      at: event.at,
      study: event.study ?? null,
      actor: event.actor,
      action: event.action,
      detail: JSON.stringify(event.detail ?? {}),
    })
    .execute();
}

/** Whether one of these has been done in a study. */
export async function hasEvent(
  db: Kysely<Tables>,
  study: string,
  actions: readonly string[],
): Promise<boolean> {
  const row = await db
    .selectFrom("audit")
    .select("id")
    .where("study", "=", study)
    .where("action", "in", actions)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
