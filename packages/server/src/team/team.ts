import type { AuditAction, MemberRequest, Staff, Team } from "@longwave/api";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { decideInvitation } from "../mail/staff-links.ts";
import { recordEvent } from "../store/queries/audit.ts";
import {
  addMember,
  changeMember as change,
  type Membership,
  membershipOf,
  membersOf,
  removeMember as remove,
  staffKey,
} from "../store/queries/members.ts";
import { type StudyRow, takeStudy } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";

type Context = Pick<ServerContext, "store" | "now" | "mail">;

/** Who does something to the team of which study. */
interface Acting {
  readonly study: StudyRow;
  readonly staff: Staff;
}

/** Everyone who works on a study. */
export async function teamOf(context: Context, { study, staff }: Acting): Promise<Team> {
  const members = await membersOf(context.store.db, study.id);
  return {
    members: members.map(({ email, role, site, addedAt, addedBy }) => ({
      email,
      role,
      site: site ?? null,
      addedAt,
      addedBy,
      you: email === staffKey(staff.email),
    })),
  };
}

/**
 * Gives somebody a role in a study and decides the message with their link, in one transaction.
 *
 * @throws Refusal `member.exists`
 */
export async function inviteMember(context: Context, acting: Acting, request: MemberRequest): Promise<Team> {
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, acting.study.id);
    const member = { ...wanted(acting, request), addedAt: at, addedBy: acting.staff.email };
    if (!(await addMember(trx, member))) throw alreadyMember(member.email);
    await decideInvitation(trx, { study: acting.study.id, email: member.email, at });
    await note(trx, { acting, at, action: "member.added" }, member);
  });
  context.mail.wake();
  return teamOf(context, acting);
}

/**
 * Gives a member another role or site.
 *
 * @throws Refusal `member.not-found`, `member.last-owner`
 */
export async function changeMember(context: Context, acting: Acting, request: MemberRequest): Promise<Team> {
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    const member = wanted(acting, request);
    const before = await requireMember(trx, acting, member.email);
    if (before.role === "owner" && member.role !== "owner") await keepAnOwner(trx, before);
    await change(trx, member);
    await note(trx, { acting, at, action: "member.changed", was: before.role }, member);
  });
  return teamOf(context, acting);
}

/**
 * Takes somebody out of a study, at once: the next thing they ask for is answered as to a stranger.
 *
 * @throws Refusal `member.not-found`, `member.last-owner`
 */
export async function removeMember(context: Context, acting: Acting, email: string): Promise<Team> {
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    const before = await requireMember(trx, acting, staffKey(email));
    if (before.role === "owner") await keepAnOwner(trx, before);
    await remove(trx, acting.study.id, before.email);
    await note(trx, { acting, at, action: "member.removed" }, before);
  });
  return teamOf(context, acting);
}

type Wanted = Pick<Membership, "study" | "email" | "role" | "site">;

function wanted({ study }: Acting, { email, role, site }: MemberRequest): Wanted {
  return { study: study.id, email: staffKey(email), role, site };
}

/** The member, with the study taken for this transaction, so that two owners cannot remove each other at once. */
async function requireMember(trx: Kysely<Tables>, { study }: Acting, email: string): Promise<Membership> {
  await takeStudy(trx, study.id);
  const member = await membershipOf(trx, study.id, email);
  if (member) return member;
  throw refuse("member.not-found", "a member of this study", email, "Load the page of the team again.");
}

async function keepAnOwner(trx: Kysely<Tables>, { study, email }: Membership): Promise<void> {
  const members = await membersOf(trx, study);
  if (members.some((other) => other.role === "owner" && other.email !== email)) return;
  throw refuse(
    "member.last-owner",
    "another owner of the study",
    `${email} as the only one`,
    "Make somebody else an owner first.",
  );
}

function alreadyMember(email: string) {
  return refuse(
    "member.exists",
    "somebody who does not belong to the study yet",
    email,
    "Change the role of the member who is there.",
  );
}

async function note(
  trx: Kysely<Tables>,
  what: { readonly acting: Acting; readonly at: number; readonly action: AuditAction; readonly was?: string },
  { email, role, site }: Wanted,
): Promise<void> {
  const { study, staff } = what.acting;
  await recordEvent(trx, {
    at: what.at,
    study: study.id,
    actor: `staff:${staff.email}`,
    action: what.action,
    detail: {
      member: email,
      role,
      ...(site === undefined ? {} : { site }),
      ...(what.was === undefined ? {} : { was: what.was }),
    },
  });
}
