import type {
  DeviationEntry,
  DeviationRequest,
  PlanRecord,
  PreregistrationAnswer,
  Staff,
} from "@longwave/api";
import {
  describeEntryWarning,
  lintEntry,
  preregistration,
  preregistrationMarkdown,
} from "@longwave/findings";
import { planHash } from "@longwave/study";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import { firstAnswerAt } from "../store/queries/answers.ts";
import { hasEvent, recordEvent } from "../store/queries/audit.ts";
import {
  addDeviation,
  type DeviationRow,
  deviationsOf,
  type NewDeviation,
} from "../store/queries/deviations.ts";
import { latestDoneRun } from "../store/queries/runs.ts";
import { type StudyRow, takeStudy } from "../store/queries/studies.ts";
import { planLockedAt } from "../store/queries/versions.ts";
import type { Tables } from "../store/schema.ts";

/** Who enters a departure. */
export type Writer = Pick<Staff, "email" | "name">;

/**
 * Lists a departure from the plan of a study, in the words of whoever enters it. When it was entered, and whether
 * results had been seen by then, is found in the store and not asked for.
 */
export async function recordDeviation(
  context: Pick<ServerContext, "store" | "now">,
  study: StudyRow,
  request: DeviationRequest,
  writer: Writer,
): Promise<{ readonly entry: DeviationEntry; readonly warnings: readonly string[] }> {
  const at = context.now();
  const row = await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    return listDeviation(trx, writer, { ...request, study: study.id, kind: "recorded", at });
  });
  return { entry: presentDeviation(row), warnings: lintEntry({ ...request }).map(describeEntryWarning) };
}

type Departure = Pick<NewDeviation, "study" | "kind" | "clause" | "what" | "why" | "at" | "run">;

/** Adds a departure inside a transaction that holds the study's row, and writes down who did. */
export async function listDeviation(
  trx: Kysely<Tables>,
  writer: Writer,
  departure: Departure,
): Promise<DeviationRow> {
  const { study, at } = departure;
  const timing = await timingOf(trx, study);
  const row = await addDeviation(trx, { ...departure, timing, byEmail: writer.email, byName: writer.name });
  await recordEvent(trx, {
    at,
    study,
    actor: `staff:${writer.email}`,
    action: "deviation.listed",
    detail: { deviation: row.id, kind: row.kind, clause: row.clause, timing },
  });
  return row;
}

/** What shows estimates, or data that give them, without a run of the plan. */
const SEEING = [
  "data.exported",
  "data.read",
  "sums.downloaded",
  "data.read",
  "sums.downloaded",
  "individual-figures.opened",
  "release.previewed",
  "release.downloaded",
] as const;

/** What had been seen of a study by now: a run with results has come to its end, or data were opened, whoever did it. */
async function timingOf(trx: Kysely<Tables>, study: string): Promise<DeviationRow["timing"]> {
  if (await latestDoneRun(trx, study, "results")) return "after_data_seen";
  if (await hasEvent(trx, study, SEEING)) return "after_data_seen";
  return (await firstAnswerAt(trx, study)) === undefined ? "before_first_answer" : "before_data_seen";
}

/** A departure as the contract shows it. */
function presentDeviation(row: DeviationRow): DeviationEntry {
  const { id, kind, clause, what, why, timing, at, byName: by } = row;
  return { id, kind, clause, what, why, timing, at, by };
}

/** The plan of a study with its name and times, and every departure listed so far. */
export async function planRecord(
  context: Pick<ServerContext, "store" | "compiler">,
  study: StudyRow,
): Promise<PlanRecord> {
  const protocol = context.compiler.protocol(study);
  const firstAnswer = await firstAnswerAt(context.store.db, study.id);
  const { hypotheses, sensitivity, exploratory, comparisons } = protocol.plan;
  return {
    version: study.protocolVersion,
    protocolHash: study.protocolHash,
    planHash: planHash(protocol),
    lockedAt: await planLockedAt(context.store.db, study),
    ...(firstAnswer === undefined ? {} : { firstAnswerAt: firstAnswer }),
    ...(study.lockedAt === undefined ? {} : { dataLockedAt: study.lockedAt }),
    clauses: [
      ...hypotheses.map(({ id, label }) => ({ id, label: label.en })),
      ...[...sensitivity, ...exploratory, ...comparisons].map(({ id, what }) => ({ id, label: what.en })),
    ],
    deviations: (await deviationsOf(context.store.db, study.id)).map(presentDeviation),
  };
}

/** The same plan as a preregistration, to paste and for programs. */
export async function planForm(
  context: Pick<ServerContext, "store" | "compiler">,
  study: StudyRow,
): Promise<PreregistrationAnswer> {
  const { deviations } = await planRecord(context, study);
  const form = preregistration(context.compiler.protocol(study), deviations);
  return { markdown: preregistrationMarkdown(form), form };
}
