import type { CodebookEntry, DataColumn, GeneralisationStep } from "@longwave/study";

/** One degree of telling a variable: a category for each person, and what the categories are. */
export interface Rung {
  /** In words, for reports: "as answered", "in bands from 40 and 65". */
  readonly how: string;
  /** Category of each person, an index into `categories`. */
  readonly codes: Int32Array;
  /** The first is always {@link HIDDEN}. */
  readonly categories: readonly Category[];
}

/** What stands in the release for one category. `missing` is the reason when there is no value. */
interface Category {
  readonly value: number | string | null;
  readonly missing: string | null;
  readonly label: string;
  /** Where it stands among the others of its rung. */
  readonly place: number;
}

/** A variable with its degrees, from the finest that may be told; the last tells nothing. */
export interface Ladder {
  readonly name: string;
  readonly label: string;
  /** The values as they are in the dataset; never released, but what is lost is measured against them. */
  readonly exact: Rung;
  readonly rungs: readonly Rung[];
}

/** What a hidden value is: missing, because it was hidden. */
const HIDDEN: Category = {
  value: null,
  missing: "suppressed",
  label: "hidden",
  place: Number.POSITIVE_INFINITY,
};

type Value = number | string | null;

/** The ladder of a variable over the people of a release. */
export function ladderOf(
  column: DataColumn,
  entry: CodebookEntry,
  steps: readonly GeneralisationStep[],
): Ladder {
  const labels = new Map((entry.coding ?? []).map(({ value, label }) => [String(value), label]));
  const told = (value: Value): Category => ({
    value,
    missing: null,
    label: labels.get(String(value)) ?? String(value),
    place: typeof value === "number" ? value : 0,
  });
  const rung = (how: string, tell: (value: number | string) => Category): Rung => rungOf(column, how, tell);
  const exact = rung("as answered", told);
  const coarser = steps.map((step) =>
    "breaks" in step
      ? rung(`in bands: ${bandLabels(column, step.breaks).join(", ")}`, bandOf(column, step.breaks))
      : rung(groupWords(step.groups, told), groupOf(step.groups, told)),
  );
  const isCodes = entry.coding !== undefined || steps.every((step) => "groups" in step);
  const nothing: Rung = {
    how: "left out",
    codes: new Int32Array(column.values.length),
    categories: [HIDDEN],
  };
  return {
    name: column.name,
    label: entry.label,
    exact,
    rungs: [...(isCodes ? [exact] : []), ...coarser, nothing],
  };
}

function rungOf(column: DataColumn, how: string, tell: (value: number | string) => Category): Rung {
  const categories: Category[] = [HIDDEN];
  const places = new Map<string, number>([[keyOf(HIDDEN), 0]]);
  const codes = Int32Array.from(column.values, (value, row) => {
    const category =
      value === null
        ? {
            value: null,
            missing: column.missing?.[row] ?? "not_answered",
            label: "not known",
            place: Number.MAX_VALUE,
          }
        : tell(value);
    const key = keyOf(category);
    const place = places.get(key) ?? categories.push(category) - 1;
    places.set(key, place);
    return place;
  });
  return { how, codes, categories };
}

function keyOf({ value, missing }: Category): string {
  return missing === null ? `${typeof value} ${value}` : `missing ${missing}`;
}

function bandOf(column: DataColumn, breaks: readonly number[]): (value: number | string) => Category {
  const labels = bandLabels(column, breaks);
  return (value) => {
    const place = breaks.filter((edge) => Number(value) >= edge).length;
    const label = labels[place] ?? "";
    return { value: label, missing: null, label, place };
  };
}

/** "under 40", "40 to 64", "65 or more"; with decimals "25 to under 30". */
function bandLabels(column: DataColumn, breaks: readonly number[]): readonly string[] {
  const isWhole = [...column.values, ...breaks].every((value) => value === null || Number.isInteger(value));
  return [undefined, ...breaks].map((from, place) => {
    const to = breaks[place];
    if (from === undefined) return `under ${to}`;
    if (to === undefined) return `${from} or more`;
    return isWhole ? `${from} to ${to - 1}` : `${from} to under ${to}`;
  });
}

type Tell = (value: Value) => Category;
type Groups = readonly (readonly (number | string)[])[];

function groupOf(groups: Groups, tell: Tell): (value: number | string) => Category {
  const merged = groups.map((group, place) => ({ ...mergedCategory(group, tell), place }));
  return (value) => {
    const place = groups.findIndex((group) => group.some((code) => String(code) === String(value)));
    return merged[place] ?? HIDDEN;
  };
}

function mergedCategory(group: readonly (number | string)[], tell: Tell): Category {
  const labels = group.map((code) => tell(code).label);
  return { value: group.join(" or "), missing: null, label: labels.join(" / "), place: 0 };
}

function groupWords(groups: Groups, tell: Tell): string {
  return `merged: ${groups.map((group) => mergedCategory(group, tell).label).join("; ")}`;
}

/** How much a variable tells, in nats: the entropy of its categories. */
function entropy({ codes, categories }: Rung): number {
  const counts = new Float64Array(categories.length);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts.reduce((sum, count) => {
    const share = count / codes.length;
    return share === 0 ? sum : sum - share * Math.log(share);
  }, 0);
}

/** Share of what the variable tells that is lost at a rung, from 0 to 1; measured against exact values. */
export function lossOf(ladder: Ladder, rung: Rung): number {
  return lostBetween(ladder.exact, rung);
}

// A variable that is gone can no longer be adjusted for or compared by: worse than all its detail lost bit by bit.
const GONE = 2;

/** What a rung costs when rungs are chosen: nothing for the finest that may be told, {@link GONE} for leaving it out. */
export function costOf({ rungs }: Ladder, place: number): number {
  const [finest] = rungs;
  const rung = rungs[place];
  if (finest === undefined || rung === undefined || place === rungs.length - 1) return GONE;
  return lostBetween(finest, rung);
}

function lostBetween(fine: Rung, coarse: Rung): number {
  const all = entropy(fine);
  return all === 0 ? 0 : Math.max(0, 1 - entropy(coarse) / all);
}
