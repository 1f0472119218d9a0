import type { StudyProblem } from "../errors.ts";
import type { SessionContrastModel } from "./plan-types.ts";
import type { Instrument, ItemText, Protocol } from "./types.ts";
import { unknownName } from "./unknown-name.ts";

type Path = readonly (string | number)[];

/** Names of a session model that are no items of sessions and rests, or items that cannot play their part. */
export function checkSessionContrast(
  protocol: Protocol,
  model: SessionContrastModel,
  path: Path,
): readonly StudyProblem[] {
  const [session, rest] = [itemsOf(protocol, "session"), itemsOf(protocol, "rest")];
  const { type, before, after, nextDay, covariates } = model;
  const rating = (id: string, items: readonly ItemText[], ...field: Path) =>
    checkItem(id, { items, kinds: ["scale"], part: "a scale" }, [...path, ...field]);
  const number: Omit<Part, "items"> = { kinds: ["scale", "integer", "number"], part: "a number" };
  return [
    ...checkItem(type, { items: session, kinds: ["single_choice"], part: "a single choice" }, [
      ...path,
      "type",
    ]),
    ...rating(before, session, "before"),
    ...rating(after, session, "after"),
    ...(nextDay === undefined ? [] : rating(nextDay, session, "nextDay")),
    ...covariates.flatMap((id, i) =>
      checkItem(id, { items: session, ...number }, [...path, "covariates", i]),
    ),
    ...rating(model.rest.before, rest, "rest", "before"),
    ...rating(model.rest.after, rest, "rest", "after"),
    ...unknownName(model.bounds, Object.keys(protocol.plan.bounds), [...path, "bounds"]),
  ];
}

function itemsOf(protocol: Protocol, trigger: Instrument["trigger"]): readonly ItemText[] {
  return protocol.instruments.filter((one) => one.trigger === trigger).flatMap(({ items }) => items);
}

interface Part {
  readonly items: readonly ItemText[];
  readonly kinds: readonly ItemText["kind"][];
  readonly part: string;
}

function checkItem(id: string, { items, kinds, part }: Part, path: Path): readonly StudyProblem[] {
  const known = items.filter(({ kind }) => kinds.includes(kind)).map((item) => item.id);
  const found = items.find((item) => item.id === id);
  if (found === undefined || kinds.includes(found.kind)) return unknownName(id, known, path);
  return [
    {
      code: "protocol.wrong-value",
      path,
      expected: `a question answered by ${part}`,
      found: `“${id}”, a question of the kind ${found.kind}`,
      remedy: `Name one of ${known.join(", ")}.`,
    },
  ];
}
