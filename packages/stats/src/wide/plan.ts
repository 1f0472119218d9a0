import { rootColumn } from "../formula/formula.ts";
import { codedColumns } from "../frame/design.ts";
import { covariateFormula } from "../models/riclpm/covariates.ts";
import type { AskedColumn, ColumnFacts, PanelFacts } from "../panel/facts.ts";
import { NeedsRows } from "../panel/plan.ts";
import { levelsOf } from "../panel/variables.ts";

/** Series of repeated measures, and what does not change, to be summed over people. */
export interface WideRequest {
  /** Each series is one column of long data, or one column for each wave of wide data. */
  readonly series: readonly (string | readonly string[])[];
  /** Long data: who a row is about, and at which wave it is. */
  readonly id?: string;
  readonly time?: string;
  /** One value for each person: people of each are summed apart. */
  readonly group?: string;
  /** One value for each person: columns, `factor(c)`, products `a:b`. */
  readonly covariates?: readonly string[];
}

/** A factor of a covariate: a column, or 1 where it has a level and else 0. */
export interface WidePart {
  readonly column: string;
  readonly level: string | null;
}

/** One number of a person: an answer at a wave, or a column of the covariates; less a constant near its mean. */
export type WideVariable =
  | {
      readonly kind: "answer";
      /** The place of the series, and of the wave. */
      readonly series: number;
      readonly wave: number;
      readonly column: string;
      readonly shift: number;
    }
  | {
      readonly kind: "covariate";
      readonly name: string;
      readonly parts: readonly WidePart[];
      readonly shift: number;
    };

/** What is to be summed over people so that means and covariances follow; answers first, then covariates. */
export interface WidePlan {
  readonly version: 1;
  readonly request: WideRequest;
  /** The values of the time column, ascending; 1, 2, 3, ... in wide data. */
  readonly waves: readonly number[];
  /** The labels of the groups; one empty label without a group. */
  readonly groups: readonly string[];
  /** What was known of the columns. */
  readonly columns: Readonly<Record<string, ColumnFacts>>;
  readonly variables: readonly WideVariable[];
}

// The answers of a person must fit into the bits of a whole number.
const MOST_ANSWERS = 40;
const MOST_VARIABLES = 80;
const MOST_LEVELS = 30;

/** True where each row of the data is a person. */
export function isWide({ series }: WideRequest): boolean {
  return series.every((columns) => typeof columns !== "string");
}

/** The columns with one value for each person: the group, and those of the covariates. */
export function personColumns({ group, covariates = [] }: WideRequest): string[] {
  const variables = covariateFormula(covariates)?.terms.flatMap((term) => term.variables) ?? [];
  return [...new Set([...variables.map(rootColumn), ...(group === undefined ? [] : [group])])];
}

/** The columns whose facts a request needs, each once. */
export function askedOfWide(request: WideRequest): AskedColumn[] {
  const variables = covariateFormula(request.covariates ?? [])?.terms.flatMap((term) => term.variables) ?? [];
  const factors = variables.filter(({ kind }) => kind === "call").map(rootColumn);
  const isFactor = (name: string) => name === request.group || factors.includes(name);
  const names = new Set([...request.series.flat(), ...personColumns(request)]);
  return [...names].map((name) => ({ name, asFactor: isFactor(name) }));
}

function labelsOf({ group }: WideRequest, columns: WidePlan["columns"]): readonly string[] {
  if (group === undefined) return [""];
  const facts = columns[group];
  const labels = facts.kind === "category" ? facts.levels : (facts.values ?? []).map(String);
  if (labels.length > MOST_LEVELS) throw new NeedsRows(`${labels.length} different values of "${group}"`);
  return labels;
}

function shiftOf(columns: WidePlan["columns"], column: string): number {
  const facts = columns[column];
  if (facts?.kind === "number") return facts.shift;
  throw new NeedsRows(`text in "${column}" where a number stands`);
}

function answerVariables(request: WideRequest, waves: number, columns: WidePlan["columns"]): WideVariable[] {
  return request.series.flatMap((own, series) =>
    Array.from({ length: waves }, (_, wave): WideVariable => {
      const column = typeof own === "string" ? own : own[wave];
      return { kind: "answer", series, wave, column, shift: shiftOf(columns, column) };
    }),
  );
}

/** The columns of the covariates with the indicators of every level, so that parts with other levels can be added. */
function covariateVariables({ covariates = [] }: WideRequest, facts: PanelFacts): WideVariable[] {
  const formula = covariateFormula(covariates);
  if (formula === null) return [];
  const variables = new Map(
    formula.terms.flatMap((term) => term.variables).map((variable) => [variable.text, variable]),
  );
  const codings = new Map(
    [...variables].map(([text, variable]) => {
      const levels = levelsOf(variable, facts, "");
      if (levels !== null && levels.length > MOST_LEVELS)
        throw new NeedsRows(`${levels.length} levels of ${text}`);
      return [text, levels === null ? null : { levels, used: [...levels.keys()] }] as const;
    }),
  );
  const coded = formula.terms.flatMap((term) => codedColumns({ intercept: false, terms: [term] }, codings));
  return coded.map(({ name, parts }): WideVariable => {
    const own = parts.map(({ variable: text, code }): WidePart => {
      const variable = variables.get(text);
      const level = code === null ? null : (codings.get(text)?.levels[code] ?? null);
      return { column: variable === undefined ? text : rootColumn(variable), level };
    });
    const [only] = own;
    const isNumber = own.length === 1 && only.level === null;
    for (const { column, level } of own) if (level === null) shiftOf(facts.columns, column);
    return { kind: "covariate", name, parts: own, shift: isNumber ? shiftOf(facts.columns, only.column) : 0 };
  });
}

/**
 * What to sum over people for models of means and covariances, from what is known of the columns.
 *
 * @throws StatsError `sums.needs-rows` for what no sums of this kind hold, `riclpm.covariate`
 */
export function widePlan(request: WideRequest, facts: PanelFacts): WidePlan {
  const [first] = request.series;
  const waves =
    typeof first === "string" ? facts.waves : Array.from({ length: first.length }, (_, wave) => wave + 1);
  if (waves.length * request.series.length > MOST_ANSWERS)
    throw new NeedsRows(`${waves.length} waves of ${request.series.length} series`);
  const variables = [
    ...answerVariables(request, waves.length, facts.columns),
    ...covariateVariables(request, facts),
  ];
  if (variables.length > MOST_VARIABLES) throw new NeedsRows(`${variables.length} numbers for each person`);
  const { columns } = facts;
  return { version: 1, request, waves, groups: labelsOf(request, columns), columns, variables };
}
