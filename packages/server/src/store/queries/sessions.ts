import type { Kysely } from "kysely";
import { oneOf } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { RestPromptTable } from "../schema-messages.ts";

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
  const rows = await db
    .selectFrom("answer")
    .select(["person", "wave", "item", "answered_at"])
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .where("wave", "like", "%/%")
    .where("answered_at", ">=", since)
    .orderBy("seq")
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

/** The rest prompts of a study that are due from `since` on, or those of one of its people, in order of time. */
export async function restPromptsSince(
  db: Kysely<Tables>,
  study: string,
  of: { readonly since: number; readonly person?: string },
): Promise<readonly RestPrompt[]> {
  const all = db
    .selectFrom("rest_prompt")
    .selectAll()
    .where("study", "=", study)
    .where("due_at", ">=", of.since);
  const rows = await (of.person === undefined ? all : all.where("person", "=", of.person))
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
