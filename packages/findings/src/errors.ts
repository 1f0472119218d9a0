/** Every code this package throws; docs/problems-findings.md explains each. */
export const findingsProblemCodes = [
  "findings.verdict-not-finite",
  "findings.causal-wording",
  "findings.plan-base-unknown",
  "findings.bounds-unknown",
  "findings.random-part-missing",
  "findings.release-too-few",
] as const;

export type FindingsProblemCode = (typeof findingsProblemCodes)[number];

/** A broken contract in this package: the message says what was expected, what was found and what to do. */
export class FindingsError extends Error {
  readonly code: FindingsProblemCode;

  constructor(code: FindingsProblemCode, message: string) {
    super(message);
    this.name = "FindingsError";
    this.code = code;
  }
}
