import type { EntryMode, Problem } from "@longwave/api";
import { problem } from "@longwave/api";
import type { Kysely } from "kysely";
import { hasLeft } from "../access/visits.ts";
import { eventOf } from "../sessions/logged.ts";
import { answersById, appendAnswers, standingRows } from "../store/queries/answers.ts";
import { type AuditEvent, recordEvent } from "../store/queries/audit.ts";
import { reconsiderContacts } from "../store/queries/contacts.ts";
import type { AnswerTable, Tables } from "../store/schema.ts";

/** That staff entered or corrected an answer: how it came, by whom, and why where it corrects one. */
export interface StaffEntry {
  readonly mode: EntryMode | "import" | undefined;
  readonly by: string;
  readonly reason?: string;
}

/** An answer that has been checked against its form, with the refusal if it failed. */
export interface PreparedAnswer {
  readonly id: string;
  readonly wave: string;
  readonly item: string;
  readonly payload: string;
  /** Whether there is an answer, or the question was skipped. */
  readonly given: boolean;
  readonly answeredAt: number;
  /** Whether its wave has closed: it was given before and arrived after. */
  readonly late: boolean;
  readonly replaces: string | undefined;
  readonly refusal: Problem | undefined;
  /** Absent: the person answered by themselves. */
  readonly entry?: StaffEntry;
}

/** An answer with what is personal sealed; nothing is sealed for who has no key, since they have been erased. */
export interface SealedAnswer extends PreparedAnswer {
  readonly sealed: string | undefined;
  readonly sealedReason: string | undefined;
}

/** The answers of one request by one person. */
export interface Submission<Answer extends PreparedAnswer = PreparedAnswer> {
  readonly study: string;
  readonly person: string;
  readonly receivedAt: number;
  readonly answers: readonly Answer[];
  /** Written down in the same commit, if anything was added. */
  readonly event?: AuditEvent;
  /** Done in the same commit, if anything was added; where it throws, nothing of the submission is kept. */
  readonly also?: (trx: Kysely<Tables>) => Promise<void>;
}

/** What became of one answer. */
export type Outcome =
  | { readonly kind: "saved"; readonly id: string; readonly seq: number }
  | { readonly kind: "refused"; readonly id: string; readonly problem: Problem };

/** The last place given out in a study, moved forward as answers are added. */
export interface StudySequence {
  readonly open: boolean;
  /** Of the people who are answering now, those who have left the study. */
  readonly left: ReadonlySet<string>;
  lastSeq: number;
}

/**
 * Adds the answers of submissions to one study inside a transaction that holds the study's row: all of them or, when one
 * fails, none. An id that is there already with the same content gives its place again: sending twice is safe.
 */
export async function appendSubmissions(
  db: Kysely<Tables>,
  sequence: StudySequence,
  submissions: readonly Submission<SealedAnswer>[],
): Promise<readonly (readonly Outcome[])[]> {
  const desk = await openDesk(db, submissions);
  const decided = submissions.map((submission) => {
    const before = desk.added.length;
    const outcomes = submission.answers.map((answer) => decide(desk, sequence, submission, answer));
    return { submission, outcomes, added: desk.added.slice(before) };
  });
  await appendAnswers(db, desk.added);
  for (const { submission, added } of decided) {
    if (added.length > 0 && submission.event) await recordEvent(db, submission.event);
    if (added.length > 0) await submission.also?.(db);
    if (added.some(({ wave }) => eventOf(wave) !== undefined)) await remindAnew(db, submission);
  }
  return decided.map(({ outcomes }) => outcomes);
}

/** A session that begins or goes on changes what there is to remind of. */
function remindAnew(db: Kysely<Tables>, { study, person, receivedAt }: Submission): Promise<void> {
  return reconsiderContacts(db, { study, id: person }, receivedAt);
}

/** What is known while submissions are decided: rows by id in the clear, and the standing row of everyone's questions. */
interface Desk {
  readonly byId: Map<string, AnswerTable>;
  readonly standing: Map<string, string>;
  readonly added: AnswerTable[];
}

