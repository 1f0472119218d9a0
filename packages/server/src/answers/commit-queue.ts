import { type Kysely, sql } from "kysely";
import { isOut, standingsOf } from "../store/queries/departures.ts";
import { sealPayload, sealReason } from "../store/queries/sealed.ts";
import { openPhases, setLastSeq, takeStudy } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import { vaultOf } from "../vault/carry.ts";
import type { Outcome, SealedAnswer, StudySequence, Submission } from "./append.ts";
import { appendSubmissions } from "./append.ts";

/** Takes submissions and answers each after the commit that holds it. */
export interface CommitQueue {
  /** Resolves after the commit; rejects when this submission, or the whole commit, failed: nothing of it is kept. */
  submit(submission: Submission): Promise<readonly Outcome[]>;
  /** Resolves when all that was submitted has been answered. */
  drain(): Promise<void>;
}

interface Waiting {
  readonly submission: Submission;
  readonly resolve: (outcomes: readonly Outcome[]) => void;
  readonly reject: (error: unknown) => void;
}

type Settled =
  | { readonly ok: true; readonly outcomes: readonly Outcome[] }
  | { readonly ok: false; readonly error: unknown };

const LARGEST_BATCH = 256;
/** Answers that are added by one statement: SQLite takes 32,766 bound values, sixteen columns an answer. */
const MOST_TOGETHER = 1000;

/**
 * A queue that gathers all submissions waiting at one moment into one transaction.
 * A synced commit costs the disk the same for one as for many, so the more that wait, the less each waits.
 */
export function createCommitQueue(db: Kysely<Tables>): CommitQueue {
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    while (waiting.length > 0) await commit(db, waiting.splice(0, LARGEST_BATCH));
    working = undefined;
  };
  return {
    submit(submission) {
      return new Promise((resolve, reject) => {
        waiting.push({ submission, resolve, reject });
        working ??= afterThisTurn().then(work);
      });
    },
    drain: async () => working,
  };
}

const afterThisTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function commit(db: Kysely<Tables>, batch: readonly Waiting[]): Promise<void> {
  try {
    const sealed: Sealed[] = [];
    for (const { submission } of batch) sealed.push(await seal(db, submission));
    const settled = await commitBatch(db, sealed);
    for (const [index, each] of batch.entries()) settle(each, settled[index]);
  } catch (error) {
    for (const each of batch) each.reject(error);
  }
}

function settle(waiting: Waiting, settled: Settled | undefined): void {
  if (settled?.ok) waiting.resolve(settled.outcomes);
  else waiting.reject(settled?.error ?? new Error("the commit gave no outcome for this submission"));
}

/** A submission made ready for the commit, or why it could not be. */
type Sealed =
  | { readonly ok: true; readonly submission: Submission<SealedAnswer> }
  | { readonly ok: false; readonly error: unknown };

/** Seals before the transaction, so that the study's row is not held meanwhile. */
async function seal(db: Kysely<Tables>, submission: Submission): Promise<Sealed> {
  try {
    const { study, person } = submission;
    const key = (await vaultOf(db).keysOf(study, [person])).get(person);
    const answers = submission.answers.map((answer) => ({
      ...answer,
      sealed: key && sealPayload(key, answer, answer.payload),
      sealedReason: key && answer.entry?.reason && sealReason(key, answer.id, answer.entry.reason),
    }));
    return { ok: true, submission: { ...submission, answers } };
  } catch (error) {
    return { ok: false, error };
  }
}

/** One transaction: the rows of the studies are taken once, and what goes to one study is added together. */
async function commitBatch(db: Kysely<Tables>, batch: readonly Sealed[]): Promise<readonly Settled[]> {
  return db.transaction().execute(async (trx) => {
    const ready = batch.flatMap((each) => (each.ok ? [each.submission] : []));
    const sequences = await takeSequences(trx, ready);
    const settled = new Map<Submission, Settled>();
    for (const [study, sequence] of sequences) {
      const theirs = ready.filter((submission) => submission.study === study);
      for (const [index, each] of (await appendTo(trx, sequence, theirs)).entries()) {
        const submission = theirs[index];
        if (submission) settled.set(submission, each);
      }
      await setLastSeq(trx, study, sequence.lastSeq);
    }
    return batch.map((each) => (each.ok ? (settled.get(each.submission) ?? lost) : each));
  });
}

const lost: Settled = {
  ok: false,
  error: new Error("the commit gave no outcome for this submission"),
};

/**
 * All submissions to a study at once, which takes the database a few statements whatever their number. When one of them
 * fails they are taken one by one, each in a savepoint of its own, so that it fails alone.
 */
async function appendTo(
  trx: Kysely<Tables>,
  sequence: StudySequence,
  submissions: readonly Submission<SealedAnswer>[],
): Promise<readonly Settled[]> {
  const answers = submissions.reduce((sum, each) => sum + each.answers.length, 0);
  if (submissions.length > 1 && answers <= MOST_TOGETHER) {
    const together = await inSavepoint(trx, sequence, submissions);
    if (together.ok) return together.all.map((outcomes) => ({ ok: true, outcomes }));
  }
  const settled: Settled[] = [];
  for (const submission of submissions) {
    const alone = await inSavepoint(trx, sequence, [submission]);
    settled.push(alone.ok ? { ok: true, outcomes: alone.all[0] ?? [] } : alone);
  }
  return settled;
}

/** Studies are taken in order of id, so that two processes can never wait for each other in a ring. */
async function takeSequences(
  trx: Kysely<Tables>,
  batch: readonly Submission[],
): Promise<Map<string, StudySequence>> {
  const sequences = new Map<string, StudySequence>();
  for (const study of [...new Set(batch.map((submission) => submission.study))].sort()) {
    const { lastSeq, phase } = await takeStudy(trx, study);
    const people = batch.filter((each) => each.study === study).map(({ person }) => person);
    const standings = await standingsOf(trx, study, people);
    const left = new Set([...standings].flatMap(([person, standing]) => (isOut(standing) ? [person] : [])));
    sequences.set(study, { open: openPhases.includes(phase), left, lastSeq });
  }
  return sequences;
}

type Appended =
  | { readonly ok: true; readonly all: readonly (readonly Outcome[])[] }
  | { readonly ok: false; readonly error: unknown };

async function inSavepoint(
  trx: Kysely<Tables>,
  sequence: StudySequence,
  submissions: readonly Submission<SealedAnswer>[],
): Promise<Appended> {
  const before = sequence.lastSeq;
  await sql`savepoint submission`.execute(trx);
  try {
    const all = await appendSubmissions(trx, sequence, submissions);
    await sql`release savepoint submission`.execute(trx);
    return { ok: true, all };
  } catch (error) {
    await takeBack(trx, error);
    sequence.lastSeq = before;
    return { ok: false, error };
  }
}

/** Goes back to the savepoint; when the engine has ended the whole transaction, `reason` stands for all of it. */
async function takeBack(trx: Kysely<Tables>, reason: unknown): Promise<void> {
  try {
    await sql`rollback to savepoint submission`.execute(trx);
    await sql`release savepoint submission`.execute(trx);
  } catch {
    throw reason;
  }
}
