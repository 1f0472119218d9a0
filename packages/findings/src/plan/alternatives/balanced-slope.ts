import { type FitCommon, type FitData, type Table, tQuantile } from "@longwave/stats";

/** The columns of a balanced panel: rows person by person, every wave of each. */
export interface BalancedNames {
  readonly outcome: string;
  readonly exposure: string;
  readonly waves: number;
  /** The name the slope has in the mixed model. */
  readonly term: string;
}

/**
 * The slope of the outcome on the deviation of the exposure from the own mean, waves as a factor, in a table in which
 * every person has every wave.
 *
 * There the deviation is at right angles to all that is constant within people, so that the mixed model with
 * `(1 | id)` has this estimate and this standard error whenever people differ in level at all (a variance between
 * them above 0); no search is needed.
 * Hsiao (2014), Analysis of Panel Data, section 3.3. Undefined when the table is not of that shape.
 *
 * @param template  a fit whose other fields the result carries.
 */
export function balancedSlope(
  { table }: Pick<FitData, "table">,
  names: BalancedNames,
  template: FitCommon,
): FitCommon | undefined {
  const [y, x] = [names.outcome, names.exposure].map((name) => cleared(table, name, names.waves));
  if (y === undefined || x === undefined) return undefined;
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] ?? 0, y[i] ?? 0];
    xx += a * a;
    xy += a * b;
    yy += b * b;
  }
  const people = x.length / names.waves;
  const df = (people - 1) * (names.waves - 1) - 1;
  const estimate = xy / xx;
  const variance = (yy - estimate * xy) / df / xx;
  const stdError = Math.sqrt(variance);
  const half = tQuantile(0.975, df) * stdError;
  const row = {
    ...{ term: names.term, estimate, stdError, df, statistic: estimate / stdError, pValue: null },
    ...{ lower: estimate - half, upper: estimate + half },
  };
  return { ...template, fixed: [row], vcov: [[variance]] };
}

/** A column less the means of people and of waves, plus the mean of all; undefined when a value is missing. */
function cleared(table: Table, name: string, waves: number): Float64Array | undefined {
  const column = table.columns[name];
  if (column?.kind !== "numeric" || column.missing.includes(1) || table.nrows % waves !== 0) return undefined;
  const { values } = column;
  const people = values.length / waves;
  const waveMeans = new Float64Array(waves);
  const out = new Float64Array(values.length);
  for (let person = 0; person < people; person++) {
    let sum = 0;
    for (let wave = 0; wave < waves; wave++) sum += values[person * waves + wave] ?? 0;
    for (let wave = 0; wave < waves; wave++) {
      const deviation = (values[person * waves + wave] ?? 0) - sum / waves;
      out[person * waves + wave] = deviation;
      waveMeans[wave] = (waveMeans[wave] ?? 0) + deviation / people;
    }
  }
  for (let i = 0; i < out.length; i++) out[i] = (out[i] ?? 0) - (waveMeans[i % waves] ?? 0);
  return out;
}
