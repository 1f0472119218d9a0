import { randomUUID } from "node:crypto";
import type { AuditAction } from "@longwave/api";
import type { Kysely } from "kysely";
import { auditHash, CHAIN_START } from "../audit-hash.ts";
import { parseJson } from "../parse.ts";
import type { AuditChainTable, AuditTable, Tables } from "../schema.ts";

/** What happened, to be written down for good. */
export interface AuditEvent {
  readonly at: number;
  readonly study?: string;
  readonly actor: string;
  readonly action: AuditAction;
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Writes down that something was done, at the end of the chain of its study. The row of the chain is held until the
 * transaction ends, so of two servers one waits: a chain has no branches.
 */
export async function recordEvent(db: Kysely<Tables>, event: AuditEvent): Promise<void> {
  if (!db.isTransaction) return db.transaction().execute((trx) => recordEvent(trx, event));
  const chain = event.study ?? "";
  const { last_number, last_hash } = await takeChain(db, chain);
  const line = {
    id: randomUUID(),
    at: event.at,
    study: event.study ?? null,
    actor: event.actor,
    action: event.action,
    detail: JSON.stringify(event.detail ?? {}),
    chain,
    number: last_number + 1,
    previous: last_hash,
  };
  const hash = auditHash(line);
  await db
    .insertInto("audit")
    .values({ ...line, hash })
    .execute();
  await db
    .updateTable("audit_chain")
    .set({ last_number: line.number, last_hash: hash })
    .where("chain", "=", chain)
    .execute();
}

/** Takes the end of a chain for this transaction; a chain that is not there yet begins. */
async function takeChain(db: Kysely<Tables>, chain: string): Promise<AuditChainTable> {
  await db
    .insertInto("audit_chain")
    .values({ chain, last_number: 0, last_hash: CHAIN_START })
    .onConflict((conflict) => conflict.column("chain").doNothing())
    .execute();
  return db
    .updateTable("audit_chain")
    .set((eb) => ({ last_number: eb.ref("last_number") }))
    .where("chain", "=", chain)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Whether one of these has been done in a study. */
export async function hasEvent(
  db: Kysely<Tables>,
  study: string,
  actions: readonly string[],
): Promise<boolean> {
  const row = await db
    .selectFrom("audit")
    .select("id")
    .where("study", "=", study)
    .where("action", "in", actions)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What was noted each time something was done in a study. */
export async function eventDetails(
  db: Kysely<Tables>,
  study: string,
  action: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const rows = await db
    .selectFrom("audit")
    .select("detail")
    .where("study", "=", study)
    .where("action", "=", action)
    .execute();
  return rows.map(({ detail }) => parseJson(detail) as Record<string, unknown>);
}

/** The ends of all chains, in order of name; the one without a name holds what belongs to no study. */
export async function auditChains(db: Kysely<Tables>): Promise<readonly AuditChainTable[]> {
  return db.selectFrom("audit_chain").selectAll().orderBy("chain").execute();
}

/** Lines of a chain in the order of their numbers, from the one after `after` on. */
export async function auditLines(
  db: Kysely<Tables>,
  chain: string,
  { after, most }: { readonly after: number; readonly most: number },
): Promise<readonly AuditTable[]> {
  return db
    .selectFrom("audit")
    .selectAll()
    .where("chain", "=", chain)
    .where("number", ">", after)
    .orderBy("number")
    .limit(most)
    .execute();
}

/** A line that stands in no chain, if there is one: only a change by hand puts it there. */
export async function lineOutsideChains(db: Kysely<Tables>): Promise<string | undefined> {
  const row = await db
    .selectFrom("audit")
    .leftJoin("audit_chain", "audit_chain.chain", "audit.chain")
    .select("audit.id")
    .where((or) =>
      or.or([
        or("audit_chain.chain", "is", null),
        or("audit.number", "is", null),
        or("audit.number", "<", 1),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}
