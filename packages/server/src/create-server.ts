import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { adoptStudies, welcome } from "./access/adopt.ts";
import { readOrMakeKey } from "./access/key-file.ts";
import { publicOriginOf } from "./access/origin.ts";
import { createRateLimit } from "./access/rate-limit.ts";
import { forgetSecondFactor } from "./access/second-factor.ts";
import { openStaffAccess } from "./access/staff.ts";
import { createCommitQueue } from "./answers/commit-queue.ts";
import { tellAudit } from "./audit/tell.ts";
import type { ServerContext } from "./context.ts";
import { ensureDemonstration, publishDemonstration } from "./demonstration/create.ts";
import { purgeDaily, purgeDiscussion, purgeLetters } from "./discussion/purge.ts";
import { createExportRunner } from "./exports/runner.ts";
import { createImportRunner } from "./imports/runner.ts";
import { lookAtAllSafety, watchingHarm } from "./inbox/safety.ts";
import { createJobRunner, failLeftOvers } from "./jobs/runner.ts";
import { forgetOutdated } from "./joining/join.ts";
import { JOIN_MAILS_A_DAY } from "./joining/page.ts";
import { watchServer } from "./keeping/watch.ts";
import { LINKS_A_DAY } from "./mail/comment-links.ts";
import { folderTransport } from "./mail/folder.ts";
import { createMailer } from "./mail/mailer.ts";
import { createPlanner } from "./mail/planner.ts";
import { mailRouteOf } from "./mail/route.ts";
import { smtpTransport } from "./mail/smtp.ts";
import type { MailTransport } from "./mail/transport.ts";
import type { LongwaveServer, ServerOptions } from "./options.ts";
import { createPictures } from "./pages/pictures.ts";
import { sweepAfterErasure } from "./people/sweep.ts";
import { createCompiler } from "./protocol/compiler.ts";
import { createReleaseRunner } from "./releases/runner.ts";
import { createApp } from "./routes/app.ts";
import { createStandingKeeper } from "./standing/standing-sums.ts";
import { remindOfRetention } from "./studies/retention.ts";
import { openSealed } from "./vault/open-sealed.ts";

const OWNER = "owner@longwave.localhost";
const DEFAULT_PORT = 4040;
const MINUTE = 60_000;

/**
 * Opens the store, makes the demonstration when the store is empty, and returns the server, not yet listening. The
 * findings of the demonstration are made beside it.
 *
 * @throws StoreError when the database, a key file or the public address cannot be used.
 */
export async function createServer(options: ServerOptions): Promise<LongwaveServer> {
  const address = { url: options.publicUrl ?? `http://localhost:${options.port ?? DEFAULT_PORT}` };
  const context = await openContext(options, address);
  await purgeDiscussion(context);
  await purgeLetters(context);
  await forgetOutdated(context);
  await lookAtAllSafety(context);
  await remindOfRetention(context);
  await sweepAfterErasure(context);
  const endPurging = purgeDaily(context);
  const closing = new AbortController();
  const settled = await demonstrate(context, options, closing.signal);
  const app = createApp(context);
  let server: Server | undefined;
  let watch: Server | undefined;
  let endTelling = (): void => undefined;
  await adoptStudies(context);
  const signInLink = async (email = OWNER): Promise<string> => {
    const token = await context.staff.makeToken(email);
    await welcome(context, email);
    return `${context.origin()}/console/#sign-in=${token}`;
  };
  return {
    fetch: async (request) => app.fetch(request),
    signInLink,
    forgetSecondFactor: (email) => forgetSecondFactor(context, email),
    async deliverMail() {
      await context.planner.planDue();
      await context.mail.deliverDue();
    },
    settled: () => settled.done,
    async listen() {
      await failLeftOvers(context);
      server = await openPort(app.fetch, options);
      if (!options.publicUrl) address.url = urlOf(server, options.host);
      context.mail.start();
      context.planner.start();
      context.standing.start();
      if (options.onAudit) endTelling = await tellAudit(context, options.onAudit);
      if (options.healthPort === undefined) return { url: address.url };
      watch = await openWatch(watchServer({ ...context, dataDir: options.dataDir }), options.healthPort);
      return { url: address.url, healthUrl: urlOf(watch, undefined) };
    },
    async close() {
      endPurging();
      endTelling();
      closing.abort();
      if (watch) await closePort(watch);
      if (server) await closePort(server);
      await context.jobs.close();
      await settled.done;
      await closeContext(context);
    },
  };
}

/** Makes the studies of the demonstration; their findings are made while the server already answers. */
async function demonstrate(
  context: ServerContext,
  { demonstration }: ServerOptions,
  closing: AbortSignal,
): Promise<{ readonly done: Promise<void> }> {
  if (!demonstration) return { done: Promise.resolve() };
  await ensureDemonstration(context, demonstration);
  const done = publishDemonstration(context, demonstration, closing).catch((error: unknown) => {
    if (!closing.aborted)
      context.log(`The findings of the demonstration could not be made: ${String(error)}`);
  });
  return { done };
}

