import type { Problem } from "@longwave/api";
import { isProblem } from "@longwave/api";
import type { Kysely } from "kysely";
import { oneOf, parseJson } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { RunTable } from "../schema-results.ts";

const states = ["queued", "running", "done", "failed", "cancelled"] as const;
type RunState = (typeof states)[number];

/** The states of a run that waits or goes on. */
const active = ["queued", "running"] as const;

/** How many data a run was made from. */
export interface SnapshotSize {
  /** People who had answered. */
  readonly people: number;
  readonly answers: number;
}

/** One analysis of a study, without its report and draft. */
export interface RunRow {
  readonly id: string;
  readonly study: string;
  readonly kind: "blind" | "results";
  readonly state: RunState;
  readonly done: number;
  readonly total: number;
  readonly doing: string;
  readonly upToSeq: number;
  readonly seed: number;
  readonly startedAt: number;
  readonly finishedAt: number | undefined;
  readonly problem: Problem | undefined;
  readonly requestedBy: string;
  /** Absent for early runs. */
  readonly size: SnapshotSize | undefined;
}

const columns = [
  "id",
  "study",
  "kind",
  "state",
  "done",
  "total",
  "doing",
  "up_to_seq",
  "seed",
  "started_at",
  "finished_at",
  "problem",
  "requested_by",
  "people",
  "answers",
] as const;

function parseRun(row: Pick<RunTable, (typeof columns)[number]>): RunRow {
  const problem = row.problem === null ? undefined : parseJson(row.problem);
  return {
    id: row.id,
    study: row.study,
    kind: oneOf(row.kind, ["blind", "results"], "run.kind"),
    state: oneOf(row.state, states, "run.state"),
    done: row.done,
    total: row.total,
    doing: row.doing,
    upToSeq: row.up_to_seq,
    seed: row.seed,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    problem: isProblem(problem) ? problem : undefined,
    requestedBy: row.requested_by,
    size:
      row.people === null || row.answers === null ? undefined : { people: row.people, answers: row.answers },
  };
}

/** A run about to begin. */
export type NewRun = Pick<
  RunRow,
  "id" | "study" | "kind" | "upToSeq" | "seed" | "startedAt" | "requestedBy"
> & { readonly size?: SnapshotSize };

/** Adds a run that waits for its turn. */
export async function addRun(db: Kysely<Tables>, run: NewRun): Promise<void> {
  await db
    .insertInto("run")
    .values({
      id: run.id,
      study: run.study,
      kind: run.kind,
      state: "queued",
      done: 0,
      total: 1,
      doing: "Waiting to start",
      up_to_seq: run.upToSeq,
      seed: run.seed,
      requested_by: run.requestedBy,
      started_at: run.startedAt,
      finished_at: null,
      problem: null,
      report: null,
      draft: null,
      alive_at: run.startedAt,
      people: run.size?.people ?? null,
      answers: run.size?.answers ?? null,
    })
    .execute();
}

/** The run with this id in this study, if there is one. */
export async function runById(db: Kysely<Tables>, study: string, id: string): Promise<RunRow | undefined> {
  const row = await db
    .selectFrom("run")
    .select(columns)
    .where("study", "=", study)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && parseRun(row);
}

/** The latest runs of a study, the newest first. */
export async function latestRuns(
  db: Kysely<Tables>,
  study: string,
  most: number,
): Promise<readonly RunRow[]> {
  const rows = await db
    .selectFrom("run")
    .select(columns)
    .where("study", "=", study)
    .orderBy("started_at", "desc")
    .limit(most)
    .execute();
  return rows.map(parseRun);
}

/** The latest run of a study, if there is one. */
export async function latestRun(db: Kysely<Tables>, study: string): Promise<RunRow | undefined> {
  return (await latestRuns(db, study, 1))[0];
}

