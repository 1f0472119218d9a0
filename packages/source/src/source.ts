import type { FitData } from "@longwave/stats";
import type { PanelSummer } from "./panel/panel-sums.ts";
import type { WideSummer } from "./panel/wide-sums.ts";

/** One column of a source; `missing` counts the rows without a value. */
export interface ColumnDescription {
  readonly name: string;
  readonly kind: "number" | "text" | "date" | "other";
  readonly missing?: number;
  /** Of text most values of which are numbers: how many, and one that is not. */
  readonly mixed?: { readonly numbers: number; readonly present: number; readonly example: string };
}

export interface SourceDescription {
  readonly nrows: number;
  readonly columns: readonly ColumnDescription[];
}

/** Which rows of a source are used. */
export interface RowChoice {
  /** Rows to keep, in the language of `filterTable`. */
  readonly where?: string;
  /** One row for each person and wave: of several the first or the last in the order of the file. */
  readonly once?: { readonly id: string; readonly time: string; readonly keep: "first" | "last" };
}

export interface FitRequest extends RowChoice {
  /** The raw columns a formula asks for (`formulaColumns` of @longwave/stats), without those of `where`. */
  readonly columns: readonly string[];
}

/** How data with one row for each person are read. */
export interface Layout {
  readonly id: string;
  readonly time: string;
  /** False where the table has no column that names the person: then every row is a person. */
  readonly isNamed: boolean;
}

/** Where data comes from. A formula asks a source and need not know whether it got rows or sums. */
export interface Source {
  readonly name: string;
  describe(): Promise<SourceDescription>;
  fitData(request: FitRequest): Promise<FitData>;
  /** Sums formed where the data live; absent where they are rows in memory already. */
  readonly panel?: PanelSummer;
  /** The same for models of means and covariances: people by what they miss. */
  readonly wide?: WideSummer;
  /** Data with one row for each person: the names that long data would have for the person and the wave. */
  readonly layout?: Layout;
  /** Some pairs of texts of a column that differ only in capitals: likely one person, typed in two ways. */
  alike?(column: string): Promise<readonly string[]>;
  /** True where rows have to travel: then sums are formed there if they can be. */
  readonly isRemote?: boolean;
  close(): Promise<void>;
}
