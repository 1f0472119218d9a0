/** How many forms were left out, of how many that can be judged. */
interface LeftCounts {
  readonly left: string;
  readonly judged: string;
}

/** The sentences of the analyses that stand beside the planned answers, in one language. */
export interface AlternativeWords {
  /** "The estimate is -0.11 (-0.13 to -0.10) pain points." */
  estimate(interval: string, unit: string): string;
  /** The same with the name of the row in front. */
  row(label: string, interval: string, unit: string): string;
  sameWay(id: string): string;
  sameSign(id: string, verdict: string): string;
  otherWay(id: string, verdict: string): string;
  readonly notCompared: string;
  /** In front of the reason when nothing could be estimated. */
  readonly notMeasured: string;
  readonly noFinding: string;
  readonly notConverged: string;
  readonly improper: string;
  path(from: string, to: string): string;
  reliability(path: string, share: string): string;
  inGroup(path: string, group: string): string;
  readonly standardUnit: string;
  readonly oddsRatioUnit: string;
  readonly riskRatioUnit: string;
  readonly shareUnit: string;
  stepMore(exposure: string): string;
  ordered(higher: boolean, sure: boolean, outcome: string, id: string): string;
  groupsTest(p: string, differ: boolean): string;
  eValue(names: { exposure: string; outcome: string }, at: { estimate: string; limit: string }): string;
  readonly eValueRows: { readonly estimate: string; readonly limit: string };
  readonly eValueNote: string;
  readonly slopeRows: {
    readonly stdDev: string;
    readonly reliability: string;
    readonly beyond: (bound: string) => string;
    readonly opposite: string;
  };
  slopes(parts: { stdDev: string; reliability: string; beyond: string; opposite: string }): string;
  readonly noSlopes: string;
  readonly patterns: Readonly<Record<"average" | "ignoring" | "complete" | "late" | "early", string>>;
  weights(parts: { unweighted: string; smallest: string; largest: string }): string;
  readonly weightRows: { readonly weighted: string; readonly unweighted: string };
  delta(parts: {
    readonly cells: number;
    readonly changed: number;
    readonly imputations: number;
    readonly estimate: string;
    readonly unit: string;
  }): string;
  readonly deltaStable: string;
  deltaTips(parts: {
    readonly outcome: string;
    readonly shift: string;
    readonly more: boolean;
    readonly exposure: string;
  }): string;
  readonly deltaTipsElsewhere: string;
  deltaCell(outcome: string, exposure: string): string;
  readonly noFormTimes: string;
  readonly noSessions: string;
  /** Which forms a data rule left out: all its parts in one sentence. */
  leftOut(parts: readonly string[]): string;
  leftFast(counts: LeftCounts, seconds: string): string;
  leftStraight(counts: LeftCounts): string;
  fewerThan(count: number): string;
  readonly imputationLater: string;
}
