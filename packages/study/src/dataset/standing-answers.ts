import { compareCodePoints } from "../canonical/json.ts";
import type { AnswerRecord } from "./types.ts";

/**
 * The answers that stand at `upToSeq`: one for each person, wave and item.
 *
 * A replaced row never stands. Among the rest the highest `seq` does (then the highest id), whatever order
 * they come in, so sending an answer twice changes nothing.
 */
export function standingAnswers(
  answers: readonly AnswerRecord[],
  upToSeq: number,
): ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, AnswerRecord>>> {
  const seen = answers.filter((answer) => answer.seq <= upToSeq);
  const replaced = new Set(
    seen.flatMap((answer) => (answer.replaces === undefined ? [] : [answer.replaces])),
  );
  const people = new Map<string, Map<string, Map<string, AnswerRecord>>>();
  for (const answer of seen) {
    if (replaced.has(answer.id)) continue;
    const cell = childOf(childOf(people, answer.person), answer.wave);
    const standing = cell.get(answer.item);
    if (standing === undefined || isAfter(answer, standing)) cell.set(answer.item, answer);
  }
  return people;
}

function isAfter(answer: AnswerRecord, other: AnswerRecord): boolean {
  if (answer.seq !== other.seq) return answer.seq > other.seq;
  return compareCodePoints(answer.id, other.id) > 0;
}

function childOf<Value>(parent: Map<string, Map<string, Value>>, key: string): Map<string, Value> {
  const found = parent.get(key);
  if (found !== undefined) return found;
  const made = new Map<string, Value>();
  parent.set(key, made);
  return made;
}
