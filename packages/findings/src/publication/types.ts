import type { Figure } from "@longwave/figure";
import type { Dataset, Protocol } from "@longwave/study";
import type { ReportingFacts } from "../strobe/facts-types.ts";
import type { AlternativeResult, AttritionReport } from "./alternative-types.ts";
import type { Deviation } from "./deviation-types.ts";

export type Language = "en" | "nb";

/** Which of the seven verdict rules held, or that no model could be fitted. */
export type VerdictRule = 1 | 2 | 3 | 4 | 5 | 6 | 7 | "not_fitted";

export type Sureness = "clear" | "fairly clear" | "not clear";

/** An estimate on the scale its verdict is made on; `text` writes it out with its unit. */
export interface FindingEstimate {
  readonly value: number;
  /** 95 % interval. */
  readonly lower: number;
  readonly upper: number;
  /** 90 % interval: the two one-sided tests of the bounds. */
  readonly lower90: number;
  readonly upper90: number;
  readonly unit: string;
  readonly text: string;
}

/** An estimate's robust standard error, interval and test, on the scale of its verdict. */
export interface RobustColumn {
  readonly stdError: number;
  /** 95 % interval. */
  readonly lower: number;
  readonly upper: number;
  /** Satterthwaite's degrees of freedom; null for a normal interval. */
  readonly df: number | null;
  readonly pValue: number;
}

export interface FindingRow {
  readonly label: string;
  readonly role: "everyone" | "women" | "men" | "plain";
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

export interface FindingBounds {
  readonly negligible: number;
  readonly noticeable: number;
  /** Half-width of the axis of `graphic`, the same for every finding on one scale. */
  readonly limit: number;
}

/** One hypothesis of the plan, answered. */
export interface Finding {
  readonly id: string;
  readonly label: string;
  readonly term?: string;
  readonly verdict: string;
  readonly rule: VerdictRule;
  readonly sentence: string;
  readonly sure: Sureness;
  readonly sureWhy: string;
  readonly estimate: FindingEstimate | null;
  readonly rows: readonly FindingRow[];
  readonly bounds: FindingBounds;
  readonly pValue: number | null;
  readonly pHolm: number | null;
  /** Id of its model in `models`; empty when nothing was fitted. */
  readonly model: string;
  /** The second column of the plan: cluster-robust (CR2) standard errors by person. */
  readonly robust?: RobustColumn;
  /** SVG text of the interval graphic; empty when nothing was fitted. */
  readonly graphic: string;
}

/** One fitted model, beside the one the plan asked for. */
export interface ModelReport {
  readonly id: string;
  readonly title: string;
  readonly formula: string;
  readonly planned: string;
  readonly fallbackUsed: boolean;
  readonly comparisonOnly: boolean;
  readonly note?: string;
  /** The `fit --json` object of its estimator; of a panel model `riclpm --json` with the lagged paths. */
  readonly fit: object;
  readonly people: number;
}

/** One lagged path by one model, with 95 % intervals. */
export interface LagEstimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** One model of the lags: the planned one, or one shown for comparison. */
export interface LagModelRow {
  /** Id of its model in `models`. */
  readonly model: string;
  readonly title: string;
  readonly planned: boolean;
  /** From the exposure to the outcome of the next wave, and back; standardised. */
  readonly forward: LagEstimate;
  readonly backward: LagEstimate;
  readonly reason: string;
}

/** The same lags by models that answer different questions, with why they differ. */
export interface LagComparison {
  readonly forwardLabel: string;
  readonly backwardLabel: string;
  readonly rows: readonly LagModelRow[];
  /** How the models are set side by side, in plain sentences. */
  readonly notes: readonly string[];
}

export interface NotYetRun {
  readonly id: string;
  readonly what: string;
  readonly why: string;
}

/** Where answers came from: a study that Longwave ran, or a file of answers gathered elsewhere. */
export type AnswerSource = "study" | "file";

export interface StudySummary {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly simulated: boolean;
  readonly protocolVersion: string;
  readonly protocolHash: string;
  readonly contact: string;
  readonly basedOn?: string;
  /** A file knows nobody who was invited and did not answer: its counts start from the people in it. */
  readonly source?: AnswerSource;
}

export interface DatasetSummary {
  readonly hash: string;
  readonly upToSeq: number;
  /** How many people had been erased from the study by then; absent when nobody had. */
  readonly erasureSeq?: number;
  readonly peopleInvited: number;
  /** People who answered at least once. */
  readonly people: number;
  readonly rows: number;
}

export interface MethodSection {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** The confirmatory models only, everything, or everything but the imputation with shifts, which takes long. */
export type PlanScope = "confirmatory" | "all" | "all_but_imputation";

/** The sealed bundle: everything the public page says, and nothing about any one person. */
export interface Publication {
  readonly format: "longwave.publication/1";
  /** SHA-256 of the canonical JSON of everything else in the bundle. */
  readonly hash: string;
  /** Version of Longwave that made it. */
  readonly version: string;
  readonly seed: number;
  readonly language: Language;
  readonly replaces?: string;
  readonly changes?: readonly string[];
  readonly study: StudySummary;
  readonly dataset: DatasetSummary;
  readonly plan: { readonly lockedAt?: number; readonly hash: string };
  /** The study text the plan stands in, compiled: what a second run needs beside the data. Absent in old bundles. */
  readonly protocol?: Protocol;
  readonly answer: { readonly lead: string; readonly caution: string };
  readonly findings: readonly Finding[];
  readonly models: readonly ModelReport[];
  readonly lagComparison?: LagComparison;
  readonly notYetRun: readonly NotYetRun[];
  /** Departures from the plan: those people listed, then those found when it was run. Absent in old bundles. */
  readonly deviations?: readonly Deviation[];
  /** How much of the plan was run; absent: the confirmatory part. */
  readonly scope?: PlanScope;
  /** The same questions analysed in other ways, as planned. */
  readonly sensitivity?: readonly AlternativeResult[];
  readonly exploratory?: readonly AlternativeResult[];
  /** The first planned slope in the groups the study reports by; exploratory. */
  readonly strata?: readonly AlternativeResult[];
  readonly attrition?: AttritionReport;
  readonly flow: Dataset["flow"];
  /** What a report of a cohort says in numbers. Absent in old bundles. */
  readonly reporting?: ReportingFacts;
  readonly figures: readonly Figure[];
  readonly methods: readonly MethodSection[];
  readonly limitations: readonly string[];
  readonly citation: { readonly text: string; readonly bibtex: string };
}

/** What `runPlan` returns: a publication that has no name yet. */
export type PublicationDraft = Omit<Publication, "hash" | "version" | "replaces" | "changes">;
