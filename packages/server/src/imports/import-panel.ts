import { randomUUID } from "node:crypto";
import { type AnswerRecord, type ImportedPerson, type ImportReading, takesAnswers } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import type { Kysely } from "kysely";
import { onStudy } from "../exports/open-study.ts";
import type { StoreLocation } from "../store/open.ts";
import { addFinished, answersOf, answersUpTo, appendAnswers } from "../store/queries/answers.ts";
import { eventDetails, recordEvent } from "../store/queries/audit.ts";
import { isOut, standingsOf } from "../store/queries/departures.ts";
import { addPeople, lastPersonNumber } from "../store/queries/people.ts";
import { presentAmong } from "../store/queries/present.ts";
import { sealPayload, sealReason } from "../store/queries/sealed.ts";
import { type StudyRow, setLastSeq, takeStudy } from "../store/queries/studies.ts";
import type { AnswerTable, Tables } from "../store/schema.ts";
import { vaultOf } from "../vault/carry.ts";
import { beside, type Fresh, type FreshAnswer, reportOf } from "./beside.ts";
import { partsOf } from "./parts.ts";
import type { ImportOrder, ImportOutcome, ImportReport, Left } from "./types.ts";

/** Written at once, so that the way forward can be shown and memory stays small. */
const BATCH = 2000;
/** People whose answers are looked for one by one; for more, those of the whole study are read. */
const FEW_PEOPLE = 200;

/**
 * Takes a panel of people and answers into a study that takes answers: all of it in one transaction or nothing, or in
 * parts of whole people. Answers are sealed with each person's key, say that they came from a file, and hold its hash;
 * nobody is written to.
 */
export async function importPanel(location: StoreLocation, order: ImportOrder): Promise<ImportOutcome> {
  return onStudy(location, order, ({ db }, study) => importOn(db, study, order));
}

/** The same in a store that is open. */
export async function importOn(
  db: Kysely<Tables>,
  study: StudyRow,
  order: ImportOrder,
): Promise<ImportOutcome> {
  const protocol = readProtocol(study.protocolText, `${study.protocolId}.yaml`);
  const reading = order.read(protocol);
  if (reading.problems.length > 0) return { kind: "problems", problems: reading.problems };
  const whole = { study, reading, order };
  const looked = await lookAt(db, whole, study); // holds nothing: answers come in meanwhile
  if (looked.kind !== "checked") return looked;
  if (!order.write) return { kind: "checked", report: looked.report };
  return order.parts === undefined
    ? db.transaction().execute((trx) => writeWhole(trx, whole))
    : writeInParts(db, whole, looked.report);
}

interface Import {
  readonly study: StudyRow;
  readonly reading: ImportReading;
  readonly order: ImportOrder;
}

/** What stands in the way of an import as the study stands now, or what it would bring. */
type Looked =
  | Exclude<ImportOutcome, { readonly kind: "no-study" | "problems" | "differs" | "checked" | "done" }>
  | { readonly kind: "differs"; readonly report: ImportReport }
  | (State & { readonly kind: "checked"; readonly report: ImportReport });

interface State {
  readonly known: ReadonlySet<string>;
  readonly fresh: Fresh;
  readonly lastSeq: number;
}

async function lookAt(
  db: Kysely<Tables>,
  { study, reading, order }: Import,
  { phase, lastSeq }: Pick<StudyRow, "phase" | "lastSeq">,
): Promise<Looked> {
  if (!takesAnswers(phase)) return { kind: "not-open", phase };
  const files = await eventDetails(db, study.id, "answers.imported");
  const before = files.some(({ file }) => file === order.fileHash);
  if (!order.again && before) return { kind: "imported-before" };
  const ids = reading.people.map(({ id }) => id);
  const known = await presentAmong(db, study.id, ids);
  const returning = ids.filter((id) => known.has(id));
  const left = await outOf(db, study.id, ids); // who was erased is not known any more, and cannot come back
  if (left !== undefined) return left;
  const fresh = beside(reading.answers, await answersThere(db, study.id, { returning, lastSeq }), lastSeq);
  const report = reportOf(reading, known, { ...fresh, before });
  if (fresh.different > 0 && !order.again) return { kind: "differs", report };
  return { kind: "checked", report, known, fresh, lastSeq };
}

async function outOf(
  db: Kysely<Tables>,
  study: string,
  people: readonly string[],
): Promise<Left | undefined> {
  const standings = await standingsOf(db, study, people.length > FEW_PEOPLE ? undefined : people);
  const left = people.filter((id) => isOut(standings.get(id) ?? "active"));
  return left.length > 0 ? { kind: "left", people: left } : undefined;
}

async function answersThere(
  db: Kysely<Tables>,
  study: string,
  { returning, lastSeq }: { readonly returning: readonly string[]; readonly lastSeq: number },
): Promise<readonly AnswerRecord[]> {
  if (returning.length > FEW_PEOPLE) return answersUpTo(db, study, lastSeq);
  const found: AnswerRecord[] = [];
  for (const id of returning) found.push(...(await answersOf(db, { study, id })));
  return found;
}

async function writeWhole(trx: Kysely<Tables>, whole: Import): Promise<ImportOutcome> {
  const looked = await lookAt(trx, whole, await takeStudy(trx, whole.study.id));
  if (looked.kind !== "checked") return looked;
  await write(trx, whole, looked);
  await noteEnd(trx, whole, { people: looked.report.newPeople, answers: looked.fresh.toAdd.length });
  return { kind: "done", report: looked.report };
}

/** Each part looks anew at the people in it: somebody may have answered or left meanwhile. */
async function writeInParts(db: Kysely<Tables>, whole: Import, report: ImportReport): Promise<ImportOutcome> {
  const { order, reading, study } = whole;
  const { parts } = order;
  if (parts === undefined) throw new Error("an import in parts says how large they are");
  await recordEvent(db, {
    at: order.at,
    ...{ study: study.id, actor: order.actor, action: "answers.import-begun" },
    detail: { file: order.fileHash, answers: report.answers },
  });
  let [done, people, added] = [0, 0, 0];
  for (const part of partsOf(reading, { answers: parts.answers, people: FEW_PEOPLE })) {
    const outcome = await db.transaction().execute(async (trx) => {
      const looked = await lookAt(trx, { ...whole, reading: part }, await takeStudy(trx, study.id));
      if (looked.kind !== "checked") return looked;
      await write(trx, { ...whole, reading: part }, looked);
      done += part.answers.length;
      await parts.note(trx, done, report.answers);
      return looked;
    });
    if (outcome.kind !== "checked") return outcome;
    people += outcome.report.newPeople;
    added += outcome.fresh.toAdd.length;
    await parts.pause();
  }
  await noteEnd(db, whole, { people, answers: added });
  return { kind: "done", report };
}

async function noteEnd(
  db: Kysely<Tables>,
  { study, reading, order }: Import,
  { people, answers }: { readonly people: number; readonly answers: number },
): Promise<void> {
  await recordEvent(db, {
    at: order.at,
    study: study.id,
    actor: order.actor,
    action: "answers.imported",
    detail: { file: order.fileHash, people, answers, of: reading.answers.length },
  });
}

async function write(trx: Kysely<Tables>, whole: Import, { known, fresh, lastSeq }: State): Promise<void> {
  const { study, reading, order } = whole;
  const newcomers = reading.people.filter(({ id }) => !known.has(id));
  await addNewcomers(trx, study.id, newcomers, order.at);
  await addAnswers(trx, whole, { fresh: fresh.toAdd, lastSeq });
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
