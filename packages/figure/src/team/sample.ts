/** At most `most` entries, evenly taken from first to last, so that the same data give the same picture. */
export function evenSample<T>(entries: readonly T[], most: number): readonly T[] {
  if (entries.length <= most) return entries;
  const step = (entries.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => entries[Math.round(index * step)]).filter(
    (entry): entry is T => entry !== undefined,
  );
}
