import { randomUUID } from "node:crypto";
import type { ServerContext } from "../context.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addDeparture, type DepartureKind } from "../store/queries/departures.ts";
import { cancelWaiting } from "../store/queries/outbox.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { removeVisitsOf } from "../store/queries/visits.ts";

/** Someone leaves: who, in which way, by whose hand, and why where it was asked. */
export interface Leaving {
  readonly study: string;
  readonly person: string;
  readonly kind: Exclude<DepartureKind, "erase">;
  readonly actor: string;
  readonly reason?: string;
}

const actions = { stop_contact: "messages.stopped", stop_keep: "person.withdrew" } as const;

/**
 * Writes down that someone leaves without being erased; what waits for them is cancelled, and who is out has no open
 * visit. Leaving twice in the same way changes nothing.
 */
export async function leave(context: Pick<ServerContext, "store" | "now">, leaving: Leaving): Promise<void> {
  const at = context.now();
  const { study, person, kind, actor, reason } = leaving;
  const why = kind === "stop_contact" ? "the person wants no more messages" : "the person has left the study";
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study); // after this, no answer and no message is decided as if the person were still here
    const row = { id: randomUUID(), study, person, kind, at, actor, reason: reason ?? null };
    if (!(await addDeparture(trx, row))) return;
    await cancelWaiting(trx, { kind: "person", id: person, study }, why, { asked: kind !== "stop_contact" });
    if (kind !== "stop_contact") await removeVisitsOf(trx, { study, person });
    const detail = { person, ...(reason === undefined ? {} : { reason }) };
    await recordEvent(trx, { at, study, actor, action: actions[kind], detail });
  });
}
