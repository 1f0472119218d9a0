import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join, relative } from "node:path";
import { retentionState } from "@longwave/study";
import SQLite from "better-sqlite3";
import { type AuditVerdict, auditVerdict } from "../audit/verify.ts";
import { mailRouteOf } from "../mail/route.ts";
import type { MailOptions } from "../options.ts";
import { createCompiler } from "../protocol/compiler.ts";
import { KEY_DATABASE, masterKeyBeside, openStore, type Store, type StoreLocation } from "../store/open.ts";
import { countMessages } from "../store/queries/outbox.ts";
import { countPeople } from "../store/queries/people.ts";
import { allStudies } from "../store/queries/studies.ts";

/** What was looked at: `well`, worth a look, or `wrong`, with a sentence. */
export interface HealthFinding {
  readonly about: "files" | "disk" | "keys" | "audit" | "mail" | "clock" | "jobs" | "messages" | "keeping";
  readonly state: "well" | "look" | "wrong";
  readonly says: string;
}

/** Which store to look at, and how its messages leave. */
export interface CheckUp extends StoreLocation {
  readonly mail: MailOptions;
  /** ms UTC. */
  readonly at: number;
}

const MINUTE = 60_000;
const GIGABYTE = 1e9;

/** Looks a store over while the server may be running: files, room, keys, audit, mail, clock, jobs, messages, time. */
export async function checkUp(order: CheckUp): Promise<readonly HealthFinding[]> {
  const files = order.databaseUrl === undefined ? filesOf(order.dataDir) : [];
  // A broken file is not opened any further: what else it says cannot be relied on.
  if (files.some(({ state }) => state === "wrong")) return [...files, diskOf(order.dataDir)];
  const store = await openStore(order, order.at);
  try {
    return [
      ...files,
      diskOf(order.dataDir),
      ...keysOf(order.dataDir),
      await masterKeyOf(store, order),
      auditOf(await auditVerdict(store.db)),
      await mailOf(order),
      await clockOf(store, order.at),
      await jobsOf(store, order.at),
      await messagesOf(store, order.at),
      ...(await keepingOf(store, order.at)),
    ];
  } finally {
    await store.close();
  }
}

function filesOf(dataDir: string): readonly HealthFinding[] {
  const names = readdirSync(dataDir).filter((name) => name.endsWith(".sqlite") || name === KEY_DATABASE);
  return names.map((name): HealthFinding => {
    const found = integrityOf(join(dataDir, name));
    return found === "ok"
      ? { about: "files", state: "well", says: `${name} is whole` }
      : {
          about: "files",
          state: "wrong",
          says: `${name} is damaged (${found}). Stop the server and restore the last backup.`,
        };
  });
}

