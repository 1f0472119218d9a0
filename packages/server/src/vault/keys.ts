import { type Kysely, sql } from "kysely";
import { StoreError } from "../errors.ts";
import { scrub } from "../store/scrub.ts";

/** The key of one person, wrapped by the master key. */
export interface PersonKeyTable {
  readonly study: string;
  readonly person: string;
  readonly wrapped: string;
}

/** The tables of the key store: on SQLite a database of their own, on PostgreSQL a schema of their own. */
export interface KeyTables {
  readonly person_key: PersonKeyTable;
}

/** Where wrapped keys are kept: what is added is on the disk when `add` returns, whatever becomes of a transaction. */
export interface KeyStore {
  /** The wrapped keys of these people, by person. */
  wrapped(study: string, people: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /**
   * Adds keys; who has one keeps it.
   *
   * @param proof  the text that shows which master key wrapped them, as it has to stand in the store.
   * @throws StoreError `vault.key-file-wrong` when the master key has been changed meanwhile; nothing is added then.
   */
  add(rows: readonly PersonKeyTable[], proof?: string): Promise<void>;
  /**
   * Writes every row anew in one transaction, which waits for whoever adds a key, and takes the old ones out of the files.
   *
   * @returns how many rows there are.
   * @throws StoreError `vault.key-file-wrong` when `proof` no longer stands in the store; nothing is changed then.
   */
  rewrap(proof: string, wrappedAnew: (row: PersonKeyTable) => string): Promise<number>;
  /** Deletes keys and takes them out of the files; false when a reader stands in the way and it has to be tried again. */
  remove(study: string, people: readonly string[]): Promise<boolean>;
  close(): Promise<void>;
}

// SQLite takes 32,766 bound values a statement; three columns a key.
const AT_ONCE = 10_000;

/** The key store in this database. */
export function createKeyStore(
  db: Kysely<KeyTables>,
  engine: "sqlite" | "postgres",
  table: string,
): KeyStore {
  return {
    async wrapped(study, people) {
      const found = new Map<string, string>();
      for (const part of parts(people)) {
        const rows = await db
          .selectFrom("person_key")
          .select(["person", "wrapped"])
          .where("study", "=", study)
          .where("person", "in", part)
          .execute();
        for (const { person, wrapped } of rows) found.set(person, wrapped);
      }
      return found;
    },
    async add(rows, proof) {
      await db.transaction().execute(async (trx) => {
        for (const part of parts(rows))
          await trx
            .insertInto("person_key")
            .values(part)
            .onConflict((conflict) => conflict.columns(["study", "person"]).doNothing())
            .execute();
        // After the rows: they have waited for whoever was changing the master key.
        if (proof !== undefined && (await proofIn(trx)) !== proof) throw changed();
      });
    },
    async rewrap(proof, wrappedAnew) {
      const rows = await db.transaction().execute(async (trx) => {
        await takeKeys(trx, engine, table);
        if ((await proofIn(trx)) !== proof) throw changed();
        const all = await trx.selectFrom("person_key").selectAll().execute();
        for (const part of parts(all))
          await trx
            .insertInto("person_key")
            .values(part.map((row) => ({ ...row, wrapped: wrappedAnew(row) })))
            .onConflict((conflict) =>
              conflict
                .columns(["study", "person"])
                .doUpdateSet((eb) => ({ wrapped: eb.ref("excluded.wrapped") })),
            )
            .execute();
        return all.length;
      });
      await scrub({ db, engine }, [table]);
      return rows;
    },
    async remove(study, people) {
      for (const part of parts(people))
        await db.deleteFrom("person_key").where("study", "=", study).where("person", "in", part).execute();
      return scrub({ db, engine }, [table]);
    },
    close: () => db.destroy(),
  };
}

/** Who nobody is: the row under this name holds a text that only the right master key opens. */
export const PROOF = { study: "", person: "" } as const;

/** Holds the table for this transaction: nobody adds a key meanwhile. */
async function takeKeys(db: Kysely<KeyTables>, engine: "sqlite" | "postgres", table: string): Promise<void> {
  if (engine === "postgres") await sql`lock table ${sql.table(table)} in exclusive mode`.execute(db);
  // The first statement of a transaction on SQLite decides whether it may write: one that read first could not later.
  else
    await db
      .updateTable("person_key")
      .set((eb) => ({ wrapped: eb.ref("wrapped") }))
      .where("study", "=", PROOF.study)
      .execute();
}

async function proofIn(db: Kysely<KeyTables>): Promise<string | undefined> {
  const row = await db
    .selectFrom("person_key")
    .select("wrapped")
    .where("study", "=", PROOF.study)
    .where("person", "=", PROOF.person)
    .executeTakeFirst();
  return row?.wrapped;
}

function changed(): StoreError {
  return new StoreError(
    "vault.key-file-wrong",
    "expected the master key that this server read when it started; found that it has been changed since. Start the server again.",
  );
}

function parts<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) =>
    all.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}
