/**
 * The group of a value among ascending `breaks`: 0 for exactly the first break, j for the half-open
 * interval above break j - 1 up to and with break j. Outside all of them, or unknown: `undefined`.
 */
export function cut(value: number | undefined, breaks: readonly (number | undefined)[]): number | undefined {
  const [lowest] = breaks;
  if (value === undefined || lowest === undefined || value < lowest) return undefined;
  if (value === lowest) return 0;
  const group = breaks.findIndex((edge, index) => index > 0 && edge !== undefined && value <= edge);
  return group === -1 ? undefined : group;
}
