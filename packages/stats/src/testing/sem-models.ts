import type { SemModel, SemOperator, SemParameter, SemRows } from "../models/sem/model.ts";
import type { NumericColumn, Table } from "../table/table.ts";

/** One row of a table written by hand: lhs, operator, rhs, label or fixed value, start value. */
export type TableRow = readonly [
  lhs: string,
  op: SemOperator,
  rhs: string,
  label: string | number | null,
  start: number,
];

/** A model from rows: rows with the same label are equal, a number is a fixed value, null is free by itself. */
export function modelOf(
  observed: readonly string[],
  latent: readonly string[],
  rows: readonly TableRow[],
  more: { readonly groups?: readonly string[]; readonly fixedCovariates?: readonly string[] } = {},
): SemModel {
  const groups = more.groups ?? [""];
  const labels = new Map<string, number>();
  const parameters: SemParameter[] = [];
  groups.forEach((_, group) => {
    rows.forEach(([lhs, op, rhs, label, start], i) => {
      if (typeof label === "number") {
        parameters.push({ lhs, op, rhs, group, free: null, value: label });
        return;
      }
      // A label with a @ is one parameter for each group.
      const own = label === null ? `row ${i} group ${group}` : label.replace("@", `@${group}`);
      const free = labels.get(own) ?? labels.size;
      labels.set(own, free);
      parameters.push({ lhs, op, rhs, group, free, value: start });
    });
  });
  return { observed, latent, groups, parameters, fixedCovariates: more.fixedCovariates ?? [] };
}

export interface RiclpmWish {
  readonly waves: number;
  /** Equal lags over time. */
  readonly equalLags?: boolean;
  /** No random intercepts. */
  readonly clpm?: boolean;
  readonly covariates?: readonly string[];
  readonly groups?: readonly string[];
  /** Start values: variance and mean of x and y. */
  readonly start: { readonly vx: number; readonly vy: number; readonly mx: number; readonly my: number };
}

/** The bivariate RI-CLPM (or CLPM) of x1.. and y1.. as a table. */
export function riclpmTable({
  waves,
  equalLags,
  clpm,
  covariates = [],
  groups,
  start,
}: RiclpmWish): SemModel {
  const times = Array.from({ length: waves }, (_, t) => t + 1);
  const rows: TableRow[] = [];
  const { vx, vy, mx, my } = start;
  for (const t of times) {
    rows.push([`wx${t}`, "=~", `x${t}`, 1, 1], [`wy${t}`, "=~", `y${t}`, 1, 1]);
    rows.push([`x${t}`, "~1", "", null, mx], [`y${t}`, "~1", "", null, my]);
    rows.push([`wx${t}`, "~~", `wx${t}`, null, vx / 2], [`wy${t}`, "~~", `wy${t}`, null, vy / 2]);
    rows.push([`wx${t}`, "~~", `wy${t}`, null, 0]);
    if (clpm !== true) rows.push(["RIx", "=~", `x${t}`, 1, 1], ["RIy", "=~", `y${t}`, 1, 1]);
    if (t === 1) continue;
    const label = (name: string) => (equalLags === true ? name : null);
    rows.push([`wx${t}`, "~", `wx${t - 1}`, label("a@"), 0.2], [`wx${t}`, "~", `wy${t - 1}`, label("b@"), 0]);
    rows.push([`wy${t}`, "~", `wx${t - 1}`, label("c@"), 0], [`wy${t}`, "~", `wy${t - 1}`, label("d@"), 0.2]);
  }
  if (clpm !== true) {
    rows.push(["RIx", "~~", "RIx", null, vx / 2], ["RIy", "~~", "RIy", null, vy / 2]);
    rows.push(["RIx", "~~", "RIy", null, 0]);
    for (const name of covariates) rows.push(["RIx", "~", name, null, 0], ["RIy", "~", name, null, 0]);
  }
  const observed = [...times.map((t) => `x${t}`), ...times.map((t) => `y${t}`), ...covariates];
  const within = [...times.map((t) => `wx${t}`), ...times.map((t) => `wy${t}`)];
  const latent = clpm === true ? within : ["RIx", "RIy", ...within];
  return modelOf(observed, latent, rows, {
    fixedCovariates: covariates,
    ...(groups === undefined ? {} : { groups }),
  });
}

/** The index of the free parameter written as `lhs op rhs`, such as `wx2 ~ wx1` or `x1 ~1`. */
export function freeIndex(model: SemModel, text: string, group = 0): number {
  const [lhs, op, rhs = ""] = text.split(" ");
  const same = (p: SemParameter) =>
    (p.lhs === lhs && p.rhs === rhs) || (op === "~~" && p.lhs === rhs && p.rhs === lhs);
  const found = model.parameters.find((p) => p.group === group && p.op === op && same(p));
  if (found?.free == null) throw new Error(`no free parameter ${text}`);
  return found.free;
}

/** A long table as one row for each person: x and y at each wave, then columns that do not change. */
export function widen(
  table: Table,
  {
    x,
    y,
    id,
    wave,
    waves,
    constant = [],
  }: {
    readonly x: string;
    readonly y: string;
    readonly id: string;
    readonly wave: string;
    readonly waves: readonly number[];
    readonly constant?: readonly string[];
  },
): SemRows & { readonly ids: readonly number[] } {
  const values = (name: string): Float64Array =>
    Float64Array.from((table.columns[name] as NumericColumn).values);
  const ids = [...new Set(values(id))];
  const place = new Map(ids.map((value, i) => [value, i]));
  const empty = () => new Float64Array(ids.length).fill(Number.NaN);
  const columns = Array.from({ length: 2 * waves.length + constant.length }, empty);
  const [ofId, ofWave, ofX, ofY] = [values(id), values(wave), values(x), values(y)];
  const fixed = constant.map(values);
  for (let row = 0; row < table.nrows; row++) {
    const person = place.get(ofId[row]) ?? 0;
    const t = waves.indexOf(ofWave[row]);
    columns[t][person] = ofX[row];
    columns[waves.length + t][person] = ofY[row];
    fixed.forEach((column, j) => {
      columns[2 * waves.length + j][person] = column[row];
    });
  }
  const names = [...waves.map((_, t) => `x${t + 1}`), ...waves.map((_, t) => `y${t + 1}`), ...constant];
  return { names, columns, groups: new Int32Array(ids.length), labels: [""], ids };
}
