import { createHash } from "node:crypto";

/** What the first line of a chain follows. */
export const CHAIN_START: string = "0".repeat(64);

/** A line of the audit without its own hash. */
export interface AuditLine {
  readonly chain: string;
  readonly number: number;
  readonly previous: string;
  readonly id: string;
  readonly at: number;
  readonly study: string | null;
  readonly actor: string;
  readonly action: string;
  readonly detail: string;
}

/** SHA-256 over a line of the audit and, by the hash in it, over every line before it. */
export function auditHash(line: AuditLine): string {
  const { chain, number, previous, id, at, study, actor, action, detail } = line;
  const text = JSON.stringify([chain, number, previous, id, at, study, actor, action, detail]);
  return createHash("sha256").update(text).digest("hex");
}
