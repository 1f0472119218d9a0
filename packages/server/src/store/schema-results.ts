/** One analysis, its progress, and what came of it. */
export interface RunTable {
  readonly id: string;
  readonly study: string;
  readonly kind: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly doing: string;
  readonly up_to_seq: number;
  readonly seed: number;
  readonly requested_by: string;
  readonly started_at: number;
  readonly finished_at: number | null;
  readonly problem: string | null;
  readonly report: string | null;
  readonly draft: string | null;
  /** When the process that carries it out last said that it is alive. */
  readonly alive_at: number;
  /** People who had answered, and answers there were, when it began; null for early runs. */
  readonly people: number | null;
  readonly answers: number | null;
}

/** A departure from the plan; rows are only ever added. */
export interface DeviationTable {
  readonly id: string;
  readonly study: string;
  /** 1 is the first of the study. */
  readonly number: number;
  readonly kind: string;
  readonly clause: string;
  readonly what: string;
  readonly why: string;
  readonly timing: string;
  readonly at: number;
  readonly by_email: string;
  readonly by_name: string;
  /** The run it was entered with, when there was one. */
  readonly run: string | null;
}

/** A sealed bundle, kept whole. */
export interface PublicationTable {
  readonly study: string;
  readonly hash: string;
  readonly number: number;
  readonly run: string;
  readonly published_at: number;
  readonly published_by: string;
  readonly replaces: string | null;
  readonly bundle: string;
}

/** A reader's comment. Once removed, its words, name and address are empty; the row keeps the place of its answers. */
export interface CommentTable {
  readonly id: string;
  readonly study: string;
  /** Hash of the publication under which it was written. */
  readonly publication: string;
  /** The comment it answers; null for one of its own. */
  readonly parent: string | null;
  readonly name: string;
  /** Sealed with a key of this comment's own. */
  readonly email: string;
  /** A keyed fingerprint of the address, to know a reader whose comment was accepted before. */
  readonly email_index: string;
  readonly body: string;
  readonly kind: string | null;
  /** pending, approved, rejected or removed. */
  readonly state: string;
  readonly urgent: number;
  /** Why a person has to read it first. */
  readonly held_for: string | null;
  readonly is_team: number;
  readonly edited_by_team: number;
  readonly reason: string | null;
  readonly token_hash: string;
  readonly created_at: number;
  readonly decided_at: number | null;
  readonly decided_by: string | null;
}

/**
 * A de-identified release: `making`, `ready` and `failed` are previews, `kept` is a version. The files of a version can
 * not be made again, since what they were drawn from is kept nowhere.
 */
export interface ReleaseTable {
  readonly study: string;
  readonly id: string;
  readonly state: string;
  /** The version; for a preview the one it would become, without a claim to it. */
  readonly number: number;
  readonly started_at: number;
  readonly started_by: string;
  readonly kept_at: number | null;
  readonly kept_by: string | null;
  readonly up_to_seq: number;
  readonly k: number;
  readonly min_cell: number;
  /** A fingerprint of the list of people in it. */
  readonly people_hash: string | null;
  readonly hash: string | null;
  /** Numbers and changes as JSON. */
  readonly summary: string | null;
  readonly report: string | null;
  readonly file: Uint8Array | null;
  readonly problem: string | null;
}

/** Who received a version; rows are only ever added. */
export interface ReleaseRecipientTable {
  readonly id: string;
  readonly study: string;
  readonly number: number;
  readonly name: string;
  readonly organisation: string;
  readonly purpose: string;
  readonly agreement: string;
  readonly received_at: number;
  readonly recorded_at: number;
  readonly recorded_by: string;
}

/** The tables of what a study found, from the analysis to the discussion under it. */
export interface ResultsTables {
  readonly run: RunTable;
  readonly deviation: DeviationTable;
  readonly publication: PublicationTable;
  readonly comment: CommentTable;
  readonly release: ReleaseTable;
  readonly release_recipient: ReleaseRecipientTable;
}
