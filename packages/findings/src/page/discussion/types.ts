/** A comment as readers see it. */
export interface ShownComment {
  readonly id: string;
  /** Taken away since; only its place is left, for the answers to it. */
  readonly gone: boolean;
  readonly name: string;
  /** Written by the study team. */
  readonly isTeam: boolean;
  readonly at: number;
  /** Changed by a moderator before it was shown. */
  readonly editedByTeam: boolean;
  /** What the reader said they mean, such as a kind of exercise; null when nothing. */
  readonly kind: string | null;
  /** Plain text. */
  readonly body: string;
}

/** A comment and the first answers to it, oldest first. */
export interface Thread extends ShownComment {
  readonly replies: readonly ShownComment[];
  /** How many answers there are, shown here or not. */
  readonly replyCount: number;
}

/** A kind of the exposure that comments speak of. */
interface CommentKind {
  readonly kind: string;
  readonly count: number;
  /** The newest comment that speaks of it. */
  readonly newest: string;
  /** Where the comments that speak of it stand by themselves. */
  readonly address: string;
}

/** What was typed, so that nothing is lost when something is missing. */
export interface TypedComment {
  readonly name: string;
  readonly email: string;
  readonly body: string;
  readonly kind: string;
  readonly agreed: boolean;
}

/** The parts of the form, to say beside which one a mistake is. */
export type CommentField = keyof TypedComment;

/** The discussion under a publication, as one visitor sees it. */
export interface Discussion {
  readonly threads: readonly Thread[];
  /** Comments and replies shown on all pages. */
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  /** Whether one comment stands here alone, with all answers to it. */
  readonly alone: boolean;
  /** Most often named first. */
  readonly kinds: readonly CommentKind[];
  /** The kind that the comments shown here speak of; null: all. */
  readonly kind: string | null;
  /** Where the form is sent. */
  readonly action: string;
  readonly feed: string;
  /** Where a reader asks for the links of their comments by e-mail. */
  readonly lostLink: string;
  /** Where the terms stand by themselves. */
  readonly terms: string;
  readonly allAddress: string;
  readonly threadAddress: (comment: string) => string;
  readonly pageAddress: (page: number) => string;
  readonly replyAddress: (comment: string) => string;
  /** The comment that the form answers; null for a comment of its own. */
  readonly replyTo: { readonly id: string; readonly name: string } | null;
  /** A puzzle that a script may solve, so that the form is not taken for a machine's. */
  readonly challenge: string;
  /** Leading zero bits that a solution has. */
  readonly challengeBits: number;
  readonly typed: TypedComment;
  /** Whether this device remembers the reader's name. */
  readonly remembered: boolean;
  readonly mistakes: readonly { readonly field: CommentField; readonly message: string }[];
  /** The exposure of the study in words, to ask what kind is meant. */
  readonly exposure: string;
}

/** The longest texts that are taken. */
export const COMMENT_LIMITS: { readonly name: number; readonly body: number; readonly kind: number } = {
  name: 80,
  body: 4000,
  kind: 40,
};
