import { movedPanel, type PanelSums, sumsOfTable, withFloor } from "@longwave/stats/from-sums";
import type { Dataset } from "@longwave/study";
import { datasetTable } from "./dataset-source.ts";
import { sumsFileText } from "./sums-file/sums-file.ts";

/** Sums of a formula over a study, kept beside the answers they are of; they hold no row, and never leave as they are. */
export type StandingSums = PanelSums;

/** A formula, and the columns that say whose and at which wave a row is. */
export interface StandingFormula {
  readonly formula: string;
  readonly person: string;
  readonly wave: string;
}

/**
 * The sums of a formula over a dataset, from scratch.
 *
 * @throws StatsError `sums.needs-rows` and what the formula is refused with.
 */
export function standingSums(dataset: Dataset, { formula, person, wave }: StandingFormula): StandingSums {
  return sumsOfTable({ formula, person, time: wave }, datasetTable(dataset));
}

/**
 * Sums after some people's answers have changed; null where they are to be made again.
 *
 * @param before  these people's answers as they were when the sums were made, as a dataset.
 * @param after  theirs now.
 */
export function movedSums(sums: StandingSums, before: Dataset, after: Dataset): StandingSums | null {
  return movedPanel(sums, datasetTable(before), datasetTable(after));
}

/** The file of sums that may leave, and how many people are in it: groups below the floor are kept back. */
export function sumsToSend(
  sums: StandingSums,
  floor: number,
): { readonly text: string; readonly people: number } {
  const floored = withFloor(sums, floor);
  const people = floored.sums.patterns.reduce((sum, pattern) => sum + pattern.people, 0);
  return { text: sumsFileText(floored, floor), people };
}
