import { randomUUID } from "node:crypto";
import type { LeavingWay } from "@longwave/api";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import { moveChanges } from "../store/queries/address-changes.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addDeparture } from "../store/queries/departures.ts";
import { addErasureRequest, erasePerson } from "../store/queries/erasure.ts";
import { cancelWaiting } from "../store/queries/outbox.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { removeVisitsOf } from "../store/queries/visits.ts";
import type { Tables } from "../store/schema.ts";
import { sweepAfterErasure } from "./sweep.ts";

/** Someone leaves: who, in which way, by whose hand, and why where it was asked. */
export interface Leaving {
  readonly study: string;
  readonly person: string;
  readonly way: LeavingWay;
  readonly actor: string;
  readonly reason?: string;
  /** Whether they ask the team to be erased as well. */
  readonly asksErasure?: boolean;
}

type Parting = Pick<ServerContext, "store" | "now" | "log"> & {
  readonly mail: { readonly transport: Pick<ServerContext["mail"]["transport"], "forget"> };
};

const actions = {
  stop_contact: "messages.stopped",
  stop_keep: "person.withdrew",
  erase: "person.erased",
} as const;

/**
 * Writes down that someone leaves and does what that way of leaving says: what waits for them is cancelled; who is out
 * has no open visit; who is erased leaves nothing but the places of their answers. Leaving twice in the same way
 * changes nothing. When it was done, and the id it is written down under.
 */
export async function leave(
  context: Parting,
  leaving: Leaving,
): Promise<{ readonly id: string; readonly at: number }> {
  const act = { id: randomUUID(), at: context.now() };
  await context.store.db.transaction().execute((trx) => carryOut(trx, leaving, act));
  // The files follow the commit; a server that stops in between goes on with them when it starts.
  if (leaving.way === "erase") await sweepAfterErasure(context);
  return act;
}

async function carryOut(
  trx: Kysely<Tables>,
  leaving: Leaving,
  { id, at }: { readonly id: string; readonly at: number },
): Promise<void> {
  const { study, person, way, actor } = leaving;
  await takeStudy(trx, study); // after this, no answer and no message is decided as if the person were still here
  if (leaving.asksErasure === true) await addErasureRequest(trx, { study, person, asked_at: at });
  const row = { id, study, person, kind: way, at, actor, reason: leaving.reason ?? null };
  if (!(await addDeparture(trx, row))) return;
  const why = way === "stop_contact" ? "the person wants no more messages" : "the person has left the study";
  await cancelWaiting(trx, { kind: "person", id: person, study }, why, { asked: way !== "stop_contact" });
  if (way !== "stop_contact") {
    await removeVisitsOf(trx, { study, person });
    await moveChanges(trx, { study, person }, { from: ["waiting", "disputed"], to: "settled", at });
  }
  if (way === "erase") await erasePerson(trx, { study, person });
  // The reason stands in the departure alone: it may hold a name, and what is written here is never taken back.
  const asked = leaving.asksErasure === true ? { asksErasure: true } : {};
  await recordEvent(trx, { at, study, actor, action: actions[way], detail: { person, ...asked } });
}
