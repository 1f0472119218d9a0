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

/**
 * Opens a store, reads the whole audit, and says whether every line still follows from the one before it, and whether the
 * chains pass through the ends that were kept elsewhere.
 */
export async function verifyAudit(
  location: StoreLocation,
  now: number,
  kept: readonly AuditChain[] = [],
): Promise<AuditVerdict> {
  const store = await openStore(location, now);
  try {
    return await auditVerdict(store.db, kept);
  } finally {
    await store.close();
  }
}

/** As `verifyAudit`, of an open store. */
export async function auditVerdict(
  db: Kysely<Tables>,
  kept: readonly AuditChain[] = [],
): Promise<AuditVerdict> {
  const chains = await auditChains(db);
  for (const chain of chains) {
    const broken = await firstBroken(db, chain, keptOf(kept, chain.chain));
    if (broken) return broken;
  }
  const lost = kept.find(({ study }) => !chains.some(({ chain }) => chain === study));
  if (lost) return shorterThan(lost, 0);
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

/** The hashes that were kept elsewhere of one chain, by the number of their line. */
function keptOf(kept: readonly AuditChain[], chain: string): ReadonlyMap<number, AuditChain> {
  return new Map(kept.filter(({ study }) => study === chain).map((each) => [each.lines, each]));
}

function shorterThan({ study, lines }: AuditChain, found: number): AuditVerdict {
  const expected = `${lines} lines, as were kept elsewhere`;
  return { kind: "broken", study, line: found + 1, id: undefined, expected, found: `${found}` };
}

const AT_ONCE = 2000;

async function firstBroken(
  db: Kysely<Tables>,
  head: AuditChainTable,
  kept: ReadonlyMap<number, AuditChain>,
): Promise<AuditVerdict | undefined> {
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
      if ((kept.get(line.number)?.hash ?? line.hash) !== line.hash)
        return broken(line.id, "the hash that was kept elsewhere", "another one: the chain was written anew");
      [number, hash] = [line.number, line.hash];
    }
    if (lines.length < AT_ONCE) break;
  }
  if (number < head.last_number) return broken(undefined, `${head.last_number} lines`, `${number}`);
  if (number > head.last_number || hash !== head.last_hash)
    return broken(undefined, `the end at line ${head.last_number}`, `an end at line ${number}`);
  const longest = [...kept.values()].sort((a, b) => b.lines - a.lines)[0];
  return longest && longest.lines > number ? shorterThan(longest, number) : undefined;
}
