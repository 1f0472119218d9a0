import type { FinishedForm, MessageRecord, ReceivedForm } from "@longwave/study";
import type { Kysely } from "kysely";
import { parseJson } from "../parse.ts";
import type { Tables } from "../schema.ts";

/** When people of a study said that a form is done. */
export async function finishedForms(db: Kysely<Tables>, study: string): Promise<readonly FinishedForm[]> {
  const rows = await db.selectFrom("wave_progress").selectAll().where("study", "=", study).execute();
  return rows.map(({ person, wave, finished_at }) => ({ person, wave, at: finished_at }));
}

/** When the last answer of each form had reached the server. */
export async function receivedForms(
  db: Kysely<Tables>,
  study: string,
  upToSeq: number,
): Promise<readonly ReceivedForm[]> {
  const rows = await db
    .selectFrom("answer")
    .select(({ fn }) => ["person", "wave", fn.max("received_at").as("at")])
    .where("study", "=", study)
    .where("seq", "<=", upToSeq)
    .groupBy(["person", "wave"])
    .execute();
  return rows.map(({ person, wave, at }) => ({ person, wave, at: Number(at) }));
}

/** Every message decided for a person of a study, without its words. */
export async function messageRecords(db: Kysely<Tables>, study: string): Promise<readonly MessageRecord[]> {
  const rows = await db
    .selectFrom("outbox")
    .select(["person", "template", "parameters", "state", "decided_at", "sent_at"])
    .where("study", "=", study)
    .where("person", "is not", null)
    .execute();
  return rows.flatMap(({ person, template, parameters, state, decided_at, sent_at }) => {
    if (person === null) return [];
    const { wave } = parseJson(parameters) as Readonly<Record<string, unknown>>;
    return [
      {
        person,
        template,
        state,
        decidedAt: decided_at,
        ...(typeof wave === "string" ? { wave } : {}),
        ...(sent_at === null ? {} : { sentAt: sent_at }),
      },
    ];
  });
}
