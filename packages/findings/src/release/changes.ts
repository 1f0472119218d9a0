import { formatCount } from "@longwave/figure";
import type { ReleaseReport } from "./types.ts";

/** What of a release is kept to compare the next one with: numbers and names, no person. */
export interface ReleaseSummary {
  readonly version: number;
  readonly dataset: { readonly hash: string; readonly upToSeq: number };
  readonly settings: ReleaseReport["settings"];
  readonly people: ReleaseReport["people"];
  readonly rows: ReleaseReport["rows"];
  readonly k: ReleaseReport["k"];
  readonly unique: ReleaseReport["unique"];
  readonly quasi: readonly { readonly name: string; readonly how: string; readonly hidden: number }[];
  readonly columns: readonly string[];
  /** Values hidden, and their share of the values told of what others may know. */
  readonly hidden: { readonly values: number; readonly share: number };
}

/** The summary of a release. */
export function releaseSummary(
  report: ReleaseReport,
  release: {
    readonly version: number;
    readonly dataset: { readonly hash: string; readonly upToSeq: number };
    readonly columns: readonly string[];
  },
): ReleaseSummary {
  const told = report.quasi.filter(({ isLeftOut }) => !isLeftOut);
  const values = told.reduce((sum, { hidden }) => sum + hidden, 0);
  return {
    version: release.version,
    dataset: { hash: release.dataset.hash, upToSeq: release.dataset.upToSeq },
    settings: report.settings,
    people: report.people,
    rows: report.rows,
    k: report.k,
    unique: report.unique,
    quasi: report.quasi.map(({ name, how, hidden }) => ({ name, how, hidden })),
    columns: release.columns,
    hidden: { values, share: values / Math.max(1, told.length * report.people.released) },
  };
}

/** What is different between two releases, a sentence each. Everyone has a new number in any case. */
export function releaseChanges(
  before: ReleaseSummary,
  after: Omit<ReleaseSummary, "version">,
): readonly string[] {
  const added = after.columns.filter((name) => !before.columns.includes(name));
  const gone = before.columns.filter((name) => !after.columns.includes(name));
  const told = after.quasi.flatMap(({ name, how }) => {
    const earlier = before.quasi.find((each) => each.name === name)?.how;
    return earlier === undefined || earlier === how
      ? []
      : [`${name} is told another way: ${how}; before: ${earlier}.`];
  });
  return [
    "People have other numbers and other dates than before; the two versions cannot be joined by them.",
    ...moved("People", before.people.released, after.people.released),
    ...moved("Rows of person_wave.csv", before.rows.personWave, after.rows.personWave),
    ...moved("Rows of event.csv", before.rows.event, after.rows.event),
    ...moved("Fewest people who look alike (k)", before.k.after, after.k.after),
    ...moved("Smallest count shown", before.settings.minCell, after.settings.minCell),
    ...moved("Values hidden", before.hidden.values, after.hidden.values),
    ...(added.length === 0 ? [] : [`New columns: ${added.join(", ")}.`]),
    ...(gone.length === 0 ? [] : [`Columns that are gone: ${gone.join(", ")}.`]),
    ...told,
    ...(before.dataset.hash === after.dataset.hash
      ? ["The study's own data are the same."]
      : [
          `The study's own data are others: up to answer ${after.dataset.upToSeq}, before ${before.dataset.upToSeq}.`,
        ]),
  ];
}

function moved(what: string, before: number, after: number): readonly string[] {
  if (before === after) return [];
  return [`${what}: ${formatCount(after, "en")}, before ${formatCount(before, "en")}.`];
}
