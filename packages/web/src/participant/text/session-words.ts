/** The words around sessions and rests; the questions themselves are the study's. */
export interface SessionWords {
  readonly title: string;
  readonly text: string;
  readonly log: string;
  /** The button of a part that can be answered now, of a session that began at a clock time. */
  readonly after: (when: string) => string;
  readonly nextDay: (when: string) => string;
  readonly rest: string;
  readonly restLater: string;
  readonly until: (when: string) => string;
  readonly coming: (began: string, from: string, until: string) => string;
  readonly place: (position: number, total: number) => string;
  readonly otherMinutes: string;
  readonly minutesLabel: string;
  readonly leave: string;
  readonly doneTitle: string;
  readonly doneNext: (from: string, until: string) => string;
  readonly doneNow: (until: string) => string;
  readonly doneLast: string;
  readonly doneBack: string;
  readonly logged: string;
}
