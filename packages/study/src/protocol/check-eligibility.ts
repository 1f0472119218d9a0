import type { StudyProblem } from "../errors.ts";
import { checkOne } from "./check-expressions.ts";
import type { Protocol } from "./types.ts";

type Open = NonNullable<Protocol["recruitment"]["open"]>;
const path = ["recruitment", "open"] as const;

/** Every mistake in the questions and rules of an open link. */
export function checkEligibility(protocol: Protocol): readonly StudyProblem[] {
  const { open } = protocol.recruitment;
  if (open === undefined) return [];
  const ids = open.questions.map(({ id }) => id);
  const known = [...ids, ...agesOf(open)];
  const scope = { variable: known, wave: [], item: [] };
  return [
    ...twice(ids, "questions"),
    ...twice(
      open.rules.map(({ id }) => id),
      "rules",
    ),
    ...open.rules.flatMap(({ eligibleWhen }, i) =>
      checkOne(eligibleWhen, [...path, "rules", i, "eligibleWhen"], scope),
    ),
    ...ageTaken(open),
    ...manyYears(open),
    ...unreachable(protocol, open),
  ];
}

/** `age` is known where a year of birth is asked. */
function agesOf(open: Open): readonly string[] {
  return open.questions.some(({ kind }) => kind === "year_of_birth") ? ["age"] : [];
}

function twice(ids: readonly string[], list: "questions" | "rules"): readonly StudyProblem[] {
  return ids.flatMap((id, i): readonly StudyProblem[] =>
    ids.indexOf(id) === i
      ? []
      : [
          {
            code: "protocol.duplicate",
            path: [...path, list, i, "id"],
            expected: "a name used once",
            found: `“${id}” again`,
            remedy: "Give one of them another name.",
          },
        ],
  );
}

function ageTaken(open: Open): readonly StudyProblem[] {
  return open.questions.flatMap(({ id }, i): readonly StudyProblem[] =>
    id !== "age"
      ? []
      : [
          {
            code: "protocol.duplicate",
            path: [...path, "questions", i, "id"],
            expected: "a name other than age, which follows from the year of birth",
            found: "“age”",
            remedy: "Call the question born, for instance.",
          },
        ],
  );
}

function manyYears(open: Open): readonly StudyProblem[] {
  return open.questions
    .flatMap(({ kind }, i) => (kind === "year_of_birth" ? [i] : []))
    .slice(1)
    .map((i) => ({
      code: "protocol.wrong-value",
      path: [...path, "questions", i, "kind"],
      expected: "one question for the year of birth",
      found: "another one",
      remedy: "Take one of them out.",
    }));
}

/** Whoever is asked for nothing has only the link on the screen, so the study can write to nobody. */
function unreachable(protocol: Protocol, open: Open): readonly StudyProblem[] {
  const writes = protocol.waves.slice(1).some(({ messages }) => messages.length > 0);
  if (open.email !== "not_asked" || !writes) return [];
  return [
    {
      code: "protocol.wrong-value",
      path: [...path, "email"],
      expected: "required or optional, since later waves write to people",
      found: "not_asked",
      remedy: "Ask for the address, or take the messages out of the later waves.",
    },
  ];
}
