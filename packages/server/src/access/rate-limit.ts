import { refuse } from "../errors.ts";

/** Counts tries by address and refuses when there are too many. */
export interface RateLimit {
  /** @throws Refusal `request.too-many` when `key` has used up its tries. */
  check(key: string): void;
  /** Notes one try. */
  note(key: string): void;
}

/** A limit of `tries` in each window of `windowMs`, kept in memory. */
export function createRateLimit(options: {
  readonly tries: number;
  readonly windowMs: number;
  readonly now: () => number;
}): RateLimit {
  const counts = new Map<string, { until: number; tries: number }>();
  const current = (key: string) => {
    const found = counts.get(key);
    return found && found.until > options.now() ? found : undefined;
  };
  return {
    check(key) {
      const found = current(key);
      if (!found || found.tries < options.tries) return;
      const seconds = Math.ceil((found.until - options.now()) / 1000);
      throw refuse(
        "request.too-many",
        `at most ${options.tries} tries in a while`,
        "more",
        `Wait ${seconds} seconds and try again.`,
      );
    },
    note(key) {
      const found = current(key);
      if (found) found.tries += 1;
      else counts.set(key, { until: options.now() + options.windowMs, tries: 1 });
      if (counts.size > 10_000) forgetOld(counts, options.now());
    },
  };
}

function forgetOld(counts: Map<string, { until: number; tries: number }>, now: number): void {
  for (const [key, { until }] of counts) if (until <= now) counts.delete(key);
}
