import { retentionState } from "@longwave/study";
import type { ServerContext } from "../context.ts";
import { tellTeam } from "../inbox/safety.ts";
import { countPeople } from "../store/queries/people.ts";
import { allStudies } from "../store/queries/studies.ts";

type Reminding = Pick<ServerContext, "store" | "now" | "compiler" | "log"> & {
  readonly mail: Pick<ServerContext["mail"], "wake">;
};

/**
 * Decides a message to those who lead a study 30 days before the last day on which its data may be kept, and one when
 * that day is past: each once for a day, whatever number of servers look. Failures are made good by the next look.
 */
export async function remindOfRetention(context: Reminding): Promise<void> {
  const { store, compiler, now, log, mail } = context;
  try {
    const at = now();
    for (const study of await allStudies(store.db)) {
      if (study.simulated || study.tryIt) continue;
      const state = retentionState(compiler.protocol(study), at);
      if (state.kind === "none" || state.kind === "ahead" || (await countPeople(store.db, study.id)) === 0)
        continue;
      const { keepUntil } = state;
      const template = `retention_${state.kind}` as const;
      await store.db
        .transaction()
        .execute((trx) =>
          tellTeam(context, trx, { study, at, template, key: keepUntil, parameters: { keepUntil } }),
        );
    }
    mail.wake();
  } catch (error) {
    log(`looking at how long data may be kept failed and is tried again: ${String(error)}`);
  }
}
