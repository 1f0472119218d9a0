import type { ReportingAnswer } from "@longwave/api";
import {
  type PublicationDraft,
  renderStrobeHtml,
  renderStrobeMarkdown,
  type StrobeList,
  seal,
  strobeList,
  withDeviations,
} from "@longwave/findings";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { deviationsOf, publicDeviation } from "../store/queries/deviations.ts";
import { latestPublication } from "../store/queries/publications.ts";
import { latestDoneRun, madeByRun, type RunRow } from "../store/queries/runs.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import { publicationAddress } from "../studies/summary.ts";

/** A reporting list, and the run it was made from. */
interface MadeList {
  readonly run: RunRow;
  readonly list: StrobeList;
  /** The page its items link to, once there is one. */
  readonly page: string | undefined;
}

/**
 * The reporting list of a study as its latest finished run gives it: blind while the study is open, with results
 * after the lock, and with every departure listed until now.
 *
 * @throws Refusal `run.not-finished`
 */
async function madeList(context: ServerContext, study: StudyRow): Promise<MadeList> {
  const { db } = context.store;
  const run = (await latestDoneRun(db, study.id, "results")) ?? (await latestDoneRun(db, study.id, "blind"));
  const made = run && (await madeByRun(db, run.id));
  const list = run && made?.draft ? await listOf(context, run, made.draft) : undefined;
  if (!run || !list) throw noList();
  const publication = await latestPublication(db, study.id);
  const origin = context.origin();
  const page = publication && origin + publicationAddress(study.id, publication.hash);
  return { run, list, page };
}

async function listOf(context: ServerContext, run: RunRow, draft: string): Promise<StrobeList | undefined> {
  if (run.kind === "blind") return JSON.parse(draft) as StrobeList;
  const listed = (await deviationsOf(context.store.db, run.study)).map(publicDeviation);
  const whole = withDeviations(JSON.parse(draft) as PublicationDraft, listed);
  return strobeList(seal(whole, { version: context.version }));
}

/** The state of every item, and the list as Markdown. @throws Refusal `run.not-finished` */
export async function reportingList(context: ServerContext, study: StudyRow): Promise<ReportingAnswer> {
  const { run, list, page } = await madeList(context, study);
  const { blind, items } = list;
  return {
    blind,
    madeAt: run.finishedAt ?? run.startedAt,
    items: items.map(({ id, section, topic, state }) => ({ id, section, topic, state })),
    markdown: renderStrobeMarkdown(list, page),
  };
}

/** The list as a page that a word processor opens. @throws Refusal `run.not-finished` */
export async function reportingPage(context: ServerContext, study: StudyRow): Promise<string> {
  const { list, page } = await madeList(context, study);
  return renderStrobeHtml(list, page);
}

function noList() {
  return refuse(
    "run.not-finished",
    "a run that is done and has kept its reporting list",
    "none",
    "Run the analysis, then open the list.",
  );
}
