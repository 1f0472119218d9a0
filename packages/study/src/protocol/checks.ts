import type { StudyProblem } from "../errors.ts";
import { checkFeedback } from "../feedback/check-feedback.ts";
import { checkContacts } from "./check-contacts.ts";
import { checkEligibility } from "./check-eligibility.ts";
import { checkEventParts } from "./check-event-parts.ts";
import { checkExpressions } from "./check-expressions.ts";
import { checkPlan } from "./check-plan.ts";
import { checkRelease } from "./check-release.ts";
import { checkSafety } from "./check-safety.ts";
import { checkStraightLining } from "./check-straight-lining.ts";
import { checkTranslations } from "./check-translations.ts";
import type { Protocol } from "./types.ts";
import { unknownName } from "./unknown-name.ts";

type Path = readonly (string | number)[];

/** Every mistake of meaning in a protocol of the right shape. */
export function checkMeaning(protocol: Protocol): readonly StudyProblem[] {
  const expressions = checkExpressions(protocol);
  return [
    ...checkDuplicates(protocol),
    ...checkReferences(protocol),
    ...checkWindows(protocol),
    ...checkContacts(protocol),
    ...checkEligibility(protocol),
    ...checkEventParts(protocol),
    ...expressions,
    ...checkStraightLining(protocol),
    ...checkSafety(protocol),
    ...checkPlan(protocol),
    // What is fixed about a person is read from expressions, so these have to be sound.
    ...(expressions.length === 0 ? checkRelease(protocol) : []),
    ...checkTranslations(protocol),
    ...checkFeedback(protocol),
  ];
}

function checkDuplicates(protocol: Protocol): readonly StudyProblem[] {
  const named: (readonly [string, Path])[] = [];
  protocol.instruments.forEach((instrument, i) => {
    instrument.items.forEach((item, j) => {
      named.push([item.id, ["instruments", i, "items", j, "id"]]);
    });
  });
  protocol.derived.forEach((derived, i) => {
    named.push([derived.name, ["derived", i, "name"]]);
  });
  return [
    ...repeated(named),
    ...repeated(protocol.waves.map((wave, i) => [wave.id, ["waves", i, "id"]])),
    ...repeated(protocol.instruments.map((entry, i) => [entry.id, ["instruments", i, "id"]])),
    ...repeated(protocol.consent.ticks.map((tick, i) => [tick.id, ["consent", "ticks", i, "id"]])),
  ];
}

function repeated(named: readonly (readonly [string, Path])[]): readonly StudyProblem[] {
  const seen = new Set<string>();
  return named.flatMap(([name, path]): readonly StudyProblem[] => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const problem = {
      expected: "a name used once",
      found: `“${name}” again`,
      remedy: "Give one of them another name.",
    };
    return [{ code: "protocol.duplicate", path, ...problem }];
  });
}

function checkReferences(protocol: Protocol): readonly StudyProblem[] {
  const waves = protocol.waves.map((wave) => wave.id);
  const instruments = protocol.instruments.map((instrument) => instrument.id);
  const batteries = Object.keys(protocol.batteries);
  return [
    ...protocol.waves.flatMap((wave, i) =>
      wave.batteries.flatMap((id, j) => unknownName(id, batteries, ["waves", i, "batteries", j])),
    ),
    ...batteries.flatMap((battery) =>
      (protocol.batteries[battery] ?? []).flatMap((id, j) =>
        unknownName(id, instruments, ["batteries", battery, j]),
      ),
    ),
    ...Object.keys(protocol.minutesByWave).flatMap((id) => unknownName(id, waves, ["minutesByWave", id])),
    ...waves.flatMap((id) => missingMinutes(protocol, id)),
  ];
}

function missingMinutes(protocol: Protocol, wave: string): readonly StudyProblem[] {
  if (protocol.minutesByWave[wave] !== undefined) return [];
  return [
    {
      code: "protocol.missing-field",
      path: ["minutesByWave"],
      expected: `minutes for ${wave}`,
      found: "nothing",
      remedy: `Add “${wave}” with the minutes it takes.`,
    },
  ];
}

function checkWindows(protocol: Protocol): readonly StudyProblem[] {
  return protocol.waves.flatMap((wave, i): readonly StudyProblem[] => {
    const before = protocol.waves[i - 1];
    const opens = wave.offsetDays + wave.opensDays;
    const closedBefore =
      before === undefined ? Number.NEGATIVE_INFINITY : before.offsetDays + before.closesDays;
    if (wave.closesDays < wave.opensDays) {
      return [
        windowProblem(
          ["waves", i, "closesDays"],
          `at least ${wave.opensDays}, the day it opens`,
          wave.closesDays,
        ),
      ];
    }
    if (opens > closedBefore) return [];
    return [
      windowProblem(
        ["waves", i, "opensDays"],
        `a first day after day ${closedBefore}, when ${before?.id} closes`,
        opens,
      ),
    ];
  });
}

function windowProblem(path: Path, expected: string, found: number): StudyProblem {
  return {
    code: "protocol.windows-overlap",
    path,
    expected,
    found: `day ${found}`,
    remedy: "Move the days so that at most one wave is open at a time.",
  };
}
