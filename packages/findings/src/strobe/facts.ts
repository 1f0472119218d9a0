import type { Dataset, Protocol } from "@longwave/study";
import { FEWEST_SHOWN, shownCount } from "../blind/hidden-count.ts";
import { characteristicsOf } from "./characteristics.ts";
import { columnOf, meanAndSd, numbersIn, quantileOf } from "./columns.ts";
import type { FollowUp, MonthRange, ReportingFacts, WaveFacts } from "./facts-types.ts";

/**
 * Dates, characteristics, missing values, waves and follow-up of a dataset, as a report of a cohort gives them.
 *
 * @param locked  whether the data are locked: before, nothing is shown by group and no outcome by wave.
 */
export function reportingFacts(protocol: Protocol, dataset: Dataset, locked: boolean): ReportingFacts {
  const followUp = followUpOf(protocol, dataset);
  return {
    ...datesOf(dataset),
    ...characteristicsOf(protocol, dataset, locked),
    missing: missingOf(protocol, dataset),
    waves: wavesOf(protocol, dataset, locked),
    ...(followUp === undefined ? {} : { followUp }),
  };
}

function datesOf({ person, personWave }: Dataset): Pick<ReportingFacts, "invited" | "answered"> {
  const all = (nrows: number): readonly number[] => Array.from({ length: nrows }, (_, row) => row);
  const invited = numbersIn(columnOf(person, "invited_at"), all(person.nrows));
  const days = numbersIn(columnOf(personWave, "answered_day"), all(personWave.nrows));
  return {
    ...monthRange("invited", invited),
    ...monthRange(
      "answered",
      days.map((day) => day * 86_400_000),
    ),
  };
}

function monthRange(name: "invited" | "answered", times: readonly number[]): Record<string, MonthRange> {
  if (times.length === 0) return {};
  const month = (at: number): string => new Date(at).toISOString().slice(0, 7);
  const [from, to] = times.reduce(
    ([low, high], at) => [Math.min(low, at), Math.max(high, at)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return { [name]: { from: month(from), to: month(to) } };
}

/** For each variable of the plan, in how many of the answered waves it is missing where it was asked. */
function missingOf({ plan }: Protocol, { personWave, codebook }: Dataset): ReportingFacts["missing"] {
  const { outcome, exposure, moderator } = plan.variables;
  const roles = [outcome, exposure, ...(moderator === undefined ? [] : [moderator])].map(({ name }) => name);
  const adjusted = codebook.filter(({ name }) => inPlan(plan, name)).map(({ name }) => name);
  return [...new Set([...roles, ...adjusted])].flatMap((name) => {
    const column = columnOf(personWave, name);
    if (column === undefined) return [];
    const asked = column.values.filter(
      (value, row) => value !== null || !["not_asked", "by_rule"].includes(column.missing?.[row] ?? ""),
    );
    const label = codebook.find((entry) => entry.name === name)?.label ?? name;
    const missing = shownCount(asked.filter((value) => value === null).length);
    return [{ name, label, missing, of: asked.length }];
  });
}

/** Whether a model of the confirmatory plan names a column. */
function inPlan({ hypotheses, variables }: Protocol["plan"], name: string): boolean {
  if (name === variables.person || name === variables.wave) return false;
  const word = new RegExp(`\\b${name}\\b`);
  return hypotheses.some(({ model }) => word.test(JSON.stringify(model)));
}

function wavesOf(protocol: Protocol, dataset: Dataset, locked: boolean): readonly WaveFacts[] {
  const { outcome, wave } = protocol.plan.variables;
  const number = columnOf(dataset.personWave, wave);
  const answeredBy = wavesByPerson(protocol, dataset);
  return protocol.waves.map(({ id }, index) => {
    const rows = number?.values.flatMap((value, row) => (value === index + 1 ? [row] : [])) ?? [];
    const silent = answeredBy.filter((waves) => waves.size > 0 && !waves.has(index + 1));
    const later = silent.filter((waves) => Math.max(...waves) > index + 1).length;
    const values = locked ? numbersIn(columnOf(dataset.personWave, outcome.name), rows) : [];
    return {
      wave: id,
      answered: rows.length,
      ...silentCounts(later, silent.length - later),
      ...(values.length < FEWEST_SHOWN ? {} : { outcome: { people: values.length, ...meanAndSd(values) } }),
    };
  });
}

/** People who did not answer, by whether they came back; one of them would give the other away. */
function silentCounts(later: number, never: number): Pick<WaveFacts, "cameBack" | "notSeenAgain"> {
  const [cameBack, notSeenAgain] = [shownCount(later), shownCount(never)];
  const isHidden = cameBack === null || notSeenAgain === null;
  return isHidden ? { cameBack: null, notSeenAgain: null } : { cameBack, notSeenAgain };
}

function wavesByPerson(protocol: Protocol, { personWave }: Dataset): readonly ReadonlySet<number>[] {
  const { person, wave } = protocol.plan.variables;
  const [ids, waves] = [columnOf(personWave, person), columnOf(personWave, wave)];
  const found = new Map<string, Set<number>>();
  for (let row = 0; row < personWave.nrows; row++) {
    const [id, number] = [String(ids?.values[row]), waves?.values[row]];
    if (typeof number === "number") found.set(id, (found.get(id) ?? new Set()).add(number));
  }
  return [...found.values()];
}

/** From the first to the last answer of each person; without days of answers, by the days the waves are set for. */
function followUpOf(protocol: Protocol, dataset: Dataset): FollowUp | undefined {
  const { personWave } = dataset;
  const { person, wave } = protocol.plan.variables;
  const [ids, days, waves] = [person, "answered_day", wave].map((name) => columnOf(personWave, name));
  const spans = new Map<string, { first: number; last: number }>();
  for (let row = 0; row < personWave.nrows; row++) {
    const id = String(ids?.values[row]);
    const place = Number(waves?.values[row]) - 1;
    const day = days?.values[row] ?? protocol.waves[place]?.offsetDays;
    if (typeof day !== "number") continue;
    const { first, last } = spans.get(id) ?? { first: day, last: day };
    spans.set(id, { first: Math.min(first, day), last: Math.max(last, day) });
  }
  const lengths = [...spans.values()].map(({ first, last }) => last - first).sort((a, b) => a - b);
  if (lengths.length < FEWEST_SHOWN) return undefined;
  return {
    people: lengths.length,
    personYears: lengths.reduce((sum, length) => sum + length, 0) / 365.25,
    medianDays: quantileOf(lengths, 0.5),
    lowerQuartileDays: quantileOf(lengths, 0.25),
    upperQuartileDays: quantileOf(lengths, 0.75),
  };
}
