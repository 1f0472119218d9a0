import { StudyError } from "../errors.ts";
import { checkMeaning } from "./checks.ts";
import { describeIssue, type Issue } from "./issues.ts";
import { protocolSchema } from "./schema.ts";
import type { Protocol } from "./types.ts";

/**
 * The study text as a checked protocol.
 *
 * @throws StudyError that lists every mistake: first of shape, then (when the shape is right) of meaning.
 */
export function parseProtocol(value: unknown): Protocol {
  const result = protocolSchema.safeParse(value);
  if (!result.success) {
    throw new StudyError(result.error.issues.flatMap((issue) => describeIssue(issue as Issue, value)));
  }
  const problems = checkMeaning(result.data);
  if (problems.length > 0) throw new StudyError(problems);
  return result.data;
}
