import { type Kysely, sql } from "kysely";

/** The tables whose rows an erasure deletes or overwrites. */
export const PERSONAL_TABLES = [
  "answer",
  "person_contact",
  "consent",
  "departure",
  "outbox",
  "newcomer",
  "joined_openly",
  "inbox_message",
  "inbox_answer",
  "address_change",
] as const;

/**
 * Takes what has been deleted or overwritten out of the files too. On SQLite the write-ahead log still holds it until
 * all of the log has gone into the database file; on PostgreSQL old versions of rows stay until a vacuum.
 *
 * @returns false when a reader stands in the way on SQLite, and it has to be tried again.
 */
export async function scrub<Tables>(
  { db, engine }: { readonly db: Kysely<Tables>; readonly engine: "sqlite" | "postgres" },
  tables: readonly string[],
): Promise<boolean> {
  if (engine === "postgres") {
    for (const table of tables) await sql`vacuum ${sql.table(table)}`.execute(db);
    return true;
  }
  return db.connection().execute(async (connection) => {
    // Waiting for a reader would hold up everyone: the driver waits within the process.
    await sql`pragma busy_timeout = 0`.execute(connection);
    try {
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(connection);
      return rows[0]?.busy === 0;
    } finally {
      await sql`pragma busy_timeout = 5000`.execute(connection);
    }
  });
}
