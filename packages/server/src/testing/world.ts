import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  AnswerSubmission,
  AnswersReceipt,
  NewSecondFactor,
  ParticipantState,
  Problem,
} from "@longwave/api";
import type { AnswerPayload, FormItem } from "@longwave/study/answering";
import { totpAt } from "../../testing/totp.mjs";
import { createServer } from "../create-server.ts";
import { ensureDemonstration } from "../demonstration/create.ts";
import type { LongwaveServer, ServerOptions } from "../options.ts";
import { createCompiler } from "../protocol/compiler.ts";
import { masterKeyBeside, openStore, type StoreLocation } from "../store/open.ts";

/** The text of the flagship protocol. */
export const protocolText: string = readFileSync(
  new URL("../../../../protocols/exercise-and-pain.yaml", import.meta.url),
  "utf8",
);

/** A server on a store of its own, with a clock that the test moves. */
export interface World {
  readonly server: LongwaveServer;
  readonly dataDir: string;
  readonly lines: string[];
  readonly clock: { now: number };
  /** A browser with cookies of its own. */
  visitor(): Visitor;
  /** A visitor signed in as a member of staff, with the second factor set up and shown. */
  staff(email: string): Promise<Visitor>;
  /** A visitor signed in without a second factor, by a link from the command or by the newest one mailed to them. */
  signedIn(email: string, how?: { readonly byMail: boolean }): Promise<Visitor>;
  close(): Promise<void>;
}

/** Something like a browser: it keeps cookies and says where its requests come from. */
export interface Visitor {
  readonly cookies: Map<string, string>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown): Promise<T>;
  problem(method: string, path: string, body?: unknown): Promise<Problem>;
}

const origin = "http://localhost:4040";

/** A server with the two demonstration studies, the closed one of `people` simulated people, its answers published. */
export async function openWorld(
  options: Partial<ServerOptions> & { readonly people?: number } = {},
): Promise<World> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "longwave-test-"));
  const clock = { now: Date.UTC(2026, 2, 2, 10) };
  const lines: string[] = [];
  const folder = (name: string): string => join(dataDir, "web", name);
  const server = await createServer({
    dataDir,
    webRoot: {
      participant: folder("participant"),
      console: folder("console"),
      public: folder("public"),
      analyse: folder("analyse"),
      fonts: folder("fonts"),
    },
    version: "0.1.0-test",
    // What stands beside the answers has tests of its own.
    demonstration: { protocolText, people: options.people ?? 30, seed: 1, scope: "confirmatory" },
    now: () => clock.now,
    log: (line) => lines.push(line),
    ...options,
  });
  await server.settled();
  const signedIn = async (email: string, how?: { readonly byMail: boolean }): Promise<Visitor> => {
    const visitor = createVisitor(server);
    const link = how?.byMail ? mailedLink(dataDir, email) : await server.signInLink(email);
    await visitor.post("/api/staff/sign-in", { token: link.split("#sign-in=")[1] });
    return visitor;
  };
  return {
    server,
    dataDir,
    lines,
    clock,
    visitor: () => createVisitor(server),
    signedIn: (email, how) => signedIn(email, how),
    async staff(email) {
      const visitor = await signedIn(email);
      await showFactor(visitor, `${dataDir} ${email}`);
      return visitor;
    },
    async close() {
      await server.close();
      if (options.dataDir) return;
      rmSync(dataDir, { recursive: true, force: true });
      rmSync(masterKeyBeside(dataDir), { force: true });
    },
  };
}

/** The sign-in link of the newest message to somebody in the outbox folder. */
function mailedLink(dataDir: string, email: string): string {
  const folder = join(dataDir, "outbox");
  const letters = readdirSync(folder).sort().reverse();
  for (const name of letters) {
    const letter = readFileSync(join(folder, name), "utf8")
      .replace(/=\r?\n/g, "")
      .replace(/=3D/g, "=");
    const link = letter.includes(email) ? /\S+#sign-in=[\w-]+/.exec(letter)?.[0] : undefined;
    if (link) return link;
  }
  throw new Error(`no sign-in link was mailed to ${email}`);
}

/** Recovery codes that have not been used, by store and address. */
const spare = new Map<string, string[]>();

/** Sets up the second factor at the first sign-in to a store; later ones use a recovery code, since the app's is taken once. */
async function showFactor(visitor: Visitor, account: string): Promise<void> {
  const code = "/api/staff/second-factor/code";
  const kept = spare.get(account);
  if (kept) return visitor.post(code, { code: kept.pop() });
  const { secret, recoveryCodes } = await visitor.post<NewSecondFactor>("/api/staff/second-factor");
  spare.set(account, [...recoveryCodes]);
  await visitor.post(code, { code: totpAt(secret, Date.now()) });
}

