/** What a person wrote to the study team; the words are sealed with the person's key. */
export interface InboxMessageTable {
  readonly study: string;
  /** Made on the phone, so that sending twice changes nothing. */
  readonly id: string;
  readonly person: string;
  readonly about: string;
  readonly words: string;
  readonly language: string;
  readonly sent_at: number;
  readonly read_at: number | null;
  readonly closed_at: number | null;
}

/** What the team answered: by e-mail, or a note about a call; sealed as well. Rows are only ever added. */
export interface InboxAnswerTable {
  readonly study: string;
  readonly id: string;
  readonly person: string;
  readonly message: string;
  readonly way: string;
  readonly words: string;
  readonly answered_at: number;
  readonly answered_by: string;
}

/** A pause that the study's own safety rule began; `people`: how many reported harm within those days. */
export interface SafetyPauseTable {
  readonly study: string;
  readonly paused_at: number;
  readonly people: number;
  readonly within_days: number;
  readonly resumed_at: number | null;
}

/** The tables of what people write to the team, and of safety. */
export interface InboxTables {
  readonly inbox_message: InboxMessageTable;
  readonly inbox_answer: InboxAnswerTable;
  readonly safety_pause: SafetyPauseTable;
}
