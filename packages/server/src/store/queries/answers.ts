import type { AnswerRecord } from "@longwave/study";
import type { AnswerPayload, Answers } from "@longwave/study/answering";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { oneOf, parseJson } from "../parse.ts";
import type { AnswerTable, Tables } from "../schema.ts";
import { isNotErased } from "./departures.ts";
import { openPayloads } from "./sealed.ts";

/**
 * In order of place, put in order once the rows are found: told to go by `seq` itself, SQLite walks through the whole
 * study in that order, which is there as an index, instead of going to the person.
 */
export const byPlace: RawBuilder<number> = sql<number>`+seq`;

/** The payload of an answer as it was checked before it was stored. */
function parsePayload(text: string): AnswerPayload {
  const value = parseJson(text);
  if (typeof value === "object" && value !== null && "kind" in value) {
    if (value.kind === "skipped") return { kind: "skipped" };
    if (value.kind === "value") return value as AnswerPayload;
  }
  throw new Error('answer.payload holds something else; expected a value or "skipped".');
}

function parseAnswer(row: AnswerTable): AnswerRecord {
  return {
    seq: row.seq,
    id: row.id,
    person: row.person,
    wave: row.wave,
    item: row.item,
    payload: parsePayload(row.payload),
    answeredAt: row.answered_at,
    ...(row.late === 1 ? { late: true } : {}),
    ...(row.replaces === null ? {} : { replaces: row.replaces }),
    ...(row.mode === null
      ? {}
      : {
          mode: oneOf<NonNullable<AnswerRecord["mode"]>>(
            row.mode,
            ["phone", "paper", "import"],
            "answer.mode",
          ),
        }),
    ...(row.entered_by === null ? {} : { enteredBy: row.entered_by }),
  };
}

/** All answers of a study up to and with the place `seq`, in order; those of erased people are left out. */
export async function answersUpTo(
  db: Kysely<Tables>,
  study: string,
  seq: number,
): Promise<readonly AnswerRecord[]> {
  const rows = await db
    .selectFrom("answer")
    .selectAll()
    .where("study", "=", study)
    .where("seq", "<=", seq)
    .where(isNotErased(study, "answer.person"))
    .orderBy("seq")
    .execute();
  return (await openPayloads(db, study, rows)).map(parseAnswer);
}

/**
 * The standing answers of a person at one wave, by item, and the id of the row each stands in.
 *
 * @param at.since  leaves out what arrived before.
 */
export async function standingAnswers(
  db: Kysely<Tables>,
  at: { readonly study: string; readonly person: string; readonly wave: string; readonly since?: number },
): Promise<{ readonly answers: Answers; readonly ids: Readonly<Record<string, string>> }> {
  const rows = await db
    .selectFrom("answer")
    .select(["id", "person", "wave", "item", "payload"])
    .where("study", "=", at.study)
    .where("person", "=", at.person)
    .where("wave", "=", at.wave)
    .where("received_at", ">=", at.since ?? 0)
    .orderBy(byPlace)
    .execute();
  const answers: Record<string, AnswerPayload> = {};
  const ids: Record<string, string> = {};
  for (const row of await openPayloads(db, at.study, rows)) {
    answers[row.item] = parsePayload(row.payload);
    ids[row.item] = row.id;
  }
  return { answers, ids };
}

/** Rows of these people to these questions in the order of the study, so that the last one to each stands; none is opened. */
export async function standingRows(
  db: Kysely<Tables>,
  study: string,
  {
    people,
    waves,
    items,
  }: {
    readonly people: ReadonlySet<string>;
    readonly waves: ReadonlySet<string>;
    readonly items: ReadonlySet<string>;
  },
): Promise<readonly Pick<AnswerTable, "person" | "wave" | "item" | "id">[]> {
  if (waves.size === 0) return [];
  return db
    .selectFrom("answer")
    .select(["person", "wave", "item", "id"])
    .where("study", "=", study)
    .where("person", "in", [...people])
    .where("wave", "in", [...waves])
    .where("item", "in", [...items])
    .orderBy(byPlace)
    .execute();
}

/** All rows of one person, in the order of the study. */
export async function answersOf(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
): Promise<readonly (AnswerRecord & { readonly receivedAt: number })[]> {
  const rows = await db
    .selectFrom("answer")
    .selectAll()
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .orderBy(byPlace)
    .execute();
  const opened = await openPayloads(db, person.study, rows);
  return opened.map((row) => ({ ...parseAnswer(row), receivedAt: row.received_at }));
}

/** When the first answer of each form, session and rest of a person reached the server. */
export async function formTimes(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
): Promise<readonly { readonly wave: string; readonly firstAt: number }[]> {
  const rows = await db
    .selectFrom("answer")
    .select(({ fn }) => ["wave", fn.min("received_at").as("at")])
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .where("item", "<>", "") // the places of erased answers
    .groupBy("wave")
    .execute();
  return rows.map(({ wave, at }) => ({ wave, firstAt: Number(at) }));
}

/** The items that a person has answered or skipped at any of these waves, each once. */
export async function itemsAnswered(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
  waves: readonly string[],
): Promise<readonly string[]> {
  if (waves.length === 0) return [];
  const rows = await db
    .selectFrom("answer")
    .select("item")
    .distinct()
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .where("wave", "in", waves)
    .execute();
  return rows.map(({ item }) => item);
}

