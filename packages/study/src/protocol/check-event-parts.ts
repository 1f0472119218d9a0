import type { StudyProblem } from "../errors.ts";
import type { EventPart, Instrument, Protocol } from "./types.ts";
import { unknownName } from "./unknown-name.ts";

type Path = readonly (string | number)[];

/** Parts of sessions and rests that name no question, leave one out, or have no time. */
export function checkEventParts(protocol: Protocol): readonly StudyProblem[] {
  return protocol.instruments.flatMap((instrument, i) => {
    const { parts } = instrument;
    if (parts === undefined) return [];
    const path = ["instruments", i, "parts"];
    return [
      ...checkItems(instrument, parts, path),
      ...parts.flatMap((part, j) => checkTimes(part, [...path, j])),
    ];
  });
}

/** Every question stands in exactly one part. */
function checkItems(
  instrument: Instrument,
  parts: readonly EventPart[],
  path: Path,
): readonly StudyProblem[] {
  const items = instrument.items.map(({ id }) => id);
  const placed = parts.flatMap((part) => part.items);
  const unknown = parts.flatMap((part, j) =>
    part.items.flatMap((id, k) => unknownName(id, items, [...path, j, "items", k])),
  );
  const unfit = items.filter((id) => placed.filter((each) => each === id).length !== 1);
  if (unfit.length === 0) return unknown;
  const [first] = unfit;
  const times = placed.filter((each) => each === first).length;
  return [
    ...unknown,
    {
      code: "protocol.wrong-value",
      path,
      expected: `each of ${items.join(", ")} in one part`,
      found: `“${first}” in ${times === 0 ? "none" : `${times}`}`,
      remedy: "Name every question of the instrument in exactly one part.",
    },
  ];
}

function checkTimes(part: EventPart, path: Path): readonly StudyProblem[] {
  const { fromMinutes, untilMinutes, remindMinutes = fromMinutes } = part;
  if (fromMinutes < untilMinutes && remindMinutes >= fromMinutes && remindMinutes < untilMinutes) return [];
  return [
    {
      code: "protocol.wrong-value",
      path,
      expected: "fromMinutes before untilMinutes, and a reminder between the two",
      found: `from ${fromMinutes} until ${untilMinutes}, reminder at ${remindMinutes}`,
      remedy: "Change the minutes; they count from the first answer.",
    },
  ];
}
