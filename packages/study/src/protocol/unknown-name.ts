import type { StudyProblem } from "../errors.ts";
import { suggest } from "./nearest.ts";

/** A problem when `name` is not among the known ones. */
export function unknownName(
  name: string,
  known: readonly string[],
  path: readonly (string | number)[],
): readonly StudyProblem[] {
  if (known.includes(name)) return [];
  return [
    {
      code: "protocol.unknown-name",
      path,
      expected: "a name that this text defines",
      found: `“${name}”`,
      remedy: suggest(name, known),
    },
  ];
}
