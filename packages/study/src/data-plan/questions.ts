import type { ColumnMapping, MappedColumn } from "../dataset/types.ts";
import type { DerivedVariable, Instrument, ItemText } from "../protocol/types.ts";
import { WAVE_COLUMN } from "./arrange-rows.ts";
import type { DataPlan, PlanCode, PlanCovariate, PlanNumber } from "./types.ts";

type Names = ReadonlyMap<string, string>;

const recalls = { day: "1d", week: "7d", "two weeks": "14d", year: "1y" } as const;

/** The covariates but those that the groups or the two main variables hold already. */
export function ownCovariates({ covariates, by, outcome, exposure }: DataPlan): readonly PlanCovariate[] {
  const held = [by?.column, outcome.column, exposure.column];
  return covariates.filter(({ column }) => !held.includes(column));
}

/** The columns of the file as the questions of a study text; how they were asked is not known. */
export function givenInstruments(plan: DataPlan, names: Names): readonly Instrument[] {
  const { outcome, exposure, by } = plan;
  const recall = outcome.asksAbout === undefined ? {} : { recall: recalls[outcome.asksAbout] };
  return [
    given("given_outcome", "primary_outcome", [numberItem(outcome, names)], recall),
    given("given_exposure", "primary_exposure", [numberItem(exposure, names)]),
    ...(by === undefined
      ? []
      : [given("given_groups", "covariate", [codeItem(by.column, by.groups, names)], { once: true })]),
    ...ownCovariates(plan).map((covariate, index) =>
      given(
        `given_covariate_${index + 1}`,
        "covariate",
        [covariateItem(covariate, names)],
        covariate.once === true ? { once: true } : {},
      ),
    ),
  ];
}

function given(
  id: string,
  role: Instrument["role"],
  items: readonly ItemText[],
  more: Partial<Instrument> = {},
): Instrument {
  return { id, role, status: "given", norwegian: { status: "none" }, ...more, items };
}

function numberItem({ column, label, range, unit }: PlanNumber, names: Names): ItemText {
  const [min, max] = range;
  return {
    ...base(column, names),
    kind: "number",
    text: label,
    level: "number",
    min,
    max,
    decimals: 6,
    unit,
  };
}

function covariateItem({ column, label, categories }: PlanCovariate, names: Names): ItemText {
  if (categories !== undefined) return codeItem(column, categories, names);
  const limits = { min: -1e12, max: 1e12, decimals: 6 };
  return {
    ...base(column, names),
    kind: "number",
    text: label ?? { en: column },
    level: "number",
    ...limits,
  };
}

function codeItem(column: string, codes: readonly PlanCode[], names: Names): ItemText {
  const options = codes.map(({ label }, value) => ({ value, text: label }));
  return { ...base(column, names), kind: "single_choice", text: { en: column }, level: "nominal", options };
}

function base(column: string, names: Names): { readonly id: string } {
  return { id: names.get(column) ?? column };
}

/** How many waves of a person have both main variables: what "complete" is told by. */
export function wavesAnswered(outcome: string, exposure: string): DerivedVariable {
  return {
    name: "n_waves",
    label: { en: "Waves with outcome and exposure both there" },
    level: "number",
    expr: `count(${outcome} + ${exposure})`,
  };
}

/** Which column of the (arranged) rows is which variable, and what its codes become. */
export function planMapping(plan: DataPlan, names: Names): ColumnMapping {
  const { outcome, exposure, by, person, time } = plan;
  const wave: MappedColumn =
    time.kind === "coded"
      ? { column: time.column, values: Object.fromEntries(time.values.map((code, w) => [code, w + 1])) }
      : { column: WAVE_COLUMN };
  const entries: readonly (readonly [string, MappedColumn])[] = [
    ["id", { column: person }],
    ["wave", wave],
    ...[outcome, exposure].map((number) => entry(number.column, names, number.values)),
    ...(by === undefined ? [] : [entry(by.column, names, codeNumbers(by.groups))]),
    ...ownCovariates(plan).map(({ column, categories }) =>
      entry(column, names, categories === undefined ? undefined : codeNumbers(categories)),
    ),
  ];
  const columns = Object.fromEntries(entries);
  const given = new Set(Object.keys(columns));
  const strangers = [...BUILT_INS].filter((name) => !given.has(name));
  return { schema: "longwave.mapping/1", columns, ignore: strangers };
}

/** A column of the file that happens to have one of these names means something of its own. */
const BUILT_INS = ["late", "answered_year", "answered_month", "answered_day", "enrolled_day", "n_waves"];

function entry(
  column: string,
  names: Names,
  values: Readonly<Record<string, number>> | undefined,
): readonly [string, MappedColumn] {
  return [names.get(column) ?? column, { column, ...(values === undefined ? {} : { values }) }];
}

function codeNumbers(codes: readonly PlanCode[]): Readonly<Record<string, number>> {
  return Object.fromEntries(codes.map(({ code }, index) => [code, index]));
}
