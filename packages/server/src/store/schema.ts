import type { StaffTables } from "./schema-staff.ts";

/**
 * One study: its protocol as text, its phase, and the last place given out in its order of answers.
 * The text never changes after `created_at`, so the plan in it is locked from then on.
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
}

/** Name and e-mail address of a person. */
interface PersonContactTable {
  readonly study: string;
  readonly person: string;
  readonly name: string | null;
  readonly email: string | null;
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
  readonly given_at: number;
}

/** One answer; rows are only ever added, and `replaces` names the row that a correction corrects. */
export interface AnswerTable {
  readonly study: string;
  readonly seq: number;
  readonly id: string;
  readonly person: string;
  readonly wave: string;
  readonly item: string;
  readonly payload: string;
  readonly answered_at: number;
  readonly received_at: number;
  readonly replaces: string | null;
  /** 1 for an answer, 0 for a question that was skipped: who answered is counted without reading any answer. */
  readonly given: number;
  /** 1 when it arrived after its wave had closed. */
  readonly late: number;
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
}

/** One signature under the lock of a study. */
export interface LockSignatureTable {
  readonly study: string;
  readonly staff: string;
  readonly email: string;
  readonly signed_at: number;
}

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

/**
 * A message that has been decided; what it says is made anew from the template when it is sent, so no link, code or
 * address stands here.
 */
export interface OutboxTable {
  readonly id: string;
  /** Names the decision: the same one is never made twice. */
  readonly key: string;
  readonly study: string;
  readonly template: string;
  readonly parameters: string;
  /** To whom: a person of the study, or the reader who wrote this comment. */
  readonly person: string | null;
  readonly comment: string | null;
  /** A member of staff, by address. */
  readonly staff: string | null;
  readonly language: string;
  /** 1 when someone waits for it: it goes first, and at night too. */
  readonly urgent: number;
  readonly state: string;
  readonly decided_at: number;
  /** It is not sent before. */
  readonly due_at: number;
  readonly attempts: number;
  /** The process that is sending it, and when that last said that it is alive. */
  readonly owner: string | null;
  readonly alive_at: number;
  readonly sent_at: number | null;
  readonly last_error: string | null;
  /** The message that this one repeats, and why. */
  readonly resend_of: string | null;
  readonly reason: string | null;
}

/** A one-time code: the code itself follows from the link key and `id`, and is kept nowhere. */
export interface OneTimeCodeTable {
  readonly id: string;
  readonly study: string;
  readonly person: string;
  readonly purpose: string;
  /** How it reaches the person: by mail, read out by staff, or not at all. */
  readonly channel: string;
  readonly made_at: number;
  readonly expires_at: number;
  readonly tries: number;
  readonly used_at: number | null;
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

/**
 * A moment drawn at random for one person, at which to ask for the pain at rest. `seed` and `week` give the draw again;
 * `state`: drawn, sent, cancelled (a session was logged that day), passed (its time went by without a message).
 */
export interface RestPromptTable {
  readonly study: string;
  readonly id: string;
  readonly person: string;
  /** The Monday of the week it was drawn for, on the person's calendar. */
  readonly week: string;
  readonly local_date: string;
  readonly due_at: number;
  /** From which clock times: those of the person's own sessions, or any hour by day. */
  readonly basis: string;
  readonly seed: string;
  readonly drawn_at: number;
  readonly state: string;
  readonly settled_at: number | null;
}

/** A migration that has been carried out. */
interface MigrationTable {
  readonly name: string;
  readonly applied_at: number;
}

/** Every table of the store, the same on SQLite and PostgreSQL. */
export interface Tables extends StaffTables {
  readonly study: StudyTable;
  readonly person: PersonTable;
  readonly person_contact: PersonContactTable;
  readonly consent_form: ConsentFormTable;
  readonly consent: ConsentTable;
  readonly answer: AnswerTable;
  readonly wave_progress: WaveProgressTable;
  readonly visit: VisitTable;
  readonly lock_signature: LockSignatureTable;
  readonly run: RunTable;
  readonly deviation: DeviationTable;
  readonly publication: PublicationTable;
  readonly audit: AuditTable;
  readonly audit_chain: AuditChainTable;
  readonly comment: CommentTable;
  readonly release: ReleaseTable;
  readonly release_recipient: ReleaseRecipientTable;
  readonly outbox: OutboxTable;
  readonly one_time_code: OneTimeCodeTable;
  readonly departure: DepartureTable;
  readonly erasure_request: ErasureRequestTable;
  readonly feedback_rules: FeedbackRulesTable;
  readonly feedback_view: FeedbackViewTable;
  readonly feedback_choice: FeedbackChoiceTable;
  readonly rest_prompt: RestPromptTable;
  readonly migration: MigrationTable;
}
