import { contrast, formulaColumns, jointTest, type LmmFit, type Table } from "@longwave/stats";
import type { Hypothesis } from "@longwave/study";
import { keyAt, usedRows } from "../../flow/used-rows.ts";
import type { FindingRow } from "../../publication/types.ts";
import { type AlternativeContext, attempt, NotMeasured, rowsFor } from "../alternatives/context.ts";
import { settle } from "../alternatives/mixed-model.ts";
import { stepOf } from "../alternatives/slope-alternatives.ts";
import { alternativeWords } from "../alternatives/words.ts";
import { FEWEST_PEOPLE, reasonsIn } from "../reasons.ts";
import { type RunnableModel, resolveModel } from "../resolve-model.ts";
import type { Stratum } from "./strata.ts";
import { strataWords } from "./words.ts";

/** A group's slope; `people` is left out when a smaller group could be counted from it. */
export interface GroupSlope extends FindingRow {
  readonly people?: number;
}

/** One stratum measured: a slope for each group and the joint test that they are all the same. */
export interface MeasuredStratum {
  readonly rows: readonly GroupSlope[];
  readonly pValue: number;
  readonly formula: string;
  readonly people: number | null;
  readonly notes: readonly string[];
}

/** More groups than this are not set side by side: each would be small, and the model slow. */
const MOST_GROUPS = 8;

/**
 * The slope of a hypothesis in each group of a stratum, from one model of everyone in which both the deviation from
 * the own mean and the own mean may differ between groups.
 *
 * @throws NotMeasured when there are no two groups of at least ten people, or the model does not settle.
 */
export async function measureStratum(
  context: AlternativeContext,
  hypothesis: Hypothesis,
  { stratum, term }: { readonly stratum: Stratum; readonly term: string },
): Promise<MeasuredStratum> {
  const words = strataWords(context.language);
  const base = resolveModel(context.protocol, hypothesis.model);
  if (base.kind !== "lmm") throw new NotMeasured(reasonsIn(context.language).notBuilt);
  const { column } = stratum;
  const groups = await groupsIn(context, base, column);
  const kept = groups.filter(({ people }) => people >= FEWEST_PEOPLE);
  if (kept.length < 2) throw new NotMeasured(words.noGroups);
  if (kept.length > MOST_GROUPS) throw new NotMeasured(words.tooMany(kept.length, MOST_GROUPS));
  const whole = kept.length === groups.length;
  const chosen = kept.map(({ where }) => where).join(" or ");
  const settled = await settle(context, {
    family: "lmm",
    base: hypothesis.id,
    add: addedTerms(base.formulas[0], column, term),
    rows: base.where === undefined ? chosen : `(${base.where}) and (${chosen})`,
  });
  const { fit, formula, people, note } = settled;
  const [, ...others] = kept.map(({ value }) => interactionTerm(fit, { term, column, value }));
  const terms = others.flatMap((found) => found ?? []);
  if (terms.length < kept.length - 1) {
    throw new NotMeasured(reasonsIn(context.language).notEstimable(`${term}:${column}`));
  }
  return {
    rows: kept.map((group, index) => ({
      ...slopeIn(context, fit, [term, ...(index === 0 ? [] : [terms[index - 1] ?? ""])]),
      label: stratum.groupName(group.value),
      role: stratum.role(group.value),
      ...(whole ? { people: group.people } : {}),
    })),
    pValue: attempt(context, () => jointTest(fit, terms)).pValue,
    formula,
    people: whole ? people : null,
    notes: [...(whole ? [] : [words.leftOut]), ...(note === undefined ? [] : [note])],
  };
}

interface Group {
  /** The value of the column, as terms of the model write it. */
  readonly value: string;
  /** The rows of the group, in the language of filters. */
  readonly where: string;
  /** With two complete rows. */
  readonly people: number;
}

/** The groups among the rows the model would use, in the order of the engine: the first is its reference. */
async function groupsIn(
  context: AlternativeContext,
  { formulas, where }: RunnableModel,
  column: string,
): Promise<readonly Group[]> {
  const { person } = context.protocol.plan.variables;
  const columns = [...new Set([...formulas.flatMap((formula) => formulaColumns(formula)), column])];
  const { table } = await rowsFor(context, columns, where);
  return countedGroups(table, column, usedRows(table, columns, person).byPerson);
}

function countedGroups(
  table: Table,
  name: string,
  byPerson: readonly (readonly number[])[],
): readonly Group[] {
  const column = table.columns[name];
  if (column === undefined) return [];
  const people = new Map<string, number>();
  for (const rows of byPerson) {
    for (const key of new Set(rows.map((row) => keyAt(column, row))))
      people.set(key, (people.get(key) ?? 0) + 1);
  }
  const keys = [...people.keys()].sort((a, b) => Number(a) - Number(b));
  return keys.map((key) => {
    const value = column.kind === "factor" ? (column.levels[Number(key)] ?? key) : key;
    const written = column.kind === "factor" ? `'${value}'` : value;
    return { value, where: `${name} == ${written}`, people: people.get(key) ?? 0 };
  });
}

/**
 * The groups' levels, where the model has none, and both parts of the exposure by group; also the waves by group, since
 * groups made by an answer at one wave move towards the others after it. Groups that the model has already are left
 * as they are planned.
 */
function addedTerms(formula: string, column: string, term: string): readonly string[] {
  const group = `factor(${column})`;
  const present = formula.split(/[~+]/).map((part) => part.trim());
  const between = term.replace(/^within\(/, "between(");
  const isPlanned = present.includes(column) || present.includes(group);
  const waves = present.includes("factor(wave)") && !isPlanned ? [`factor(wave):${group}`] : [];
  return [
    ...(isPlanned ? [] : [group]),
    ...waves,
    `${term}:${group}`,
    ...(between !== term && present.includes(between) ? [`${between}:${group}`] : []),
  ];
}

function interactionTerm(
  fit: LmmFit,
  { term, column, value }: { readonly term: string; readonly column: string; readonly value: string },
): string | undefined {
  const wanted = `${term}:factor(${column})[${value}]`;
  return fit.fixed.find((coefficient) => coefficient.term === wanted)?.term;
}

function slopeIn(context: AlternativeContext, fit: LmmFit, terms: readonly string[]) {
  const step = stepOf(fit, terms[0] ?? "");
  const weights = Object.fromEntries(terms.map((term) => [term, 1]));
  const { estimate, lower, upper } = attempt(context, () => contrast(fit, weights, { level: 0.95 }));
  if (![lower, upper].every(Number.isFinite)) {
    throw new NotMeasured(alternativeWords(context.language).notConverged);
  }
  return { estimate: estimate * step, lower: lower * step, upper: upper * step };
}
