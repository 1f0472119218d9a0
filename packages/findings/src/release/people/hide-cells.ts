import { classesOf } from "./classes.ts";
import type { Rung } from "./ladder.ts";

/** Which values of which people are hidden so that at least `k` look alike, and who cannot be told of at all. */
export interface HiddenCells {
  /** Codes of each variable, 0 where hidden. */
  readonly codes: readonly Int32Array[];
  /** Values hidden, by variable. */
  readonly hidden: readonly number[];
  readonly removed: readonly boolean[];
}

/** People who look alike before anything is hidden. */
interface Group {
  readonly people: number[];
  readonly codes: number[];
  settled: boolean;
}

// Above this, all combinations of variables are too many to try; up to three at a time, then all, is enough.
const MOST_FOR_ALL_SUBSETS = 9;

/**
 * Local suppression: values are hidden, one variable at a time where that is enough, in groups that are too small,
 * until every group has at least `k` people. "Hidden" is a value like any other: people with the same hidden
 * variables must be `k` as well. Fewer than `k` people may remain who fit nowhere; they are removed.
 *
 * @param worth  what a value of each variable is worth; the cheapest combination that helps is hidden first.
 */
export function hideCells(
  rungs: readonly Rung[],
  people: number,
  { k, worth }: { readonly k: number; readonly worth: readonly number[] },
): HiddenCells {
  const groups = groupsOf(rungs, people);
  for (const group of groups) group.settled = group.people.length >= k;
  for (const subset of subsetsByWorth(worth)) settleInto(groups, subset, k);
  return outcomeOf(rungs, groups, people);
}

function groupsOf(rungs: readonly Rung[], people: number): Group[] {
  const { classOf, sizes } = classesOf(rungs, people);
  const groups: Group[] = sizes.map(() => ({ people: [], codes: [], settled: false }));
  classOf.forEach((place, p) => {
    const group = groups[place];
    if (group === undefined) return;
    if (group.people.length === 0) group.codes.push(...rungs.map(({ codes }) => codes[p] ?? 0));
    group.people.push(p);
  });
  return groups;
}

/** Combinations of variables to hide, the fewest first, then the cheapest. */
function subsetsByWorth(worth: readonly number[]): readonly (readonly number[])[] {
  const n = worth.length;
  const most = n <= MOST_FOR_ALL_SUBSETS ? n : 3;
  const all = worth.map((_, variable) => variable);
  const grown: (readonly number[])[] = [];
  let layer: (readonly number[])[] = [[]];
  for (let size = 1; size <= most; size += 1) {
    layer = layer.flatMap((subset) =>
      all.filter((variable) => variable > (subset.at(-1) ?? -1)).map((variable) => [...subset, variable]),
    );
    grown.push(...layer);
  }
  if (most < n) grown.push(all);
  const cost = (subset: readonly number[]) =>
    subset.reduce((sum, variable) => sum + (worth[variable] ?? 0), 0);
  return grown.sort((a, b) => a.length - b.length || cost(a) - cost(b));
}

/** Hides these variables in every group that is too small, where enough people then look alike. */
function settleInto(groups: readonly Group[], subset: readonly number[], k: number): void {
  const counts = new Map<string, number>();
  const note = (group: Group, key: string) => counts.set(key, (counts.get(key) ?? 0) + group.people.length);
  const open = groups.filter((group) => !group.settled);
  if (open.length === 0) return;
  for (const group of groups) {
    if (group.settled) note(group, group.codes.join(" "));
    else note(group, maskedKey(group, subset));
  }
  for (const group of open) {
    if ((counts.get(maskedKey(group, subset)) ?? 0) < k) continue;
    for (const variable of subset) group.codes[variable] = 0;
    group.settled = true;
  }
}

function maskedKey(group: Group, subset: readonly number[]): string {
  return group.codes.map((code, variable) => (subset.includes(variable) ? 0 : code)).join(" ");
}

function outcomeOf(rungs: readonly Rung[], groups: readonly Group[], people: number): HiddenCells {
  const codes = rungs.map((rung) => Int32Array.from(rung.codes));
  const hidden = rungs.map(() => 0);
  const removed = new Array<boolean>(people).fill(false);
  for (const group of groups) {
    for (const p of group.people) {
      if (!group.settled) removed[p] = true;
      group.codes.forEach((code, variable) => {
        const column = codes[variable];
        if (column === undefined || column[p] === code || !group.settled) return;
        column[p] = code;
        hidden[variable] = (hidden[variable] ?? 0) + 1;
      });
    }
  }
  return { codes, hidden, removed };
}