function integrityOf(path: string): string {
  try {
    const database = new SQLite(path, { fileMustExist: true, timeout: 30_000 });
    try {
      const found = String(database.pragma("integrity_check(1)", { simple: true }));
      if (found !== "ok") return found;
      const strays = database.pragma("foreign_key_check") as readonly unknown[];
      return strays.length === 0 ? "ok" : `${strays.length} rows that point at nothing`;
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function diskOf(dataDir: string): HealthFinding {
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const says = `${(free / GIGABYTE).toFixed(1)} GB free where the data are`;
  try {
    accessSync(dataDir, constants.W_OK);
  } catch {
    return {
      about: "disk",
      state: "wrong",
      says: `${dataDir} cannot be written to. Give its owner the right to.`,
    };
  }
  if (free < GIGABYTE / 5)
    return {
      about: "disk",
      state: "wrong",
      says: `${says}. Make room now: without it no answer can be kept.`,
    };
  if (free < 2 * GIGABYTE) return { about: "disk", state: "look", says: `${says}. Make room soon.` };
  return { about: "disk", state: "well", says };
}

function keysOf(dataDir: string): readonly HealthFinding[] {
  const keys = readdirSync(dataDir).filter((name) => name.endsWith(".key"));
  const open = keys.filter((name) => (statSync(join(dataDir, name)).mode & 0o077) !== 0);
  if (open.length > 0) {
    return [
      {
        about: "keys",
        state: "wrong",
        says: `${open.join(", ")} can be read by others on this machine. chmod 600 them.`,
      },
    ];
  }
  if (!existsSync(join(dataDir, "participant-link.key"))) {
    return [
      {
        about: "keys",
        state: "look",
        says: "there is no participant-link.key yet; the server makes one when it starts",
      },
    ];
  }
  return [{ about: "keys", state: "well", says: `${keys.length} key files, readable by their owner only` }];
}

async function masterKeyOf(
  { vault }: Store,
  { dataDir, masterKeyFile = masterKeyBeside(dataDir) }: CheckUp,
): Promise<HealthFinding> {
  const about = "keys";
  if (!existsSync(masterKeyFile) && !(await vault.isUsed()))
    return { about, state: "look", says: "there is no master key yet; the server makes one when it starts" };
  try {
    await vault.unlock();
  } catch (error) {
    return { about, state: "wrong", says: error instanceof Error ? error.message : String(error) };
  }
  if ((statSync(masterKeyFile).mode & 0o077) !== 0)
    return {
      about,
      state: "wrong",
      says: `${masterKeyFile} can be read by others on this machine. chmod 600 it.`,
    };
  if (!relative(dataDir, masterKeyFile).startsWith(".."))
    return {
      about,
      state: "look",
      says: `the master key lies in the data folder: whoever gets a copy of it can read everything. Move it elsewhere and name it with --master-key.`,
    };
  return { about, state: "well", says: `the master key ${masterKeyFile} opens the keys of people` };
}

function auditOf(verdict: AuditVerdict): HealthFinding {
  if (verdict.kind === "whole") {
    const lines = verdict.chains.reduce((sum, chain) => sum + chain.lines, 0);
    return { about: "audit", state: "well", says: `all ${lines} lines of the audit follow from one another` };
  }
  return {
    about: "audit",
    state: "wrong",
    says: `the audit is broken at line ${verdict.line}. See longwave audit verify.`,
  };
}

const REACH_MS = 5000;

async function mailOf({ mail, dataDir }: CheckUp): Promise<HealthFinding> {
  if (mail.address === undefined) {
    const folder = join(dataDir, "outbox");
    return {
      about: "mail",
      state: "look",
      says: `no mail server is set: messages become files in ${folder} and reach nobody`,
    };
  }
  const { host, port } = mailRouteOf(mail.address, mail.password);
  const answer = await reach(host, port);
  return answer === undefined
    ? { about: "mail", state: "well", says: `${host}:${port} answers` }
    : {
        about: "mail",
        state: "wrong",
        says: `${host}:${port} cannot be reached (${answer}). Messages wait until it can.`,
      };
}

/** Nothing when a mail server opens the line, else why not. */
function reach(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const line = connect({ host, port, timeout: REACH_MS });
    const end = (why?: string) => {
      line.destroy();
      resolve(why);
    };
    line.on("connect", () => end());
    line.on("timeout", () => end("no answer"));
    line.on("error", (error: Error & { readonly code?: string }) => end(error.code ?? error.message));
  });
}

/** What the server wrote down must not lie in the future: the clock was wrong then, or is now. */
async function clockOf({ db }: Store, at: number): Promise<HealthFinding> {
  const audit = await db
    .selectFrom("audit")
    .select(({ fn }) => fn.max("at").as("last"))
    .executeTakeFirst();
  const answer = await db
    .selectFrom("answer")
    .select(({ fn }) => fn.max("received_at").as("last"))
    .executeTakeFirst();
  const last = Math.max(Number(audit?.last ?? 0), Number(answer?.last ?? 0));
  if (last <= at + MINUTE)
    return {
      about: "clock",
      state: "well",
      says: `the clock says ${new Date(at).toISOString()}, after all that was written down`,
    };
  const says = `the clock says ${new Date(at).toISOString()}, yet something was written down at ${new Date(last).toISOString()}. Set the clock (NTP).`;
  return { about: "clock", state: "wrong", says };
}

async function jobsOf({ db }: Store, at: number): Promise<HealthFinding> {
  const runs = await db
    .selectFrom("run")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("state", "in", ["queued", "running"])
    .where("alive_at", "<", at - 10 * MINUTE)
    .executeTakeFirstOrThrow();
  const releases = await db
    .selectFrom("release")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("state", "=", "making")
    .where("started_at", "<", at - 10 * MINUTE)
    .executeTakeFirstOrThrow();
  const stuck = Number(runs.count) + Number(releases.count);
  return stuck === 0
    ? { about: "jobs", state: "well", says: "no analysis and no release is stuck" }
    : {
        about: "jobs",
        state: "look",
        says: `${stuck} analyses or releases have been silent for ten minutes. Start the server again: it ends them.`,
      };
}

async function messagesOf({ db }: Store, at: number): Promise<HealthFinding> {
  const { failed, uncertain } = await countMessages(db);
  const late = await db
    .selectFrom("outbox")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("state", "=", "queued")
    .where("due_at", "<", at - 60 * MINUTE)
    .executeTakeFirstOrThrow();
  const waiting = Number(late.count);
  const says = `${failed} messages failed, ${uncertain} are uncertain, ${waiting} have waited for more than an hour`;
  const isWell = failed + uncertain + waiting === 0;
  return {
    about: "messages",
    state: isWell ? "well" : "look",
    says: isWell ? says : `${says}. See Messages in the console.`,
  };
}

/** Studies whose data may be kept for 30 days at most, or no longer, while anybody's are still there. */
async function keepingOf({ db }: Store, at: number): Promise<readonly HealthFinding[]> {
  const compiler = createCompiler();
  const findings: HealthFinding[] = [];
  for (const study of await allStudies(db)) {
    const state = retentionState(compiler.protocol(study), at);
    if (study.simulated || study.tryIt || state.kind === "none" || state.kind === "ahead") continue;
    if ((await countPeople(db, study.id)) === 0) continue;
    const isOver = state.kind === "over";
    const says = `the data of study ${study.id} may be kept until ${state.keepUntil}${isOver ? ", which is past" : ""}. Export or release what may be kept, erase the people whose data may not, and delete old backups: they hold them too.`;
    findings.push({ about: "keeping", state: isOver ? "wrong" : "look", says });
  }
  return findings;
}
