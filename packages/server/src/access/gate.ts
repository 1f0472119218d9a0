import { may, type NamesState, type Need, type Permission, type Role, rules } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { isDemonstration } from "../demonstration/studies.ts";
import { refuse } from "../errors.ts";
import { type Membership, mayOpenStudies, membershipOf } from "../store/queries/members.ts";
import { type StudyRow, studyById } from "../store/queries/studies.ts";
import { checkSameSite } from "./same-origin.ts";
import { factorNeeded, isVerified } from "./second-factor.ts";
import type { Session } from "./staff.ts";

/** What a signed-in member of staff is in a study, as the table of rules has it. */
export interface Member {
  readonly role: Role;
  /** The one site they belong to; all of them when undefined. */
  readonly site: string | undefined;
  /** Whether names, addresses and links may be shown now. */
  readonly names: NamesState;
}

/** A member of staff inside a study. */
export interface Inside {
  readonly session: Session;
  readonly staff: Session["staff"];
  readonly study: StudyRow;
  readonly member: Member;
}

/**
 * Who is signed in, for an endpoint outside studies.
 *
 * @throws Refusal `staff.not-signed-in`, `staff.not-allowed`, `request.cross-origin`
 */
export async function enter(
  context: ServerContext,
  request: Request,
  needs: Exclude<Need, Permission>,
): Promise<Session> {
  checkSameSite(request);
  const session = await context.staff.require(request);
  if (needs === "open_studies" && !(await mayOpenStudies(context.store.db, session.staff.email)))
    throw mayNotOpen(session.staff.email);
  return session;
}

/**
 * Who is signed in, in a study they belong to and whose rules allow them this. A study somebody does not belong to
 * looks as if it did not exist.
 *
 * @throws Refusal `staff.not-signed-in`, `study.not-found`, `staff.not-allowed`, `staff.second-factor-needed`,
 * `request.cross-origin`
 */
export async function enterStudy(
  context: ServerContext,
  request: Request,
  { study: id, needs }: { readonly study: string; readonly needs: Permission },
): Promise<Inside> {
  checkSameSite(request);
  const session = await context.staff.require(request);
  const { staff } = session;
  const { db } = context.store;
  const study = await studyById(db, id);
  const membership = study && (await membershipOf(db, id, staff.email));
  if (!study || !membership) throw unknownStudy(id);
  if (!may(membership.role, needs)) throw notAllowed(membership.role, needs);
  const member = await memberIn(context, { session, study }, membership);
  if (rules[needs].secondFactor && !(await isFree(context, { session, study }))) throw factorNeeded();
  return { session, staff, study, member };
}

/** What a membership amounts to in this session: nobody's identity is in the demonstration. */
export async function memberIn(
  context: ServerContext,
  { session, study }: Pick<Inside, "session" | "study">,
  { role, site }: Pick<Membership, "role" | "site">,
): Promise<Member> {
  if (!may(role, "people.identities")) return { role, site, names: "hidden" };
  const free = await isFree(context, { session, study });
  return { role, site, names: free ? "shown" : "second_factor" };
}

/** Whether nothing stands between a session and what asks for a second factor. */
async function isFree(
  context: ServerContext,
  { session, study }: Pick<Inside, "session" | "study">,
): Promise<boolean> {
  return isDemonstration(study) || (await isVerified(context, session));
}

function unknownStudy(id: string) {
  return refuse(
    "study.not-found",
    "a study you belong to",
    id,
    "Check the address, or ask its owner to invite you.",
  );
}

function notAllowed(role: Role, needs: Permission) {
  return refuse(
    "staff.not-allowed",
    `one of the roles ${rules[needs].roles.map(roleName).join(", ")}`,
    roleName(role),
    "Ask an owner of the study, who can do it or give you another role.",
  );
}

function roleName(role: Role): string {
  return role.replace("_", " ");
}

function mayNotOpen(email: string) {
  return refuse(
    "staff.not-allowed",
    "somebody to whom the person who runs the server gave a link",
    `${email}, who was invited to a study`,
    "Ask whoever runs the server: `longwave sign-in` with your address lets you open studies.",
  );
}
