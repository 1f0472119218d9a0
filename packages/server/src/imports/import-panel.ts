import { randomUUID } from "node:crypto";
import {
  type AnswerRecord,
  type ImportedAnswer,
  type ImportedPerson,
  type ImportReading,
  type Protocol,
  standingAnswers,
  takesAnswers,
} from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import type { Kysely } from "kysely";
import { type NoStudy, onStudy } from "../exports/open-study.ts";
import type { StoreLocation } from "../store/open.ts";
import { addFinished, answersUpTo, appendAnswers } from "../store/queries/answers.ts";
import { eventDetails, recordEvent } from "../store/queries/audit.ts";
import { isOut, standingsOf } from "../store/queries/departures.ts";
import { addPeople, lastPersonNumber } from "../store/queries/people.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { sealPayload, sealReason } from "../store/queries/sealed.ts";
import { type StudyRow, setLastSeq, takeStudy } from "../store/queries/studies.ts";
import type { AnswerTable, Tables } from "../store/schema.ts";
import { vaultOf } from "../vault/carry.ts";

/** A file to be taken into a study; nothing is written unless `write` is true. */
export interface ImportOrder {
  readonly study: string;
  readonly at: number;
  readonly actor: string;
  /** SHA-256 of the file's bytes. */
  readonly fileHash: string;
  readonly write: boolean;
  /** Also a file that was imported before; answers that differ then correct those that are there. */
  readonly again: boolean;
  /** The file by the text of the study. */
  readonly read: (protocol: Protocol) => ImportReading;
  /** Told as answers are written. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a file holds beside what the study has. */
export interface ImportReport {
  readonly newPeople: number;
  readonly knownPeople: number;
  /** Forms by wave. */
  readonly waves: readonly { readonly wave: string; readonly forms: number }[];
  readonly answers: number;
  readonly skipped: number;
  readonly late: number;
  /** Answers that are in the study already, the same. */
  readonly same: number;
  /** Answers that differ from those in the study. */
  readonly different: number;
  readonly leftAlone: readonly string[];
}

/** What came of it. Only `done` has written anything. */
export type ImportOutcome =
  | NoStudy
  | { readonly kind: "not-open"; readonly phase: string }
  | { readonly kind: "problems"; readonly problems: ImportReading["problems"] }
  | { readonly kind: "imported-before" }
  | { readonly kind: "left"; readonly people: readonly string[] }
  | { readonly kind: "differs" | "checked" | "done"; readonly report: ImportReport };

/** Written at once, so that the way forward can be shown and memory stays small. */
const BATCH = 2000;

/**
 * Takes a panel of people and answers into a study that takes answers: all of it or nothing, in one transaction. Answers
 * are sealed with each person's key, say that they came from a file, and hold its hash; nobody is written to.
 */
export async function importPanel(location: StoreLocation, order: ImportOrder): Promise<ImportOutcome> {
  return onStudy(location, order, async (store, study) => {
    const protocol = readProtocol(study.protocolText, `${study.protocolId}.yaml`);
    const reading = order.read(protocol);
    if (reading.problems.length > 0) return { kind: "problems", problems: reading.problems };
    return store.db.transaction().execute((trx) => importInto(trx, { study, reading, order }));
  });
}

interface Import {
  readonly study: StudyRow;
  readonly reading: ImportReading;
  readonly order: ImportOrder;
}

async function importInto(db: Kysely<Tables>, { study, reading, order }: Import): Promise<ImportOutcome> {
  const { phase, lastSeq } = await takeStudy(db, study.id);
  if (!takesAnswers(phase)) return { kind: "not-open", phase };
  const before = await eventDetails(db, study.id, "answers.imported");
  if (!order.again && before.some(({ file }) => file === order.fileHash)) return { kind: "imported-before" };
  const known = new Set((await personRecords(db, study.id)).map(({ id }) => id));
  const returning = reading.people.filter(({ id }) => known.has(id)).map(({ id }) => id);
  const standings = await standingsOf(db, study.id);
  const left = returning.filter((id) => isOut(standings.get(id) ?? "active"));
  if (left.length > 0) return { kind: "left", people: left };
  const there = returning.length === 0 ? [] : await answersUpTo(db, study.id, lastSeq);
  const fresh = beside(reading.answers, there, lastSeq);
  const report = reportOf(reading, returning.length, fresh);
  if (fresh.different > 0 && !order.again) return { kind: "differs", report };
  if (!order.write) return { kind: "checked", report };
  await addNewcomers(
    db,
    study.id,
    reading.people.filter(({ id }) => !known.has(id)),
    order.at,
  );
  await addAnswers(db, { study, reading, order }, { fresh: fresh.toAdd, lastSeq });
  const { newPeople, answers } = report;
  const detail = { file: order.fileHash, people: newPeople, answers: fresh.toAdd.length, of: answers };
  await recordEvent(db, {
    at: order.at,
    study: study.id,
    actor: order.actor,
    action: "answers.imported",
    detail,
  });
  return { kind: "done", report };
}

interface FreshAnswer extends ImportedAnswer {
  readonly replaces: string | undefined;
}

interface Fresh {
  readonly toAdd: readonly FreshAnswer[];
  readonly same: number;
  readonly different: number;
}

/** The answers of the file that the study does not have, with the rows that they correct. */
function beside(answers: readonly ImportedAnswer[], there: readonly AnswerRecord[], upToSeq: number): Fresh {
  const standing = standingAnswers(there, upToSeq);
  let [same, different] = [0, 0];
  const toAdd = answers.flatMap((answer): readonly FreshAnswer[] => {
    const old = standing.get(answer.person)?.get(answer.wave)?.get(answer.item);
    if (old === undefined) return [{ ...answer, replaces: undefined }];
    if (JSON.stringify(old.payload) === JSON.stringify(answer.payload)) {
      same += 1;
      return [];
    }
    different += 1;
    return [{ ...answer, replaces: old.id }];
  });
  return { toAdd, same, different };
}

function reportOf(reading: ImportReading, knownPeople: number, { same, different }: Fresh): ImportReport {
  const { people, answers, waves, leftAlone } = reading;
  const forms = new Map<string, number>();
  for (const { wave } of waves) forms.set(wave, (forms.get(wave) ?? 0) + 1);
  return {
    newPeople: people.length - knownPeople,
    knownPeople,
    waves: [...forms].map(([wave, count]) => ({ wave, forms: count })),
    answers: answers.length,
    skipped: answers.filter(({ payload }) => payload.kind === "skipped").length,
    late: answers.filter(({ late }) => late).length,
    ...{ same, different, leftAlone },
  };
}

/** They have no link until somebody makes one, and the study writes to nobody by itself. */
async function addNewcomers(
  db: Kysely<Tables>,
  study: string,
  people: readonly ImportedPerson[],
  at: number,
): Promise<void> {
  const first = (await lastPersonNumber(db, study)) + 1;
  await addPeople(
    db,
    study,
    people.map(({ id, name, email, enrolledAt, timeZone, language }, index) => ({
      id,
      number: first + index,
      tokenHash: undefined,
      invitedAt: Math.min(enrolledAt, at),
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      enrolled: { at: enrolledAt, timeZone, language },
    })),
  );
}

async function addAnswers(
  db: Kysely<Tables>,
  { study, reading, order }: Import,
  { fresh, lastSeq }: { readonly fresh: readonly FreshAnswer[]; readonly lastSeq: number },
): Promise<void> {
  const keys = await vaultOf(db).keysOf(
    study.id,
    reading.people.map(({ id }) => id),
  );
  for (let start = 0; start < fresh.length; start += BATCH) {
    const rows = fresh.slice(start, start + BATCH).map((answer, index) => {
      const key = keys.get(answer.person);
      if (key === undefined) throw new Error(`person ${answer.person} has no key to seal answers with`);
      return answerRow(answer, { study: study.id, seq: lastSeq + start + index + 1, key, order });
    });
    await appendAnswers(db, rows);
    order.onProgress?.(Math.min(start + BATCH, fresh.length), fresh.length);
  }
  await addFinished(
    db,
    reading.waves.map(({ person, wave, at }) => ({ study: study.id, person, wave, finished_at: at })),
  );
  await setLastSeq(db, study.id, lastSeq + fresh.length);
}

function answerRow(
  { person, wave, item, payload, answeredAt, late, replaces }: FreshAnswer,
  to: { readonly study: string; readonly seq: number; readonly key: Buffer; readonly order: ImportOrder },
): AnswerTable {
  const id = randomUUID();
  return {
    ...{ study: to.study, seq: to.seq, id, person, wave, item },
    payload: sealPayload(to.key, { id, wave, item }, JSON.stringify(payload)),
    answered_at: answeredAt,
    received_at: to.order.at,
    replaces: replaces ?? null,
    given: payload.kind === "value" ? 1 : 0,
    late: late ? 1 : 0,
    sealed: 1,
    mode: "import",
    entered_by: null,
    reason: sealReason(to.key, id, `From a file with SHA-256 ${to.order.fileHash}`),
  };
}
