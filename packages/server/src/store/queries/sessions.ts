import type { MessageTemplate } from "@longwave/api";
import type { Kysely } from "kysely";
import { oneOf, parseJson } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { RestPromptTable } from "../schema-messages.ts";
import { byPlace } from "./answers.ts";

/** A question of a session or rest that has been answered or skipped, and when; never what was answered. */
export interface EventAnswer {
  readonly person: string;
  /** `session_log/ID` or `rest_prompt/ID`. */
  readonly wave: string;
  readonly item: string;
  readonly answeredAt: number;
}

/** What one person has answered between the waves since a time, in the order of the study. */
export async function eventAnswersOf(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
  since = 0,
): Promise<readonly EventAnswer[]> {
  return eventAnswersSince(db, person.study, { people: [person.id], since });
}

/** What these people have answered between the waves since a time, in the order of the study. */
export async function eventAnswersSince(
  db: Kysely<Tables>,
  study: string,
  { people, since }: { readonly people: readonly string[]; readonly since: number },
): Promise<readonly EventAnswer[]> {
  const rows = await db
    .selectFrom("answer")
    .select(["person", "wave", "item", "answered_at"])
    .where("study", "=", study)
    .where("person", "in", people)
    .where("wave", "like", "%/%")
    .where("answered_at", ">=", since)
    .orderBy(byPlace)
    .execute();
  return rows.map(({ answered_at: answeredAt, ...row }) => ({ ...row, answeredAt }));
}

const states = ["drawn", "sent", "cancelled", "passed"] as const;
type RestPromptState = (typeof states)[number];

/** A moment drawn for a rest prompt. */
export interface RestPrompt {
  readonly id: string;
  readonly person: string;
  readonly week: string;
  readonly localDate: string;
  readonly dueAt: number;
  readonly state: RestPromptState;
}

function parseRestPrompt(row: RestPromptTable): RestPrompt {
  return {
    id: row.id,
    person: row.person,
    week: row.week,
    localDate: row.local_date,
    dueAt: row.due_at,
    state: oneOf(row.state, states, "rest_prompt.state"),
  };
}

/** The rest prompts of these people of a study that are due from `since` on, in order of time. */
export async function restPromptsSince(
  db: Kysely<Tables>,
  study: string,
  of: { readonly since: number; readonly people: readonly string[] },
): Promise<readonly RestPrompt[]> {
  const rows = await db
    .selectFrom("rest_prompt")
    .selectAll()
    .where("study", "=", study)
    .where("due_at", ">=", of.since)
    .where("person", "in", of.people)
    .orderBy("due_at")
    .orderBy("id")
    .execute();
  return rows.map(parseRestPrompt);
}

/** The rest prompts of one person with these ids. */
export async function restPromptsById(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
  ids: readonly string[],
): Promise<readonly RestPrompt[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("rest_prompt")
    .selectAll()
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .where("id", "in", ids)
    .execute();
  return rows.map(parseRestPrompt);
}

/** A moment about to be written down. */
export interface NewRestPrompt extends RestPrompt {
  readonly study: string;
  readonly basis: string;
  readonly seed: string;
  readonly drawnAt: number;
}

/** Writes down the moments of a draw; a day that has one already keeps it. */
export async function addRestPrompts(db: Kysely<Tables>, drawn: readonly NewRestPrompt[]): Promise<void> {
  if (drawn.length === 0) return;
  const rows = drawn.map(({ localDate, dueAt, drawnAt, ...row }) => ({
    ...row,
    local_date: localDate,
    due_at: dueAt,
    drawn_at: drawnAt,
    settled_at: row.state === "drawn" ? null : drawnAt,
  }));
  await db
    .insertInto("rest_prompt")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["study", "person", "local_date"]).doNothing())
    .execute();
}

/** Says what became of rest moments that waited. `sent`: a message was decided, and the outbox says what became of it. */
export async function settleRestPrompts(
  db: Kysely<Tables>,
  of: {
    readonly study: string;
    readonly ids: readonly string[];
    readonly state: Exclude<RestPromptState, "drawn">;
    readonly at: number;
  },
): Promise<void> {
  if (of.ids.length === 0) return;
  await db
    .updateTable("rest_prompt")
    .set({ state: of.state, settled_at: of.at })
    .where("study", "=", of.study)
    .where("id", "in", of.ids)
    .where("state", "=", "drawn")
    .execute();
}

/** The templates of messages about sessions and rests. */
export const promptTemplates = ["session_part", "rest_prompt"] as const;

/** Which prompt a template is; undefined for any other message. */
export function promptTemplate(template: MessageTemplate): (typeof promptTemplates)[number] | undefined {
  return promptTemplates.find((each) => each === template);
}

/** The days on the calendars of these people on which a prompt was decided since a time. */
export async function promptDaysOf(
  db: Kysely<Tables>,
  study: string,
  { people, since }: { readonly people: readonly string[]; readonly since: number },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom("outbox")
    .select(["person", "parameters"])
    .where("study", "=", study)
    .where("person", "in", people)
    .where("template", "in", promptTemplates)
    .where("decided_at", ">=", since)
    .execute();
  const days = new Map<string, string[]>();
  for (const { person, parameters } of rows) {
    const { localDate } = parseJson(parameters) as { readonly localDate: string };
    days.set(person ?? "", [...(days.get(person ?? "") ?? []), localDate]);
  }
  return days;
}
