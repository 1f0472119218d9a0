/** A comment as readers see it. */
export interface ShownComment {
  readonly id: string;
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

/** A comment and the answers to it, oldest first. */
export interface Thread extends ShownComment {
  readonly replies: readonly ShownComment[];
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
  /** How often each kind was named, most often first. */
  readonly kinds: readonly { readonly kind: string; readonly count: number }[];
  /** Where the form is sent. */
  readonly action: string;
  readonly feed: string;
  readonly pageAddress: (page: number) => string;
  readonly replyAddress: (comment: string) => string;
  /** The comment that the form answers; null for a comment of its own. */
  readonly replyTo: { readonly id: string; readonly name: string } | null;
  /** A puzzle that a script may solve, so that the form is not taken for a machine's. */
  readonly challenge: string;
  /** Leading zero bits that a solution has. */
  readonly challengeBits: number;
  readonly typed: TypedComment;
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