/** Puts both studies of the demonstration into an empty store, the closed one locked and not analysed. */
export async function addDemonstration(location: StoreLocation, people: number, at: number): Promise<void> {
  const store = await openStore(location, at);
  const maker = { store, compiler: createCompiler(), now: () => at, log: () => undefined };
  await ensureDemonstration(maker, { protocolText, people, seed: 1 });
  await store.close();
}

/** A browser whose requests go to several servers in turn, as behind a balancer, with the cookies of `from`. */
export function visitorOfAll(servers: readonly LongwaveServer[], from?: Visitor): Visitor {
  let turn = 0;
  const fetch: LongwaveServer["fetch"] = (request) => {
    const server = servers[turn++ % servers.length];
    if (!server) throw new Error("there is no server");
    return server.fetch(request);
  };
  return createVisitor({ fetch }, from?.cookies);
}

function createVisitor(server: Pick<LongwaveServer, "fetch">, kept?: ReadonlyMap<string, string>): Visitor {
  const cookies = new Map<string, string>(kept);
  const send: Visitor["send"] = async (method, path, body, headers = {}) => {
    const sent = new Headers({ origin, "sec-fetch-site": "same-origin", ...headers });
    if (method !== "GET" && !sent.has("content-type")) sent.set("content-type", "application/json");
    if (cookies.size > 0)
      sent.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const text = typeof body === "string" ? body : JSON.stringify(body ?? {});
    const init = method === "GET" ? { method, headers: sent } : { method, headers: sent, body: text };
    const response = await server.fetch(new Request(origin + path, init));
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "" || /max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const ok = async <T>(response: Response): Promise<T> => {
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (response.status === 204 ? undefined : await response.json()) as T;
  };
  return {
    cookies,
    send,
    get: async (path) => ok(await send("GET", path)),
    post: async (path, body) => ok(await send("POST", path, body)),
    async problem(method, path, body) {
      const response = await send(method, path, body);
      if (response.headers.get("content-type") !== "application/problem+json") {
        throw new Error(`expected a problem, found ${response.status} ${await response.text()}`);
      }
      return (await response.json()) as Problem;
    },
  };
}

/** The token of a personal link. */
export function tokenOf(link: string): string {
  return link.split("#")[1] ?? "";
}

/** A visitor who has opened a fresh link to the study that anyone may try. */
export async function openTryOut(
  world: World,
): Promise<{ visitor: Visitor; state: ParticipantState; token: string }> {
  const visitor = world.visitor();
  const { link } = await visitor.post<{ link: string }>("/api/try");
  const token = tokenOf(link);
  const state = await visitor.post<ParticipantState>("/api/participant/session", { token });
  return { visitor, state, token };
}

/** The body of a consent with every required box ticked. */
export function consentTo(state: ParticipantState, timeZone = "Europe/Oslo"): object {
  const { form } = state.consent;
  const ticks = Object.fromEntries(form.ticks.map(({ id, required }) => [id, required]));
  return { hash: form.hash, version: form.version, language: form.language, timeZone, ticks };
}

/** A visitor who has consented and stands before the first question. */
export async function enrolled(
  world: World,
): Promise<{ visitor: Visitor; state: ParticipantState; token: string }> {
  const { visitor, state, token } = await openTryOut(world);
  const after = await visitor.post<ParticipantState>("/api/participant/consent", consentTo(state));
  return { visitor, state: after, token };
}

/** An answer that fits any item: its first or lowest value. */
export function fittingPayload(item: FormItem): AnswerPayload {
  switch (item.kind) {
    case "single_choice":
      return { kind: "value", value: item.options[0]?.value ?? 0 };
    case "multi_choice":
      return { kind: "value", value: [] };
    case "scale":
    case "integer":
    case "number":
      return { kind: "value", value: item.min };
    case "yes_no":
      return { kind: "value", value: false };
    case "text":
      return { kind: "value", value: "words" };
  }
}

/** One answer to an item of the open wave. */
export function answerTo(
  state: ParticipantState,
  item: FormItem,
  more: Partial<AnswerSubmission> = {},
): AnswerSubmission {
  return {
    id: crypto.randomUUID(),
    wave: state.current?.form.wave ?? "",
    item: item.id,
    payload: fittingPayload(item),
    answeredAt: state.now,
    ...more,
  };
}

/** Sends answers and gives the receipt. */
export function sendAnswers(visitor: Visitor, answers: readonly AnswerSubmission[]): Promise<AnswersReceipt> {
  return visitor.post<AnswersReceipt>("/api/participant/answers", { answers });
}

/** The items of the open wave. */
export function itemsOf(state: ParticipantState): readonly FormItem[] {
  return state.current?.form.items ?? [];
}
