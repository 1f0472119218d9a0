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
  /** Someone who is about to join, and has not typed the code yet. */
  readonly newcomer: string | null;
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

/**
 * A code printed in a letter, which opens one wave once; the code itself follows from the link key and `id`, and is kept
 * nowhere. `epoch`: of the person's link when it was made; a rotated link ends it too.
 */
export interface LetterCodeTable {
  readonly id: string;
  readonly study: string;
  readonly person: string;
  readonly epoch: number;
  readonly wave: string;
  readonly code_hash: string;
  readonly made_at: number;
  readonly expires_at: number;
  readonly used_at: number | null;
}

/** The tables of what is sent to people, and when. */
export interface MessageTables {
  readonly outbox: OutboxTable;
  readonly one_time_code: OneTimeCodeTable;
  readonly rest_prompt: RestPromptTable;
  readonly letter_code: LetterCodeTable;
}
