import type { Source } from "@longwave/source";
import { type FitData, StatsError } from "@longwave/stats";
import type { Dataset, Hypothesis, Protocol } from "@longwave/study";
import { usedRows } from "../../flow/used-rows.ts";
import type { AlternativeRow } from "../../publication/alternative-types.ts";
import type { Finding, Language } from "../../publication/types.ts";
import { FEWEST_PEOPLE, reasonsIn } from "../reasons.ts";

/** What every analysis beside the planned answers needs. */
export interface AlternativeContext {
  readonly protocol: Protocol;
  readonly source: Source;
  /** The tables themselves: what a source of rows by wave does not hold. */
  readonly dataset: Pick<Dataset, "personWave" | "event">;
  readonly language: Language;
  readonly seed: number;
  /** The answers that the analyses stand beside. */
  readonly findings: readonly Finding[];
}

/** What one analysis found; `sentence` says all of it. */
export interface Measured {
  readonly rows: readonly AlternativeRow[];
  readonly people: number | null;
  readonly sentence: string;
  readonly agrees: boolean | null;
  readonly formula?: string;
  readonly belongsTo?: string;
  readonly note?: string;
  /** Of the one test of an exploratory analysis. */
  readonly pValue?: number | null;
  readonly cautions?: readonly string[];
  /** Numbers for the map of shifts. */
  readonly map?: ShiftMap;
  /** What is expected of personal slopes. */
  readonly slopes?: SlopeLaw;
  /** Numbers for the figure of sessions against rest. */
  readonly sessions?: SessionContrasts;
}

/** A share of people with its interval; null ends where the data say too little. */
export interface ExpectedShare {
  readonly share: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The normal law that a mixed model expects of personal slopes, for one step of the exposure. */
export interface SlopeLaw {
  readonly mean: number;
  readonly stdDev: number;
  /** Of the middle person's own slope. */
  readonly reliability: number;
  /** Beyond the noticeable limit, on the side that was expected. */
  readonly beyond: ExpectedShare;
  /** On the other side of zero than the mean. */
  readonly opposite: ExpectedShare;
  readonly expectedSign: -1 | 1;
  /** Name of the limits in the plan. */
  readonly bounds: string;
  readonly people: number;
}

/** The estimate at each pair of shifts, exposure shifts by outcome shifts. */
export interface ShiftMap {
  readonly outcomeDeltas: readonly number[];
  readonly exposureDeltas: readonly number[];
  readonly cells: readonly (readonly ShiftCell[])[];
  readonly unit: string;
}

/** Change over sessions and rest: all together first, then by kind. */
export interface SessionContrasts {
  readonly kinds: readonly SessionKind[];
  readonly people: number;
  readonly unit: string;
  /** A key of the plan's bounds. */
  readonly bounds: string;
}

interface Bounded {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

interface SessionKind {
  readonly label: string;
  readonly session: Bounded & { readonly count: number };
  readonly rest: Bounded & { readonly count: number };
  readonly difference: Bounded;
}

interface ShiftCell {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number | null;
  readonly verdict: string;
  readonly changed: boolean;
}

/** An analysis that could not be made, with the reason a reader is given. */
export class NotMeasured extends Error {
  override readonly name = "NotMeasured";
}

/** The rows an analysis asks for; people with two complete rows must be enough to hide each of them. */
export async function rowsFor(
  context: AlternativeContext,
  columns: readonly string[],
  where: string | undefined,
): Promise<FitData> {
  const { person, wave } = context.protocol.plan.variables;
  const names = [...new Set([person, wave, ...columns])];
  const data = await context.source.fitData(
    where === undefined ? { columns: names } : { columns: names, where },
  );
  const usable = usedRows(data.table, names, person).byPerson.length;
  if (usable < FEWEST_PEOPLE) throw new NotMeasured(reasonsIn(context.language).tooFew(usable));
  return data;
}

/** Runs the engine; what it cannot do with these answers is a reason, not a crash. */
export function attempt<T>(context: AlternativeContext, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof StatsError)) throw error;
    throw new NotMeasured(reasonsIn(context.language).engineSays(error.message));
  }
}

/** The hypothesis of an id, or the first whose test is of one slope. */
export function hypothesisFor(
  { protocol }: Pick<AlternativeContext, "protocol">,
  id?: string,
): Hypothesis | undefined {
  const { hypotheses } = protocol.plan;
  if (id !== undefined) return hypotheses.find((hypothesis) => hypothesis.id === id);
  return hypotheses.find(({ test, model }) => test.kind === "term" && model.family === "lmm");
}

/** The term a hypothesis puts into words; undefined for a path. */
export function testedTerm({ test }: Hypothesis): string | undefined {
  if (test.kind === "term" || test.kind === "difference") return test.term;
  return test.kind === "joint" ? test.contrast : undefined;
}

/** Rows of the plan, unless the model names its own; waves by their place. */
export function whereOf(
  { protocol }: AlternativeContext,
  model: { readonly waves?: readonly string[]; readonly rows?: string },
): string | undefined {
  const rule = model.rows ?? protocol.plan.rows;
  const places = model.waves?.map((wave) => protocol.waves.findIndex((known) => known.id === wave) + 1);
  const waves = places?.map((place) => `${protocol.plan.variables.wave} == ${place}`).join(" or ");
  const parts = [rule, waves].flatMap((part) => (part === undefined ? [] : [`(${part})`]));
  return parts.length === 0 ? undefined : parts.join(" and ");
}
