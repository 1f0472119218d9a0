import type { Kysely } from "kysely";
import { vaultOf } from "../../vault/carry.ts";
import { openText, sealText } from "../../vault/cipher.ts";
import { oneOf, parseJson } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { AddressChangeTable } from "../schema-contact.ts";

/** Where a change of address stands. */
type ChangeState = "waiting" | "dropped" | "done" | "disputed" | "settled";
const states: readonly ChangeState[] = ["waiting", "dropped", "done", "disputed", "settled"];

interface OfPerson {
  readonly study: string;
  readonly person: string;
}

/** A change of a person's e-mail address, in the clear. */
export interface AddressChange extends OfPerson {
  readonly id: string;
  readonly state: ChangeState;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly madeAt: number;
  readonly expiresAt: number;
  readonly settledAt: number | undefined;
}

/** Keeps a change, with both addresses sealed. */
export async function addAddressChange(
  db: Kysely<Tables>,
  change: Omit<AddressChange, "settledAt">,
): Promise<void> {
  const { id, study, person, state, madeAt, expiresAt } = change;
  const key = await keyOf(db, change);
  const seal = (text: string | undefined, place: string): string | null =>
    text === undefined ? null : sealText(key, text, [place, id]);
  const sealed = { new_email: seal(change.to, "new-email"), old_email: seal(change.from, "old-email") };
  const times = { made_at: madeAt, expires_at: expiresAt, settled_at: null };
  await db
    .insertInto("address_change")
    .values({ id, study, person, state, ...sealed, ...times, tries: 0 })
    .execute();
}

async function keyOf(db: Kysely<Tables>, { study, person }: OfPerson): Promise<Buffer> {
  const key = (await vaultOf(db).keysOf(study, [person])).get(person);
  if (key === undefined) throw new Error(`person ${person} of study ${study} has no key`);
  return key;
}

/** The change of this id, if it is there. */
export async function addressChange(
  db: Kysely<Tables>,
  study: string,
  id: string,
): Promise<AddressChange | undefined> {
  const row = await db
    .selectFrom("address_change")
    .selectAll()
    .where("study", "=", study)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && opened(db, row);
}

/** The latest change of a person that stands so. */
export async function latestAddressChange(
  db: Kysely<Tables>,
  { study, person }: OfPerson,
  state: ChangeState,
): Promise<AddressChange | undefined> {
  const row = await db
    .selectFrom("address_change")
    .selectAll()
    .where("study", "=", study)
    .where("person", "=", person)
    .where("state", "=", state)
    .orderBy("made_at", "desc")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row && opened(db, row);
}

async function opened(db: Kysely<Tables>, row: AddressChangeTable): Promise<AddressChange> {
  const { id, study, person } = row;
  const key = await keyOf(db, row);
  const open = (sealed: string | null, place: string): string | undefined =>
    sealed === null ? undefined : openText(key, sealed, [place, id]);
  return {
    ...{ id, study, person, state: oneOf(row.state, states, "address_change.state") },
    ...{ from: open(row.old_email, "old-email"), to: open(row.new_email, "new-email") },
    ...{ madeAt: row.made_at, expiresAt: row.expires_at, settledAt: row.settled_at ?? undefined },
  };
}

/** When objecting to the latest change of a person's address that took effect ends, or ended. */
export async function objectionsEnd(
  db: Kysely<Tables>,
  { study, person }: OfPerson,
): Promise<number | undefined> {
  const { end } = await db
    .selectFrom("address_change")
    .select((eb) => eb.fn.max("expires_at").as("end"))
    .where("study", "=", study)
    .where("person", "=", person)
    .where("state", "in", ["done", "disputed", "settled"])
    .executeTakeFirstOrThrow();
  return end ?? undefined;
}

/** How many changes of address a person has asked for since a time. */
export async function countChangesSince(
  db: Kysely<Tables>,
  { study, person }: OfPerson,
  since: number,
): Promise<number> {
  const rows = await db
    .selectFrom("address_change")
    .select("id")
    .where("study", "=", study)
    .where("person", "=", person)
    .where("made_at", ">", since)
    .execute();
  return rows.length;
}

