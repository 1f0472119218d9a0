import { randomUUID } from "node:crypto";
import type { Deviation } from "@longwave/findings";
import type { Kysely } from "kysely";
import { oneOf } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { DeviationTable } from "../schema-results.ts";

/** A departure from the plan as it is kept: who entered it is known by address, and shown by name. */
export interface DeviationRow extends Omit<Deviation, "at" | "by" | "timing"> {
  readonly id: string;
  readonly study: string;
  readonly kind: "recorded" | "smaller_data" | "amended";
  readonly timing: NonNullable<Deviation["timing"]>;
  readonly at: number;
  readonly byName: string;
}

function parseDeviation(row: DeviationTable): DeviationRow {
  return {
    id: row.id,
    study: row.study,
    kind: oneOf(row.kind, ["recorded", "smaller_data", "amended"], "deviation.kind"),
    clause: row.clause,
    what: row.what,
    why: row.why,
    timing: oneOf(
      row.timing,
      ["before_first_answer", "before_data_seen", "after_data_seen"],
      "deviation.timing",
    ),
    at: row.at,
    byName: row.by_name,
  };
}

/** A departure about to be listed; inside a transaction that holds the study's row. */
export interface NewDeviation extends Omit<DeviationRow, "id"> {
  readonly byEmail: string;
  readonly run?: string;
}

/** Adds a departure after those there are; none is ever changed. */
export async function addDeviation(db: Kysely<Tables>, added: NewDeviation): Promise<DeviationRow> {
  const last = await db
    .selectFrom("deviation")
    .select((eb) => eb.fn.max("number").as("last"))
    .where("study", "=", added.study)
    .executeTakeFirst();
  const row: DeviationTable = {
    id: randomUUID(),
    study: added.study,
    number: (last?.last ?? 0) + 1,
    kind: added.kind,
    clause: added.clause,
    what: added.what,
    why: added.why,
    timing: added.timing,
    at: added.at,
    by_email: added.byEmail,
    by_name: added.byName,
    run: added.run ?? null,
  };
  await db.insertInto("deviation").values(row).execute();
  return parseDeviation(row);
}

/** The departures of a study in the order in which they were entered. */
export async function deviationsOf(db: Kysely<Tables>, study: string): Promise<readonly DeviationRow[]> {
  const rows = await db
    .selectFrom("deviation")
    .selectAll()
    .where("study", "=", study)
    .orderBy("number")
    .execute();
  return rows.map(parseDeviation);
}

/** A listed departure as everyone may read it: by name, not by address. */
export function publicDeviation({
  kind,
  clause,
  what,
  why,
  at,
  byName: by,
  timing,
}: DeviationRow): Deviation {
  return { kind, clause, what, why, at, by, timing };
}
