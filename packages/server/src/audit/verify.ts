import type { Kysely } from "kysely";
import { auditHash, CHAIN_START } from "../store/audit-hash.ts";
import { openStore, type StoreLocation } from "../store/open.ts";
import { auditChains, auditLines, lineOutsideChains } from "../store/queries/audit.ts";
import type { AuditChainTable, Tables } from "../store/schema.ts";

/** A chain of the audit: its study, empty for what belongs to none; how many lines; the hash of the last. */
export interface AuditChain {
  readonly study: string;
  readonly lines: number;
  readonly hash: string;
}

/** Whether the audit is as it was written, or the first line that is not and what is wrong with it. */
export type AuditVerdict =
  | { readonly kind: "whole"; readonly chains: readonly AuditChain[] }
  | {
      readonly kind: "broken";
      readonly study: string;
      readonly line: number;
      readonly id: string | undefined;
      readonly expected: string;
      readonly found: string;
    };

/** Opens a store, reads the whole audit, and says whether every line still follows from the one before it. */
export async function verifyAudit(location: StoreLocation, now: number): Promise<AuditVerdict> {
  const store = await openStore(location, now);
  try {
    return await auditVerdict(store.db);
  } finally {
    await store.close();
  }
}

/** Reads the whole audit of an open store, and says whether every line still follows from the one before it. */
export async function auditVerdict(db: Kysely<Tables>): Promise<AuditVerdict> {
  const chains = await auditChains(db);
  for (const chain of chains) {
    const broken = await firstBroken(db, chain);
    if (broken) return broken;
  }
  const stray = await lineOutsideChains(db);
  if (stray !== undefined)
    return {
      kind: "broken",
      study: "",
      line: 0,
      id: stray,
      expected: "a line with a place in a chain",
      found: "one without",
    };
  return {
    kind: "whole",
    chains: chains.map(({ chain, last_number, last_hash }) => ({
      study: chain,
      lines: last_number,
      hash: last_hash,
    })),
  };
}

const AT_ONCE = 2000;

async function firstBroken(db: Kysely<Tables>, head: AuditChainTable): Promise<AuditVerdict | undefined> {
  let [number, hash] = [0, CHAIN_START];
  const broken = (id: string | undefined, expected: string, found: string): AuditVerdict => ({
    kind: "broken",
    study: head.chain,
    line: number + 1,
    id,
    expected,
    found,
  });
  for (;;) {
    const lines = await auditLines(db, head.chain, { after: number, most: AT_ONCE });
    for (const line of lines) {
      if (line.number !== number + 1) return broken(line.id, `line ${number + 1}`, `line ${line.number}`);
      if (line.previous !== hash) return broken(line.id, "the hash of the line before it", "another one");
      if (auditHash(line) !== line.hash)
        return broken(line.id, "a line as it was written", "one that was changed");
      [number, hash] = [line.number, line.hash];
    }
    if (lines.length < AT_ONCE) break;
  }
  if (number < head.last_number) return broken(undefined, `${head.last_number} lines`, `${number}`);
  if (number > head.last_number || hash !== head.last_hash)
    return broken(undefined, `the end at line ${head.last_number}`, `an end at line ${number}`);
  return undefined;
}