/** The latest run of a study that came to its end, of one kind or of either, if there is one. */
export async function latestDoneRun(
  db: Kysely<Tables>,
  study: string,
  kind?: RunRow["kind"],
): Promise<RunRow | undefined> {
  const row = await db
    .selectFrom("run")
    .select(columns)
    .where("study", "=", study)
    .where("state", "=", "done")
    .$if(kind !== undefined, (query) => query.where("kind", "=", kind ?? ""))
    .orderBy("started_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && parseRun(row);
}

/** Whether a run of this study is waiting or going on. */
export async function hasActiveRun(db: Kysely<Tables>, study: string): Promise<boolean> {
  const row = await db
    .selectFrom("run")
    .select("id")
    .where("study", "=", study)
    .where("state", "in", active)
    .executeTakeFirst();
  return row !== undefined;
}

/** Writes down how far a run has come; false when it has been ended meanwhile. */
export async function setProgress(
  db: Kysely<Tables>,
  id: string,
  progress: { readonly done: number; readonly total: number; readonly doing: string },
): Promise<boolean> {
  const row = await db
    .updateTable("run")
    .set({ state: "running", ...progress })
    .where("id", "=", id)
    .where("state", "in", active)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends a run that waits or goes on because someone asked for it; false when it had ended before. */
export async function cancelRun(db: Kysely<Tables>, id: string, at: number): Promise<boolean> {
  const row = await db
    .updateTable("run")
    .set({ state: "cancelled", doing: "Cancelled", finished_at: at })
    .where("id", "=", id)
    .where("state", "in", active)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Those of some runs that have been ended by someone else than who carries them out. */
export async function endedRuns(db: Kysely<Tables>, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("run")
    .select("id")
    .where("id", "in", ids)
    .where("state", "not in", active)
    .execute();
  return rows.map(({ id }) => id);
}

/** Keeps what a run has made, unless it was ended meanwhile; the draft of a blind report is its reporting list. */
export async function finishRun(
  db: Kysely<Tables>,
  id: string,
  made: { readonly at: number; readonly report: string; readonly draft: string | undefined },
): Promise<void> {
  await db
    .updateTable("run")
    .set({
      state: "done",
      doing: "Done",
      finished_at: made.at,
      report: made.report,
      draft: made.draft ?? null,
    })
    .where("id", "=", id)
    .where("state", "in", active)
    .execute();
}

/** Marks a run as failed, with the reason, unless it was ended meanwhile. */
export async function failRun(db: Kysely<Tables>, id: string, at: number, problem: Problem): Promise<void> {
  await db
    .updateTable("run")
    .set({ state: "failed", doing: "Failed", finished_at: at, problem: JSON.stringify(problem) })
    .where("id", "=", id)
    .where("state", "in", active)
    .execute();
}

/** Writes down that the process that carries out these runs is alive. */
export async function keepRunsAlive(db: Kysely<Tables>, ids: readonly string[], now: number): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable("run").set({ alive_at: now }).where("id", "in", ids).execute();
}

/** Marks runs that wait or go on as failed when nobody has kept them alive since `before`, in one study or in all. */
export async function failSilentRuns(
  db: Kysely<Tables>,
  silent: {
    readonly before: number;
    readonly at: number;
    readonly problem: Problem;
    readonly study?: string;
  },
): Promise<number> {
  const { before, at, problem, study } = silent;
  const rows = await db
    .updateTable("run")
    .set({ state: "failed", doing: "Failed", finished_at: at, problem: JSON.stringify(problem) })
    .where("state", "in", active)
    .where("alive_at", "<", before)
    .$if(study !== undefined, (query) => query.where("study", "=", study ?? ""))
    .returning("id")
    .execute();
  return rows.length;
}

/** The page and the draft that a run has made. */
export async function madeByRun(
  db: Kysely<Tables>,
  id: string,
): Promise<{ readonly report: string | null; readonly draft: string | null } | undefined> {
  return db.selectFrom("run").select(["report", "draft"]).where("id", "=", id).executeTakeFirst();
}
