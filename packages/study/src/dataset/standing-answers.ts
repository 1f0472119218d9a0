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
  const replaced = replacedIds(answers, upToSeq);
  const people = new Map<string, Map<string, Map<string, AnswerRecord>>>();
  for (const answer of answers) {
    if (answer.seq > upToSeq || replaced.has(answer.id)) continue;
    const cell = childOf(childOf(people, answer.person), answer.wave);
    const standing = cell.get(answer.item);
    if (standing === undefined || isAfter(answer, standing)) cell.set(answer.item, answer);
  }
  return people;
}

function replacedIds(answers: readonly AnswerRecord[], upToSeq: number): ReadonlySet<string> {
  const replaced = new Set<string>();
  for (const answer of answers) {
    if (answer.seq <= upToSeq && answer.replaces !== undefined) replaced.add(answer.replaces);
  }
  return replaced;
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
