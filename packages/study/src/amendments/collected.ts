import type { Instrument, Protocol } from "../protocol/types.ts";
import { instrumentsOf } from "../protocol/variables.ts";

/** A text of a study and the last answer before it came into force; answers after that were given under it. */
export interface TextVersion {
  readonly number: number;
  readonly protocol: Protocol;
  readonly fromSeq: number;
}

/**
 * The protocol that all answers of a study fit: the text in force, and with it every question of an earlier one that is
 * no longer asked, so that leaving it out takes no column away.
 */
export function collectedProtocol(current: Protocol, versions: readonly TextVersion[]): Protocol {
  return versions.reduceRight((all, { protocol }) => withQuestionsOf(all, protocol), current);
}

function withQuestionsOf(current: Protocol, earlier: Protocol): Protocol {
  const known = new Set(current.instruments.flatMap(({ items }) => items.map(({ id }) => id)));
  const gone = earlier.instruments.flatMap((instrument): readonly Instrument[] => {
    const items = instrument.items.filter(({ id }) => !known.has(id));
    return items.length === 0 ? [] : [{ ...instrument, items }];
  });
  if (gone.length === 0) return current;
  const kept = current.instruments.map((instrument) => {
    const more = gone.find(({ id }) => id === instrument.id)?.items ?? [];
    return more.length === 0 ? instrument : { ...instrument, items: [...instrument.items, ...more] };
  });
  const alone = gone.filter(({ id }) => !current.instruments.some((each) => each.id === id));
  return { ...current, instruments: [...kept, ...alone] };
}

/** In which versions something is there: the first, and the last when it is gone. Undefined: in all of them. */
export interface VersionSpan {
  readonly since: number;
  readonly until?: number;
}

/** The versions of a study whose text has an item; undefined when all have it. */
export function spanOf(versions: readonly TextVersion[], item: string): VersionSpan | undefined {
  const having = versions.filter(({ protocol }) =>
    protocol.instruments.some(({ items }) => items.some(({ id }) => id === item)),
  );
  const [first] = having;
  const last = having.at(-1);
  if (first === undefined || last === undefined || having.length === versions.length) return undefined;
  return {
    since: first.number,
    ...(last === versions.at(-1) ? {} : { until: last.number }),
  };
}

/** The waves at which an item is asked in a version of the text. */
export function wavesAsking(protocol: Protocol, item: string): ReadonlySet<string> {
  return new Set(
    protocol.waves
      .filter(({ id }) =>
        instrumentsOf(protocol, id).some(({ items }) => items.some((each) => each.id === item)),
      )
      .map(({ id }) => id),
  );
}
