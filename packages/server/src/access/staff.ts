import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Staff } from "@longwave/api";
import { betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { magicLink } from "better-auth/plugins/magic-link";
import { refuse, StoreError } from "../errors.ts";
import { isEmail } from "../people/email.ts";
import { openPool, openSqliteFile, type StoreLocation } from "../store/open.ts";

/** Sign-in of staff by one-time links; better-auth keeps its own tables and its own clock. */
export interface StaffAccess {
  /** A one-time token for this address; the account is made when it is used for the first time. @throws StoreError `staff.email-invalid` */
  makeToken(email: string, name?: string): Promise<string>;
  /** Exchanges a token for a session. @throws Refusal `staff.sign-in-invalid` */
  signIn(token: string): Promise<{ readonly staff: Staff; readonly cookies: readonly string[] }>;
  /** Who is signed in. @throws Refusal `staff.not-signed-in` */
  require(request: Request): Promise<Staff>;
  signOut(request: Request): Promise<readonly string[]>;
  close(): Promise<void>;
}

interface Options extends StoreLocation {
  readonly origin: string;
  readonly secret: string;
}

const LINK_SECONDS = 24 * 3600;

/** Opens staff sign-in; in a file of its own on SQLite, so that its transactions never meet those of the store. */
export async function openStaffAccess(options: Options): Promise<StaffAccess> {
  const keeper = openKeeper(options);
  const delivered = new Map<string, string>();
  const auth = createAuth(options, keeper.database, (id, token) => delivered.set(id, token));
  await (await getMigrations(auth.options)).runMigrations();
  return {
    async makeToken(email, name) {
      checkEmail(email);
      const id = randomUUID();
      const body = { email, name: name ?? email.split("@")[0] ?? email, metadata: { id } };
      await auth.api.signInMagicLink({ body, headers: new Headers() });
      const token = delivered.get(id);
      delivered.delete(id);
      if (token === undefined) throw new Error(`no sign-in link was made for ${email}`);
      return token;
    },
    signIn: async (token) => signedIn(await verify(auth, token)),
    require: (request) => requireStaff(auth, request),
    async signOut(request) {
      const response = await auth.api.signOut({ headers: request.headers, asResponse: true });
      return response.headers.getSetCookie();
    },
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
    session: { expiresIn: 7 * 24 * 3600, updateAge: 3600 },
    advanced: { cookiePrefix: "longwave", useSecureCookies: options.origin.startsWith("https:") },
    plugins: [
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

async function verify(auth: Auth, token: string): Promise<Response> {
  return auth.api.magicLinkVerify({ query: { token }, headers: new Headers(), asResponse: true });
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

async function requireStaff(auth: Auth, request: Request): Promise<Staff> {
  const session = await auth.api.getSession({ headers: request.headers });
  const staff = session && parseStaff(session.user);
  if (staff) return staff;
  throw refuse(
    "staff.not-signed-in",
    "a signed-in member of staff",
    "nobody",
    "Open a sign-in link, then try again.",
  );
}

function parseStaff(user: unknown): Staff | undefined {
  if (typeof user !== "object" || user === null) return undefined;
  if (!("id" in user && "email" in user)) return undefined;
  const name = "name" in user && typeof user.name === "string" ? user.name : "";
  return { id: String(user.id), email: String(user.email), name };
}
