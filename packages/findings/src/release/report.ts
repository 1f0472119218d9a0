import type { Dataset, Protocol } from "@longwave/study";
import { type Classes, classesOf, peopleUnder, smallestClass } from "./people/classes.ts";
import type { Generalised } from "./people/generalise.ts";
import type { Ladder, Rung } from "./people/ladder.ts";
import { classSizes, diversityOf, uniqueSeries } from "./risk/diversity.ts";
import type { QuasiReport, ReleaseInput, ReleaseReport, SeriesReport } from "./types.ts";
import type { CodedValues } from "./values/code-values.ts";
import type { ReleaseVariables } from "./variables.ts";

/** Everything that is known while a release is made, and that its report is drawn from. */
export interface ReleaseParts {
  readonly input: ReleaseInput;
  /** Everyone who agreed and answered, in the drawn order; `stay` are those released. */
  readonly people: readonly string[];
  readonly stay: readonly string[];
  /** Rows of those released, with the study's own ids. */
  readonly values: Pick<Dataset, "person" | "personWave" | "event">;
  readonly variables: ReleaseVariables;
  readonly ladders: readonly Ladder[];
  readonly made: Generalised;
  readonly told: readonly Rung[];
  readonly classes: Classes;
  readonly coded: CodedValues;
}

/** What was done to the data, and what it leaves open. */
export function reportOf(parts: ReleaseParts, tables: Pick<Dataset, "personWave" | "event">): ReleaseReport {
  const { input, people, stay, classes, coded, variables } = parts;
  const { flow } = input.dataset;
  const before = classesOf(
    parts.ladders.map(({ exact }) => exact),
    people.length,
  );
  const labels = labelsOf(input.dataset);
  return {
    settings: input.settings,
    people: {
      invited: flow.invited,
      consented: flow.consented,
      agreed: input.agreed.size,
      answered: people.length,
      removed: people.length - stay.length,
      released: stay.length,
    },
    rows: { personWave: tables.personWave.nrows, event: tables.event.nrows },
    k: { before: smallestClass(before), after: smallestClass(classes) },
    unique: { before: peopleUnder(before, 2), after: peopleUnder(classes, 2) },
    underK: peopleUnder(before, input.settings.k),
    quasi: quasiReports(parts),
    classes: classSizes(classes),
    risk: {
      highest: 1 / Math.max(1, smallestClass(classes)),
      average: classes.sizes.length / Math.max(1, stay.length),
    },
    diversity: sensitiveNames(input.protocol).flatMap((name) => {
      const found = diversityOf(
        parts.values.personWave,
        { name, label: labels(name) },
        { people: stay, classes },
      );
      return found ?? [];
    }),
    series: seriesOf(input.protocol, parts),
    ends: coded.ends,
    rare: coded.rare,
    leftOut: variables.leftOut.map(({ name, why }) => ({ name, label: labels(name), why })),
  };
}

function quasiReports({ ladders, made }: ReleaseParts): readonly QuasiReport[] {
  return ladders.flatMap(({ name, label, rungs }, variable) => {
    const place = made.rungs[variable] ?? 0;
    const rung = rungs[place];
    if (rung === undefined) return [];
    return [
      {
        name,
        label,
        how: rung.how,
        isLeftOut: place === rungs.length - 1,
        lost: made.losses[variable] ?? 0,
        hidden: made.cells.hidden[variable] ?? 0,
      },
    ];
  });
}

function sensitiveNames(protocol: Protocol): readonly string[] {
  return protocol.release?.sensitive ?? [protocol.plan.variables.outcome.name];
}

/** The series that the study is about: the outcome alone, and with the exposure. */
function seriesOf(protocol: Protocol, { values, variables }: ReleaseParts): readonly SeriesReport[] {
  const { outcome, exposure } = protocol.plan.variables;
  const there = new Set(variables.wave);
  return [[outcome.name], [outcome.name, exposure.name]]
    .filter((names) => names.every((name) => there.has(name)))
    .map((names) => uniqueSeries(values.personWave, names));
}

function labelsOf(dataset: Dataset): (name: string) => string {
  const labels = new Map(dataset.codebook.map(({ name, label }) => [name, label]));
  return (name) => labels.get(name) ?? name;
}
