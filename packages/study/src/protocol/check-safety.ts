import type { StudyProblem } from "../errors.ts";
import type { Protocol } from "./types.ts";
import { unknownName } from "./unknown-name.ts";
import { waveItems } from "./variables.ts";

/** Questions of the safety pause that nobody answers with yes or no at a wave. */
export function checkSafety(protocol: Protocol): readonly StudyProblem[] {
  const items = waveItems(protocol);
  const questions = protocol.instruments.flatMap((instrument) => instrument.items);
  return (protocol.safety.pauseRule?.items ?? []).flatMap((id, i): readonly StudyProblem[] => {
    const path = ["safety", "pauseRule", "items", i];
    const unknown = unknownName(id, [...items.keys()], path);
    const kind = questions.find((item) => item.id === id)?.kind;
    if (unknown.length > 0 || kind === "yes_no") return unknown;
    return [
      {
        code: "protocol.wrong-value",
        path,
        expected: "a question of the kind yes_no, whose yes is a report of harm",
        found: `“${id}”, of the kind ${kind}`,
        remedy: "Name such a question.",
      },
    ];
  });
}
