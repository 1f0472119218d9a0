import type { Analysis, Direction, GroupAnswer } from "./analysis.ts";

/** A number with the digits its interval deserves. */
function shown(value: number, like: { readonly lower: number; readonly upper: number }): string {
  const width = Math.abs(like.upper - like.lower);
  const digits = width > 0 ? Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(width)))) : 3;
  return value.toFixed(digits).replace("-", "\u2212");
}

function interval(row: {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}): string {
  return `${shown(row.estimate, row)} (95\u00a0% interval ${shown(row.lower, row)} to ${shown(row.upper, row)})`;
}

function isClear({ lower, upper }: { readonly lower: number; readonly upper: number }): boolean {
  return lower > 0 || upper < 0;
}

/** The answer first: what went together within people, and how sure that is. */
export function leadSentence({ within, choices }: Analysis): string {
  const { exposure, outcome } = choices;
  if (!isClear(within)) {
    return `These data cannot tell whether ${outcome} is different when people have more ${exposure} than their own usual.`;
  }
  return `When people had more ${exposure} than their own usual, their ${outcome} tended to be ${within.estimate < 0 ? "lower" : "higher"}.`;
}

/** How large that is beside what is usual for one person; empty where nothing changes within people. */
export function sizeSentence({ within, usualChange, usualChangeOfOutcome, choices }: Analysis): string {
  if (usualChange === null || usualChangeOfOutcome === null) return "";
  const share = (slope: number) => (100 * slope * usualChange) / usualChangeOfOutcome;
  const usual = `how much ${choices.outcome} usually moves within a person`;
  const percent = (value: number) => `${Math.abs(value) < 1 ? "less than 1" : Math.abs(value).toFixed(0)} %`;
  if (isClear(within)) {
    return `For a usual change of ${choices.exposure}, the difference is ${percent(share(within.estimate))} of ${usual}.`;
  }
  const { lower, upper } = within;
  return `For a usual change of ${choices.exposure}, anything from ${percent(share(lower))} of ${usual} downwards to ${percent(share(upper))} upwards fits these data.`;
}

/** The numbers behind the lead, in the units of the file. */
export function withinSentence({ within, choices, usualChange }: Analysis): string {
  const perUnit = `For each unit of ${choices.exposure} above a person's own usual, ${choices.outcome} differed by ${interval(within)}.`;
  if (usualChange === null || !Number.isFinite(usualChange)) return perUnit;
  const size = {
    estimate: within.estimate * usualChange,
    lower: within.lower * usualChange,
    upper: within.upper * usualChange,
  };
  return `${perUnit} A usual change of ${choices.exposure} from one occasion to another is ${usualChange.toPrecision(3)}; for such a change the difference is ${interval(size)}.`;
}

/** What the other comparison says, and why it is another question. */
export function betweenSentence({ between, choices }: Analysis): string {
  const { exposure, outcome } = choices;
  const numbers = `per unit ${interval(between)}`;
  const first = isClear(between)
    ? `People with more ${exposure} on average had ${between.estimate < 0 ? "lower" : "higher"} ${outcome} on average: ${numbers}.`
    : `Whether people with more ${exposure} on average differ in ${outcome} is not clear: ${numbers}.`;
  return `${first} That compares different people, who differ in much else as well.`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

/** Who was compared with whom. */
export function countSentence({ people, peopleCompared, rows, rowsRead }: Analysis): string {
  const left =
    rowsRead > rows
      ? ` ${count(rowsRead - rows)} of ${count(rowsRead)} rows lack a value and were left out.`
      : "";
  return `${count(rows)} answers of ${count(people)} people; ${count(peopleCompared)} people have at least two answers and are compared with themselves.${left}`;
}

/** One direction over time, in words. */
export function laterSentence(direction: Direction, { exposure, outcome }: Analysis["choices"]): string {
  const [first, second] = direction.from === "exposure" ? [exposure, outcome] : [outcome, exposure];
  const numbers = `standardised ${interval(direction)}`;
  if (!isClear(direction)) {
    return `Whether more ${first} than usual is followed by different ${second} at the next occasion is not clear: ${numbers}.`;
  }
  return `More ${first} than usual was followed by ${direction.estimate < 0 ? "lower" : "higher"} ${second} at the next occasion: ${numbers}.`;
}

/** Whether the groups differ, by the one test of it. */
export function groupSentence({ slopes, differenceP }: GroupAnswer, { group }: Analysis["choices"]): string {
  // A group that is called by a number would read as one of the numbers.
  const named = (label: string) => (Number.isNaN(Number(label)) ? label : `${group} ${label}`);
  const each = slopes.map(({ label, slope }) => `${named(label)}: ${interval(slope)}`).join("; ");
  const p = differenceP < 0.001 ? "p < 0.001" : `p = ${differenceP.toFixed(3)}`;
  return differenceP < 0.05
    ? `The difference within people is not the same in all groups of ${group} (${p}): ${each}.`
    : `Whether the difference within people is another in one group of ${group} than in the others is not clear (${p}): ${each}.`;
}

export const CAUTION =
  "These are associations. Either may come first, and something that changes at the same time may explain both.";
