import { randomUUID } from "node:crypto";
import type { EnteredAnswer, EntrySheet, SecondEntryRequest, SettleDifferenceRequest } from "@longwave/api";
import { problem } from "@longwave/api";
import type { AnswerPayload, Answers } from "@longwave/study/answering";
import { checkAnswer } from "@longwave/study/answering";
import type { Kysely } from "kysely";
import type { Inside } from "../access/gate.ts";
import type { ServerContext } from "../context.ts";
import { Refusal, refuse } from "../errors.ts";
import { standingRows } from "../store/queries/answers.ts";
import { recordEvent } from "../store/queries/audit.ts";
import {
  addDifferences,
  differencesOf,
  doubleEntryOf,
  enteredAnswers,
  keepSecondEntry,
  settleDifference,
} from "../store/queries/entries.ts";
import { takeStudy } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import { requireTakesAnswers } from "../studies/standing.ts";
import { saveCorrection } from "./correct.ts";
import { itemUnknown, preparedFor } from "./enter.ts";
import { type FormOfPerson, formOfPerson, requireEntry } from "./form-of.ts";
import { entrySheet, pathOf } from "./sheet.ts";

type Entering = Pick<Inside, "study" | "member" | "staff">;
type Path = { readonly person: string; readonly wave: string };

/**
 * Keeps a form typed a second time and lists the questions in which the two differ. What the first one typed stands
 * until somebody has said which is right.
 *
 * @throws Refusal `entry.none-waiting`, `entry.same-person`, `answer.invalid`, `answer.item-unknown`, and those of entering
 */
export async function secondEntry(
  context: ServerContext,
  inside: Entering,
  path: Path,
  request: SecondEntryRequest,
): Promise<EntrySheet> {
  const found = await formOfPerson(context, inside, path);
  requireEntry(found);
  const { place, now } = found;
  const { db } = context.store;
  const double = await doubleEntryOf(db, place);
  if (!double || double.second_by !== null) throw noneWaiting();
  const by = inside.staff.email;
  if (double.first_by === by) throw samePerson(by);
  const answers = checkedAnswers(found, request);
  const standing = await firstRows(context, found);
  const differing = differingItems(found, { standing, firstBy: double.first_by }, answers);
  await db.transaction().execute(async (trx) => {
    requireTakesAnswers((await takeStudy(trx, place.study)).phase);
    if (!(await keepSecondEntry(trx, place, { by, at: now, answers }))) throw noneWaiting();
    await addDifferences(
      trx,
      place,
      differing.map((item) => ({ item, first_answer: standing.get(item)?.id ?? null })),
    );
    await recordEvent(trx, {
      at: now,
      study: place.study,
      actor: `staff:${by}`,
      action: "answers.typed-again",
      detail: { person: place.person, wave: place.wave, differences: differing.length },
    });
  });
  return entrySheet(context, inside, pathOf(found));
}

function checkedAnswers(found: FormOfPerson, { answers }: SecondEntryRequest): Answers {
  const checked: Record<string, AnswerPayload> = {};
  for (const { item: id, payload } of answers) {
    const item = found.form.items.find((each) => each.id === id);
    if (!item) throw new Refusal(itemUnknown(id, found.place.wave));
    const result = checkAnswer(item, payload);
    if (!result.ok) {
      const { expected, found: seen, remedy } = result.problem;
      throw new Refusal(problem("answer.invalid", { expected, found: `${id}: ${seen}`, remedy }));
    }
    checked[id] = result.payload;
  }
  return checked;
}

async function firstRows(
  context: ServerContext,
  { place }: FormOfPerson,
): Promise<ReadonlyMap<string, EnteredAnswer>> {
  const rows = await enteredAnswers(context.store.db, place);
  return new Map(rows.map((row) => [row.item, row]));
}

/**
 * What the person answered by themselves is not typed again. Left blank and "rather not say" are the same on paper; of
 * free words case and spaces do not count.
 */
function differingItems(
  { form }: FormOfPerson,
  first: { readonly standing: ReadonlyMap<string, EnteredAnswer>; readonly firstBy: string },
  second: Answers,
): readonly string[] {
  return form.items.flatMap(({ id }) => {
    const row = first.standing.get(id);
    if (row && row.enteredBy !== first.firstBy) return [];
    return plain(row?.payload) === plain(second[id]) ? [] : [id];
  });
}

function plain(payload: AnswerPayload | undefined): string {
  if (payload?.kind !== "value") return "";
  const { value } = payload;
  return JSON.stringify(typeof value === "string" ? value.toLowerCase().replace(/\s+/g, " ").trim() : value);
}

/**
 * Says which of two typed answers is right, in one commit with the correction where the second one is. What stands may
 * have been corrected since the form was typed: then `stands` must name that correction, so that nobody overrides it
 * unseen, and keeping it is written down as such. All stay on record.
 *
 * @throws Refusal `entry.none-waiting`, `entry.reason-missing`, `entry.changed`, and those of entering
 */
