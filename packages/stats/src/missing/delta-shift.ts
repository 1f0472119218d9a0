import { StatsError } from "../errors.ts";
import { independentColumns } from "../linalg/cholesky.ts";
import { createRandom } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { completeWide, type Imputations } from "./impute.ts";
import { type CodedPanel, type CodedVariable, codePanel } from "./impute-code.ts";
import { drawNormal } from "./impute-draws.ts";

/** What is shifted: `exposure` may be absent. */
export interface ShiftedVariables {
  readonly outcome: string;
  readonly exposure: string | null;
  /** Whether a shift is passed on to later waves by regression (the default), or each wave moves by its delta alone. */
  readonly carry?: boolean;
}

/**
 * What a delta of 1 adds to each imputed value, in the order of people x waves by rows.
 *
 * Shifts are linear in the deltas, so these four say what every cell of the map needs.
 */
export interface UnitShifts {
  readonly outcomeByOutcome: Float64Array;
  readonly outcomeByExposure: Float64Array;
  readonly exposureByOutcome: Float64Array;
  readonly exposureByExposure: Float64Array;
}

/** Index of the last wave in which the person gave the outcome or the exposure; -1 for none. */
export function lastWaveSeen({ panel }: Imputations, shifted: ShiftedVariables): Int32Array {
  const last = new Int32Array(panel.table.nrows).fill(-1);
  for (const { name, variable, wave } of panel.waveColumns) {
    if (variable !== shifted.outcome && variable !== shifted.exposure) continue;
    const index = panel.waves.indexOf(wave);
    const { missing } = panel.table.columns[name];
    for (let person = 0; person < last.length; person++) {
      if (missing[person] === 0) last[person] = Math.max(last[person], index);
    }
  }
  return last;
}

/** The wave columns of the two variables in the order in which values arise: waves, the exposure first. */
function sequence({ panel }: Imputations, { outcome, exposure }: ShiftedVariables) {
  return panel.waves.flatMap((wave, waveIndex) =>
    [exposure, outcome].flatMap((variable) => {
      if (variable === null) return [];
      const name = panel.waveColumns.find((c) => c.variable === variable && c.wave === wave)?.name ?? "";
      return [{ name, variable, waveIndex }];
    }),
  );
}

/** The columns that do not repeat earlier ones, so that coefficients are of columns that are there. */
function independent(coded: CodedPanel, columns: readonly number[], rows: Int32Array): Int32Array {
  const p = columns.length;
  const products = new Float64Array(p * p);
  for (const row of rows) {
    const at = row * coded.width;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j <= i; j++) {
        products[i * p + j] += coded.design[at + columns[i]] * coded.design[at + columns[j]];
      }
    }
  }
  return Int32Array.from(independentColumns(products, p, 1e-9), (place) => columns[place]);
}

/** The slope of `target` on each earlier value, drawn from its posterior; people's own columns are held. */
function drawSlopes(
  coded: CodedPanel,
  target: CodedVariable,
  earlier: readonly CodedVariable[],
  context: { readonly imputations: Imputations; readonly k: number },
): number[] {
  const { imputations, k } = context;
  const people = imputations.panel.person.flatMap((name) => {
    const variable = coded.variables.find((other) => other.name === name);
    if (variable === undefined || variable.distinct < 2) return [];
    return Array.from({ length: variable.count }, (_, i) => variable.first + i);
  });
  const original = imputations.panel.table.columns[target.name];
  const rows = Int32Array.from(target.observed.filter((row) => original.missing[row] === 0));
  const columns = independent(coded, [0, ...people, ...earlier.map(({ first }) => first)], rows);
  const outcome = Float64Array.from(rows, (row) => coded.design[row * coded.width + target.first]);
  const random = createRandom(imputations.seed).fork(`delta ${k + 1} ${target.name}`);
  const { drawn } = drawNormal({ design: coded.design, width: coded.width, columns, rows, outcome }, random);
  return earlier.map(({ first, scale }) => {
    const place = columns.indexOf(first);
    return place < 0 ? 0 : (drawn[place] * target.scale) / scale;
  });
}

