/** The number of single-character insertions, deletions and replacements between two words, capitals ignored. */
function editDistance(a: string, b: string): number {
  const from = a.toLowerCase();
  const to = b.toLowerCase();
  let above = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replace = (above[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(replace, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[to.length] ?? 0;
}

/** The name nearest to `name` in spelling, or undefined when more than a third of it (at least two letters) differs. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const reach = Math.max(2, Math.floor(name.length / 3));
  let best: string | undefined;
  let shortest = reach + 1;
  for (const candidate of names) {
    const distance = editDistance(name, candidate);
    if (distance < shortest) {
      best = candidate;
      shortest = distance;
    }
  }
  return best;
}
