import type { Sureness, VerdictRule } from "../publication/types.ts";
import type { Verdict } from "../verdict/decide-verdict.ts";
import { limitText, pValueText } from "./numbers.ts";
import type { DirectionView, LagView, SentenceInput } from "./sentence-input.ts";
import {
  capitalise,
  type DirectionPair,
  type Sentences,
  type SureInput,
  uncapitalise,
} from "./sentence-parts.ts";

/** Verdicts on one direction, and on a claim about both. */
export const lagVerdicts: Readonly<Record<"lag" | "both", Readonly<Record<VerdictRule, string>>>> = {
  lag: {
    1: "An association, larger than weak by published cross-lags",
    2: "An association, too small to matter by our set limit",
    3: "An association, weak by published cross-lags",
    4: "An association; it may or may not be more than weak by published cross-lags",
    5: "No association larger than our limit",
    6: "Not clear; if there is an association, it is weak by published cross-lags",
    7: "Not clear: these data cannot tell",
    not_fitted: "Too few answers to tell",
  },
  both: {
    1: "Both associations, larger than weak by published cross-lags",
    2: "Both associations, too small to matter by our set limit",
    3: "Both associations, weak by published cross-lags",
    4: "Both associations; they may or may not be more than weak by published cross-lags",
    5: "In neither direction an association larger than our limit",
    6: "Not clear that there are both; any association is weak by published cross-lags",
    7: "Not clear that there are both: these data cannot tell",
    not_fitted: "Too few answers to tell",
  },
};

const amounts: Sentences = { 1: "", 2: "very slightly ", 3: "slightly ", 4: "", 5: "", 6: "", 7: "" };

function lessOrMore({ verdict, estimate }: Pick<DirectionView, "verdict" | "estimate">): string {
  return `${amounts[verdict.rule]}${estimate < 0 ? "less" : "more"}`;
}

const lagSizes: Sentences = {
  1: "The link is larger than those called weak by published cross-lags.",
  2: "The link is inside the limit we set for too small to matter.",
  3: "The link is weak by published cross-lags.",
  4: "Whether the link is more than weak by published cross-lags is not settled.",
  5: "Any link is inside the limit we set for too small to matter.",
  6: "If there is a link, it is weak by published cross-lags.",
  7: "These data cannot tell.",
};

const anotherThing =
  "Each person's own level is set apart, but something else that changes over time may lie behind both.";

function lagCore(
  { from, to, later }: LagView,
  direction: Pick<DirectionView, "verdict" | "estimate">,
): string {
  const { rule } = direction.verdict;
  if (rule === 5) {
    return `After more ${from} than usual, there was neither clearly less nor clearly more ${to} ${later}.`;
  }
  if (rule === 6) {
    return `After more ${from} than usual, there may have been a little less ${to}, a little more, or the same ${later}.`;
  }
  if (rule === 7) {
    return `After more ${from} than usual, there may have been less ${to}, more ${to}, or the same ${later}.`;
  }
  return `More ${from} than usual was followed by ${lessOrMore(direction)} ${to} ${later}.`;
}

/** The sentence on one lagged path. */
export function lagSentence(input: SentenceInput): string {
  const { lag, verdict } = input;
  if (!lag) return "";
  const core = `${lagCore(lag, input)} ${lagSizes[verdict.rule]}`;
  return verdict.sure ? `${core} ${anotherThing}` : core;
}

/** "more exercise than usual was followed by less pain". */
function followed(direction: DirectionView): string {
  const { from, to } = direction.lag;
  return `more ${from} than usual was followed by ${lessOrMore(direction)} ${to}`;
}

const bothSizes: Sentences = {
  1: "Both links are larger than those called weak by published cross-lags.",
  2: "Both links are inside the limit we set for too small to matter.",
  3: "Both links are weak by published cross-lags.",
  4: "Whether both links are more than weak by published cross-lags is not settled.",
  5: "Any link is inside the limit we set for too small to matter, in both directions.",
  6: "Any link is weak by published cross-lags.",
  7: "These data cannot tell.",
};

/** The sentence on a claim about both directions. */
export function bothSentence({ directions, verdict }: SentenceInput): string {
  if (!directions) return "";
  return `${bothCore(directions)} ${bothSizes[verdict.rule]}${verdict.sure ? ` ${anotherThing}` : ""}`;
}

function bothCore(directions: DirectionPair): string {
  const [first, second] = directions;
  const sure = directions.filter(({ verdict }) => verdict.sure);
  if (sure.length === 2) {
    const { from, to, later } = second.lag;
    return `${capitalise(followed(first))}, and more ${from} than usual by ${lessOrMore(second)} ${to}, ${later}.`;
  }
  const [found] = sure;
  if (!found) return `${capitalise(notSure(first))}, and ${notSure(second)}.`;
  const other = found === first ? second : first;
  const caution = other.verdict.rule === 5 ? "" : " That is not the same as no link there.";
  return `One direction is clear: ${followed(found)} ${found.lag.later}. The other way round, ${notSure(other)}.${caution}`;
}

