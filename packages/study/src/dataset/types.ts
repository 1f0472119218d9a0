import type { VersionSpan } from "../amendments/collected.ts";
import type { AnswerPayload } from "../answering/index.ts";
import type { Level } from "../protocol/types.ts";
import type { WaveWindow } from "../schedule/windows.ts";

/**
 * Why a value is not there. `derived_unknown`: an answer it is computed from is missing. `by_rule`: the protocol
 * excludes it. `form_not_finished`: the form was left before its end. `form_time_unknown`: staff typed it, or
 * all its answers have one time, as when the clock of a phone is far off. `suppressed`: hidden in a release, so that nobody can be picked out.
 */
export type MissingReason =
  | "not_asked"
  | "skipped"
  | "not_answered"
  | "wave_not_done"
  | "no_translation"
  | "derived_unknown"
  | "by_rule"
  | "form_not_finished"
  | "form_time_unknown"
  | "not_in_file"
  | "suppressed";

/**
 * One column; `null` is missing, and `missing[i]` says why row `i` is. A structural zero is a value, not a missing one.
 */
export interface DataColumn {
  readonly name: string;
  readonly kind: "number" | "text";
  readonly values: readonly (number | string | null)[];
  readonly missing?: readonly (string | null)[];
}

export interface DataTable {
  readonly name: "person" | "person_wave" | "event";
  readonly nrows: number;
  readonly columns: readonly DataColumn[];
}

/** What one column holds. `coding` says what each code stands for. */
export interface CodebookEntry {
  readonly name: string;
  readonly table: "person" | "person_wave" | "event";
  readonly label: string;
  readonly level: Level;
  readonly unit?: string;
  readonly coding?: readonly { readonly value: number | string; readonly label: string }[];
  /** The rule of a derived variable, as written in the protocol. */
  readonly rule?: string;
  readonly instrument?: string;
  readonly source?: string;
  /** The first version of the study text that has it, and the last when it is gone; absent: every version. */
  readonly versions?: VersionSpan;
  /** Free words are kept out of every dataset. */
  readonly inDataset: boolean;
}

export interface DatasetFlow {
  readonly invited: number;
  readonly consented: number;
  readonly answeredOnce: number;
  readonly answeredTwice: number;
  readonly answeredAll: number;
  readonly waves: readonly { readonly wave: string; readonly answered: number }[];
}

/**
 * A study's data as a function of protocol and answers; `hash` names the content.
 *
 * `personWave` has one row for each person and wave answered, with `id`, `wave` (1 is the first), `late`, the local
 * dates, how long the form took, every item but free words, and every derived variable of the protocol. What does not
 * change over the waves is repeated in each row. `person` has one row for each person invited. `event` has one for each
 * session logged and rest prompt answered.
 */
export interface Dataset {
  readonly protocol: { readonly id: string; readonly version: string; readonly hash: string };
  readonly upToSeq: number;
  /** How many people had been erased when it was made; absent when nobody had. */
  readonly erasureSeq?: number;
  readonly hash: string;
  readonly person: DataTable;
  readonly personWave: DataTable;
  readonly event: DataTable;
  readonly codebook: readonly CodebookEntry[];
  readonly flow: DatasetFlow;
}

/** A person of the study; times in ms UTC. `enrolledAt` is the moment of consent. */
export interface PersonRecord {
  readonly id: string;
  readonly invitedAt: number;
  readonly enrolledAt?: number;
  readonly timeZone?: string;
  /** Later changes of time zone in the order they were made. */
  readonly moves?: readonly { readonly at: number; readonly timeZone: string }[];
  /** Windows that had begun when the study was amended: for this person they stay as they were. */
  readonly held?: readonly WaveWindow[];
  readonly language?: "en" | "nb";
  /** The versions of the consent they gave, each with the last answer of the study before it, in the order given. */
  readonly consents?: readonly { readonly version: number; readonly fromSeq: number }[];
}

/** One stored answer. A correction names the row it replaces; among the rest the highest `seq` stands. */
export interface AnswerRecord {
  readonly seq: number;
  readonly id: string;
  readonly person: string;
  /** A wave, or `session_log/…` and `rest_prompt/…` for what is logged between waves. */
  readonly wave: string;
  readonly item: string;
  readonly payload: AnswerPayload;
  /** When the person answered, ms UTC. */
  readonly answeredAt: number;
  /** It was taken after its wave had closed. */
  readonly late?: boolean;
  readonly replaces?: string;
  /** How it came when staff entered it or a file held it; absent when the person answered on a page of their own. */
  readonly mode?: "phone" | "paper" | "import";
  /** Who of the staff entered or corrected it. */
  readonly enteredBy?: string;
}

/** How the columns of a file become those of the protocol. */
export interface ColumnMapping {
  readonly schema?: "longwave.mapping/1";
  readonly note?: string;
  readonly columns: Readonly<Record<string, MappedColumn>>;
  /** For a file of one row a person: by variable, the columns of the waves in their order. */
  readonly wide?: Readonly<Record<string, readonly string[]>>;
  /** Columns about people and days, read when a panel is taken into a study. */
  readonly people?: PeopleColumns;
  /** Columns of the file to leave alone although the protocol has a variable of that name. */
  readonly ignore?: readonly string[];
}

/** Which columns hold what the study knows of people besides their answers. Days are YYYY-MM-DD. */
export interface PeopleColumns {
  readonly name?: string;
  readonly email?: string;
  readonly timeZone?: string;
  readonly language?: string;
  readonly consentedOn?: string;
  /** The day on which a wave was answered; the wave's own day when left out. */
  readonly answeredOn?: string;
}

/** `values` recodes; `multiply` and `add` rescale numbers after that. */
export interface MappedColumn {
  readonly column: string;
  readonly values?: Readonly<Record<string, number | string>>;
  readonly multiply?: number;
  readonly add?: number;
}
