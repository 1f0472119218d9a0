import { type Kysely, sql } from "kysely";
import { auditHash, CHAIN_START } from "../audit-hash.ts";
import type { Tables } from "../schema.ts";

/** Gives every line of the audit a number in its study's chain and the hash of all before it, from the first line on. */
export async function chainAudit(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable("audit_chain")
    .addColumn("chain", "text", (c) => c.primaryKey())
    .addColumn("last_number", "bigint", (c) => c.notNull())
    .addColumn("last_hash", "text", (c) => c.notNull())
    .execute();
  await db.schema.alterTable("audit").addColumn("chain", "text").execute();
  await db.schema.alterTable("audit").addColumn("number", "bigint").execute();
  await db.schema.alterTable("audit").addColumn("previous", "text").execute();
  await db.schema.alterTable("audit").addColumn("hash", "text").execute();
  await chainEarlierLines(db);
  await db.schema.createIndex("audit_place").unique().on("audit").columns(["chain", "number"]).execute();
}

async function chainEarlierLines(db: Kysely<Tables>): Promise<void> {
  const rows = await db.selectFrom("audit").selectAll().orderBy("at").orderBy("id").execute();
  const heads = new Map<string, { readonly last_number: number; readonly last_hash: string }>();
  for (const row of rows) {
    const chain = row.study ?? "";
    const head = heads.get(chain) ?? { last_number: 0, last_hash: CHAIN_START };
    const line = { ...row, chain, number: head.last_number + 1, previous: head.last_hash };
    const hash = auditHash(line);
    await sql`update audit set chain = ${chain}, number = ${line.number}, previous = ${line.previous},
      hash = ${hash} where id = ${row.id}`.execute(db);
    heads.set(chain, { last_number: line.number, last_hash: hash });
  }
  for (const [chain, head] of heads)
    await db
      .insertInto("audit_chain")
      .values({ chain, ...head })
      .execute();
}
