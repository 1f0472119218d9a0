import type { CodebookEntry, Dataset, Protocol } from "@longwave/study";
import { FindingsError } from "../errors.ts";
import { releaseCodebook } from "./codebook.ts";
import { classesOf } from "./people/classes.ts";
import { type Generalised, generalise } from "./people/generalise.ts";
import { type Ladder, ladderOf } from "./people/ladder.ts";
import { reportOf } from "./report.ts";
import { drawOrder, restrictTo } from "./restrict.ts";
import { countTables } from "./tables/count-tables.ts";
import type { Deidentified, ReleaseInput } from "./types.ts";
import { calendarShifts } from "./values/calendar.ts";
import { codeValues } from "./values/code-values.ts";
import { columnOf } from "./values/table.ts";
import { type ReleaseVariables, releaseVariables } from "./variables.ts";
import { releasedTables } from "./write-tables.ts";

/**
 * A dataset made ready for other researchers: only people who agreed, under new numbers in a new order, with calendars
 * moved, who they are told so coarsely that at least `k` look alike, and answers of few people merged into others.
 *
 * Pure: the same dataset, people and random numbers give the same release. The link between old and new ids is used in
 * here and goes nowhere.
 * @throws FindingsError `findings.release-too-few`
 */
export function deidentify(input: ReleaseInput): Deidentified {
  const { protocol, dataset, settings, random } = input;
  const people = drawOrder(dataset, input.agreed, random);
  if (people.length < settings.k) throw tooFew(people.length, settings.k);
  const own = restrictTo(dataset, people);
  const before = releaseVariables(protocol, { ...dataset, ...own });
  const names = new Set([...before.person, ...before.wave]);
  const coded = codeValues(protocol, own, { names, fewest: settings.minCell });
  const rare = new Set(coded.rare.filter(({ isWhole }) => isWhole).map(({ name }) => name));
  const variables = releaseVariables(protocol, { ...dataset, ...own }, rare);
  const ladders = laddersOf(protocol, { ...dataset, ...own }, variables);
  const made = generalise(ladders, settings.k, people.length);
  const kept = people.flatMap((_, p) => (made.cells.removed[p] === true ? [] : [p]));
  const told = toldRungs(ladders, made, kept);
  const stay = kept.map((p) => people[p] ?? "");
  const values = restrictTo({ person: own.person, personWave: coded.personWave, event: coded.event }, stay);
  const shifts = calendarShifts(values.personWave, stay, random);
  const classes = classesOf(told, stay.length);
  const tables = releasedTables({ values, people: stay, shifts, variables, ladders, told, rare });
  const parts = { input, people, stay, values, variables, ladders, made, told, classes, coded };
  const report = reportOf(parts, tables);
  return {
    ...tables,
    codebook: releaseCodebook(dataset.codebook, tables, { variables, report }),
    tables: countTables(protocol, parts),
    report,
  };
}

/** Each quasi-identifier with its degrees, over the people in their drawn order. */
function laddersOf(protocol: Protocol, dataset: Dataset, { quasi }: ReleaseVariables): readonly Ladder[] {
  return quasi.map(({ name, steps }) =>
    ladderOf(columnOf(dataset.person, name), withCodes(protocol, entryOf(dataset.codebook, name)), steps),
  );
}

/** A yes or no that is computed has codes too, though no label for them. */
function withCodes(protocol: Protocol, entry: CodebookEntry): CodebookEntry {
  const derived = protocol.derived.find(({ name }) => name === entry.name);
  if (entry.coding !== undefined || derived === undefined || derived.level !== "nominal") return entry;
  return {
    ...entry,
    coding: [
      { value: 0, label: "No" },
      { value: 1, label: "Yes" },
    ],
  };
}

function entryOf(codebook: readonly CodebookEntry[], name: string): CodebookEntry {
  const found = codebook.find((entry) => entry.name === name);
  return found ?? { name, table: "person", label: name, level: "nominal", inDataset: true };
}

/** What is told of those who stay: the rung chosen, with the codes left after hiding. */
function toldRungs(ladders: readonly Ladder[], made: Generalised, kept: readonly number[]) {
  return ladders.flatMap(({ rungs }, variable) => {
    const rung = rungs[made.rungs[variable] ?? 0];
    const codes = made.cells.codes[variable];
    if (rung === undefined || codes === undefined) return [];
    return [{ ...rung, codes: Int32Array.from(kept, (p) => codes[p] ?? 0) }];
  });
}

function tooFew(found: number, k: number): FindingsError {
  return new FindingsError(
    "findings.release-too-few",
    `Expected at least ${k} people who agreed to share their answers and answered at least once; found ${found}. A release of fewer people than k would point at them: wait for more, or do not release.`,
  );
}
