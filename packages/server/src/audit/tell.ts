import type { ServerContext } from "../context.ts";
import { auditChains } from "../store/queries/audit.ts";
import type { AuditChain } from "./verify.ts";

const HOUR_MS = 3_600_000;

/**
 * Tells where every chain of the audit ends, now and each hour that it has grown, so that a log which is kept on another
 * machine holds points that a chain written anew cannot pass through. Returns what ends it.
 */
export async function tellAudit(
  { store, log }: Pick<ServerContext, "store" | "log">,
  onAudit: (head: AuditChain) => void,
): Promise<() => void> {
  const told = new Map<string, number>();
  const tell = async (): Promise<void> => {
    for (const { chain, last_number, last_hash } of await auditChains(store.db)) {
      if (told.get(chain) === last_number) continue;
      told.set(chain, last_number);
      onAudit({ study: chain, lines: last_number, hash: last_hash });
    }
  };
  await tell();
  const tick = setInterval(() => {
    tell().catch((error: unknown) => log(`Telling where the audit ends failed: ${String(error)}`));
  }, HOUR_MS);
  tick.unref();
  return () => clearInterval(tick);
}