/** Brings the changes of a person that stand in one of these ways into another state. */
export async function moveChanges(
  db: Kysely<Tables>,
  { study, person }: OfPerson,
  { from, to, at }: { readonly from: readonly ChangeState[]; readonly to: ChangeState; readonly at: number },
): Promise<void> {
  await db
    .updateTable("address_change")
    .set({ state: to, settled_at: at })
    .where("study", "=", study)
    .where("person", "=", person)
    .where("state", "in", from)
    .execute();
}

/** Brings one change from one state into another; false when it stood otherwise. */
export async function moveChange(
  db: Kysely<Tables>,
  id: string,
  {
    from,
    to,
    ...set
  }: { readonly from: ChangeState; readonly to: ChangeState } & Partial<
    Pick<AddressChangeTable, "expires_at" | "settled_at">
  >,
): Promise<boolean> {
  const row = await db
    .updateTable("address_change")
    .set({ state: to, ...set })
    .where("id", "=", id)
    .where("state", "=", from)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Uses up one try at the code of a waiting change and gives its id; undefined when there is none or none is left. */
export async function takeChangeTry(
  db: Kysely<Tables>,
  { study, person }: OfPerson,
  { now, most }: { readonly now: number; readonly most: number },
): Promise<string | undefined> {
  const row = await db
    .updateTable("address_change")
    .set((eb) => ({ tries: eb("tries", "+", 1) }))
    .where("study", "=", study)
    .where("person", "=", person)
    .where("state", "=", "waiting")
    .where("expires_at", ">", now)
    .where("tries", "<", most)
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** Who of a study waits for the team to say which address is theirs, the longest waiting first. */
export async function disputedChanges(
  db: Kysely<Tables>,
  study: string,
): Promise<readonly { readonly person: string; readonly since: number }[]> {
  const rows = await db
    .selectFrom("address_change")
    .select((eb) => ["person", eb.fn.min(eb.fn.coalesce("settled_at", "made_at")).as("since")])
    .where("study", "=", study)
    .where("state", "=", "disputed")
    .groupBy("person") // several of their changes may be in doubt at once
    .orderBy("since")
    .execute();
  return rows;
}

/** Forgets changes whose time is over: nobody can confirm them or object any more. */
export async function forgetChanges(db: Kysely<Tables>, before: number): Promise<void> {
  await db
    .deleteFrom("address_change")
    .where("expires_at", "<", before)
    .where("state", "<>", "disputed")
    .execute();
}

/** What was changed of how a person is reached, from what to what, as it stands in the audit. */
export interface WrittenChange {
  readonly at: number;
  readonly actor: string;
  readonly fields: readonly {
    readonly field: string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  readonly reason: string | null;
}

/** Old and new values for a line of the audit: sealed with the person's key, so that erasing takes them away there too. */
export async function sealWrittenChange(
  db: Kysely<Tables>,
  person: OfPerson,
  { id, ...change }: Pick<WrittenChange, "fields" | "reason"> & { readonly id: string },
): Promise<string> {
  return sealText(await keyOf(db, person), JSON.stringify(change), ["contact-change", id]);
}

/** Every change of how a person is reached, opened from the audit, oldest first. */
export async function writtenChanges(
  db: Kysely<Tables>,
  { study, person }: OfPerson,
): Promise<readonly WrittenChange[]> {
  const rows = await db
    .selectFrom("audit")
    .select(["at", "actor", "detail"])
    .where("study", "=", study)
    .where("action", "=", "contact.changed")
    .where("detail", "like", `%"person":"${person}"%`)
    .orderBy("number")
    .execute();
  const written = rows.flatMap(({ detail, ...row }) => {
    const read = parseJson(detail) as {
      readonly id: string;
      readonly sealed: string;
      readonly person: string;
    };
    return read.person === person ? [{ ...row, ...read }] : []; // LIKE takes signs of an id for any, and capitals for small
  });
  if (written.length === 0) return [];
  const key = await keyOf(db, { study, person });
  return written.map(({ at, actor, id, sealed }) => {
    const change = parseJson(openText(key, sealed, ["contact-change", id])) as Pick<
      WrittenChange,
      "fields" | "reason"
    >;
    return { at, actor, ...change };
  });
}
