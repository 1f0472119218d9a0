import { personLevelNames } from "../dataset/person-level.ts";
import type { StudyProblem } from "../errors.ts";
import type { GeneralisationStep, QuasiIdentifier } from "./release-types.ts";
import type { Protocol } from "./types.ts";
import { unknownName } from "./unknown-name.ts";
import { columnNames, waveItems } from "./variables.ts";

type Path = readonly (string | number)[];

/** Every name and code in the part about releases that nothing defines. */
export function checkRelease(protocol: Protocol): readonly StudyProblem[] {
  const { release } = protocol;
  if (release === undefined) return [];
  const columns = columnNames(protocol);
  const constant = personLevelNames(protocol);
  const ticks = protocol.consent.ticks.map(({ id }) => id);
  return [
    ...(release.tick === undefined ? [] : unknownName(release.tick, ticks, ["release", "tick"])),
    ...(["leaveOut", "sensitive"] as const).flatMap((list) =>
      (release[list] ?? []).flatMap((name, i) => unknownName(name, columns, ["release", list, i])),
    ),
    ...(release.quasiIdentifiers ?? []).flatMap((entry, i) => {
      const path = ["release", "quasiIdentifiers", i];
      return [...unknownName(entry.name, constant, [...path, "name"]), ...checkSteps(protocol, entry, path)];
    }),
  ];
}

function checkSteps(protocol: Protocol, entry: QuasiIdentifier, path: Path): readonly StudyProblem[] {
  const codes = codesOf(protocol, entry.name);
  const steps = entry.steps ?? [];
  if (codes === undefined && steps.length === 0) return [needsBands(entry.name, path)];
  return steps.flatMap((step, i) => checkStep(step, codes, [...path, "steps", i]));
}

function checkStep(
  step: GeneralisationStep,
  codes: readonly (number | string)[] | undefined,
  path: Path,
): readonly StudyProblem[] {
  if ("breaks" in step || codes === undefined) return [];
  const known = codes.map(String);
  return step.groups.flatMap((group, i) =>
    group.flatMap((value, j) => unknownName(String(value), known, [...path, "groups", i, j])),
  );
}

/** The codes of a choice or a labelled variable; a number has none. */
function codesOf(protocol: Protocol, name: string): readonly (number | string)[] | undefined {
  const item = waveItems(protocol).get(name)?.item;
  if (item?.kind === "single_choice") return item.options.map(({ value }) => value);
  if (item?.kind === "yes_no") return [0, 1];
  const derived = protocol.derived.find((entry) => entry.name === name);
  if (derived?.level === "nominal" && derived.labels === undefined) return [0, 1];
  return derived?.labels?.map(({ value }) => value);
}

function needsBands(name: string, path: Path): StudyProblem {
  return {
    code: "protocol.missing-field",
    path: [...path, "steps"],
    expected: `bands for the number “${name}”, such as - breaks: [40, 65]`,
    found: "no steps",
    remedy: "Exact numbers point at people: say where bands begin, or leave the variable out.",
  };
}
