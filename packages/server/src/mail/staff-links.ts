import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import { tokenHash } from "../access/links.ts";
import type { ServerContext } from "../context.ts";
import { membershipsOf, staffKey } from "../store/queries/members.ts";
import { addMessages, type NewMessage } from "../store/queries/outbox.ts";
import type { Tables } from "../store/schema.ts";

const PAUSE_MS = 5 * 60_000;

/** Decides the message with the link of somebody who is new in a team, within the transaction that adds them. */
export async function decideInvitation(
  trx: Kysely<Tables>,
  { study, email, at }: { readonly study: string; readonly email: string; readonly at: number },
): Promise<void> {
  const id = randomUUID();
  const message = toStaff({ id, study, email, at });
  await addMessages(trx, [{ ...message, key: `staff-invitation:${id}`, template: "staff_invitation" }]);
}

/**
 * Decides a message with a sign-in link to an address that belongs to a team, at most one in five minutes; none when
 * it belongs to none. Whoever asks learns nothing of that.
 */
export async function requestSignIn(
  context: Pick<ServerContext, "store" | "now" | "mail">,
  typed: string,
): Promise<void> {
  const email = staffKey(typed);
  const [membership] = await membershipsOf(context.store.db, email);
  if (membership === undefined) return;
  const at = context.now();
  const message = toStaff({ id: randomUUID(), study: membership.study, email, at });
  const key = `staff-sign-in:${tokenHash(email)}:${Math.floor(at / PAUSE_MS)}`;
  await addMessages(context.store.db, [{ ...message, key, template: "staff_sign_in" }]);
  context.mail.wake();
}

function toStaff({
  id,
  study,
  email,
  at,
}: {
  readonly id: string;
  readonly study: string;
  readonly email: string;
  readonly at: number;
}): Omit<NewMessage, "key" | "template"> {
  return {
    id,
    study,
    parameters: {},
    recipient: { kind: "staff", id: email },
    language: "en",
    urgent: true,
    decidedAt: at,
    dueAt: at,
  };
}
