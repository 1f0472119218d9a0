/** The words of the page on which people say where they are reached. */
export interface ContactWords {
  /** The quiet question after a round, and its way in. */
  readonly ask: string;
  readonly askText: string;
  readonly enter: string;
  readonly title: string;
  readonly lede: string;
  readonly loading: string;
  readonly code: { readonly title: string; readonly why: string; readonly go: string };
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly emailHint: string;
  readonly optional: string;
  readonly returns: string;
  readonly save: string;
  readonly saving: string;
  readonly saved: string;
  readonly moved: (email: string) => string;
  readonly wrongEmail: string;
  readonly wrongPhone: string;
  readonly tooMany: string;
  readonly waitingTitle: string;
  readonly waiting: (email: string) => string;
  readonly codeLabel: string;
  readonly codeHint: string;
  readonly confirm: string;
  readonly wrongCode: string;
  readonly taken: string;
  readonly lost: string;
  readonly back: string;
}
