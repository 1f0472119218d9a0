import { formulaColumns } from "@longwave/stats";
import type { CodebookEntry, DataColumn, Dataset, Protocol } from "@longwave/study";
import { FEWEST_SHOWN, shownCount } from "../blind/hidden-count.ts";
import { columnOf, meanAndSd, numbersIn } from "./columns.ts";
import type { Characteristic, CharacteristicCell, ReportingFacts } from "./facts-types.ts";

interface Group {
  readonly label: string;
  readonly rows: readonly number[];
}

/**
 * People at the first wave, by the groups that the plan compares, or all together.
 *
 * Categories with fewer than ten people in any group are taken together until every cell has ten; a variable for
 * which that cannot be done is left out, so no hidden count can be found from those that are shown.
 *
 * @param grouped  false before the data are locked: no two answers are set side by side.
 */
export function characteristicsOf(
  protocol: Protocol,
  dataset: Dataset,
  grouped: boolean,
): Pick<ReportingFacts, "groups" | "characteristics"> {
  const groups = groupsOf(protocol, dataset, grouped);
  const { moderator } = protocol.plan.variables;
  const names = describedNames(protocol).filter((name) => !grouped || name !== moderator?.name);
  const characteristics = names.flatMap((name) => {
    const column = columnOf(dataset.personWave, name);
    const entry = dataset.codebook.find((one) => one.name === name && one.table === "person_wave");
    if (column === undefined || entry === undefined) return [];
    return describe(entry, column, groups) ?? [];
  });
  return { groups: groups.map(({ label, rows }) => ({ label, people: rows.length })), characteristics };
}

/** Rows of the first wave by group; one group where the plan has none or one of them has fewer than ten people. */
function groupsOf(protocol: Protocol, dataset: Dataset, grouped: boolean): readonly Group[] {
  const { moderator, wave } = protocol.plan.variables;
  const waves = columnOf(dataset.personWave, wave);
  const rows = waves?.values.flatMap((value, row) => (value === 1 ? [row] : [])) ?? [];
  const everyone = [{ label: "Everyone", rows }];
  const column = moderator && columnOf(dataset.personWave, moderator.name);
  if (!grouped || column === undefined) return everyone;
  const codes = [...new Set(rows.map((row) => column.values[row] ?? null))].filter((code) => code !== null);
  const coding = dataset.codebook.find(({ name }) => name === moderator?.name)?.coding;
  const groups = codes.sort().map((code) => ({
    label: coding?.find(({ value }) => value === code)?.label ?? `${moderator?.name} ${code}`,
    rows: rows.filter((row) => column.values[row] === code),
  }));
  const others = rows.length - groups.reduce((sum, group) => sum + group.rows.length, 0);
  // With fewer than ten people outside the groups, these could be found by taking the groups from everyone.
  const known = groups.every((group) => group.rows.length >= FEWEST_SHOWN) && shownCount(others) !== null;
  return known && groups.length > 1 ? groups : everyone;
}

/** What the plan tests and adjusts for, and what reports are made by. */
function describedNames(protocol: Protocol): readonly string[] {
  const { plan, eligibility } = protocol;
  const { outcome, exposure, person, wave } = plan.variables;
  const named = plan.hypotheses.flatMap(({ model }) => {
    if ("formula" in model) return formulaColumns(model.formula);
    const covariates = "covariates" in model ? model.covariates : [];
    return covariates.flatMap((term) => formulaColumns(`y ~ ${term}`).filter((name) => name !== "y"));
  });
  const all = [...eligibility.stratifyReportsBy, exposure.name, outcome.name, ...named];
  return [...new Set(all)].filter((name) => name !== person && name !== wave);
}

function describe(
  entry: CodebookEntry,
  column: DataColumn,
  groups: readonly Group[],
): Characteristic | undefined {
  const { name, label, unit } = entry;
  const head = { name, label, ...(unit === undefined ? {} : { unit }) };
  if (entry.level === "number") {
    const cells = groups.map(({ rows }) => meanCell(numbersIn(column, rows)));
    const known = cells.some((cell) => cell !== null);
    return known ? { ...head, kind: "mean", rows: [{ label: "Mean (SD)", cells }] } : undefined;
  }
  const rows = shareRows(entry, column, groups);
  return rows === undefined ? undefined : { ...head, kind: "shares", rows };
}

function meanCell(values: readonly number[]): CharacteristicCell | null {
  return values.length < FEWEST_SHOWN ? null : { people: values.length, ...meanAndSd(values) };
}

interface Category {
  readonly label: string;
  readonly counts: readonly number[];
}

const yesNo: Readonly<Record<string, string>> = { "0": "No", "1": "Yes" };
const yesNoCoding = Object.entries(yesNo).map(([value, label]) => ({ value, label }));

const takenTogether = "Other answers, taken together";

/** Categories with at least ten people in every group, or nothing. */
function shareRows(
  { coding }: CodebookEntry,
  column: DataColumn,
  groups: readonly Group[],
): Characteristic["rows"] | undefined {
  const counted = countCategories(column, groups);
  const large = counted.filter(({ counts }) => Math.min(...counts) >= FEWEST_SHOWN);
  const small = counted.filter((category) => !large.includes(category));
  large.sort((a, b) => Math.min(...a.counts) - Math.min(...b.counts));
  while (small.length > 0 && Math.min(...sumOf(small)) < FEWEST_SHOWN && large.length > 0) {
    small.push(...large.splice(0, 1));
  }
  const merged = small.length > 0 ? [{ label: takenTogether, counts: sumOf(small) }] : [];
  if (merged.some(({ counts }) => Math.min(...counts) < FEWEST_SHOWN)) return undefined;
  const shown = [...counted.filter((category) => large.includes(category)), ...merged];
  if (shown.length < 2) return undefined;
  const totals = sumOf(shown);
  const known = coding ?? (counted.every(({ label }) => label in yesNo) ? yesNoCoding : []);
  const name = (label: string): string => known.find(({ value }) => String(value) === label)?.label ?? label;
  // How many are in each group stands above: with counts below, a few without an answer could be worked out.
  const fewMissing = groups.some(
    ({ rows }, group) => shownCount(rows.length - (totals[group] ?? 0)) === null,
  );
  return shown.map(({ label, counts }) => ({
    label: name(label),
    cells: counts.map((people, group) => {
      const share = people / (totals[group] ?? 1);
      return fewMissing ? { share } : { people, share };
    }),
  }));
}

function countCategories(column: DataColumn, groups: readonly Group[]): readonly Category[] {
  const rows = groups.flatMap((group) => group.rows);
  const values = [...new Set(rows.map((row) => column.values[row] ?? null))].filter(
    (value) => value !== null,
  );
  values.sort((a, b) => (a < b ? -1 : 1));
  return values.map((value) => ({
    label: String(value),
    counts: groups.map((group) => group.rows.filter((row) => column.values[row] === value).length),
  }));
}

function sumOf(categories: readonly Category[]): readonly number[] {
  const [first] = categories;
  return (first?.counts ?? []).map((_, group) =>
    categories.reduce((sum, { counts }) => sum + (counts[group] ?? 0), 0),
  );
}
