/** A finished figure that may be published: words, two drawings and the numbers behind them; nobody's own numbers. */
export interface Figure extends FigureParts {
  readonly audience?: "public";
}

/** A finished figure that shows single people: for the study team only, and no {@link Figure}, so that no publication takes it. */
export interface TeamFigure extends FigureParts {
  readonly audience: "team";
}

/** What every figure holds, whoever may see it. */
export interface FigureParts {
  readonly id: string;
  /** Says the finding. */
  readonly title: string;
  /** Says how to read it. */
  readonly reading: string;
  /** The numbers in words, for people who do not see the drawing. */
  readonly alt: string;
  /** SVG text, 900 units wide; colours are roles with light fallbacks. */
  readonly wide: string;
  /** SVG text, 340 units wide. */
  readonly narrow: string;
  readonly table: FigureTable;
  readonly note: string;
}

export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export type FigureLanguage = "en" | "nb";

/** What a figure needs from outside: a document to draw in, and the reader's language. */
export interface FigureContext {
  readonly document: Document;
  readonly language?: FigureLanguage;
}

/** The sentences of a figure, written by the caller. */
export interface Words {
  readonly id?: string;
  readonly title: string;
  readonly reading: string;
  readonly note: string;
}

/** An estimate with the ends of its 95 % interval. */
export interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** One interval of a forest or an interval graphic. */
export interface ForestRow extends Interval {
  readonly label: string;
  readonly role: "everyone" | "women" | "men" | "plain";
  /** How many people it is from, for the table. */
  readonly people?: number;
}

/** One panel of the within and between figure: binned counts, averages and a slope. */
export interface SlopePanel {
  readonly label: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly slope: number;
  readonly lower: number;
  readonly upper: number;
  readonly intercept: number;
  readonly cells: readonly {
    readonly x0: number;
    readonly x1: number;
    readonly y0: number;
    readonly y1: number;
    readonly count: number;
  }[];
  readonly averages: readonly {
    readonly x: number;
    readonly mean: number;
    readonly lower: number;
    readonly upper: number;
    readonly count: number;
  }[];
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}
