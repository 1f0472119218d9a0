import type { Account, AuditAction, NewSecondFactor } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { mayOpenStudies, staffKey } from "../store/queries/members.ts";
import { passkeysOf, removePasskeys } from "../store/queries/passkeys.ts";
import { countTry, markVerified, takeCode, verifiedUntil } from "../store/queries/second-factors.ts";
import { tokenHash } from "./links.ts";
import type { Session } from "./staff.ts";

/** How long a session that nobody uses stays verified. */
export const VERIFIED_MS: number = 30 * 60_000;
const MINUTE = 60_000;

type Context = Pick<ServerContext, "store" | "staff" | "staffNow" | "now">;

/** An account after something was done with it, and the cookies to send. */
interface Changed<T> {
  readonly answer: T;
  readonly cookies: readonly string[];
}

/** Whether a second factor was shown in this session; using it keeps that up, at most one write a minute. */
export async function isVerified(context: Context, session: Session): Promise<boolean> {
  const now = context.staffNow();
  const until = await verifiedUntil(context.store.db, session.id, now);
  if (until === undefined || !(await hasFactor(context, session))) return false;
  if (until - now < VERIFIED_MS - MINUTE)
    await markVerified(context.store.db, session.id, { until: now + VERIFIED_MS, now });
  return true;
}

/** Whether an authenticator app or a passkey is set up for the account. */
export async function hasFactor({ store }: Pick<Context, "store">, session: Session): Promise<boolean> {
  return session.hasFactor || (await passkeysOf(store.db, session.staff.email)).length > 0;
}

/** One's own account. */
export async function accountOf(context: Context, session: Session): Promise<Account> {
  const { staff } = session;
  const sessions = await context.staff.sessions(staff);
  const verified = await isVerified(context, session);
  const passkeys = await passkeysOf(context.store.db, staff.email);
  const isSet = session.hasFactor || passkeys.length > 0;
  return {
    email: staff.email,
    name: staff.name,
    mayOpenStudies: await mayOpenStudies(context.store.db, staff.email),
    secondFactor: verified ? "verified" : isSet ? "set" : "none",
    hasApp: session.hasFactor,
    passkeys: passkeys.map(({ id, name, added_at, used_at }) => ({
      id,
      name,
      addedAt: added_at,
      usedAt: used_at,
    })),
    sessions: sessions.map(({ id, device, startedAt, endsAt }) => ({
      id,
      device,
      startedAt,
      endsAt,
      current: id === session.id,
    })),
  };
}

/**
 * A new secret for an authenticator app. One that is set up is given up for it, in a session in which its code was
 * typed.
 *
 * @throws Refusal `staff.second-factor-needed`
 */
export async function beginSecondFactor(
  context: Context,
  request: Request,
  session: Session,
): Promise<Changed<NewSecondFactor>> {
  if ((await hasFactor(context, session)) && !(await isVerified(context, session))) throw factorNeeded();
  const { cookies, ...answer } = await context.staff.beginFactor(request, session);
  await noteFactor(context, session, session.hasFactor ? "second-factor.replaced" : "second-factor.begun");
  return { answer, cookies };
}

/**
 * Takes a code of the app or a recovery code: the session is verified. A code is taken once, and after five wrong ones
 * none for a quarter of an hour, whatever device they were typed on.
 *
 * @throws Refusal `staff.code-wrong`, `request.too-many`
 */
export async function proveSecondFactor(
  context: Context,
  { request, session }: { readonly request: Request; readonly session: Session },
  typed: string,
): Promise<Changed<Account>> {
  const { db } = context.store;
  const code = typed.replace(/\s/g, "");
  const { email } = session.staff;
  const now = context.staffNow();
  const closedUntil = await countTry(db, email, now);
  if (closedUntil !== undefined) throw closed(closedUntil - now);
  const right = await context.staff.checkCode(request, code);
  if (!right || !(await takeCode(db, email, tokenHash(`${email} ${code}`)))) {
    await noteFactor(context, session, "second-factor.wrong");
    throw wrongCode();
  }
  await markVerified(db, right.session.id, { until: now + VERIFIED_MS, now });
  await noteFactor(context, session, "second-factor.shown");
  return { answer: await accountOf(context, right.session), cookies: right.cookies };
}

/** Forgets the second factor of somebody who has lost it, which only the person who runs the server can do. */
export async function forgetSecondFactor(context: Context, email: string): Promise<boolean> {
  const passkeys = await removePasskeys(context.store.db, email);
  const forgotten = (await context.staff.forgetFactor(email)) || passkeys > 0;
  if (forgotten)
    await recordEvent(context.store.db, {
      at: context.now(),
      actor: "server",
      action: "second-factor.forgotten",
      detail: { member: staffKey(email) },
    });
  return forgotten;
}

/** Writes down what was done with the second factor of an account. */
export async function noteFactor(
  context: Pick<Context, "store" | "now">,
  { staff }: Session,
  action: AuditAction,
): Promise<void> {
  await recordEvent(context.store.db, { at: context.now(), actor: `staff:${staff.email}`, action });
}

/** What is said when names are asked for in a session without a second factor. */
export function factorNeeded(): Refusal {
  return refuse(
    "staff.second-factor-needed",
    "a session in which a passkey or the code of an authenticator app was shown, used within half an hour",
    "one without it",
    "Set up a second factor on your account page, or show it there; then try again.",
  );
}

function wrongCode() {
  return refuse(
    "staff.code-wrong",
    "the six digits the app shows now, which have not been used yet, or a recovery code",
    "another code",
    "Wait for the next code and type it; check that the clock of the phone is right.",
  );
}

function closed(ms: number) {
  return refuse(
    "request.too-many",
    "at most five wrong codes in a row",
    "more",
    `Wait ${Math.ceil(ms / MINUTE)} minutes and try again.`,
  );
}