/** Every question of a study that somebody has answered or skipped, with the waves at which they did. */
export async function answeredQuestions(
  db: Kysely<Tables>,
  study: string,
): Promise<readonly { readonly wave: string; readonly item: string }[]> {
  return db.selectFrom("answer").select(["wave", "item"]).distinct().where("study", "=", study).execute();
}

/** The rows with these ids in a study, their payloads in the clear; the places of erased ones hold none. */
export async function answersById(
  db: Kysely<Tables>,
  study: string,
  ids: readonly string[],
): Promise<readonly AnswerTable[]> {
  const rows = await db
    .selectFrom("answer")
    .selectAll()
    .where("study", "=", study)
    .where("id", "in", ids)
    .execute();
  const opened = await openPayloads(
    db,
    study,
    rows.filter(({ payload }) => payload !== ""),
  );
  return [...opened, ...rows.filter(({ payload }) => payload === "")];
}

// SQLite takes 32,766 bound values a statement; sixteen columns an answer.
const ANSWERS_PER_STATEMENT = 2000;

/** Adds answers that already have their places and are sealed. */
export async function appendAnswers(db: Kysely<Tables>, answers: readonly AnswerTable[]): Promise<void> {
  for (let start = 0; start < answers.length; start += ANSWERS_PER_STATEMENT) {
    await db
      .insertInto("answer")
      .values(answers.slice(start, start + ANSWERS_PER_STATEMENT))
      .execute();
  }
}

/** The waves a person has begun, and those they have finished with the time. */
export interface WaveProgress {
  readonly started: ReadonlySet<string>;
  readonly finished: ReadonlyMap<string, number>;
}

/** Where one person stands. */
export async function progressOf(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
): Promise<WaveProgress> {
  const found = (await progressOfMany(db, person.study, [person.id])).get(person.id);
  return found ?? { started: new Set(), finished: new Map() };
}

/** Where each of some people stands, by person; those who have not begun are left out. */
export async function progressOfMany(
  db: Kysely<Tables>,
  study: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, WaveProgress>> {
  const found = new Map<string, { started: Set<string>; finished: Map<string, number> }>();
  const of = (person: string) => {
    const known = found.get(person) ?? { started: new Set<string>(), finished: new Map<string, number>() };
    found.set(person, known);
    return known;
  };
  if (people.length === 0) return found;
  const started = await db
    .selectFrom("answer")
    .select(["person", "wave"])
    .distinct()
    .where("study", "=", study)
    .where("person", "in", people)
    .execute();
  for (const { person, wave } of started) of(person).started.add(wave);
  const finished = await db
    .selectFrom("wave_progress")
    .selectAll()
    .where("study", "=", study)
    .where("person", "in", people)
    .execute();
  for (const { person, wave, finished_at } of finished) of(person).finished.set(wave, finished_at);
  return found;
}

/** When each form of a study was said to be done, by person and wave. */
export async function finishedWaves(
  db: Kysely<Tables>,
  study: string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const rows = await db
    .selectFrom("wave_progress")
    .select(["person", "wave", "finished_at"])
    .where("study", "=", study)
    .execute();
  const found = new Map<string, Map<string, number>>();
  for (const { person, wave, finished_at } of rows) {
    const waves = found.get(person) ?? new Map<string, number>();
    found.set(person, waves);
    waves.set(wave, finished_at);
  }
  return found;
}

/** Who of these people has begun a wave, and when their latest answer to it came. */
export async function begunBy(
  db: Kysely<Tables>,
  study: string,
  { wave, people }: { readonly wave: string; readonly people: readonly string[] },
): Promise<ReadonlyMap<string, number>> {
  const begun = new Map<string, number>();
  for (let start = 0; start < people.length; start += ANSWERS_PER_STATEMENT) {
    const rows = await db
      .selectFrom("answer")
      .select(({ fn }) => ["person", fn.max("received_at").as("at")])
      .where("study", "=", study)
      .where("wave", "=", wave)
      .where("person", "in", people.slice(start, start + ANSWERS_PER_STATEMENT))
      .groupBy("person")
      .execute();
    for (const { person, at } of rows) begun.set(person, Number(at));
  }
  return begun;
}

/** Records that a wave is done; the first time stands. */
export async function addFinished(
  db: Kysely<Tables>,
  rows: readonly {
    readonly study: string;
    readonly person: string;
    readonly wave: string;
    readonly finished_at: number;
  }[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ANSWERS_PER_STATEMENT) {
    await db
      .insertInto("wave_progress")
      .values(rows.slice(start, start + ANSWERS_PER_STATEMENT))
      .onConflict((conflict) => conflict.columns(["study", "person", "wave"]).doNothing())
      .execute();
  }
}

/** How many answers a study has, and of how many people; answers are only ever added, so neither may fall. */
export async function snapshotSize(
  db: Kysely<Tables>,
  study: string,
): Promise<{ readonly people: number; readonly answers: number }> {
  const row = await db
    .selectFrom("answer")
    .select((eb) => [
      eb.fn.count<number>("person").distinct().as("people"),
      eb.fn.countAll<number>().as("answers"),
    ])
    .where("study", "=", study)
    .executeTakeFirstOrThrow();
  return { people: row.people, answers: row.answers };
}

/** When the first answer of a study arrived; undefined while there is none. */
export async function firstAnswerAt(db: Kysely<Tables>, study: string): Promise<number | undefined> {
  const row = await db
    .selectFrom("answer")
    .select("received_at")
    .where("study", "=", study)
    .orderBy("seq")
    .limit(1)
    .executeTakeFirst();
  return row?.received_at;
}
