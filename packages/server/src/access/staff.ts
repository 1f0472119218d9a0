import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { NewSecondFactor, Staff } from "@longwave/api";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { magicLink } from "better-auth/plugins/magic-link";
import { twoFactor } from "better-auth/plugins/two-factor";
import { refuse, StoreError } from "../errors.ts";
import { isEmail } from "../people/email.ts";
import { openPool, openSqliteFile, type StoreLocation } from "../store/open.ts";

/** A session of staff as better-auth keeps it. */
export interface Session {
  readonly staff: Staff;
  readonly id: string;
  readonly token: string;
  /** Whether a second factor is set up for the account. */
  readonly hasFactor: boolean;
}

/** A session in a list: its token never leaves the server. */
interface ListedSession {
  readonly id: string;
  readonly token: string;
  readonly device: string | null;
  readonly startedAt: number;
  readonly endsAt: number;
}

/** Sign-in of staff by one-time links and a second factor; better-auth keeps its own tables and its own clock. */
export interface StaffAccess {
  /** A one-time token for this address; the account is made when it is used for the first time. @throws StoreError `staff.email-invalid` */
  makeToken(email: string): Promise<string>;
  /** Exchanges a token for a session. @throws Refusal `staff.sign-in-invalid` */
  signIn(
    token: string,
    device: string | null,
  ): Promise<{ readonly staff: Staff; readonly cookies: readonly string[] }>;
  /** Who is signed in. @throws Refusal `staff.not-signed-in` */
  require(request: Request): Promise<Session>;
  /** The addresses of everyone who has an account. */
  everyone(): Promise<readonly string[]>;
  signOut(request: Request): Promise<readonly string[]>;
  /** The sessions of the account, the latest first. */
  sessions(staff: Staff): Promise<readonly ListedSession[]>;
  end(sessions: readonly ListedSession[]): Promise<void>;
  /** A new secret and recovery codes, in force once a code was typed; one that was set up is forgotten. */
  beginFactor(
    request: Request,
    session: Session,
  ): Promise<NewSecondFactor & { readonly cookies: readonly string[] }>;
  /** Whether a code, of the app or for recovery, is right; a session that is new afterwards comes with its cookies. */
  checkCode(
    request: Request,
    code: string,
  ): Promise<{ readonly session: Session; readonly cookies: readonly string[] } | undefined>;
  /** Forgets the second factor of somebody who has lost it; false when there was none. */
  forgetFactor(email: string): Promise<boolean>;
  close(): Promise<void>;
}

interface Options extends StoreLocation {
  readonly origin: string;
  readonly secret: string;
}

const LINK_SECONDS = 24 * 3600;
/** A session ends after this, however much it is used. */
const SESSION_SECONDS = 12 * 3600;

/** Opens staff sign-in; in a file of its own on SQLite, so that its transactions never meet those of the store. */
export async function openStaffAccess(options: Options): Promise<StaffAccess> {
  const keeper = openKeeper(options);
  const delivered = new Map<string, string>();
  const auth = createAuth(options, keeper.database, (id, token) => delivered.set(id, token));
  await (await getMigrations(auth.options)).runMigrations();
  return {
    async makeToken(email) {
      checkEmail(email);
      const id = randomUUID();
      const body = { email, name: email.split("@")[0] ?? email, metadata: { id } };
      await auth.api.signInMagicLink({ body, headers: new Headers() });
      const token = delivered.get(id);
      delivered.delete(id);
      if (token === undefined) throw new Error(`no sign-in link was made for ${email}`);
      return token;
    },
    signIn: async (token, device) => signedIn(await verify(auth, token, device)),
    require: (request) => requireSession(auth, request.headers),
    async signOut(request) {
      const response = await auth.api.signOut({ headers: request.headers, asResponse: true });
      return response.headers.getSetCookie();
    },
    async everyone() {
      const { internalAdapter } = await auth.$context;
      return (await internalAdapter.listUsers()).map(({ email }) => email);
    },
    sessions: (staff) => sessionsOf(auth, staff),
    async end(sessions) {
      const { internalAdapter } = await auth.$context;
      for (const { token } of sessions) await internalAdapter.deleteSession(token);
    },
    beginFactor: (request, session) => beginFactor(auth, request, session),
    checkCode: (request, code) => checkCode(auth, request, code),
    forgetFactor: (email) => forgetFactor(auth, email),
    close: keeper.close,
  };
}

function checkEmail(email: string): void {
  if (isEmail(email)) return;
  throw new StoreError(
    "staff.email-invalid",
    `expected an e-mail address such as kari@example.org; found "${email}". Write the whole address.`,
  );
}

function openKeeper(options: Options) {
  if (options.databaseUrl) {
    const pool = openPool(options.databaseUrl);
    return { database: pool, close: () => pool.end() };
  }
  const database = openSqliteFile(join(options.dataDir, "staff.sqlite"));
  return { database, close: async () => void database.close() };
}

type Keeper = ReturnType<typeof openKeeper>["database"];

