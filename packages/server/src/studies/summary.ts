import type { LastRun, PublicStudy, StudySummary } from "@longwave/api";
import { asksReason, isLocked, movesFrom, takesPeople } from "@longwave/study";
import { type Inside, type Member, memberIn } from "../access/gate.ts";
import type { Session } from "../access/staff.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { signaturesOf } from "../store/queries/locks.ts";
import { type Membership, membershipsOf } from "../store/queries/members.ts";
import { countPeople } from "../store/queries/people.ts";
import { latestPublication, type PublicationRow } from "../store/queries/publications.ts";
import { latestDoneRun, latestRun, type RunRow } from "../store/queries/runs.ts";
import { allStudies, type StudyRow, studyById } from "../store/queries/studies.ts";

/**
 * The study with this id.
 *
 * @throws Refusal `study.not-found`
 */
export async function requireStudy(context: ServerContext, id: string): Promise<StudyRow> {
  const study = await studyById(context.store.db, id);
  if (study) return study;
  throw refuse("study.not-found", "a study of this server", id, "Check the address.");
}

/** A study as its staff see it. */
export async function summarize(
  context: ServerContext,
  study: StudyRow,
  { role, names }: Pick<Member, "role" | "names">,
): Promise<StudySummary> {
  const { db } = context.store;
  const run = await latestRun(db, study.id);
  const results = await latestDoneRun(db, study.id, "results");
  const publication = await latestPublication(db, study.id);
  const by = (await signaturesOf(db, study.id)).map(({ email }) => email);
  const { lockedAt } = study;
  return {
    id: study.id,
    title: study.title.en,
    phase: study.phase,
    ...(study.pausedAt === undefined ? {} : { pausedAt: study.pausedAt }),
    moves: movesFrom({ phase: study.phase, paused: study.pausedAt !== undefined }).map((move) => ({
      move,
      asksReason: asksReason(move),
    })),
    version: study.version,
    simulated: study.simulated,
    role,
    names,
    people: await countPeople(db, study.id),
    ...context.compiler.protocol(study).retention,
    lock: { by, needed: 2, ...(lockedAt === undefined ? {} : { lockedAt }) },
    ...(run ? { lastRun: inShort(run) } : {}),
    ...(results ? { results: inShort(results) } : {}),
    ...(publication ? { publication: presentPublication(publication) } : {}),
  };
}

function inShort({ id, kind, state, startedAt }: RunRow): LastRun {
  return { id, kind, state, startedAt };
}

function presentPublication(row: PublicationRow): NonNullable<StudySummary["publication"]> {
  return { hash: row.hash, publishedAt: row.published_at, address: publicationAddress(row.study, row.hash) };
}

/** The path of the page of a publication. */
export function publicationAddress(study: string, hash: string): string {
  return `/findings/${encodeURIComponent(study)}/${hash}`;
}

/** A study as one member sees it in this session. */
export async function summarizeFor(
  context: ServerContext,
  at: Pick<Inside, "session" | "study">,
  membership: Pick<Membership, "role" | "site">,
): Promise<StudySummary> {
  return summarize(context, at.study, await memberIn(context, at, membership));
}

/** The studies a member of staff belongs to, oldest first. */
export async function studiesOf(context: ServerContext, session: Session): Promise<readonly StudySummary[]> {
  const memberships = await membershipsOf(context.store.db, session.staff.email);
  const found = new Map(memberships.map((membership) => [membership.study, membership]));
  const studies = await allStudies(context.store.db);
  return Promise.all(
    studies.flatMap((study) => {
      const membership = found.get(study.id);
      return membership ? [summarizeFor(context, { session, study }, membership)] : [];
    }),
  );
}

/** The studies as anyone may see them: those that have been opened. */
export async function publicStudies(context: ServerContext): Promise<readonly PublicStudy[]> {
  const opened = (await allStudies(context.store.db)).filter(({ phase }) => phase !== "design");
  return Promise.all(opened.map((study) => publicStudy(context, study)));
}

/** How far the findings of simulated people are; of real people nothing is said before they are published. */
async function makingOf(
  { store }: ServerContext,
  study: StudyRow,
  publication: PublicationRow | undefined,
): Promise<Pick<PublicStudy, "making">> {
  if (publication || !study.simulated || !isLocked(study.phase)) return {};
  const run = await latestRun(store.db, study.id);
  if (run?.kind !== "results" || !["queued", "running"].includes(run.state)) return {};
  return { making: { done: run.done, total: run.total } };
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
    ...(await makingOf(context, study, publication)),
    tryIt: study.tryIt && takesPeople({ phase: study.phase, paused: study.pausedAt !== undefined }),
  };
}
