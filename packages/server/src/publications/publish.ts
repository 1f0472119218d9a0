import type { PublishAnswer, PublishRequest } from "@longwave/api";
import type { Publication, PublicationDraft } from "@longwave/findings";
import { seal, withDeviations } from "@longwave/findings";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { notFinished, requireRun } from "../jobs/present.ts";
import type { Mailer } from "../mail/mailer.ts";
import { decideResultsOut } from "../mail/results-out.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { deviationsOf, publicDeviation } from "../store/queries/deviations.ts";
import {
  addPublication,
  latestPublication,
  type PublicationRow,
  publicationByHash,
} from "../store/queries/publications.ts";
import { madeByRun } from "../store/queries/runs.ts";
import { type StudyRow, setPhase, takeStudy } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import { studyClosed } from "../studies/standing.ts";
import { publicationAddress } from "../studies/summary.ts";

/**
 * Seals the results of a run and publishes them. An earlier publication stays as it is; the new one names it and
 * lists what changed. Departures from the plan listed until now are sealed into it. Publishing the same run twice in a
 * row changes nothing, unless a departure was listed in between. Those who agreed are told once that the results are
 * out; of a correction only when the team asks for it.
 *
 * @throws Refusal `run.not-found`, `run.not-finished`, `run.not-results`, `publication.changes-missing`,
 * `study.closed`
 */
export async function publish(
  context: Pick<ServerContext, "store" | "now" | "version" | "compiler"> & {
    readonly mail: Pick<Mailer, "wake">;
  },
  study: StudyRow,
  request: PublishRequest,
  actor: string,
): Promise<PublishAnswer> {
  const draft = await requireDraft(context, study, request.run);
  const at = context.now();
  const published = await context.store.db.transaction().execute(async (trx) => {
    const { phase } = await takeStudy(trx, study.id);
    if (phase === "closed") throw studyClosed();
    const previous = await latestPublication(trx, study.id);
    const recorded = (await deviationsOf(trx, study.id)).map(publicDeviation);
    if (previous?.run === request.run && (await listedIn(trx, previous)) === recorded.length)
      return answer(study.id, previous.hash);
    const changes = request.changes ?? [];
    if (previous && changes.length === 0) throw changesMissing(previous.hash);
    const correction = previous ? { replaces: previous.hash, changes } : {};
    const sealed = seal(withDeviations(draft, recorded), { version: context.version, ...correction });
    const number = (previous?.number ?? 0) + 1;
    await addPublication(trx, {
      study: study.id,
      hash: sealed.hash,
      number,
      run: request.run,
      published_at: at,
      published_by: actor,
      replaces: previous?.hash ?? null,
      bundle: JSON.stringify(sealed),
    });
    await setPhase(trx, study.id, "published");
    const told =
      number === 1 || request.tellPeople === true
        ? await decideResultsOut(trx, { study, protocol: context.compiler.protocol(study) }, { number, at })
        : 0;
    const detail = { run: request.run, hash: sealed.hash, told };
    await recordEvent(trx, {
      at,
      study: study.id,
      actor: `staff:${actor}`,
      action: "publication.published",
      detail,
    });
    return answer(study.id, sealed.hash);
  });
  context.mail.wake();
  return published;
}

/** How many departures that people listed a publication carries. */
async function listedIn(trx: Kysely<Tables>, { study, hash }: PublicationRow): Promise<number> {
  const row = await publicationByHash(trx, study, hash);
  const { deviations = [] } = JSON.parse(row?.bundle ?? "{}") as Partial<Publication>;
  return deviations.filter(({ at }) => at !== undefined).length;
}

async function requireDraft(
  context: Pick<ServerContext, "store">,
  study: StudyRow,
  id: string,
): Promise<PublicationDraft> {
  const run = await requireRun(context, study.id, id);
  if (run.kind !== "results") throw notResults();
  const made = await madeByRun(context.store.db, id);
  if (run.state !== "done" || !made?.draft) throw notFinished(run);
  return JSON.parse(made.draft) as PublicationDraft;
}

function answer(study: string, hash: string): PublishAnswer {
  return { hash, address: publicationAddress(study, hash) };
}

function notResults() {
  return refuse(
    "run.not-results",
    "a run with results",
    "a blind report of the data",
    "Lock the study with two signatures, run the analysis, and publish that.",
  );
}

function changesMissing(hash: string) {
  return refuse(
    "publication.changes-missing",
    "at least one sentence in `changes`",
    `a new publication beside ${hash.slice(0, 12)}… without any`,
    "Say what changed: readers of the earlier one are told.",
  );
}
