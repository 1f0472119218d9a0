import type { ContactTables } from "./schema-contact.ts";
import type { EntryTables } from "./schema-entry.ts";
import type { ImportTables } from "./schema-imports.ts";
import type { InboxTables } from "./schema-inbox.ts";
import type { MessageTables } from "./schema-messages.ts";
import type { RecruitmentTables } from "./schema-recruitment.ts";
import type { ResultsTables } from "./schema-results.ts";
import type { StaffTables } from "./schema-staff.ts";

/**
 * One study: its protocol as the text in force, its phase, and the last place given out in its order of answers.
 * The text is replaced freely until `opened_at`; from then on the plan in it is locked, and every other text is a new
 * version with a reason.
 */
export interface StudyTable {
  readonly id: string;
  readonly title: string;
  readonly protocol_id: string;
  readonly protocol_version: string;
  readonly protocol_hash: string;
  readonly protocol_text: string;
  readonly phase: string;
  readonly simulated: number;
  readonly try_it: number;
  readonly last_seq: number;
  /** How many people have been erased: a dataset is named by this beside its place in the order of answers. */
  readonly erasure_seq: number;
  readonly created_at: number;
  readonly locked_at: number | null;
  /** Number of the version in force, from 1. */
  readonly version: number;
  /** When it was opened for people; null while it is in design. */
  readonly opened_at: number | null;
  /** Since when it is paused; null when it is not. */
  readonly paused_at: number | null;
  /** In design: the text as last saved, when it has mistakes and so cannot take the place of the one in force. */
  readonly draft_text: string | null;
}

/** A text that was in force from a moment on; rows are only ever added. */
export interface ProtocolVersionTable {
  readonly study: string;
  readonly number: number;
  readonly version: string;
  readonly hash: string;
  readonly text: string;
  readonly from_at: number;
  /** The last answer before it: those after it were given under this version. */
  readonly from_seq: number;
  /** Why the one before was amended; null for the first. */
  readonly reason: string | null;
  readonly by_email: string | null;
  readonly by_name: string | null;
  /** Who was affected, as it was counted before saving, as JSON; null for the first. */
  readonly affected: string | null;
}

/** A pause of a study that is over; the one that goes on is `study.paused_at`. */
interface StudyPauseTable {
  readonly study: string;
  readonly from_at: number;
  readonly until_at: number;
}

/** A person did not want to consent to a new version and stays under the old one; rows are only ever added. */
interface ConsentDeclinedTable {
  readonly id: string;
  readonly study: string;
  readonly person: string;
  readonly version: number;
  readonly language: string;
  readonly form_hash: string;
  readonly declined_at: number;
}

/** A person of a study; who that is stands in {@link PersonContactTable}, apart from the answers. */
export interface PersonTable {
  readonly study: string;
  readonly id: string;
  readonly number: number;
  readonly epoch: number;
  readonly token_hash: string | null;
  readonly invited_at: number;
  readonly enrolled_at: number | null;
  readonly time_zone: string | null;
  readonly language: string | null;
  /** Since when the study writes to this person by itself; null when it does not. */
  readonly writes_from: number | null;
  /** When the planner is to look at them next; null when nothing can come without news. */
  readonly next_contact_at: number | null;
  /** Moves to other time zones in their order, as JSON; null when there was none. */
  readonly moves: string | null;
  /** Where the person takes part, in a study of several sites. */
  readonly site: string | null;
  /** Windows that had begun when an amendment moved them, and stay as they were for this person, as JSON. */
  readonly held: string | null;
}

/** Name, e-mail address and telephone number of a person, sealed with the person's key. */
export interface PersonContactTable {
  readonly study: string;
  readonly person: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** A keyed fingerprint of the address, to know that the study has it already. */
  readonly email_index: string | null;
  /** The fingerprint of the address from which mail came back; the mark holds while the address is that one. */
  readonly returned_index: string | null;
  /** 0 in a row of before there were keys, until it has been sealed. */
  readonly sealed: number;
}

/** The exact words of a consent form, once for each hash. */
interface ConsentFormTable {
  readonly hash: string;
  readonly text: string;
}

/** One act of consent; rows are only ever added. */
interface ConsentTable {
  readonly id: string;
  readonly study: string;
  readonly person: string;
  readonly version: number;
  readonly language: string;
  readonly form_hash: string;
  readonly ticks: string;
  /** When it was given; on paper, noon of the day of the signature. */
  readonly given_at: number;
  /** The last answer of the study before it; null for one of before this was written down: it came before all. */
  readonly from_seq: number | null;
  /** The day on a paper that was signed; null for a consent given on a page. */
  readonly signed_on: string | null;
  /** Of the team, who saw it signed. */
  readonly seen_by: string | null;
  /** Who of the staff wrote it down, and when. */
  readonly recorded_by: string | null;
  readonly recorded_at: number | null;
}

