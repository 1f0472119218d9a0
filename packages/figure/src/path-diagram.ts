import type { Interval } from "./types.ts";

/** One arrow: its value in the units of the data and, where known, in standard units. */
export interface DiagramPath {
  readonly raw: Interval;
  readonly standardised?: Interval;
}

/** The four lagged paths of one group, equal over time, with what is left in common at the later wave. */
export interface PathGroup {
  /** What the group is called; empty when there is one only. */
  readonly label: string;
  readonly xToX: DiagramPath;
  readonly yToY: DiagramPath;
  readonly xToY: DiagramPath;
  readonly yToX: DiagramPath;
  /** Correlation of the two at one wave, after what came before; left out when not estimated. */
  readonly together?: Interval;
  readonly people?: number;
}

export interface PathDiagramData {
  readonly xName: string;
  readonly yName: string;
  /** Words above the left boxes, for example "One wave". */
  readonly earlier: string;
  /** Words above the right boxes, for example "Three months later". */
  readonly later: string;
  /** Drawn side by side, or one under the other on a phone. */
  readonly groups: readonly PathGroup[];
}