/** "from pain to later exercise it is not clear", or no link larger than the limit. */
function notSure({ lag, verdict }: DirectionView): string {
  const where = `from ${lag.from} to later ${lag.to}`;
  return verdict.rule === 5 ? `${where} there was no link larger than our limit` : `${where} it is not clear`;
}

/** How sure a lagged path is, and why. */
export function lagSureWhy({ bounds, verdict }: SureInput): string {
  const [small, large] = [limitText(bounds.negligible, "en"), limitText(bounds.noticeable, "en")];
  const test = `${pValueText(bounds.pHolm)} after allowing for several tests`;
  if (verdict.onlyUnadjusted && verdict.rule !== 5) {
    return `Taken alone the 95% interval leaves out zero; with all planned tests counted it does not hold (${pValueText(bounds.pHolm)}).`;
  }
  const why: Sentences = {
    1: `The whole 95% interval lies beyond ${large}, our limit for weak (${test}).`,
    2: `The 90% interval lies inside ${small}, our limit for too small to matter (${test}).`,
    3: `The 90% interval lies inside ${large}, our limit for weak (${test}).`,
    4: `That there is one is clear (${test}); the interval reaches past ${large}, our limit for weak.`,
    5: `The whole 90% interval lies inside ${small}, our limit for too small to matter.`,
    6: `The 90% interval lies inside ${large}, our limit for weak; the 95% interval holds zero.`,
    7: `The interval reaches past ${large}, our limit for weak, so a link of some size is not ruled out.`,
  };
  return why[verdict.rule];
}

/** How sure a claim about both directions is, and why. */
export function bothSureWhy({ bounds, verdict }: SureInput): string {
  const [small, large] = [limitText(bounds.negligible, "en"), limitText(bounds.noticeable, "en")];
  const sure = "Each direction holds after allowing for several tests";
  const why: Sentences = {
    1: `${sure}, and both 95% intervals lie beyond ${large}, our limit for weak.`,
    2: `${sure}, and both 90% intervals lie inside ${small}, our limit for too small to matter.`,
    3: `${sure}, and both 90% intervals lie inside ${large}, our limit for weak.`,
    4: `${sure}; the two intervals do not settle whether both are inside ${large}, our limit for weak.`,
    5: `Both 90% intervals lie inside ${small}, our limit for too small to matter.`,
    6: `Both 90% intervals lie inside ${large}, our limit for weak, but the two tests do not both hold.`,
    7: `The two tests do not both hold, and an interval reaches past ${large}, our limit for weak.`,
  };
  return why[verdict.rule];
}

/** The answer's sentence on what comes later, in both directions. */
export function leadLater(directions: DirectionPair): string {
  const [first, second] = directions;
  const later = capitalise(first.lag.later);
  const sure = directions.filter(({ verdict }) => verdict.sure);
  if (sure.length === 2) {
    const { from, to } = second.lag;
    return `${later}, it went both ways: ${followed(first)}, and more ${from} by ${lessOrMore(second)} ${to}.`;
  }
  const small = directions.filter(({ verdict }) => verdict.rule === 5);
  const [found] = sure;
  if (found) {
    const other = small.length > 0 ? "there was no link larger than our limit" : "it is not clear";
    return `${later}: ${followed(found)}. The other way round, ${other}.`;
  }
  if (small.length === 2) return `${later}, there was no link larger than our limit, in either direction.`;
  const [none] = small;
  if (none) {
    return `${later}, there was no link larger than our limit from ${none.lag.from} to ${none.lag.to}. The other way round, it is not clear.`;
  }
  return `Whether one is followed by the other ${first.lag.later} is not clear, in either direction.`;
}

/** The answer's sentence on how clear the short and the long term are. */
export function leadSure({
  short,
  long,
}: {
  readonly short: Sureness;
  readonly long: Sureness | undefined;
}): string {
  return long === undefined
    ? `How sure we are: ${short}.`
    : `How sure we are: ${short} for the short term, ${long} for the long term.`;
}

/** The words of a verdict with what stands before or behind them. */
export function flagged(words: string, verdict: Verdict): string {
  if (verdict.opposite) {
    return `The opposite of what was expected, in at least one direction: ${uncapitalise(words)}`;
  }
  if (!verdict.onlyUnadjusted) return words;
  return `${words} (these tests alone point to both, but not after allowing for several tests)`;
}
