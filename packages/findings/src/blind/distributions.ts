import type { Dataset, ItemText, Protocol } from "@longwave/study";
import { quantile } from "../figures/binning.ts";
import { type AskedItem, askedItems } from "./asked-items.ts";
import { FEWEST_SHOWN, shownCount } from "./hidden-count.ts";
import type { ItemDistribution } from "./types.ts";

type Answer = ItemDistribution["answers"][number];

const HIDDEN_NOTE = "Answers given fewer than 10 times are not counted out, to protect people.";
/** Whole-number questions with more different answers than this are shown in ranges. */
const MOST_VALUES = 12;
const RANGES = 6;

/** How often each answer of each question was given, over all waves; one question at a time. */
export function answerDistributions(protocol: Protocol, dataset: Dataset): readonly ItemDistribution[] {
  return askedItems(protocol, dataset).map(distributionOf);
}

function distributionOf({ item, column }: AskedItem): ItemDistribution {
  const given = column.values.filter((value) => value !== null);
  const answers = item.kind === "multi_choice" ? placeCounts(item, given) : answerCounts(item, given);
  const hidden = answers.some(({ count }) => count === null);
  return {
    item: item.id,
    text: item.text.en,
    total: given.length >= FEWEST_SHOWN ? given.length : 0,
    answers: given.length >= FEWEST_SHOWN ? answers : [],
    ...(hidden || given.length < FEWEST_SHOWN ? { note: HIDDEN_NOTE } : {}),
  };
}

function answerCounts(item: ItemText, given: readonly (number | string)[]): readonly Answer[] {
  if (item.kind === "single_choice") {
    return protectSingle(
      item.options.map(({ value, text }) => ({ label: text.en, count: countOf(given, value) })),
    );
  }
  if (item.kind === "yes_no") {
    return protectSingle([
      { label: "Yes", count: countOf(given, 1) },
      { label: "No", count: countOf(given, 0) },
    ]);
  }
  return numberCounts(given.map(Number).filter(Number.isFinite));
}

function countOf(given: readonly (number | string)[], value: number | string): number {
  return given.filter((answer) => String(answer) === String(value)).length;
}

/** Places ticked are stored as words with a space between; one person can tick several, so no count gives another away. */
function placeCounts(
  item: Extract<ItemText, { kind: "multi_choice" }>,
  given: readonly (number | string)[],
): readonly Answer[] {
  const ticked = given.map((answer) => new Set(String(answer).split(" ")));
  return item.options.map(({ value, text }) => ({
    label: text.en,
    count: shownCount(ticked.filter((places) => places.has(String(value))).length),
  }));
}

/** Hides small counts; when only one is hidden the next smallest is too, or the total would give it away. */
function protectSingle(
  counts: readonly { readonly label: string; readonly count: number }[],
): readonly Answer[] {
  const small = counts.filter(({ count }) => shownCount(count) === null);
  const next = counts
    .filter(({ count }) => count >= FEWEST_SHOWN)
    .reduce((least, { count }) => Math.min(least, count), Number.POSITIVE_INFINITY);
  const also = small.length === 1 ? counts.find(({ count }) => count === next) : undefined;
  return counts.map((answer) => ({
    label: answer.label,
    count: answer === also ? null : shownCount(answer.count),
  }));
}

function numberCounts(values: readonly number[]): readonly Answer[] {
  const sorted = [...values].sort((a, b) => a - b);
  const different = [...new Set(sorted)];
  if (different.length <= MOST_VALUES) {
    return protectSingle(different.map((value) => ({ label: String(value), count: countOf(sorted, value) })));
  }
  return protectSingle(rangesOf(sorted));
}

/** Up to six ranges with about equally many answers; each holds at least ten of them or is hidden. */
function rangesOf(sorted: readonly number[]): readonly { readonly label: string; readonly count: number }[] {
  const cuts = Array.from({ length: RANGES + 1 }, (_, index) => quantile(sorted, index / RANGES));
  const groups = Array.from({ length: RANGES }, (_, index) => {
    const [from, to] = [cuts[index] ?? Number.NaN, cuts[index + 1] ?? Number.NaN];
    return sorted.filter((value) => (index === 0 ? value >= from : value > from) && value <= to);
  });
  const filled = groups.filter((group) => group.length > 0);
  return filled.map((group, index) => ({
    label: rangeLabel(group, { first: index === 0, last: index === filled.length - 1 }),
    count: group.length,
  }));
}

/** A range in whole numbers; the outermost ends stay open, since the smallest and largest answer are one person's. */
function rangeLabel(
  group: readonly number[],
  { first, last }: { readonly first: boolean; readonly last: boolean },
): string {
  const [from, to] = [Math.floor(group[0] ?? 0), Math.ceil(group.at(-1) ?? 0)];
  if (first && !last) return `up to ${to}`;
  if (last && !first) return `${from} or more`;
  return from === to ? String(from) : `${from} to ${to}`;
}
