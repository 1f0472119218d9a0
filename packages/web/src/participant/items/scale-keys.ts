/** A figure typed on a scale, and when (ms). */
export interface TypedFigure {
  readonly value: number;
  readonly at: number;
}

/** Two figures typed within this time are read as one number, so that 1 then 0 gives 10. */
const togetherMs = 1000;

/**
 * The number on the scale that a typed key stands for, or `undefined` when the key is not a figure of the scale.
 * A second figure soon after the first makes a two-figure number when the scale has it.
 */
export function figureTyped(
  key: string,
  at: number,
  scale: { readonly min: number; readonly max: number },
  before: TypedFigure | undefined,
): TypedFigure | undefined {
  if (!/^[0-9]$/.test(key)) return undefined;
  const single = Number(key);
  const joined =
    before !== undefined && at - before.at <= togetherMs ? before.value * 10 + single : Number.NaN;
  const value = joined >= 10 && joined <= scale.max ? joined : single;
  return value >= scale.min && value <= scale.max ? { value, at } : undefined;
}
