/** Whether people may join a study at its public address; without a row nobody has opened it yet. */
export interface OpenLinkTable {
  readonly study: string;
  readonly is_open: number;
  readonly changed_at: number;
  readonly changed_by: string;
}

/**
 * Someone who is about to join and has not typed the code yet; the row goes when they have, or when the code has run
 * out. Name, address and answers are sealed with a key of its own, which becomes the person's.
 */
export interface NewcomerTable {
  readonly id: string;
  readonly study: string;
  /** Who has this address already: no code goes out, and their own link does. */
  readonly known: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly answers: string | null;
  readonly made_at: number;
  readonly expires_at: number;
  readonly tries: number;
}

/** A person who joined by the open link, with the answers that let them in, sealed with the person's key. */
interface JoinedOpenlyTable {
  readonly study: string;
  readonly person: string;
  readonly joined_at: number;
  readonly answers: string;
}

/** How often something happened on a day (whole days since 1970 UTC) at the public address: counts, and nobody in them. */
interface RecruitmentCountTable {
  readonly study: string;
  readonly day: number;
  readonly what: string;
  /** The rule that turned people away; empty for all else. */
  readonly reason: string;
  readonly times: number;
}

/** What a manager says of two people who may be one; `person` is the one with the lower number. Nobody is merged. */
export interface DuplicateMarkTable {
  readonly study: string;
  readonly person: string;
  readonly other: string;
  readonly verdict: string;
  readonly marked_at: number;
  readonly marked_by: string;
}

/** The tables of how people come into a study. */
export interface RecruitmentTables {
  readonly open_link: OpenLinkTable;
  readonly newcomer: NewcomerTable;
  readonly joined_openly: JoinedOpenlyTable;
  readonly recruitment_count: RecruitmentCountTable;
  readonly duplicate_mark: DuplicateMarkTable;
}
