import { StatsError } from "../errors.ts";
import { requireNumbers } from "../frame/variables.ts";
import { createTable, factorColumn, numericColumn } from "../table/columns.ts";
import { columnOf } from "../table/nearest-name.ts";
import type { Column, Table } from "../table/table.ts";
import { type FollowUp, type FollowUpOptions, followUp, type PersonWaves } from "./follow-up.ts";

export interface DropoutOptions extends FollowUpOptions {
  /** The exposure, whose last seen value predicts leaving. */
  readonly exposure?: string;
  /** Further columns; their last observed value counts. Text columns are factors. */
  readonly covariates?: readonly string[];
  /** The coverage of intervals, a proportion; 0.95 by default. */
  readonly level?: number;
}

/** One row for each wave that somebody could have missed for good. */
export interface RiskSet {
  readonly followUp: FollowUp;
  /** The columns below, one row for each person and wave at risk. */
  readonly table: Table;
  /** The person (place in `followUp.people`) of each row. */
  readonly person: Int32Array;
  /** The place among the planned waves that the person reached (0) or did not (1). */
  readonly wave: Int32Array;
  readonly left: Uint8Array;
  /** The names of the predictors, waves apart. */
  readonly predictors: readonly string[];
}

/** Names of the columns of the risk set that are made here. */
export const LEFT = "left";

interface AtRisk {
  readonly person: number;
  readonly wave: number;
  readonly left: boolean;
}

/** Whoever was seen at one wave is at risk of never being seen from the next one on. */
function risks({ people, waves }: FollowUp): AtRisk[] {
  return people.flatMap(({ rows, last }, person) =>
    waves.slice(1).flatMap((_, before) => {
      if (rows[before] < 0) return [];
      return [{ person, wave: before + 1, left: last === before }];
    }),
  );
}

/** The last row at or before place `wave` in which `column` is observed, or -1. */
function lastObserved({ rows }: PersonWaves, column: Column, wave: number): number {
  for (let place = wave; place >= 0; place--) {
    if (rows[place] >= 0 && column.missing[rows[place]] === 0) return rows[place];
  }
  return -1;
}

function carried(column: Column, at: readonly AtRisk[], { people }: FollowUp): Column {
  const found = at.map(({ person, wave }) => lastObserved(people[person], column, wave - 1));
  if (column.kind === "numeric")
    return numericColumn(found.map((row) => (row < 0 ? null : column.values[row])));
  return factorColumn(
    found.map((row) => (row < 0 ? null : column.levels[column.codes[row]])),
    column.levels,
  );
}

/** The last value less the one seen before it; 0 for whoever was seen once, which the waves' terms take up. */
function changes(column: Column, at: readonly AtRisk[], { people }: FollowUp): Column {
  const { values } = requireNumbers(column, "outcome", "as the outcome");
  return numericColumn(
    at.map(({ person, wave }) => {
      const before = lastObserved(people[person], column, wave - 2);
      return before < 0 ? 0 : values[people[person].rows[wave - 1]] - values[before];
    }),
  );
}

function checkNames(options: DropoutOptions): void {
  const names = [
    options.outcome,
    ...(options.exposure === undefined ? [] : [options.exposure]),
    ...(options.covariates ?? []),
  ];
  const twice = names.find(
    (name, i) => names.indexOf(name) !== i || [options.id, options.time, LEFT].includes(name),
  );
  if (twice === undefined) return;
  throw new StatsError(
    "dropout.option",
    `Expected different columns as outcome, exposure, covariates, id and time; found "${twice}" named twice (or called "left", which the model needs itself). Name each once.`,
  );
}

function checkEvents(at: readonly AtRisk[]): void {
  const left = at.filter((risk) => risk.left).length;
  if (left > 0 && left < at.length) return;
  throw new StatsError(
    "dropout.no-dropout",
    `Expected some people who left before the last wave and some who stayed; found ${left} of ${at.length} waves at risk with somebody leaving. There is no dropout to model; check the planned waves.`,
  );
}

/**
 * The risk set of dropout in discrete time: a row for each wave after one at which the person was seen, with
 * what was known of them by then.
 *
 * `left` is 1 when the person was not seen at that wave nor later. A wave missed by somebody who came back is
 * intermittent: they had not left, and the wave after a missed one is no risk, since leaving is dated to the
 * wave after the last one seen.
 *
 * @throws StatsError `data.*`, `dropout.*`
 */
export function riskSet(table: Table, options: DropoutOptions): RiskSet {
  checkNames(options);
  const follow = followUp(table, options);
  const at = risks(follow);
  checkEvents(at);
  const outcome = columnOf(table, options.outcome);
  const columns: Record<string, Column> = {
    [LEFT]: numericColumn(at.map(({ left }) => (left ? 1 : 0))),
    [options.time]: numericColumn(at.map(({ wave }) => follow.waves[wave])),
    [`last_${options.outcome}`]: carried(outcome, at, follow),
  };
  if (follow.waves.length > 2) columns[`change_${options.outcome}`] = changes(outcome, at, follow);
  if (options.exposure !== undefined) {
    columns[`last_${options.exposure}`] = carried(columnOf(table, options.exposure), at, follow);
  }
  for (const name of options.covariates ?? []) columns[name] = carried(columnOf(table, name), at, follow);
  return {
    followUp: follow,
    table: createTable(columns),
    person: Int32Array.from(at, ({ person }) => person),
    wave: Int32Array.from(at, ({ wave }) => wave),
    left: Uint8Array.from(at, ({ left }) => (left ? 1 : 0)),
    predictors: Object.keys(columns).filter((name) => name !== LEFT && name !== options.time),
  };
}