interface Steps {
  /** Columns in the order in which they arise. */
  readonly steps: readonly { readonly name: string; readonly variable: string; readonly waveIndex: number }[];
  /** For each step the slope on each earlier one. */
  readonly slopes: readonly (readonly number[])[];
}

function regressionSteps(
  imputations: Imputations,
  shifted: ShiftedVariables,
  k: number,
  table: Table,
): Steps {
  const coded = codePanel({ ...imputations.panel, table });
  const steps = sequence(imputations, shifted).filter(({ name }) =>
    coded.variables.some((variable) => variable.name === name && variable.distinct > 1),
  );
  const variables = steps.map(({ name }) => coded.variables.find((v) => v.name === name) as CodedVariable);
  const slopes = variables.map((target, i) =>
    drawSlopes(coded, target, variables.slice(0, i), { imputations, k }),
  );
  return { steps, slopes };
}

/** Shifts of every step for one person when `which` gets a delta of 1 after wave index `last`. */
function personShifts(
  { steps, slopes }: Steps,
  isImputed: (step: number) => boolean,
  last: number,
  which: string,
): Float64Array {
  const shifts = new Float64Array(steps.length);
  for (let i = 0; i < steps.length; i++) {
    if (!isImputed(i) || steps[i].waveIndex <= last) continue;
    let shift = steps[i].variable === which ? 1 : 0;
    for (let j = 0; j < i; j++) shift += slopes[i][j] * shifts[j];
    shifts[i] = shift;
  }
  return shifts;
}

/**
 * What a delta of 1 does to the imputed values of imputation `k`, passed on in wave order.
 *
 * Only values imputed after a person's last answer are shifted. Each gets its own delta and what the shifts of
 * earlier values (and of the exposure at the same wave) add through a regression on them, drawn from its
 * posterior, so that a shifted value carries to later waves as an observed one would.
 * van Buuren (2018), Flexible Imputation of Missing Data, section 9.2; Rubin (1987), section 6.2.
 */
export function unitShifts(imputations: Imputations, shifted: ShiftedVariables, k: number): UnitShifts {
  const { panel } = imputations;
  const table = completeWide(imputations, k);
  const chain = regressionSteps(imputations, shifted, k, table);
  const carried =
    (shifted.carry ?? true) ? chain : { ...chain, slopes: chain.slopes.map((row) => row.map(() => 0)) };
  const last = lastWaveSeen(imputations, shifted);
  const waves = panel.waves.length;
  const empty = () => new Float64Array(panel.table.nrows * waves);
  const out = {
    outcomeByOutcome: empty(),
    outcomeByExposure: empty(),
    exposureByOutcome: empty(),
    exposureByExposure: empty(),
  };
  const missing = chain.steps.map(({ name }) => panel.table.columns[name].missing);
  for (let person = 0; person < panel.table.nrows; person++) {
    if (last[person] === waves - 1) continue;
    const isImputed = (step: number) => missing[step][person] === 1;
    for (const which of [shifted.outcome, shifted.exposure]) {
      if (which === null) continue;
      const shifts = personShifts(carried, isImputed, last[person], which);
      const byOutcome = which === shifted.outcome;
      chain.steps.forEach(({ variable, waveIndex }, i) => {
        const ofOutcome = variable === shifted.outcome;
        const key = `${ofOutcome ? "outcome" : "exposure"}By${byOutcome ? "Outcome" : "Exposure"}` as const;
        out[key][person * waves + waveIndex] = shifts[i];
      });
    }
  }
  return out;
}

/** @throws StatsError `delta.option` unless the variable is a numeric varying column of the panel. */
export function checkShifted({ panel }: Imputations, name: string): void {
  const first = panel.waveColumns.find(({ variable }) => variable === name);
  if (first !== undefined && panel.table.columns[first.name].kind === "numeric") return;
  throw new StatsError(
    "delta.option",
    `Expected a numeric varying column of the panel (${panel.varying.join(", ")}); found "${name}". Name one of them.`,
  );
}
