import { Refusal, refuse } from "../errors.ts";

/** Counts tries by address and refuses when there are too many. */
export interface RateLimit {
  /** @throws Refusal `request.too-many` when `key` has used up its tries. */
  check(key: string): void;
  /** Whether `key` has tries left. */
  isOpen(key: string): boolean;
  /** Notes one try. */
  note(key: string): void;
}

/** A limit of `tries` in each window of `windowMs`, kept in memory and forgotten when the window ends. */
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
  const begin = (key: string): void => {
    const entry = { until: options.now() + options.windowMs, tries: 1 };
    counts.set(key, entry);
    setTimeout(() => counts.get(key) === entry && counts.delete(key), options.windowMs).unref();
  };
  const isOpen = (key: string): boolean => (current(key)?.tries ?? 0) < options.tries;
  return {
    isOpen,
    check(key) {
      const found = current(key);
      if (!found || isOpen(key)) return;
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
      else begin(key);
    },
  };
}

/** Only what was refused counts against an address: many people may share one. */
export function countingRefusals(tries: RateLimit, address: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof Refusal) tries.note(address);
    throw error;
  };
}
