/*
 * Passkeys of staff, as a second factor beside the authenticator app: the device signs a challenge that belongs to one
 * session, after it has asked for a finger, a face or a PIN. Signing in itself stays with the link that comes by mail.
 */
import type { Account, PasskeyOptions } from "@longwave/api";
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import {
  addPasskey,
  keepChallenge,
  noteUse,
  passkeysOf,
  removePasskeys,
  takeChallenge,
} from "../store/queries/passkeys.ts";
import { markVerified } from "../store/queries/second-factors.ts";
import { accountOf, factorNeeded, hasFactor, isVerified, noteFactor, VERIFIED_MS } from "./second-factor.ts";
import type { Session } from "./staff.ts";

type Context = Pick<ServerContext, "store" | "staff" | "staffNow" | "now" | "origin">;

/** What a device answered, as it came: it is read by the library that checks it. */
type Signed = Readonly<Record<string, unknown>>;

const CHALLENGE_MS = 5 * 60_000;

/**
 * What a device needs to make a passkey. Whoever has a second factor shows it first.
 *
 * @throws Refusal `staff.second-factor-needed`
 */
export async function beginPasskey(context: Context, session: Session): Promise<PasskeyOptions> {
  await mustBeVerified(context, session);
  const passkeys = await passkeysOf(context.store.db, session.staff.email);
  const options = await generateRegistrationOptions({
    rpName: "Longwave",
    rpID: siteOf(context),
    userName: session.staff.email,
    userID: new Uint8Array(Buffer.from(session.staff.id)),
    attestationType: "none",
    excludeCredentials: passkeys.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
  });
  await keep(context, session, options.challenge);
  return { ...options };
}

/**
 * Adds the passkey that a device has made: the session is verified.
 *
 * @throws Refusal `staff.second-factor-needed`, `staff.passkey-wrong`
 */
export async function finishPasskey(
  context: Context,
  session: Session,
  { name, signed }: { readonly name: string; readonly signed: Signed },
): Promise<Account> {
  await mustBeVerified(context, session);
  const { db } = context.store;
  const now = context.staffNow();
  const made = await checked(context, session, (expected) =>
    verifyRegistrationResponse({ ...expected, response: signed as never }),
  );
  const credential = made?.verified ? made.registrationInfo.credential : undefined;
  if (credential === undefined) throw passkeyWrong();
  const added = await addPasskey(db, {
    id: credential.id,
    email: session.staff.email,
    name,
    public_key: Buffer.from(credential.publicKey).toString("base64url"),
    counter: credential.counter,
    added_at: now,
    used_at: null,
  });
  if (!added) throw passkeyWrong();
  await noteFactor(context, session, "passkey.added");
  return verifiedAccount(context, session);
}

/** What a device needs to sign with one of somebody's passkeys. */
export async function askPasskey(context: Context, session: Session): Promise<PasskeyOptions> {
  const passkeys = await passkeysOf(context.store.db, session.staff.email);
  const options = await generateAuthenticationOptions({
    rpID: siteOf(context),
    allowCredentials: passkeys.map(({ id }) => ({ id })),
    userVerification: "required",
  });
  await keep(context, session, options.challenge);
  return { ...options };
}

/**
 * Takes what a device has signed with one of somebody's passkeys: the session is verified.
 *
 * @throws Refusal `staff.passkey-wrong`
 */
export async function provePasskey(context: Context, session: Session, signed: Signed): Promise<Account> {
  const { db } = context.store;
  const passkeys = await passkeysOf(db, session.staff.email);
  const passkey = passkeys.find(({ id }) => id === signed.id);
  const found =
    passkey &&
    (await checked(context, session, (expected) =>
      verifyAuthenticationResponse({
        ...expected,
        response: signed as never,
        credential: {
          id: passkey.id,
          publicKey: new Uint8Array(Buffer.from(passkey.public_key, "base64url")),
          counter: passkey.counter,
        },
      }),
    ));
  if (!passkey || !found?.verified) {
    await noteFactor(context, session, "second-factor.wrong");
    throw passkeyWrong();
  }
  await noteUse(db, passkey.id, { counter: found.authenticationInfo.newCounter, at: context.staffNow() });
  await noteFactor(context, session, "second-factor.shown");
  return verifiedAccount(context, session);
}

/**
 * Takes a passkey away, in a session in which a second factor was shown.
 *
 * @throws Refusal `staff.second-factor-needed`
 */
export async function removePasskey(context: Context, session: Session, id: string): Promise<Account> {
  await mustBeVerified(context, session);
  const removed = await removePasskeys(context.store.db, session.staff.email, id);
  if (removed > 0) await noteFactor(context, session, "passkey.removed");
  return accountOf(context, session);
}

async function mustBeVerified(context: Context, session: Session): Promise<void> {
  if ((await hasFactor(context, session)) && !(await isVerified(context, session))) throw factorNeeded();
}

async function verifiedAccount(context: Context, session: Session): Promise<Account> {
  const now = context.staffNow();
  await markVerified(context.store.db, session.id, { until: now + VERIFIED_MS, now });
  return accountOf(context, session);
}

/** The site that passkeys belong to: they work nowhere else, so nobody can be led to sign on another page. */
function siteOf({ origin }: Context): string {
  return new URL(origin()).hostname;
}

async function keep(context: Context, { id }: Session, challenge: string): Promise<void> {
  const now = context.staffNow();
  await keepChallenge(context.store.db, { session: id, challenge, until: now + CHALLENGE_MS }, now);
}

interface Expected {
  readonly expectedChallenge: string;
  readonly expectedOrigin: string;
  readonly expectedRPID: string;
  readonly requireUserVerification: true;
}

/** What a check by the library gives; nothing when it throws, as it does at whatever does not fit. */
async function checked<T>(
  context: Context,
  session: Session,
  check: (expected: Expected) => Promise<T>,
): Promise<T | undefined> {
  const challenge = await takeChallenge(context.store.db, session.id, context.staffNow());
  if (challenge === undefined) return undefined;
  const origin = context.origin();
  const expected: Expected = {
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: siteOf(context),
    requireUserVerification: true,
  };
  return check(expected).catch(() => undefined);
}

function passkeyWrong() {
  return refuse(
    "staff.passkey-wrong",
    "what one of your passkeys signs for this session, within five minutes, after asking for a finger, a face or a PIN",
    "something else",
    "Try again on this page. If the device says that it knows no passkey for it, use the code of your app.",
  );
}