/** One answer; rows are only ever added, and `replaces` names the row that a correction corrects. */
export interface AnswerTable {
  readonly study: string;
  readonly seq: number;
  readonly id: string;
  readonly person: string;
  readonly wave: string;
  readonly item: string;
  /** Sealed with the person's key. */
  readonly payload: string;
  readonly answered_at: number;
  readonly received_at: number;
  readonly replaces: string | null;
  /** 1 for an answer, 0 for a question that was skipped: who answered is counted without reading any answer. */
  readonly given: number;
  /** 1 when it arrived after its wave had closed. */
  readonly late: number;
  /** 0 in a row of before there were keys, until it has been sealed. */
  readonly sealed: number;
  /** `phone` or `paper` when staff entered it; null when the person answered on a page of their own. */
  readonly mode: string | null;
  /** The address of the member of staff who entered or corrected it. */
  readonly entered_by: string | null;
  /** Why it corrects another one, sealed with the person's key. */
  readonly reason: string | null;
}

/** A wave that a person has said is done. */
interface WaveProgressTable {
  readonly study: string;
  readonly person: string;
  readonly wave: string;
  readonly finished_at: number;
}

/** An open visit of a participant on one device. */
export interface VisitTable {
  readonly token_hash: string;
  readonly study: string;
  readonly person: string;
  readonly epoch: number;
  readonly expires_at: number;
  /** Until when past answers may be shown: a one-time code has been typed on this device. */
  readonly verified_until: number | null;
  /** The one wave it is for, when it was opened by the code of a letter, and when that was. */
  readonly wave: string | null;
  readonly began_at: number | null;
}

/** One signature under the lock of a study. */
export interface LockSignatureTable {
  readonly study: string;
  readonly staff: string;
  readonly email: string;
  readonly signed_at: number;
}

/** Who did what, when; each line holds the hash of the one before it, so that none can be changed unseen. */
export interface AuditTable {
  readonly id: string;
  readonly at: number;
  readonly study: string | null;
  readonly actor: string;
  readonly action: string;
  readonly detail: string;
  /** The study, or nothing for what belongs to none: each has a chain of its own. */
  readonly chain: string;
  /** Its place in the chain; 1 is the first. */
  readonly number: number;
  /** The hash of the line before it. */
  readonly previous: string;
  readonly hash: string;
}

/** The end of a chain of the audit. */
export interface AuditChainTable {
  readonly chain: string;
  readonly last_number: number;
  readonly last_hash: string;
}

/** One way in which a person left: `stop_contact`, `stop_keep` or `erase`; rows are only ever added. */
export interface DepartureTable {
  readonly id: string;
  readonly study: string;
  readonly person: string;
  readonly kind: string;
  readonly at: number;
  /** `person:ID` or `staff:ADDRESS`. */
  readonly actor: string;
  readonly reason: string | null;
}

/** A person who has left and asks the team to erase them. */
interface ErasureRequestTable {
  readonly study: string;
  readonly person: string;
  readonly asked_at: number;
}

/** The exact rules and words of people's own pages, once for each hash. */
interface FeedbackRulesTable {
  readonly hash: string;
  readonly text: string;
}

/** A person was shown their own page by these rules; rows are only ever added. */
export interface FeedbackViewTable {
  readonly id: string;
  readonly study: string;
  readonly person: string;
  readonly version: number;
  readonly language: string;
  readonly rules_hash: string;
  readonly shown_at: number;
}

/** A choice to show or hide the picture of one's sessions; rows are only ever added, and the latest holds. */
export interface FeedbackChoiceTable {
  readonly id: string;
  readonly study: string;
  readonly person: string;
  readonly shows_sessions: number;
  readonly chosen_at: number;
}

/** A migration that has been carried out. */
interface MigrationTable {
  readonly name: string;
  readonly applied_at: number;
}

/** Every table of the store, the same on SQLite and PostgreSQL. */
export interface Tables
  extends ResultsTables,
    MessageTables,
    RecruitmentTables,
    StaffTables,
    EntryTables,
    ContactTables,
    ImportTables,
    InboxTables {
  readonly study: StudyTable;
  readonly protocol_version: ProtocolVersionTable;
  readonly study_pause: StudyPauseTable;
  readonly person: PersonTable;
  readonly person_contact: PersonContactTable;
  readonly consent_form: ConsentFormTable;
  readonly consent: ConsentTable;
  readonly consent_declined: ConsentDeclinedTable;
  readonly answer: AnswerTable;
  readonly wave_progress: WaveProgressTable;
  readonly visit: VisitTable;
  readonly lock_signature: LockSignatureTable;
  readonly audit: AuditTable;
  readonly audit_chain: AuditChainTable;
  readonly departure: DepartureTable;
  readonly erasure_request: ErasureRequestTable;
  readonly feedback_rules: FeedbackRulesTable;
  readonly feedback_view: FeedbackViewTable;
  readonly feedback_choice: FeedbackChoiceTable;
  readonly migration: MigrationTable;
}
