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
