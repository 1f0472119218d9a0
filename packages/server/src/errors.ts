import type { Problem, ProblemCode } from "@longwave/api";
import { problem } from "@longwave/api";

/** A refusal: thrown by a handler, turned into `application/problem+json` at the door. */
export class Refusal extends Error {
  readonly problem: Problem;
  constructor(given: Problem) {
    super(`${given.title}: expected ${given.expected}; found ${given.found}. ${given.remedy}`);
    this.name = "Refusal";
    this.problem = given;
  }
}

/** A refusal with the code and the three parts of its message. */
export function refuse(code: ProblemCode, expected: string, found: string, remedy: string): Refusal {
  return new Refusal(problem(code, { expected, found, remedy }));
}

type StoreErrorCode =
  | "store.unreachable"
  | "store.key-invalid"
  | "backup.no-store"
  | "backup.no-tool"
  | "backup.failed"
  | "backup.damaged"
  | "backup.folder-in-use"
  | "backup.no-keys"
  | "backup.keys-older"
  | "vault.key-file-missing"
  | "vault.key-file-wrong"
  | "vault.key-missing"
  | "staff.email-invalid"
  | "mail.address-invalid"
  | "server.address-invalid";

/** What whoever runs the server has to mend: where things are kept, or what they typed. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = "StoreError";
    this.code = code;
  }
}
