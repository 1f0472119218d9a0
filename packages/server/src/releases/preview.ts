import { randomUUID } from "node:crypto";
import type { ReleaseDraft } from "@longwave/api";
import type { Protocol } from "@longwave/study";
import { isLocked } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { type ReleaseRow, releasesOf, replacePreviews } from "../store/queries/releases.ts";
import { type StudyRow, takeStudy } from "../store/queries/studies.ts";
import type { ReleaseJob } from "./make.ts";
import { presentDraft } from "./present.ts";

const TICK = "share_deidentified";
const FLOOR = 10;
// A preview takes seconds; one that is said to be going on after this has been left by a server that stopped.
const GIVEN_UP_MS = 10 * 60_000;

/** What a study's text says about its releases, with the defaults. */
export function releaseRules(study: StudyRow): {
  readonly tick: string;
  readonly isAsked: boolean;
  readonly k: number;
  readonly minCell: number;
} {
  const protocol: Protocol = readProtocol(study.protocolText, `${study.protocolId}.yaml`);
  const tick = protocol.release?.tick ?? TICK;
  return {
    tick,
    isAsked: protocol.consent.ticks.some(({ id }) => id === tick),
    k: protocol.release?.k ?? FLOOR,
    minCell: protocol.release?.minCell ?? FLOOR,
  };
}

/**
 * Starts making a release to look at, in place of one that was not kept.
 *
 * @throws Refusal `release.not-locked`, `release.no-tick`, `release.already-making`
 */
export async function startPreview(
  context: Pick<ServerContext, "store" | "releases" | "now" | "version" | "css">,
  study: StudyRow,
  request: { readonly k?: number; readonly minCell?: number },
  actor: string,
): Promise<ReleaseDraft> {
  const rules = releaseRules(study);
  if (!rules.isAsked) throw noTick(rules.tick);
  const at = context.now();
  const job = await context.store.db.transaction().execute(async (trx): Promise<ReleaseJob> => {
    const { lastSeq, phase } = await takeStudy(trx, study.id);
    if (!isLocked(phase)) throw notLocked();
    const rows = await releasesOf(trx, study.id);
    if (rows.some(({ state, startedAt }) => state === "making" && at - startedAt < GIVEN_UP_MS)) {
      throw alreadyMaking();
    }
    const last = rows.find(({ state }) => state === "kept");
    const job = {
      id: randomUUID(),
      study: study.id,
      number: (last?.number ?? 0) + 1,
      upToSeq: lastSeq,
      k: request.k ?? rules.k,
      minCell: request.minCell ?? rules.minCell,
      tick: rules.tick,
      at,
      ...previousOf(last),
      version: context.version,
      css: context.css,
    };
    await replacePreviews(trx, { ...job, startedAt: at, startedBy: actor });
    await recordEvent(trx, {
      at,
      study: study.id,
      actor: `staff:${actor}`,
      action: "release.previewed",
      detail: { number: job.number, k: job.k, minCell: job.minCell },
    });
    return job;
  });
  context.releases.start(job);
  const rows = await releasesOf(context.store.db, study.id);
  const row = rows.find(({ id }) => id === job.id);
  if (!row) throw new Error(`the preview ${job.id} is gone`);
  return presentDraft(row);
}

function previousOf(last: ReleaseRow | undefined): Pick<ReleaseJob, "previous"> {
  if (last?.made === undefined || last.keptAt === undefined) return {};
  return { previous: { summary: last.made.summary, keptAt: last.keptAt } };
}

function notLocked() {
  return refuse(
    "release.not-locked",
    "a study whose data are locked",
    "one that still takes answers",
    "Lock it with two signatures first.",
  );
}

function noTick(tick: string) {
  return refuse(
    "release.no-tick",
    `a consent text with the box “${tick}”`,
    "one without it",
    "Nobody agreed to sharing, so nothing can be released. Ask in the next study's consent text.",
  );
}

function alreadyMaking() {
  return refuse(
    "release.already-making",
    "no other preview",
    "one that is being made",
    "Wait until it is there.",
  );
}
