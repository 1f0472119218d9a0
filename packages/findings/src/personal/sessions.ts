import { normalQuantile, shrink } from "@longwave/stats";
import type { FeedbackRules, FeedbackSessions, SessionGroup } from "@longwave/study";
import { quantile } from "../figures/binning.ts";
import { ratedPairs, type StandingByWave } from "./own-answers.ts";
import { say, sizeText } from "./say.ts";
import type { Dots, OwnSessions, PersonalInput } from "./types.ts";

const DOTS = 20;

/**
 * A person's sessions beside their own rest: hidden unless asked for, and shown only from enough entries whose
 * difference is reliable.
 *
 * The difference is the mean change over sessions less the mean change over rest, drawn towards the group's by
 * empirical Bayes (`shrink`) with the group's variance of one change: its error variance is residual^2 times
 * (1 / sessions + 1 / rests), its reliability between^2 / (between^2 + that).
 */
export function ownSessions(input: PersonalInput, standing: StandingByWave): OwnSessions {
  const { rules } = input;
  const text = rules.sessions;
  if (text === undefined) return { kind: "none" };
  const hasEntries = [...standing.keys()].some((wave) => wave.startsWith(`${text.event}/`));
  if (!hasEntries) return { kind: "none" };
  if (!input.wantsSessions) return { kind: "hidden", sentences: [say(rules, "sessionsOffer")] };
  const [sessions, rests] = [text, text.rest].map((kind) => changesOf(standing, kind));
  const few = tooFew(rules, sessions ?? [], rests ?? []);
  if (few !== undefined) return { kind: "waiting", sentences: [few] };
  const group = groupOf(input, text);
  if (group === undefined) return { kind: "waiting", sentences: [say(rules, "sessionsLater")] };
  return beside(rules, text, { sessions: sessions ?? [], rests: rests ?? [], group });
}

function changesOf(
  standing: StandingByWave,
  kind: { readonly event: string; readonly before: string; readonly after: string },
): readonly number[] {
  return ratedPairs(standing, kind).map(({ before, after }) => after - before);
}

function tooFew(
  rules: FeedbackRules,
  sessions: readonly number[],
  rests: readonly number[],
): string | undefined {
  const { minimums } = rules;
  if (sessions.length < minimums.sessions) {
    return say(rules, "sessionsFew", { have: sessions.length, need: minimums.sessions });
  }
  if (rests.length < minimums.rests) {
    return say(rules, "restsFew", { have: rests.length, need: minimums.rests });
  }
  return undefined;
}

/** Fewer people say too little of how much people differ, on which the reliability of one person rests. */
const PEOPLE_FOR_SPREAD = 50;

/** This study's own numbers once they are published, else those stated in the rules; from enough people only. */
function groupOf({ rules, published }: PersonalInput, text: FeedbackSessions): SessionGroup | undefined {
  const group = published?.sessions ?? text.group;
  const least = Math.max(rules.minimums.band, PEOPLE_FOR_SPREAD);
  return group !== undefined && group.people >= least ? group : undefined;
}

interface Compared {
  readonly sessions: readonly number[];
  readonly rests: readonly number[];
  readonly group: SessionGroup;
}

function beside(rules: FeedbackRules, text: FeedbackSessions, compared: Compared): OwnSessions {
  const { sessions, rests, group } = compared;
  const errorVariance = group.residual ** 2 * (1 / sessions.length + 1 / rests.length);
  const difference = mean(sessions) - mean(rests);
  const own = shrink(difference, errorVariance, {
    estimate: group.mean,
    stdError: group.stdError,
    tau2: group.between ** 2,
  });
  if (!(own.reliability >= rules.minimums.reliability)) {
    return { kind: "waiting", sentences: [say(rules, "sessionsAlike")] };
  }
  return {
    kind: "shown",
    sentences: rangeSentences(rules, text, compared),
    own: { text: say(rules, "dotsOwn", { count: sessions.length }), dots: dots(own.estimate, own.stdError) },
    group: { text: say(rules, "dotsGroup", { n: group.people }), dots: dots(group.mean, group.between) },
    unit: text.unit.one,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dots(centre: number, stdDev: number): Dots {
  return Array.from({ length: DOTS }, (_, index) => centre + stdDev * normalQuantile((index + 0.5) / DOTS));
}

function rangeSentences(
  rules: FeedbackRules,
  text: FeedbackSessions,
  { sessions, rests }: Compared,
): readonly string[] {
  const [own, rest] = [usualRange(sessions), usualRange(rests)];
  const alike = Math.abs(own.low - rest.low) <= 0.5 && Math.abs(own.high - rest.high) <= 0.5;
  return [
    say(rules, "sessionRange", { count: sessions.length, range: rangeText(rules, text, own) }),
    alike ? say(rules, "restAlike") : say(rules, "restRange", { range: rangeText(rules, text, rest) }),
    say(rules, "otherThings"),
  ];
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Where 8 of 10 changes lay, to the nearest half point. */
function usualRange(changes: readonly number[]): Range {
  const sorted = changes.toSorted((a, b) => a - b);
  const half = (value: number): number => Math.round(value * 2) / 2;
  return { low: half(quantile(sorted, 0.1)), high: half(quantile(sorted, 0.9)) };
}

/** "between 1 point lower and half a point higher than before". */
function rangeText(rules: FeedbackRules, text: FeedbackSessions, { low, high }: Range): string {
  const change = (value: number): string =>
    say(rules, value < 0 ? "lower" : "higher", { size: sizeText(value, text.unit, rules.language) });
  const whole = (value: number): string =>
    value === 0 ? say(rules, "unchanged") : say(rules, "thanBefore", { change: change(value) });
  if (low === high) return low === 0 ? whole(0) : say(rules, "about", { change: whole(low) });
  const first = low === 0 || high === 0 ? whole(low) : change(low);
  return say(rules, "between", { low: first, high: whole(high) });
}
