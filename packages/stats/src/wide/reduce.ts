import { readPanel } from "../models/riclpm/panel.ts";
import { packedLength } from "../sums/grouped-sums.ts";
import type { Column, Table } from "../table/table.ts";
import { personColumns, type WidePart, type WidePlan, type WideVariable } from "./plan.ts";
import { patternKey, type WideSums } from "./sums.ts";

/** Values of one variable, NaN where they are missing. */
type Values = (person: number) => number;

function partValues({ level }: WidePart, column: Column): Values {
  const known =
    (value: Values): Values =>
    (i) =>
      column.missing[i] === 1 ? Number.NaN : value(i);
  if (column.kind === "factor") return known((i) => (column.levels[column.codes[i]] === level ? 1 : 0));
  if (level === null) return known((i) => column.values[i]);
  return known((i) => (String(column.values[i]) === level ? 1 : 0));
}

function groupValues(column: Column | null, labels: readonly string[]): (person: number) => number {
  if (column === null) return () => 0;
  const text = (i: number) =>
    column.kind === "numeric" ? String(column.values[i]) : column.levels[column.codes[i]];
  return (i) => (column.missing[i] === 1 ? -1 : labels.indexOf(text(i)));
}

function addInto(sums: { people: number; sum: Float64Array; products: Float64Array }, values: Float64Array) {
  sums.people++;
  for (let i = 0, at = 0; i < values.length; i++) {
    sums.sum[i] += values[i];
    for (let j = 0; j <= i; j++, at++) sums.products[at] += values[i] * values[j];
  }
}

/**
 * The sums of a plan over rows at hand: the reference for whoever forms them elsewhere.
 *
 * @throws StatsError as `readPanel`
 */
export function reduceWide(plan: WidePlan, table: Table): WideSums {
  const { request, variables } = plan;
  const { series, id, time, group } = request;
  const panel = readPanel({ series, id, time, person: personColumns(request) }, table);
  const valuesOf = (variable: WideVariable): Values => {
    if (variable.kind === "answer") {
      const answers = panel.series[variable.series][variable.wave];
      return (i) => answers[i];
    }
    const parts = variable.parts.map((part) => partValues(part, panel.person[part.column]));
    return (i) => parts.reduce((product, value) => product * value(i), 1);
  };
  const values = variables.map(valuesOf);
  const groupOf = groupValues(group === undefined ? null : panel.person[group], plan.groups);
  const covariates = [...variables.keys()].filter((v) => variables[v].kind === "covariate");
  const found = new Map<
    string,
    { group: number; observed: number[]; people: number; sum: Float64Array; products: Float64Array }
  >();
  for (let person = 0; person < panel.people; person++) {
    const complete = covariates.every((v) => !Number.isNaN(values[v](person)));
    const observed = [...variables.keys()].filter((v) =>
      variables[v].kind === "covariate" ? complete : !Number.isNaN(values[v](person)),
    );
    const own = { group: groupOf(person), observed };
    const sums = found.get(patternKey(own)) ?? {
      ...own,
      people: 0,
      sum: new Float64Array(observed.length),
      products: new Float64Array(packedLength(observed.length)),
    };
    addInto(
      sums,
      Float64Array.from(observed, (v) => values[v](person) - variables[v].shift),
    );
    found.set(patternKey(own), sums);
  }
  const patterns = [...found.values()].map((one) => ({
    ...one,
    sum: [...one.sum],
    products: [...one.products],
  }));
  return { plan, rows: panel.rows, patterns };
}
