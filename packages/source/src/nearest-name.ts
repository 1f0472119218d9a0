import { nearestName as nearestWithin } from "@longwave/stats";

/** The name nearest to `name` in spelling, or undefined when more than a third of it (at least two letters) differs. */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  return nearestWithin(name, names, Math.max(2, Math.floor(name.length / 3)));
}
