import type { StudyProblem } from "../errors.ts";
import type { ItemText, Protocol, StraightLining } from "./types.ts";
import { unknownName } from "./unknown-name.ts";
import { waveItems } from "./variables.ts";

type Path = readonly (string | number)[];
type AnswerSet = StraightLining["sets"][number];

/** Sets of questions that cannot show a form answered the same all the way down. */
export function checkStraightLining(protocol: Protocol): readonly StudyProblem[] {
  const { straightLining } = protocol;
  if (straightLining === undefined) return askedWithoutRule(protocol);
  const { fewestItems, sets } = straightLining;
  const path: Path = ["straightLining"];
  const items = sets.reduce((sum, set) => sum + set.items.length, 0);
  return [
    ...sets.flatMap((set, i) => checkSet(protocol, set, [...path, "sets", i])),
    ...(items >= fewestItems
      ? []
      : [
          wrong(
            [...path, "fewestItems"],
            `at most ${items}, the number of questions in the sets`,
            String(fewestItems),
            "Lower it, or add questions: as it is, no form would ever be judged.",
          ),
        ]),
  ];
}

/** A plan that leaves out straight-lined forms needs to say which those are. */
function askedWithoutRule({ plan }: Protocol): readonly StudyProblem[] {
  return (["exploratory", "sensitivity", "comparisons"] as const).flatMap((list) =>
    plan[list].flatMap(({ model }, i) => {
      if (model.family !== "data_rules" || model.straightLined !== true) return [];
      return [
        wrong(
          ["plan", list, i, "model", "straightLined"],
          "a study text with straightLining",
          "no such part",
          "Add straightLining with the sets of questions that share a scale, or take straightLined out.",
        ),
      ];
    }),
  );
}

function checkSet(protocol: Protocol, set: AnswerSet, path: Path): readonly StudyProblem[] {
  const known = waveItems(protocol);
  const strangers = set.items.flatMap((id, j) => unknownName(id, [...known.keys()], [...path, "items", j]));
  const items = set.items.flatMap((id) => known.get(id)?.item ?? []);
  const [first] = items;
  if (strangers.length > 0 || first === undefined) return strangers;
  const scale = scaleOf(first);
  const others = items.filter((item) => scaleOf(item) === undefined || scaleOf(item) !== scale);
  return [
    ...others.map(({ id }) =>
      wrong(
        [...path, "items", set.items.indexOf(id)],
        `questions with one scale: ${scale ?? "numbers or single choices"}`,
        `“${id}” with another`,
        "Put it into a set of its own kind, or leave it out.",
      ),
    ),
    ...set.honest.flatMap((honest, j) =>
      hasCode(first, honest)
        ? []
        : [
            wrong(
              [...path, "honest", j],
              `an answer of ${scale}`,
              String(honest),
              "Give a code of the scale.",
            ),
          ],
    ),
  ];
}

/** What can be answered, in words; undefined for a question without a scale to share. */
function scaleOf(item: ItemText): string | undefined {
  if (item.kind === "single_choice") return item.options.map(({ value }) => value).join(", ");
  if (item.kind === "scale" || item.kind === "integer") return `${item.min} to ${item.max}`;
  return undefined;
}

function hasCode(item: ItemText, code: number | string): boolean {
  if (item.kind === "single_choice") return item.options.some(({ value }) => value === code);
  return "min" in item && typeof code === "number" && code >= item.min && code <= item.max;
}

function wrong(path: Path, expected: string, found: string, remedy: string): StudyProblem {
  return { code: "protocol.wrong-value", path, expected, found, remedy };
}
