import type { LeavingWay, Standing } from "@longwave/api";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { oneOf } from "../parse.ts";
import type { DepartureTable, Tables } from "../schema.ts";

/** The ways of leaving, the weakest first: each holds what the ones before it hold. */
const kinds: readonly LeavingWay[] = ["stop_contact", "stop_keep", "erase"];

const standings: Readonly<Record<LeavingWay, Standing>> = {
  stop_contact: "no_contact",
  stop_keep: "withdrawn",
  erase: "erased",
};

/** Where a person stands after these departures. */
export function standingAfter(left: readonly { readonly kind: string }[]): Standing {
  const found = left.map(({ kind }) => kinds.indexOf(oneOf(kind, kinds, "departure.kind")));
  const strongest = kinds[Math.max(-1, ...found)];
  return strongest === undefined ? "active" : standings[strongest];
}

/** Whether a person takes part or has left, and how: the one place to ask. */
export async function standingOf(db: Kysely<Tables>, study: string, person: string): Promise<Standing> {
  const rows = await db
    .selectFrom("departure")
    .select("kind")
    .where("study", "=", study)
    .where("person", "=", person)
    .execute();
  return standingAfter(rows);
}

/** Where each of these people stands, or everyone in the study; who is not in it takes part. */
export async function standingsOf(
  db: Kysely<Tables>,
  study: string,
  people?: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  if (people?.length === 0) return new Map();
  const rows = await db
    .selectFrom("departure")
    .select(["person", "kind"])
    .where("study", "=", study)
    .$if(people !== undefined, (query) => query.where("person", "in", [...new Set(people)]))
    .execute();
  return standingsIn(rows);
}

/** When everybody who left in some way first did, and where they stand now. */
export async function departuresOfStudy(
  db: Kysely<Tables>,
  study: string,
): Promise<ReadonlyMap<string, { readonly at: number; readonly standing: Standing }>> {
  const rows = await db
    .selectFrom("departure")
    .select(["person", "kind", "at"])
    .where("study", "=", study)
    .orderBy("at", "desc")
    .execute();
  return firstDepartures(rows);
}

/** When each of these people first left in some way, and where they stand now; who is not in it takes part. */
export async function departuresOf(
  db: Kysely<Tables>,
  study: string,
  people: readonly string[],
): Promise<ReadonlyMap<string, { readonly at: number; readonly standing: Standing }>> {
  if (people.length === 0) return new Map();
  const rows = await db
    .selectFrom("departure")
    .select(["person", "kind", "at"])
    .where("study", "=", study)
    .where("person", "in", [...new Set(people)])
    .orderBy("at", "desc")
    .execute();
  return firstDepartures(rows);
}

/** Of rows with the latest first. */
function firstDepartures(
  rows: readonly Pick<DepartureTable, "person" | "kind" | "at">[],
): ReadonlyMap<string, { readonly at: number; readonly standing: Standing }> {
  const standings = standingsIn(rows);
  return new Map(rows.map(({ person, at }) => [person, { at, standing: standings.get(person) ?? "active" }]));
}

function standingsIn(
  rows: readonly { readonly person: string; readonly kind: string }[],
): ReadonlyMap<string, Standing> {
  const left = new Map<string, { readonly kind: string }[]>();
  for (const row of rows) left.set(row.person, [...(left.get(row.person) ?? []), row]);
  return new Map([...left].map(([person, each]) => [person, standingAfter(each)]));
}

/** Whether someone of this standing is out of the study: no link, no visit, no answer, no message. */
export function isOut(standing: Standing): boolean {
  return standing === "withdrawn" || standing === "erased";
}

/** Writes down that someone left; false when this way was written down before. */
export async function addDeparture(db: Kysely<Tables>, departure: DepartureTable): Promise<boolean> {
  const row = await db
    .insertInto("departure")
    .values({ ...departure, kind: oneOf(departure.kind, kinds, "departure.kind") })
    .onConflict((conflict) => conflict.columns(["study", "person", "kind"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** For a query over people: the condition that a person has not been erased. The list is read once for each query. */
export function isNotErased(
  study: string,
  person: "person.id" | "person" | "answer.person",
): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(person)} not in (select erased.person from departure as erased
    where erased.study = ${study} and erased.kind = 'erase')`;
}

/** How many people of a study have been erased after a time. */
export async function countErasedSince(db: Kysely<Tables>, study: string, since: number): Promise<number> {
  const row = await db
    .selectFrom("departure")
    .select((eb) => eb.fn.countAll<number>().as("people"))
    .where("study", "=", study)
    .where("kind", "=", "erase")
    .where("at", ">", since)
    .executeTakeFirstOrThrow();
  return row.people;
}
