import type { Random } from "@longwave/stats";
import type { CodebookEntry, Dataset, DataTable, Protocol } from "@longwave/study";
import type { ReleaseTable } from "./tables/release-tables.ts";
import type { CodedEnd } from "./values/extremes.ts";
import type { RareCodes } from "./values/rare-codes.ts";
import type { LeftOutReason } from "./variables.ts";

/** The floors of a release. */
interface ReleaseSettings {
  /** The fewest people that must look alike. */
  readonly k: number;
  /** Counts under this are hidden in tables, and values that fewer people have are not told. */
  readonly minCell: number;
}

/** What a release is made from. */
export interface ReleaseInput {
  readonly protocol: Protocol;
  readonly dataset: Dataset;
  /** Ids of the people who agreed that their answers are shared; nobody else is in the release. */
  readonly agreed: ReadonlySet<string>;
  /** Order, numbers and calendars are drawn from it. Whoever can draw it again can link people to the study. */
  readonly random: Pick<Random, "integer">;
  readonly settings: ReleaseSettings;
}

/** Data made ready for other researchers. Nothing in it links back to the study's own ids. */
export interface Deidentified {
  readonly person: DataTable;
  readonly personWave: DataTable;
  readonly event: DataTable;
  readonly codebook: readonly ReleaseEntry[];
  readonly tables: readonly ReleaseTable[];
  readonly report: ReleaseReport;
}

/** A variable of a release: what it holds, and what was done to it. */
export interface ReleaseEntry extends CodebookEntry {
  readonly treatment: string;
}

/** What was done to the data of a release, and what it leaves open. Numbers of people and of values, never a person. */
export interface ReleaseReport {
  readonly settings: ReleaseSettings;
  readonly people: {
    readonly invited: number;
    readonly consented: number;
    readonly agreed: number;
    /** Agreed and answered at least once. */
    readonly answered: number;
    /** Answered, but look like too few others whatever is hidden. */
    readonly removed: number;
    readonly released: number;
  };
  readonly rows: { readonly personWave: number; readonly event: number };
  readonly k: { readonly before: number; readonly after: number };
  /** People who alone have their combination. */
  readonly unique: { readonly before: number; readonly after: number };
  /** People in classes smaller than k, before. */
  readonly underK: number;
  readonly quasi: readonly QuasiReport[];
  readonly classes: readonly ClassSizes[];
  /** Chance of naming a person rightly for someone who knows that the person is in the release. */
  readonly risk: { readonly highest: number; readonly average: number };
  readonly diversity: readonly Diversity[];
  readonly series: readonly SeriesReport[];
  readonly ends: readonly CodedEnd[];
  readonly rare: readonly RareCodes[];
  readonly leftOut: readonly { readonly name: string; readonly label: string; readonly why: LeftOutReason }[];
}

/** What became of one quasi-identifier. */
export interface QuasiReport {
  readonly name: string;
  readonly label: string;
  readonly how: string;
  readonly isLeftOut: boolean;
  /** Share of what it told that is lost by coarsening. */
  readonly lost: number;
  readonly hidden: number;
}

/** How many people look alike with how many others. */
export interface ClassSizes {
  readonly from: number;
  /** Absent: and more. */
  readonly to?: number;
  readonly classes: number;
  readonly people: number;
}

/** Spread of a sensitive variable among people who look alike: how many different values, and where all are the same. */
export interface Diversity {
  readonly name: string;
  readonly label: string;
  readonly least: number;
  readonly median: number;
  readonly uniformClasses: number;
  readonly uniformPeople: number;
}

/** How many people have a series of answers over the waves that nobody else has. */
export interface SeriesReport {
  readonly names: readonly string[];
  readonly people: number;
  readonly unique: number;
}
