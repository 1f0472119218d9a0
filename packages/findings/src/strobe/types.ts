import type { Protocol } from "@longwave/study";
import type { DatasetSummary, Publication, StudySummary } from "../publication/types.ts";
import type { ReportingFacts } from "./facts-types.ts";

/** A paragraph or a table under an item of the list. */
export type StrobeBlock =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "table";
      readonly title: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/**
 * How far an item is answered. `partly`: facts are there, and something is for the authors; `unfilled`: all of it is;
 * `hidden`: it would show a result, and the data are not locked.
 */
export type StrobeState = "filled" | "partly" | "unfilled" | "hidden";

/** One item of the list with what it asks, in our words, and what is known. */
export interface StrobeItem {
  /** Such as `12a`. */
  readonly id: string;
  readonly section: string;
  readonly topic: string;
  readonly asks: string;
  readonly state: StrobeState;
  readonly blocks: readonly StrobeBlock[];
  /** What the authors have to write, where something is left to them. */
  readonly toWrite?: string;
  /** Id of the place on the findings page that shows it. */
  readonly anchor?: string;
}

/** A reporting list: one item after another, in the order of the checklist. */
export interface StrobeList {
  readonly study: StudySummary;
  readonly dataset: Pick<DatasetSummary, "hash" | "upToSeq" | "rows">;
  /** Name of the publication it is made from; absent for a list made before. */
  readonly bundle?: string;
  /** Whether results are left out because the data are not locked. */
  readonly blind: boolean;
  readonly items: readonly StrobeItem[];
}

/** What the list of a study whose results are hidden is made from. */
export interface BlindStrobeInput {
  readonly protocol: Protocol;
  readonly study: StudySummary;
  readonly dataset: Pick<DatasetSummary, "hash" | "upToSeq" | "rows">;
  readonly plan: Publication["plan"];
  readonly flow: Publication["flow"];
  readonly reporting: ReportingFacts;
  readonly deviations: NonNullable<Publication["deviations"]>;
}

/** What every item is filled from; results are absent while they are hidden. */
export interface StrobeSource extends BlindStrobeInput {
  readonly results: Publication | undefined;
}

/** What is known of one item. */
export interface Known {
  readonly blocks: readonly StrobeBlock[];
  readonly toWrite?: string;
  readonly anchor?: string;
  readonly hidden?: boolean;
}
