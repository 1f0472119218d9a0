/** Every code a CliError can carry; each is explained in docs/problems-source.md. */
export const CLI_ERROR_CODES = [
  "cli.unknown-command",
  "cli.unknown-option",
  "cli.option-value",
  "cli.missing-argument",
  "cli.extra-argument",
  "cli.no-file",
  "cli.no-hashes",
  "cli.no-plan",
  "cli.no-study",
  "cli.not-locked",
  "cli.not-open",
  "cli.imported-before",
  "cli.file-exists",
  "cli.not-a-bundle",
  "cli.no-study-text",
  "cli.not-a-study-text",
  "cli.smaller-data",
  "cli.not-writable",
  "cli.folder-in-use",
  "cli.port-in-use",
  "cli.not-built",
] as const;

export type CliErrorCode = (typeof CLI_ERROR_CODES)[number];

/** A command that was typed in a way it cannot be run: what was expected, what was found, what to do. */
export class CliError extends Error {
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string) {
    super(message);
    this.name = "CliError";
    this.code = code;
  }
}

/**
 * Whether an error is the user's to mend: every package of the house gives such errors a stable code of two
 * parts joined by a dot (`source.no-file`); Node's own codes have no dot.
 */
export function isUsersMistake(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    /^[a-z][a-z-]*\.[a-z0-9.-]+$/.test(error.code)
  );
}