export async function settle(
  context: ServerContext,
  inside: Entering,
  path: Path & { readonly item: string },
  { take, reason, stands }: SettleDifferenceRequest,
): Promise<EntrySheet> {
  const found = await formOfPerson(context, inside, path);
  requireEntry(found);
  const { db } = context.store;
  const double = await doubleEntryOf(db, found.place);
  const open = (await differencesOf(db, found.place)).find(
    ({ item, took }) => item === path.item && took === null,
  );
  if (!double || !open) throw noneWaiting();
  const rows = await enteredAnswers(db, found.place);
  const old = rows.findLast(({ item }) => item === path.item);
  if (stands !== (old?.id ?? null)) throw changed(old);
  if (take === "second" && reason.length < 3) throw reasonMissing();
  const took = take === "first" && stands !== open.first_answer ? "standing" : take;
  const settled: Settled = { item: path.item, took, by: inside.staff.email, at: found.now, reason };
  const payload = double.answers[path.item] ?? { kind: "skipped" };
  if (take === "first" || (old && plain(old.payload) === plain(payload)))
    await db.transaction().execute(async (trx) => {
      requireTakesAnswers((await takeStudy(trx, found.place.study)).phase);
      const now = await standingIn(trx, { ...found.place, item: path.item });
      if (now !== stands) throw changed(undefined);
      await writeSettled(trx, found, settled);
    });
  else
    await takeSecond(context, found, {
      ...{ old, payload, rows, settled, typedBy: double.second_by ?? double.first_by },
    });
  return entrySheet(context, inside, pathOf(found));
}

interface Settled {
  readonly item: string;
  readonly took: "first" | "second" | "standing";
  readonly by: string;
  readonly at: number;
  readonly reason: string;
}

/** The row that stands of one question, while nothing else can change it. */
async function standingIn(
  trx: Kysely<Tables>,
  { study, person, wave, item }: FormOfPerson["place"] & { readonly item: string },
): Promise<string | null> {
  const at = { people: new Set([person]), waves: new Set([wave]), items: new Set([item]) };
  const rows = await standingRows(trx, study, at);
  return rows.findLast((row) => row.item === item)?.id ?? null;
}

/** @throws Refusal `entry.none-waiting` */
async function writeSettled(
  trx: Kysely<Tables>,
  { place }: FormOfPerson,
  { item, took, by, at, reason }: Settled,
): Promise<void> {
  if (!(await settleDifference(trx, { ...place, item }, { took, by, at, reason }))) throw noneWaiting();
  await recordEvent(trx, {
    at,
    study: place.study,
    actor: `staff:${by}`,
    action: "entry.difference-settled",
    detail: { person: place.person, wave: place.wave, item, took },
  });
}

interface Second {
  readonly old: EnteredAnswer | undefined;
  readonly payload: AnswerPayload;
  readonly rows: readonly EnteredAnswer[];
  readonly settled: Settled;
  readonly typedBy: string;
}

/** Puts what the second one typed in the place of what stands; a question they left out is skipped. */
async function takeSecond(context: ServerContext, found: FormOfPerson, second: Second): Promise<void> {
  const { old, payload, settled, typedBy } = second;
  const { item, reason, by: actor } = settled;
  const also = (trx: Kysely<Tables>) => writeSettled(trx, found, settled);
  const typed = { id: randomUUID(), payload, reason, by: typedBy, actor, also };
  if (old) return saveCorrection(context, found, { ...typed, replaces: old.id }, old);
  await saveNew(context, found, { ...typed, item, like: second.rows });
}

interface NewAnswer {
  readonly id: string;
  readonly item: string;
  readonly payload: AnswerPayload;
  readonly reason: string;
  readonly by: string;
  readonly like: readonly EnteredAnswer[];
  readonly also: (trx: Kysely<Tables>) => Promise<void>;
}

/** An answer that only the second one typed came in the way, and on the day, of the rest of the form. */
async function saveNew(context: ServerContext, found: FormOfPerson, answer: NewAnswer): Promise<void> {
  const rest = answer.like.findLast(({ mode }) => mode !== "web");
  const mode = rest === undefined || rest.mode === "web" ? undefined : rest.mode;
  const prepared = preparedFor(found, answer, { mode, by: answer.by, reason: answer.reason });
  const { place, now } = found;
  const [outcome] = await context.queue.submit({
    ...place,
    receivedAt: now,
    answers: [
      { ...prepared, answeredAt: rest?.answeredAt ?? prepared.answeredAt, late: rest?.late ?? prepared.late },
    ],
    also: answer.also,
  });
  if (outcome?.kind === "refused") throw new Refusal(outcome.problem);
}

function changed(now: EnteredAnswer | undefined): Refusal {
  return refuse(
    "entry.changed",
    "the answer that stands now, named by who chooses",
    now?.enteredBy ? `another one, by ${now.enteredBy}` : "another one",
    "Load the form again: it shows what stands and why, and asks you to choose anew.",
  );
}

function noneWaiting(): Refusal {
  return refuse(
    "entry.none-waiting",
    "a form that waits to be typed again, or a question that was typed in two ways",
    "none",
    "Load the form again: a colleague may have done it.",
  );
}

function samePerson(by: string): Refusal {
  return refuse(
    "entry.same-person",
    "somebody else than who typed it first",
    by,
    "Ask a colleague: two looks by one person find little.",
  );
}

function reasonMissing(): Refusal {
  return refuse(
    "entry.reason-missing",
    "why the second answer is right, in three letters or more",
    "no reason",
    "Write what you looked at, such as the paper form.",
  );
}
