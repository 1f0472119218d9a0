import type { InboxAbout } from "@longwave/api";

/** The words of writing to the study team. */
export interface WriteWords {
  readonly enter: string;
  readonly title: string;
  readonly lede: string;
  readonly needTitle: string;
  readonly about: string;
  readonly abouts: Readonly<Record<InboxAbout, string>>;
  readonly words: string;
  readonly hint: string;
  readonly chooseFirst: string;
  readonly writeFirst: string;
  readonly send: string;
  readonly sending: string;
  readonly tooMany: string;
  readonly doneTitle: string;
  readonly done: string;
  readonly back: string;
}
