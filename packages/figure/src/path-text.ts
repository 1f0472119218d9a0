import type { Interval } from "./types.ts";
import type { FigureText } from "./words.ts";

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

/** One of the four lagged paths, by where it starts and ends. */
export type PathKey = "xToX" | "yToY" | "xToY" | "yToX";

/** The four paths, in the order in which they are told. */
export const pathKeys: readonly PathKey[] = ["xToX", "yToY", "xToY", "yToX"];

/** Everything a drawing needs, with decimals chosen once for all groups. */
export interface DiagramText {
  readonly data: PathDiagramData;
  readonly fixed: FigureText;
  /** `−0.02 (−0.04 to 0.01)` of the value drawn on the arrow: the standardised one where there is one. */
  readonly main: (path: DiagramPath) => string;
  /** The same in original units; `undefined` when those are on the arrow. */
  readonly raw: (path: DiagramPath) => string | undefined;
  readonly together: (interval: Interval) => string;
}

/** The interval that decides over dashes and stands on the arrow. */
export function drawnInterval(path: DiagramPath): Interval {
  return path.standardised ?? path.raw;
}

/** "Exercise → later pain". */
export function pathName(key: PathKey, data: PathDiagramData, fixed: FigureText): string {
  const [from, to] = [
    key.startsWith("x") ? data.xName : data.yName,
    key.endsWith("X") ? data.xName : data.yName,
  ];
  return `${from} \u2192 ${fixed.later} ${to.charAt(0).toLowerCase()}${to.slice(1)}`;
}