async function openContext(
  options: ServerOptions,
  address: { readonly url: string },
): Promise<ServerContext> {
  const now = options.now ?? Date.now;
  const log = options.log ?? (() => undefined);
  const { dataDir, databaseUrl, masterKeyFile, publicUrl } = options;
  const publicOrigin = publicUrl === undefined ? undefined : publicOriginOf(publicUrl);
  const location = {
    dataDir,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(masterKeyFile === undefined ? {} : { masterKeyFile }),
  };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const transport = mailTransport(options);
  const store = await openSealed(location, now(), (path) =>
    log(
      `Made the master key ${path}. Copy it to a safe place apart from the data folder: without it no name, address or answer can be read.`,
    ),
  );
  const keyIn = (name: string): Buffer => readOrMakeKey(join(dataDir, name));
  const secret = keyIn("staff-session.key").toString("hex");
  const origin = (): string => new URL(address.url).origin;
  const kept = {
    store,
    compiler: createCompiler(),
    linkKey: keyIn("participant-link.key"),
    commentKey: keyIn("comment.key"),
    origin,
    now,
    staff: await openStaffAccess({ ...location, secret, origin: origin() }),
    staffNow: Date.now,
    log,
  };
  const jobs = createJobRunner({ store, location, now, log });
  const mail = createMailer({ ...kept, transport, mailFrom: options.mail?.from });
  return {
    ...kept,
    mail,
    planner: createPlanner({ ...kept, mail }),
    queue: watchingHarm(createCommitQueue(store.db), { ...kept, mail }),
    jobs,
    releases: createReleaseRunner({ store, location, log }),
    exports: createExportRunner(location),
    imports: createImportRunner(location, { store, now }),
    standing: createStandingKeeper({ ...kept, jobs }),
    webRoot: options.webRoot,
    templates: options.templates ?? [],
    version: options.version,
    css: options.css ?? (await builtStyle(options)),
    publicOrigin,
    onRequest: options.onRequest,
    secureCookies: publicOrigin?.startsWith("https:") ?? false,
    answerCounts: new Map(),
    qualityFlags: new Map(),
    highlights: new Map(),
    publishedGroups: new Map(),
    pictures: createPictures(),
    ...rateLimits(now),
  };
}

/**
 * How often what may be tried by anyone may be tried from one address. A clinic has one address for a full waiting room
 * and its staff: where something is guessed only wrong guesses count, and where a message is asked for, the address
 * it goes to has a limit of its own, so that these can be wide (decision 45).
 */
function rateLimits(now: () => number) {
  return {
    linkTries: createRateLimit({ tries: 30, windowMs: MINUTE, now }),
    letterTries: createRateLimit({ tries: 100, windowMs: 60 * MINUTE, now }),
    signInTries: createRateLimit({ tries: 20, windowMs: MINUTE, now }),
    signInRequests: createRateLimit({ tries: 100, windowMs: 60 * MINUTE, now }),
    tryOuts: createRateLimit({ tries: 60, windowMs: MINUTE, now }),
    recordRequests: createRateLimit({ tries: 30, windowMs: MINUTE, now }),
    commentTries: createRateLimit({ tries: 12, windowMs: 60 * MINUTE, now }),
    plainCommentTries: createRateLimit({ tries: 4, windowMs: 60 * MINUTE, now }),
    commentMails: createRateLimit({ tries: LINKS_A_DAY, windowMs: 24 * 60 * MINUTE, now }),
    lostLinkTries: createRateLimit({ tries: 120, windowMs: 60 * MINUTE, now }),
    joinTries: createRateLimit({ tries: 150, windowMs: 60 * MINUTE, now }),
    joinQuestions: createRateLimit({ tries: 600, windowMs: 60 * MINUTE, now }),
    joinMails: createRateLimit({ tries: JOIN_MAILS_A_DAY, windowMs: 24 * 60 * MINUTE, now }),
    codeRequests: createRateLimit({ tries: 300, windowMs: 60 * MINUTE, now }),
    codeTries: createRateLimit({ tries: 100, windowMs: 60 * MINUTE, now }),
  };
}

function mailTransport({ dataDir, mail = {} }: ServerOptions): MailTransport {
  if (mail.address === undefined) return folderTransport(join(dataDir, "outbox"));
  return smtpTransport(mailRouteOf(mail.address, mail.password));
}

async function builtStyle(options: ServerOptions): Promise<string> {
  return readFile(join(options.webRoot.public, "public.css"), "utf8").catch(() => "");
}

async function closeContext(context: ServerContext): Promise<void> {
  await context.queue.drain();
  await context.planner.close();
  await context.mail.close();
  await context.releases.close();
  await context.exports.close();
  await context.imports.close();
  await context.standing.close();
  await context.staff.close();
  await context.store.close();
}

type Fetch = (request: Request, env?: unknown) => Response | Promise<Response>;

function openPort(fetch: Fetch, options: ServerOptions): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({
      fetch,
      port: options.port ?? DEFAULT_PORT,
      hostname: options.host ?? "127.0.0.1",
    }) as Server;
    server.once("error", reject);
    server.once("listening", () => resolve(server));
  });
}

function openWatch(watch: Server, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    watch.once("error", reject);
    watch.listen(port, "127.0.0.1", () => resolve(watch));
  });
}

function urlOf(server: Server, host: string | undefined): string {
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : DEFAULT_PORT;
  return `http://${host === undefined || host === "127.0.0.1" || host === "0.0.0.0" ? "localhost" : host}:${port}`;
}

/** Requests under way are finished; connections kept open for more are closed. */
function closePort(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2000).unref();
  });
}
