import type { LeaveRequest, LeavingWay } from "@longwave/api";

/** The words of stopping and leaving: what each way does, and what it cannot undo. */
export interface LeaveWords {
  readonly enter: string;
  readonly title: string;
  readonly lede: string;
  readonly legend: string;
  readonly ways: Readonly<
    Record<
      LeavingWay,
      {
        readonly name: string;
        readonly does: string;
        readonly undo: string;
        readonly confirmTitle: string;
        readonly confirm: string;
      }
    >
  >;
  readonly chooseFirst: string;
  readonly go: string;
  readonly back: string;
  readonly other: string;
  readonly working: string;
  readonly code: { readonly why: string; readonly go: string; readonly title: string };
  readonly noCode: { readonly title: string; readonly text: string; readonly go: string };
  readonly done: Readonly<
    Record<LeaveRequest["way"], { readonly title: string; readonly text: string; readonly short: string }>
  >;
  readonly receipt: {
    readonly title: string;
    readonly what: string;
    readonly when: string;
    readonly study: string;
    readonly number: string;
    readonly contact: string;
    readonly keep: string;
    readonly print: string;
  };
  readonly thanks: string;
}