function createAuth(options: Options, database: Keeper, deliver: (id: string, token: string) => void) {
  return betterAuth({
    database,
    baseURL: options.origin,
    secret: options.secret,
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { disabled: true },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    advanced: {
      ipAddress: { disableIpTracking: true },
      cookiePrefix: "longwave",
      useSecureCookies: options.origin.startsWith("https:"),
    },
    plugins: [
      twoFactor({ issuer: "Longwave", allowPasswordless: true }),
      magicLink({
        expiresIn: LINK_SECONDS,
        storeToken: "hashed",
        // Nothing is sent from here: the token goes back to whoever asked for it, and no HTTP path leads to this.
        sendMagicLink: ({ token, metadata }) => deliver(String(metadata?.id), token),
      }),
    ],
  });
}

type Auth = ReturnType<typeof createAuth>;

async function verify(auth: Auth, token: string, device: string | null): Promise<Response> {
  const headers = new Headers(device === null ? {} : { "user-agent": device.slice(0, 300) });
  return auth.api.magicLinkVerify({ query: { token }, headers, asResponse: true });
}

async function signedIn(response: Response) {
  const body: unknown = response.ok ? await response.json() : undefined;
  const user =
    typeof body === "object" && body !== null && "user" in body ? parseStaff(body.user) : undefined;
  if (user) return { staff: user, cookies: response.headers.getSetCookie() };
  throw refuse(
    "staff.sign-in-invalid",
    "a sign-in link that has not been used and is at most a day old",
    "one that has been used, is older, or was never made",
    "Ask whoever runs the server for a new one: `longwave sign-in` makes it.",
  );
}

async function requireSession(auth: Auth, headers: Headers): Promise<Session> {
  const found = await auth.api.getSession({ headers });
  const staff = found && parseStaff(found.user);
  if (staff) {
    const { id, token } = found.session;
    return { staff, id, token, hasFactor: found.user.twoFactorEnabled === true };
  }
  throw refuse(
    "staff.not-signed-in",
    "a signed-in member of staff",
    "nobody",
    "Open a sign-in link, then try again.",
  );
}

async function sessionsOf(auth: Auth, staff: Staff): Promise<readonly ListedSession[]> {
  const { internalAdapter } = await auth.$context;
  const sessions = await internalAdapter.listSessions(staff.id);
  return sessions
    .map(({ id, token, userAgent, createdAt, expiresAt }) => ({
      id,
      token,
      device: userAgent ? userAgent : null,
      startedAt: createdAt.getTime(),
      endsAt: expiresAt.getTime(),
    }))
    .sort((one, other) => other.startedAt - one.startedAt);
}

async function beginFactor(auth: Auth, request: Request, session: Session) {
  let { headers } = request;
  let cookies: readonly string[] = [];
  if (session.hasFactor) {
    const ended = await auth.api.disableTwoFactor({ body: {}, headers, asResponse: true });
    cookies = ended.headers.getSetCookie();
    headers = cookieHeaders(cookies);
  }
  const made = await auth.api.enableTwoFactor({ body: { method: "totp" }, headers });
  if (made.method !== "totp") throw new Error("better-auth made no secret for an authenticator app");
  const secret = new URL(made.totpURI).searchParams.get("secret") ?? "";
  return { secret, uri: made.totpURI, recoveryCodes: made.backupCodes, cookies };
}

async function checkCode(auth: Auth, request: Request, code: string) {
  const { headers } = request;
  const response = /^\d{6}$/.test(code)
    ? await auth.api.verifyTOTP({ body: { code }, headers, asResponse: true })
    : await auth.api.verifyBackupCode({ body: { code, disableSession: true }, headers, asResponse: true });
  if (!response.ok) return undefined;
  // The first code that is right makes a new session.
  const cookies = response.headers.getSetCookie();
  const isNew = cookies.some((line) => line.includes("session_token="));
  return { session: await requireSession(auth, isNew ? cookieHeaders(cookies) : headers), cookies };
}

/** The headers of a browser that has taken these cookies. */
function cookieHeaders(lines: readonly string[]): Headers {
  return new Headers({ cookie: lines.map((line) => line.split(";")[0]).join("; ") });
}

async function forgetFactor(auth: Auth, email: string): Promise<boolean> {
  const { adapter, internalAdapter } = await auth.$context;
  const found = await internalAdapter.findUserByEmail(email.toLowerCase());
  if (!found) return false;
  await internalAdapter.updateUser(found.user.id, { twoFactorEnabled: false });
  const where = [{ field: "userId", value: found.user.id }];
  return (await adapter.deleteMany({ model: "twoFactor", where })) > 0;
}

function parseStaff(user: unknown): Staff | undefined {
  if (typeof user !== "object" || user === null) return undefined;
  if (!("id" in user && "email" in user)) return undefined;
  const name = "name" in user && typeof user.name === "string" ? user.name : "";
  return { id: String(user.id), email: String(user.email), name };
}
