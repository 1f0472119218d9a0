/** Counts under this are hidden, so that nobody can be picked out. */
export const FEWEST_SHOWN = 10;

/** A count as it may be shown: 0 and 10 or more as they are; 1 to 9 become null. */
export function shownCount(count: number): number | null {
  return count > 0 && count < FEWEST_SHOWN ? null : count;
}
