/** Constants by which a column is shifted and then divided; they are undone exactly after the fit. */
export interface ColumnScale {
  readonly shift: number;
  readonly scale: number;
}

export const UNSCALED: ColumnScale = { shift: 0, scale: 1 };

/**
 * The mean and the standard deviation of a column, or 0 and its root mean square when it may not be shifted.
 *
 * Without this, products of calendar years or of predictors near 1e8 lose the digits that matter.
 */
export function scaleOf(values: Float64Array, mayShift: boolean): ColumnScale {
  let sum = 0;
  if (mayShift) for (let i = 0; i < values.length; i++) sum += values[i];
  const shift = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - shift) * (values[i] - shift);
  const scale = Math.sqrt(squares / values.length);
  // A column that does not vary is left alone: dividing its rounding errors would make it look like data.
  if (!(scale > 1e-13 * Math.abs(shift))) return UNSCALED;
  return { shift, scale };
}

/** The column shifted and scaled, as a new array. */
export function applyScale(values: Float64Array, { shift, scale }: ColumnScale): Float64Array {
  const result = new Float64Array(values.length);
  const factor = 1 / scale;
  for (let i = 0; i < values.length; i++) result[i] = (values[i] - shift) * factor;
  return result;
}
