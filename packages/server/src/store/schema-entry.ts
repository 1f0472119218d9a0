/**
 * A form that is typed a second time by somebody else, who does not see what the first one typed. `answers` holds what
 * the second one typed, sealed with the person's key; null until then.
 */
export interface DoubleEntryTable {
  readonly study: string;
  readonly person: string;
  readonly wave: string;
  /** Who typed it first, and asked for it to be typed again. */
  readonly first_by: string;
  readonly asked_at: number;
  readonly second_by: string | null;
  readonly second_at: number | null;
  readonly answers: string | null;
}

/** A question to which two people typed different answers, and what became of that. */
export interface EntryDifferenceTable {
  readonly study: string;
  readonly person: string;
  readonly wave: string;
  readonly item: string;
  /** The answer that the first one typed; null when they typed none. */
  readonly first_answer: string | null;
  /** `first` or `second`, whichever was right, or `standing`, a correction made meanwhile; null until somebody has said so. */
  readonly took: string | null;
  readonly settled_by: string | null;
  readonly settled_at: number | null;
  /** Why, sealed with the person's key. */
  readonly reason: string | null;
}

/** A question of the team about one answer of one person: `open`, `answered` or `closed`. */
interface DataQueryTable {
  readonly study: string;
  /** Made in the browser, so that sending twice changes nothing. */
  readonly id: string;
  readonly person: string;
  readonly wave: string;
  readonly item: string;
  readonly state: string;
  readonly changed_at: number;
}

/** One thing said or done about a query; rows are only ever added. */
interface DataQueryEntryTable {
  readonly study: string;
  readonly query: string;
  readonly number: number;
  readonly id: string;
  readonly person: string;
  /** `asked`, `explained`, `corrected` or `closed`. */
  readonly kind: string;
  /** Sealed with the person's key; null when there are none. */
  readonly words: string | null;
  readonly by_email: string;
  readonly at: number;
}

/** The tables of what staff enter for people. */
export interface EntryTables {
  readonly double_entry: DoubleEntryTable;
  readonly entry_difference: EntryDifferenceTable;
  readonly data_query: DataQueryTable;
  readonly data_query_entry: DataQueryEntryTable;
}
