import { join } from "node:path";
import { Kysely, PostgresDialect, SqliteDialect, sql } from "kysely";
import { createSpine } from "../store/migrations/0001-spine.ts";
import { addRunHeartbeat } from "../store/migrations/0002-run-heartbeat.ts";
import { createDiscussion } from "../store/migrations/0003-discussion.ts";
import { addRunRecord } from "../store/migrations/0004-runs-and-deviations.ts";
import { createReleases } from "../store/migrations/0005-releases.ts";
import { createMail } from "../store/migrations/0006-mail.ts";
import { openPool, openSqliteFile, type StoreLocation } from "../store/open.ts";
import type { Tables } from "../store/schema.ts";

/** The store of a version that knew neither keys nor a chained audit: what it had carried out. */
export const earlyMigrations = {
  "0001-spine": createSpine,
  "0002-run-heartbeat": addRunHeartbeat,
  "0003-discussion": createDiscussion,
  "0004-runs-and-deviations": addRunRecord,
  "0005-releases": createReleases,
  "0006-mail": createMail,
} as const;

const PEOPLE = 40;
const AT_ONCE = 500;

/** The words of an answer of an old store, by its place. */
export function oldAnswer(seq: number): object {
  return { kind: "value", value: `words ${seq}` };
}

/** A store as an early version left it: one study, its people with names, `answers` answers and as many lines of audit, in the clear. */
export async function makeOldStore(location: StoreLocation, answers: number): Promise<void> {
  const db = openBare(location);
  await db.transaction().execute(async (trx) => {
    await sql`create table migration (name text primary key, applied_at bigint not null)`.execute(trx);
    for (const [name, up] of Object.entries(earlyMigrations)) {
      await up(trx);
      await sql`insert into migration (name, applied_at) values (${name}, 1)`.execute(trx);
    }
    await sql`insert into study values ('s', '{"en":"A study"}', 'a', '1', 'h', '', 'recruiting', 0, 0, ${answers}, 1, null)`.execute(
      trx,
    );
    await fill(trx, answers);
  });
  await db.destroy();
}

function openBare({ dataDir, databaseUrl }: StoreLocation): Kysely<Tables> {
  if (databaseUrl !== undefined)
    return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: openPool(databaseUrl, 1) }) });
  const database = openSqliteFile(join(dataDir, "longwave.sqlite"));
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

async function fill(db: Kysely<Tables>, answers: number): Promise<void> {
  for (let number = 1; number <= PEOPLE; number++) {
    const id = `p${number}`;
    await sql`insert into person (study, id, number, epoch, invited_at) values ('s', ${id}, ${number}, 1, 1)`.execute(
      db,
    );
    await sql`insert into person_contact (study, person, name, email) values ('s', ${id}, ${`Name ${number}`}, ${`${id}@example.org`})`.execute(
      db,
    );
  }
  for (let from = 1; from <= answers; from += AT_ONCE) {
    const places = Array.from({ length: Math.min(AT_ONCE, answers - from + 1) }, (_, index) => from + index);
    const rows = places.map(
      (seq) =>
        sql`('s', ${seq}, ${`a${seq}`}, ${`p${1 + (seq % PEOPLE)}`}, 'w1', 'i', ${JSON.stringify(oldAnswer(seq))}, 1, 1)`,
    );
    await sql`insert into answer (study, seq, id, person, wave, item, payload, answered_at, received_at) values ${sql.join(rows)}`.execute(
      db,
    );
    const lines = places.map((seq) => sql`(${`l${seq}`}, ${seq}, 's', 'staff:a', 'people.added', '{}')`);
    await sql`insert into audit (id, at, study, actor, action, detail) values ${sql.join(lines)}`.execute(db);
  }
}
