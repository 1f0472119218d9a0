import type { ServerContext } from "../context.ts";
import { isDemonstration } from "../demonstration/studies.ts";
import { recordEvent } from "../store/queries/audit.ts";
import {
  addMember,
  addOpener,
  mayOpenStudies,
  staffKey,
  studiesWithoutMembers,
} from "../store/queries/members.ts";
import { allStudies } from "../store/queries/studies.ts";

type Adopting = Pick<ServerContext, "store" | "staff" | "now">;

/**
 * Gives studies from before there were roles to everyone who was staff then: each becomes an owner of each, which is
 * written down. Does nothing on a store that has had roles from its beginning.
 */
export async function adoptStudies(context: Adopting): Promise<void> {
  const { db } = context.store;
  const orphans = await studiesWithoutMembers(db);
  const isNew = !(await mayOpenStudies(db));
  if (orphans.length === 0 && !isNew) return;
  const emails = await context.staff.everyone();
  for (const email of emails) {
    if (isNew) await addOpener(db, email, context.now());
    for (const study of orphans) await makeOwner(context, { study, email, actor: "upgrade" });
  }
}

/**
 * Welcomes somebody to whom the person who runs the server gives a sign-in link: they may open studies of their own,
 * and own the demonstration, whose people are nobody's identities.
 */
export async function welcome(context: Adopting, email: string): Promise<void> {
  await addOpener(context.store.db, email, context.now());
  for (const study of (await allStudies(context.store.db)).filter(isDemonstration))
    await makeOwner(context, { study: study.id, email, actor: "server" });
}

async function makeOwner(
  context: Adopting,
  { study, email, actor }: { readonly study: string; readonly email: string; readonly actor: string },
): Promise<void> {
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    const member = { study, email, role: "owner", site: undefined, addedAt: at, addedBy: actor } as const;
    if (!(await addMember(trx, member))) return;
    const detail = { member: staffKey(email), role: "owner" };
    await recordEvent(trx, { at, study, actor, action: "member.added", detail });
  });
}
