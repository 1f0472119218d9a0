import type { QueryEntryKind, QueryState } from "@longwave/api";
import { queryStates } from "@longwave/api";
import type { Kysely } from "kysely";
import { vaultOf } from "../../vault/carry.ts";
import { openText, type Place, sealText } from "../../vault/cipher.ts";
import { oneOf } from "../parse.ts";
import type { Tables } from "../schema.ts";

/** A question of the team about one answer of one person, and how far it is. */
export interface DataQuery {
  readonly id: string;
  readonly person: string;
  readonly wave: string;
  readonly item: string;
  readonly state: QueryState;
  readonly changedAt: number;
}

/** One thing said or done about a query, with its words in the clear. */
export interface DataQueryEntry {
  readonly query: string;
  readonly kind: QueryEntryKind;
  readonly words: string;
  readonly by: string;
  readonly at: number;
}

const entryKinds: readonly QueryEntryKind[] = ["asked", "explained", "corrected", "closed"];
const stateAfter: Readonly<Record<QueryEntryKind, QueryState>> = {
  asked: "open",
  explained: "answered",
  corrected: "answered",
  closed: "closed",
};
const placeOf = (id: string): Place => ["data-query", id];

/** A new thing said or done; `id` is made by who says it, so that saying it twice changes nothing. */
export interface NewEntry extends DataQueryEntry {
  readonly id: string;
}

/** Opens a query with what is asked; false when it is there already. Inside a transaction that holds the study's row. */
export async function addDataQuery(
  db: Kysely<Tables>,
  study: string,
  query: Pick<DataQuery, "id" | "person" | "wave" | "item">,
  asked: Omit<NewEntry, "query" | "kind">,
): Promise<boolean> {
  const added = await db
    .insertInto("data_query")
    .values({ ...query, study, state: "open", changed_at: asked.at })
    .onConflict((conflict) => conflict.columns(["study", "id"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (added === undefined) return false;
  await addQueryEntry(db, study, { ...query, entry: { ...asked, query: query.id, kind: "asked" } });
  return true;
}

/** Adds what was said or done, sealed with the person's key, and moves the query to the state that follows; false when it is there already. */
export async function addQueryEntry(
  db: Kysely<Tables>,
  study: string,
  { person, entry }: { readonly person: string; readonly entry: NewEntry },
): Promise<boolean> {
  const { query, id, kind, words, by, at } = entry;
  const key = (await vaultOf(db).keysOf(study, [person])).get(person);
  if (key === undefined) throw new Error(`person ${person} of study ${study} has no key`);
  const before = await db
    .selectFrom("data_query_entry")
    .select("id")
    .where("study", "=", study)
    .where("query", "=", query)
    .execute();
  if (before.some((entry) => entry.id === id)) return false;
  await db
    .insertInto("data_query_entry")
    .values({
      ...{ study, query, id, person, kind, at },
      number: before.length + 1,
      words: words === "" ? null : sealText(key, words, placeOf(id)),
      by_email: by,
    })
    .execute();
  await db
    .updateTable("data_query")
    .set({ state: stateAfter[kind], changed_at: at })
    .where("study", "=", study)
    .where("id", "=", query)
    .execute();
  return true;
}

/** Which queries are wanted: all of a study, or those of one person. */
interface Wanted {
  readonly study: string;
  readonly person?: string;
}

/** The queries of a study, or about one person: what moved last comes first. */
export async function dataQueries(
  db: Kysely<Tables>,
  { study, person }: Wanted,
): Promise<readonly DataQuery[]> {
  const rows = await db
    .selectFrom("data_query")
    .selectAll()
    .where("study", "=", study)
    .$if(person !== undefined, (query) => query.where("person", "=", person ?? ""))
    .orderBy("changed_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map(({ id, person: of, wave, item, state, changed_at }) => ({
    ...{ id, person: of, wave, item },
    state: oneOf(state, queryStates, "data_query.state"),
    changedAt: changed_at,
  }));
}

/** What was said and done about these queries, in order. */
export async function queryEntries(
  db: Kysely<Tables>,
  study: string,
  queries: readonly Pick<DataQuery, "id">[],
): Promise<readonly DataQueryEntry[]> {
  if (queries.length === 0) return [];
  const ids = queries.map(({ id }) => id);
  const rows = await db
    .selectFrom("data_query_entry")
    .selectAll()
    .where("study", "=", study)
    .where("query", "in", ids)
    .orderBy("query")
    .orderBy("number")
    .execute();
  const people = rows.map(({ person }) => person);
  const keys = await vaultOf(db).keysOf(study, people);
  return rows.flatMap(({ query, id, person, kind, words, by_email, at }) => {
    const key = keys.get(person);
    if (key === undefined) return [];
    return [
      {
        ...{ query, by: by_email, at },
        kind: oneOf(kind, entryKinds, "data_query_entry.kind"),
        words: words === null ? "" : openText(key, words, placeOf(id)),
      },
    ];
  });
}
