import { groupSlope, remlTau2 } from "@longwave/stats";
import type { Dataset, SessionGroup } from "@longwave/study";

/** The events and ratings that sessions and rest are made of. */
export interface SessionItems {
  readonly event: string;
  readonly before: string;
  readonly after: string;
  readonly rest: { readonly event: string; readonly before: string; readonly after: string };
}

interface Changes {
  readonly sessions: number[];
  readonly rests: number[];
}

/**
 * How much people of a published dataset differ in change over sessions less change over rest; undefined with fewer
 * than two people who have both at least twice.
 *
 * The spread of one change is pooled over people and kinds; the variance between people is that of a random-effects
 * meta-analysis of their differences, by restricted maximum likelihood.
 */
export function sessionGroup(dataset: Dataset, items: SessionItems): SessionGroup | undefined {
  const people = [...changesByPerson(dataset, items).values()].filter(
    ({ sessions, rests }) => sessions.length >= 2 && rests.length >= 2,
  );
  const residual = pooledVariance(people.flatMap(({ sessions, rests }) => [sessions, rests]));
  if (people.length < 2 || !(residual > 0)) return undefined;
  const slopes = {
    estimates: people.map(({ sessions, rests }) => mean(sessions) - mean(rests)),
    variances: people.map(({ sessions, rests }) => residual * (1 / sessions.length + 1 / rests.length)),
  };
  const tau2 = remlTau2(slopes);
  const group = groupSlope(slopes, tau2);
  return {
    mean: group.estimate,
    stdError: group.stdError,
    between: Math.sqrt(tau2),
    residual: Math.sqrt(residual),
    people: people.length,
  };
}

function changesByPerson(dataset: Dataset, items: SessionItems): ReadonlyMap<string, Changes> {
  const column = (name: string): readonly (number | string | null)[] =>
    dataset.event.columns.find((each) => each.name === name)?.values ?? [];
  const [ids, events] = [column("id"), column("event")];
  const kinds = [
    { ...items, of: "sessions" },
    { ...items.rest, of: "rests" },
  ] as const;
  const people = new Map<string, Changes>();
  for (const { event, before, after, of } of kinds) {
    const [from, to] = [column(before), column(after)];
    for (let row = 0; row < dataset.event.nrows; row++) {
      const [start, end] = [from[row], to[row]];
      if (events[row] !== event || typeof start !== "number" || typeof end !== "number") continue;
      const id = String(ids[row]);
      const own = people.get(id) ?? { sessions: [], rests: [] };
      own[of].push(end - start);
      people.set(id, own);
    }
  }
  return people;
}

function pooledVariance(cells: readonly (readonly number[])[]): number {
  const rows = cells.reduce((sum, cell) => sum + cell.length, 0);
  const squares = cells.reduce((sum, cell) => {
    const centre = mean(cell);
    return sum + cell.reduce((inner, value) => inner + (value - centre) ** 2, 0);
  }, 0);
  return squares / (rows - cells.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
