import type { Source } from "@longwave/source";
import { type FeFit, type FitData, fe, formulaColumns, StatsError, type Table } from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import { numberAt, usedRows } from "../flow/used-rows.ts";
import type { Language } from "../publication/types.ts";
import type { UnfittedPanel } from "./fit-panel.ts";
import { FEWEST_PEOPLE, reasonsIn } from "./reasons.ts";
import type { LagSlopesModel } from "./resolve-model.ts";

/** One series on the other at the wave before, each person against their own mean. */
export interface LagSlope {
  readonly formula: string;
  readonly term: string;
  readonly fit: FeFit;
  /** Within-person SD of the earlier series over that of the later one: makes the slope a standardised one. */
  readonly scale: number;
}

export interface FittedLagSlopes {
  readonly kind: "fitted_lag_slopes";
  /** `y` on the earlier `x`, and `x` on the earlier `y`. */
  readonly forward: LagSlope;
  readonly backward: LagSlope;
  readonly people: number;
}

/** Fits fixed effects of each person in both directions; too little data is an outcome with a reason. */
export async function fitLagSlopes(request: {
  readonly protocol: Protocol;
  readonly source: Source;
  readonly model: LagSlopesModel;
  readonly language: Language;
}): Promise<FittedLagSlopes | UnfittedPanel> {
  const { protocol, source, model, language } = request;
  const { person, wave } = protocol.plan.variables;
  const [forward, backward] = [lagFormula(model, "forward"), lagFormula(model, "backward")];
  const columns = [...new Set([person, wave, ...formulaColumns(forward), ...formulaColumns(backward)])];
  const { where } = model;
  const data = await source.fitData(where === undefined ? { columns } : { columns, where });
  const reasons = reasonsIn(language);
  const usable = usedRows(data.table, columns, person).byPerson.length;
  if (usable < FEWEST_PEOPLE) {
    return { kind: "not_fitted", planned: forward, reason: reasons.tooFew(usable) };
  }
  const ratio = withinStdDev(data.table, model.x, person) / withinStdDev(data.table, model.y, person);
  try {
    const first = fitOne(forward, data, { id: person, time: wave });
    const second = fitOne(backward, data, { id: person, time: wave });
    return {
      kind: "fitted_lag_slopes",
      forward: { formula: forward, term: `lag(${model.x})`, fit: first, scale: ratio },
      backward: { formula: backward, term: `lag(${model.y})`, fit: second, scale: 1 / ratio },
      people: first.ngroups[person] ?? usable,
    };
  } catch (error) {
    if (!(error instanceof StatsError)) throw error;
    return { kind: "not_fitted", planned: forward, reason: reasons.engineSays(error.message) };
  }
}

function fitOne(formula: string, data: FitData, names: { id: string; time: string }): FeFit {
  return fe(formula, data, { ...names, se: "arellano" });
}

function lagFormula({ x, y, covariates }: LagSlopesModel, direction: "forward" | "backward"): string {
  const [outcome, earlier] = direction === "forward" ? [y, x] : [x, y];
  return `${outcome} ~ ${[`lag(${earlier})`, ...covariates].join(" + ")}`;
}

/** sqrt(sum of squared deviations / (answers - people)) over people with at least two answers. */
function withinStdDev(table: Table, name: string, person: string): number {
  const { byPerson } = usedRows(table, [name], person);
  const column = table.columns[name];
  let [squares, free] = [0, 0];
  for (const rows of byPerson) {
    const values = rows.map((row) => numberAt(column, row));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    squares += values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    free += values.length - 1;
  }
  return Math.sqrt(squares / free);
}
