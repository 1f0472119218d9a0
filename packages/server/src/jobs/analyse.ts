import type { PlanScope, Progress, PublicationDraft } from "@longwave/findings";
import {
  blindReport,
  blindStrobeList,
  individualReport,
  renderBlindReport,
  renderIndividualReport,
  renderPage,
  reportingFacts,
  runPlan,
  seal,
} from "@longwave/findings";
import { datasetSource, standingSums } from "@longwave/source";
import {
  buildDataset,
  type Dataset,
  type DatasetInput,
  type Protocol,
  planHash,
  qualityFlags,
} from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import type { Kysely } from "kysely";
import { parseHTML } from "linkedom";
import { publicationLinks } from "../pages/links.ts";
import { textVersions } from "../protocol/text-versions.ts";
import { answersUpTo } from "../store/queries/answers.ts";
import { deviationsOf, publicDeviation } from "../store/queries/deviations.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { type StudyRow, studyById } from "../store/queries/studies.ts";
import { planLockedAt } from "../store/queries/versions.ts";
import type { Tables } from "../store/schema.ts";

/** One analysis to be made: which study, up to which answer, and which of the reports. */
export interface AnalysisJob {
  readonly run: string;
  readonly study: string;
  readonly kind: "blind" | "results" | "individual" | "sums" | "flags";
  readonly upToSeq: number;
  readonly seed: number;
  /** Of which formula sums are made. */
  readonly formula?: string;
  /** How much of the plan the results hold; absent: the confirmatory part. */
  readonly scope?: PlanScope;
  readonly version: string;
  /** The style of the report. */
  readonly css: string;
}

/**
 * The page of a run, and as JSON text the draft that can be published; of a blind report, its reporting list. Of sums:
 * the sums, or in place of a page why there are none; of flags: the forms worth a look.
 */
export interface AnalysisOutcome {
  readonly report: string;
  readonly draft: string | undefined;
}

/** Makes the dataset of a study and from it the blind report or the results. Reads the store and writes nothing. */
export async function analyse(
  db: Kysely<Tables>,
  job: AnalysisJob,
  onProgress: (progress: Progress) => void,
): Promise<AnalysisOutcome> {
  const study = await studyById(db, job.study);
  if (!study) throw new Error(`study ${job.study} is not there`);
  const protocol = readProtocol(study.protocolText, `${study.protocolId}.yaml`);
  onProgress({ done: 0, total: 1, doing: "Building the dataset" });
  const input = await inputOf(db, { study, protocol, upToSeq: job.upToSeq });
  if (job.kind === "flags") return { report: "", draft: JSON.stringify(qualityFlags(input)) };
  const dataset = buildDataset(input);
  if (job.kind === "sums") return sumsOf(dataset, protocol, job.formula ?? "");
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const subject = { protocol, dataset, document, simulated: study.simulated };
  if (job.kind === "blind") {
    const blind = blindReport(subject);
    const list = blindStrobeList({
      ...blind,
      protocol,
      plan: { lockedAt: await planLockedAt(db, study), hash: planHash(protocol) },
      reporting: reportingFacts(protocol, dataset, false),
      deviations: (await deviationsOf(db, job.study)).map(publicDeviation),
    });
    return { report: renderBlindReport(blind, { css: job.css }), draft: JSON.stringify(list) };
  }
  const source = datasetSource(dataset);
  if (job.kind === "individual") {
    const report = await individualReport({ ...subject, source, seed: job.seed });
    return { report: renderIndividualReport(report, { css: job.css }), draft: undefined };
  }
  const draft = await runPlan({
    ...subject,
    source,
    seed: job.seed,
    ...(job.scope === undefined ? {} : { scope: job.scope }),
    planLockedAt: await planLockedAt(db, study),
    lockedHash: study.protocolHash,
    onProgress,
  });
  return { report: preview(draft, job), draft: JSON.stringify(draft) };
}

function sumsOf(dataset: Dataset, protocol: Protocol, formula: string): AnalysisOutcome {
  const { person, wave } = protocol.plan.variables;
  try {
    return { report: "", draft: JSON.stringify(standingSums(dataset, { formula, person, wave })) };
  } catch (error) {
    if (error instanceof Error && error.name === "StatsError")
      return { report: error.message, draft: undefined };
    throw error;
  }
}

async function inputOf(
  db: Kysely<Tables>,
  {
    study,
    protocol,
    upToSeq,
  }: { readonly study: StudyRow; readonly protocol: Protocol; readonly upToSeq: number },
): Promise<DatasetInput> {
  const { id, erasureSeq } = study;
  const people = await personRecords(db, id);
  const answers = await answersUpTo(db, id, upToSeq);
  const versions = await textVersions(db, study);
  return { protocol, versions, people, answers, upToSeq, erasureSeq };
}

/** The page as it would be published; its downloads work only once it is. */
function preview(draft: PublicationDraft, job: AnalysisJob): string {
  const sealed = seal(draft, { version: job.version });
  return renderPage(sealed, {
    css: job.css,
    links: publicationLinks(job.study, sealed.hash, { origin: "" }),
  });
}
