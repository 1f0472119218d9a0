import {
  type Dataset,
  dependentsOf,
  type GeneralisationStep,
  type Protocol,
  personLevelNames,
  type QuasiIdentifier,
  waveItems,
} from "@longwave/study";

/** Why a variable of the dataset is not in the release. */
export type LeftOutReason = "declared" | "calendar" | "timing" | "places" | "identifies" | "rare";

/** What becomes of each variable of a dataset. */
export interface ReleaseVariables {
  readonly quasi: readonly Required<QuasiIdentifier>[];
  /** Told as they are, once a person. */
  readonly person: readonly string[];
  /** Told as they are, at each wave. */
  readonly wave: readonly string[];
  readonly leftOut: readonly { readonly name: string; readonly why: LeftOutReason }[];
}

/** Built into every dataset, and not told: they say when in the year, and which year. */
const calendar: ReadonlySet<string> = new Set(["answered_year", "answered_month"]);
/** How a form was answered: a time to the thousandth of a second is nearly a name, to whoever saw the sending. */
const timing: ReadonlySet<string> = new Set(["form_seconds", "straight_lined"]);
/** Built into every dataset, and told after the calendar has been moved. */
const kept: readonly string[] = ["id", "wave", "late", "answered_day", "enrolled_day"];

/**
 * What becomes of each variable: who people are is made coarser, and whatever would tell it exactly is left out,
 * with everything computed from it. Ticked places are left out (together they are nearly a name); counts of them stay.
 *
 * @param rare  items left out because of few people with an answer of theirs.
 */
export function releaseVariables(
  protocol: Protocol,
  dataset: Dataset,
  rare: ReadonlySet<string> = new Set(),
): ReleaseVariables {
  const names = dataset.personWave.columns.map(({ name }) => name);
  const constant = new Set(personLevelNames(protocol));
  const items = waveItems(protocol);
  const quasi = quasiIdentifiersOf(protocol).filter(({ name }) => isKnownOfSomeone(dataset, name));
  const told = new Set(quasi.map(({ name }) => name));
  const exact = exactSources(protocol, told);
  const declared = new Set(protocol.release?.leaveOut ?? []);
  const blocked = new Set([...told, ...exact, ...declared, ...calendar, ...timing, ...rare]);
  const derived = dependentsOf(protocol, blocked);
  const whyNot = (name: string): LeftOutReason | undefined => {
    if (declared.has(name)) return "declared";
    if (calendar.has(name)) return "calendar";
    if (timing.has(name)) return "timing";
    if (items.get(name)?.item.kind === "multi_choice") return "places";
    if (rare.has(name)) return "rare";
    return exact.has(name) || derived.has(name) ? "identifies" : undefined;
  };
  const others = names.filter((name) => !told.has(name) && !kept.includes(name));
  const open = others.filter((name) => whyNot(name) === undefined);
  return {
    quasi,
    person: open.filter((name) => constant.has(name)),
    wave: open.filter((name) => !constant.has(name)),
    leftOut: others.flatMap((name) => {
      const why = whyNot(name);
      return why === undefined ? [] : [{ name, why }];
    }),
  };
}

/** The declared quasi-identifiers, or everything that is asked once: who people are is asked once, what they feel again. */
function quasiIdentifiersOf(protocol: Protocol): readonly Required<QuasiIdentifier>[] {
  const declared = protocol.release?.quasiIdentifiers;
  if (declared !== undefined) return declared.map(({ name, steps = [] }) => ({ name, steps }));
  const left = new Set(protocol.release?.leaveOut ?? []);
  return [...waveItems(protocol).values()].flatMap(({ item, instrument }) => {
    if (instrument.once !== true || left.has(item.id)) return [];
    if (item.kind === "single_choice" || item.kind === "yes_no") return [{ name: item.id, steps: [] }];
    if (!("min" in item)) return [];
    return [{ name: item.id, steps: [bandsOf(item.min, item.max, 10), bandsOf(item.min, item.max, 4)] }];
  });
}

/** Bands of a round width, about `count` of them between two numbers. */
function bandsOf(min: number, max: number, count: number): GeneralisationStep {
  const width =
    [1, 2, 5, 10, 20, 25, 50, 100].find((each) => (max - min) / each <= count) ?? (max - min) / count;
  const first = (Math.floor(min / width) + 1) * width;
  const breaks: number[] = [];
  for (let edge = first; edge < max; edge += width) breaks.push(edge);
  return { breaks: breaks.length === 0 ? [min] : breaks };
}

/** What is asked once and gives a coarse variable away exactly: the year of birth behind an age. */
function exactSources(protocol: Protocol, told: ReadonlySet<string>): ReadonlySet<string> {
  const once = [...waveItems(protocol).values()].filter(({ instrument }) => instrument.once === true);
  return new Set(
    once
      .map(({ item }) => item.id)
      .filter((name) => !told.has(name))
      .filter((name) => [...dependentsOf(protocol, new Set([name]))].some((each) => told.has(each))),
  );
}

/** A file of rows need not hold every variable of the protocol. */
function isKnownOfSomeone(dataset: Dataset, name: string): boolean {
  const column = dataset.person.columns.find((each) => each.name === name);
  return column?.values.some((value) => value !== null) === true;
}
