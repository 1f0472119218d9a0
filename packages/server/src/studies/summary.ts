import type { PublicStudy, StudySummary } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { signaturesOf } from "../store/queries/locks.ts";
import { countPeople } from "../store/queries/people.ts";
import { latestPublication, type PublicationRow } from "../store/queries/publications.ts";
import { latestRun } from "../store/queries/runs.ts";
import { allStudies, openPhases, type StudyRow, studyById } from "../store/queries/studies.ts";

/**
 * The study with this id.
 *
 * @throws Refusal `study.not-found`
 */
export async function requireStudy(context: ServerContext, id: string): Promise<StudyRow> {
  const study = await studyById(context.store.db, id);
  if (study) return study;
  const known = (await allStudies(context.store.db)).map((each) => each.id);
  throw refuse(
    "study.not-found",
    known.length === 0 ? "a study" : `one of ${known.join(", ")}`,
    id,
    "Check the address.",
  );
}

/** A study as its staff see it. */
export async function summarize(context: ServerContext, study: StudyRow): Promise<StudySummary> {
  const { db } = context.store;
  const run = await latestRun(db, study.id);
  const publication = await latestPublication(db, study.id);
  const by = (await signaturesOf(db, study.id)).map(({ email }) => email);
  const { lockedAt } = study;
  return {
    id: study.id,
    title: study.title.en,
    phase: study.phase,
    simulated: study.simulated,
    people: await countPeople(db, study.id),
    lock: { by, needed: 2, ...(lockedAt === undefined ? {} : { lockedAt }) },
    ...(run ? { lastRun: { id: run.id, kind: run.kind, state: run.state, startedAt: run.startedAt } } : {}),
    ...(publication ? { publication: presentPublication(publication) } : {}),
  };
}

function presentPublication(row: PublicationRow): NonNullable<StudySummary["publication"]> {
  return { hash: row.hash, publishedAt: row.published_at, address: publicationAddress(row.study, row.hash) };
}

/** The path of the page of a publication. */
export function publicationAddress(study: string, hash: string): string {
  return `/findings/${encodeURIComponent(study)}/${hash}`;
}

/** The studies as anyone may see them. */
export async function publicStudies(context: ServerContext): Promise<readonly PublicStudy[]> {
  const studies = await allStudies(context.store.db);
  return Promise.all(studies.map((study) => publicStudy(context, study)));
}

async function publicStudy(context: ServerContext, study: StudyRow): Promise<PublicStudy> {
  const publication = await latestPublication(context.store.db, study.id);
  return {
    id: study.id,
    title: study.title.en,
    question: context.compiler.protocol(study).question.en,
    simulated: study.simulated,
    phase: study.phase,
    ...(publication
      ? { publication: { hash: publication.hash, publishedAt: publication.published_at } }
      : {}),
    tryIt: study.tryIt && openPhases.includes(study.phase),
  };
}
