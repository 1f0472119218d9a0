import type { FitData } from "@longwave/stats";
import type { PanelSummer } from "./panel/panel-sums.ts";
import type { WideSummer } from "./panel/wide-sums.ts";

/** One column of a source; `missing` counts the rows without a value. */
export interface ColumnDescription {
  readonly name: string;
  readonly kind: "number" | "text" | "date" | "other";
  readonly missing?: number;
}

export interface SourceDescription {
  readonly nrows: number;
  readonly columns: readonly ColumnDescription[];
}

export interface FitRequest {
  /** The raw columns a formula asks for (`formulaColumns` of @longwave/stats). */
  readonly columns: readonly string[];
  /** Rows to keep, in the language of `filterTable`; its columns need not be among `columns`. */
  readonly where?: string;
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
  /** True where rows have to travel: then sums are formed there if they can be. */
  readonly isRemote?: boolean;
  close(): Promise<void>;
}