async function openDesk(db: Kysely<Tables>, submissions: readonly Submission<SealedAnswer>[]): Promise<Desk> {
  const study = submissions[0]?.study ?? "";
  const answers = submissions.flatMap((submission) => submission.answers);
  const ids = answers.flatMap(({ id, replaces }) => (replaces === undefined ? [id] : [id, replaces]));
  const rows = await answersById(db, study, ids);
  const accepted = answers.filter(({ refusal }) => refusal === undefined);
  const people = new Set(submissions.map(({ person }) => person));
  const waves = new Set(accepted.map(({ wave }) => wave));
  const items = new Set(accepted.map(({ item }) => item));
  const standing = new Map<string, string>();
  for (const { person, wave, item, id } of await standingRows(db, study, { people, waves, items }))
    standing.set(questionKey(person, wave, item), id);
  return { byId: new Map(rows.map((row) => [row.id, row])), standing, added: [] };
}

const questionKey = (person: string, wave: string, item: string): string =>
  JSON.stringify([person, wave, item]);

function decide(desk: Desk, sequence: StudySequence, submission: Submission, answer: SealedAnswer): Outcome {
  const known = desk.byId.get(answer.id);
  if (known) return repeated(known, submission, answer);
  const refusal =
    (sequence.left.has(submission.person) ? hasLeft().problem : answer.refusal) ??
    (sequence.open
      ? (badReplacement(desk, submission, answer) ?? badEntry(desk, submission, answer))
      : lockedProblem);
  if (refusal) return { kind: "refused", id: answer.id, problem: refusal };
  return add(desk, sequence, submission, answer);
}

function repeated(known: AnswerTable, submission: Submission, answer: PreparedAnswer): Outcome {
  const same =
    known.person === submission.person &&
    known.wave === answer.wave &&
    known.item === answer.item &&
    known.payload === answer.payload;
  if (same) return { kind: "saved", id: answer.id, seq: known.seq };
  return {
    kind: "refused",
    id: answer.id,
    problem: problem("answer.id-reused", {
      expected: "a new id for every answer, or the same answer again",
      found: `another answer under the id ${answer.id}`,
      remedy: "Make a new id and, if this corrects the earlier answer, name that one in `replaces`.",
    }),
  };
}

function badReplacement(desk: Desk, submission: Submission, answer: PreparedAnswer): Problem | undefined {
  if (answer.replaces === undefined) return undefined;
  const old = desk.byId.get(answer.replaces);
  const same = old?.person === submission.person && old.wave === answer.wave && old.item === answer.item;
  if (same) return undefined;
  return problem("answer.replaces-unknown", {
    expected: "the id of an earlier answer by the same person to the same question",
    found: `${answer.replaces}, which is not one`,
    remedy: "Send the answer without `replaces`: it is then taken as a correction of the latest one.",
  });
}

/** Staff replace an answer only when they say which, and only the one that stands. */
function badEntry(
  desk: Desk,
  { person }: Submission,
  { entry, wave, item, replaces }: PreparedAnswer,
): Problem | undefined {
  const standing = desk.standing.get(questionKey(person, wave, item));
  if (entry === undefined || replaces === standing) return undefined;
  const remedy = "Load the form again; correct the answer that stands there, with a reason.";
  if (replaces === undefined)
    return problem("entry.answered-already", {
      expected: "a question without an answer",
      found: `an answer to ${item}`,
      remedy,
    });
  const expected = "the answer that stands now";
  return problem("entry.changed", { expected, found: "one that has been corrected meanwhile", remedy });
}

function add(desk: Desk, sequence: StudySequence, submission: Submission, answer: SealedAnswer): Outcome {
  const { sealed } = answer;
  if (sealed === undefined) throw new Error(`person ${submission.person} has no key to seal answers with`);
  sequence.lastSeq += 1;
  const question = questionKey(submission.person, answer.wave, answer.item);
  const row: AnswerTable = {
    study: submission.study,
    seq: sequence.lastSeq,
    id: answer.id,
    person: submission.person,
    wave: answer.wave,
    item: answer.item,
    payload: answer.payload,
    answered_at: answer.answeredAt,
    received_at: submission.receivedAt,
    replaces: answer.replaces ?? desk.standing.get(question) ?? null,
    given: answer.given ? 1 : 0,
    late: answer.late ? 1 : 0,
    sealed: 1,
    mode: answer.entry?.mode ?? null,
    entered_by: answer.entry?.by ?? null,
    reason: answer.sealedReason ?? null,
  };
  desk.added.push({ ...row, payload: sealed });
  desk.byId.set(row.id, row);
  desk.standing.set(question, row.id);
  return { kind: "saved", id: row.id, seq: row.seq };
}

const lockedProblem: Problem = problem("study.locked", {
  expected: "a study that is open for answers",
  found: "a study that has been locked",
  remedy: "Nothing to do: answers given before the lock are kept.",
});
