import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import { isKept, time } from "./shared.ts";

/** One device on which somebody is signed in. */
export interface StaffSession {
  readonly id: string;
  /** What the browser said of itself; null when it said nothing. */
  readonly device: string | null;
  readonly startedAt: number;
  readonly endsAt: number;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

/** Where the second factor of somebody stands: not set up, set up, or shown in this session within half an hour. */
export type SecondFactorState = "none" | "set" | "verified";

/** A passkey of one's own, by the name that was given to it. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly addedAt: number;
  /** Null when it has not been used since it was added. */
  readonly usedAt: number | null;
}

/** What a browser hands to the device that makes a passkey or signs with one (WebAuthn, in its JSON form). */
export type PasskeyOptions = Readonly<Record<string, unknown>>;

/** What staff see of their own account. */
export interface Account {
  readonly email: string;
  readonly name: string;
  readonly mayOpenStudies: boolean;
  readonly secondFactor: SecondFactorState;
  /** Whether an authenticator app is set up, beside passkeys or alone. */
  readonly hasApp: boolean;
  readonly passkeys: readonly Passkey[];
  readonly sessions: readonly StaffSession[];
}

/** A secret to be put into an authenticator app, and codes for the day the app is lost; both are shown once. */
export interface NewSecondFactor {
  /** For typing, in the 32 letters and digits that such apps read. */
  readonly secret: string;
  /** For a picture that the app reads by camera. */
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

/** A code of the app, six digits, or a recovery code. */
export interface SecondFactorCode {
  readonly code: string;
}

const account: z.ZodType<Account> = z.object({
  email: z.string(),
  name: z.string(),
  mayOpenStudies: z.boolean(),
  secondFactor: z.enum(["none", "set", "verified"]),
  hasApp: z.boolean(),
  passkeys: z.array(z.object({ id: z.string(), name: z.string(), addedAt: time, usedAt: time.nullable() })),
  sessions: z.array(
    z.object({
      id: z.string(),
      device: z.string().nullable(),
      startedAt: time,
      endsAt: time,
      current: z.boolean(),
    }),
  ),
});

const newSecondFactor: z.ZodType<NewSecondFactor> = z.object({
  secret: z.string(),
  uri: z.string(),
  recoveryCodes: z.array(z.string()),
});

const passkeyOptions: z.ZodType<PasskeyOptions> = z.record(z.string(), z.unknown());

/** What a device answers: read by the library that checks it. */
const signed: z.ZodType<PasskeyOptions> = z.record(z.string().max(60), z.unknown());

/** The rows of the contract for one's own account. */
export interface AccountEndpoints {
  readonly account: Endpoint<"/api/staff/account", unknown, unknown, Account>;
  readonly beginSecondFactor: Endpoint<"/api/staff/second-factor", unknown, unknown, NewSecondFactor>;
  readonly proveSecondFactor: Endpoint<"/api/staff/second-factor/code", SecondFactorCode, unknown, Account>;
  readonly beginPasskey: Endpoint<"/api/staff/passkeys/begin", unknown, unknown, PasskeyOptions>;
  readonly addPasskey: Endpoint<
    "/api/staff/passkeys",
    { readonly name: string; readonly signed: PasskeyOptions },
    unknown,
    Account
  >;
  readonly askPasskey: Endpoint<"/api/staff/passkeys/ask", unknown, unknown, PasskeyOptions>;
  readonly provePasskey: Endpoint<
    "/api/staff/passkeys/prove",
    { readonly signed: PasskeyOptions },
    unknown,
    Account
  >;
  readonly removePasskey: Endpoint<
    "/api/staff/passkeys/remove",
    { readonly passkey: string },
    unknown,
    Account
  >;
  readonly endSessions: Endpoint<"/api/staff/sessions/end", { readonly session?: string }, unknown, Account>;
}

/** Endpoints of one's own account. */
export const accountEndpoints: AccountEndpoints = {
  account: {
    who: "staff",
    needs: "signed_in",
    method: "GET",
    path: "/api/staff/account",
    summary: "One's own account: the second factor, and where one is signed in.",
    answer: { kind: "json", status: 200, schema: account },
    problems: ["staff.not-signed-in"],
  },
  beginSecondFactor: {
    who: "staff",
    needs: "signed_in",
    method: "POST",
    path: "/api/staff/second-factor",
    summary:
      "A new secret for an authenticator app, in force once a code of it is typed; one that is set up is replaced only after its own code.",
    answer: { kind: "json", status: 200, schema: newSecondFactor },
    problems: ["staff.not-signed-in", "staff.second-factor-needed"],
  },
  proveSecondFactor: {
    who: "staff",
    needs: "signed_in",
    method: "POST",
    path: "/api/staff/second-factor/code",
    summary: "Type a code of the app, or a recovery code: names may be shown in this session.",
    body: z.object({ code: z.string().trim().min(1).max(40) }),
    answer: { kind: "json", status: 200, schema: account },
    problems: ["staff.not-signed-in", "staff.code-wrong", "request.too-many"],
  },
  beginPasskey: {
    who: "staff",
    needs: "signed_in",
    method: "POST",
    path: "/api/staff/passkeys/begin",
    summary: "What a device needs to make a passkey; whoever has a second factor shows it first.",
    answer: { kind: "json", status: 200, schema: passkeyOptions },
    problems: ["staff.not-signed-in", "staff.second-factor-needed"],
  },
  addPasskey: {
    who: "staff",
    needs: "signed_in",
    method: "POST",
    path: "/api/staff/passkeys",
    summary: "Add the passkey that a device has made, under a name: names may be shown in this session.",
    body: z.object({ name: z.string().trim().min(1).max(60).refine(isKept), signed }),
    answer: { kind: "json", status: 200, schema: account },
    problems: ["staff.not-signed-in", "staff.second-factor-needed", "staff.passkey-wrong"],
  },
  askPasskey: {
    who: "staff",
    needs: "signed_in",
    method: "POST",
    path: "/api/staff/passkeys/ask",
    summary: "What a device needs to sign with one of one's passkeys.",
    answer: { kind: "json", status: 200, schema: passkeyOptions },
    problems: ["staff.not-signed-in"],
  },
  provePasskey: {
    who: "staff",
    needs: "signed_in",
    method: "POST",
    path: "/api/staff/passkeys/prove",
    summary: "Hand in what a device has signed with a passkey: names may be shown in this session.",
    body: z.object({ signed }),
    answer: { kind: "json", status: 200, schema: account },
    problems: ["staff.not-signed-in", "staff.passkey-wrong"],
  },
  removePasskey: {
    who: "staff",
    needs: "signed_in",
    method: "POST",
    path: "/api/staff/passkeys/remove",
    summary: "Take one of one's passkeys away.",
    body: z.object({ passkey: z.string().min(1).max(2000) }),
    answer: { kind: "json", status: 200, schema: account },
    problems: ["staff.not-signed-in", "staff.second-factor-needed"],
  },
  endSessions: {
    who: "staff",
    needs: "signed_in",
    method: "POST",
    path: "/api/staff/sessions/end",
    summary: "Sign out on another device, or on all others.",
    body: z.object({ session: z.string().min(1).max(120).exactOptional() }),
    answer: { kind: "json", status: 200, schema: account },
    problems: ["staff.not-signed-in"],
  },
};
