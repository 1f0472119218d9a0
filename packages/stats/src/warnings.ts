/** Something a reader of the result must know; `code` is stable and documented in docs/problems.md. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}
