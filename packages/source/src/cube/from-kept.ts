import {
  cellsOf,
  type PanelCell,
  type PanelPattern,
  type PanelPlan,
  personColumns,
  type WidePattern,
  type WidePlan,
  type WideVariable,
  wavesBefore,
} from "@longwave/stats/from-sums";
import { wavesIn } from "../panel/waves-in.ts";
import { columnFinder, type KeptPattern, type KeptSums, productAt, variableFinder } from "./kept-sums.ts";

/** A number that nobody has: what is lagged, at the first wave. */
const NOBODY = -1;

/** The variable behind each cell of a plan; null where one is a product, or was not kept with these constants. */
function variablesOfCells(kept: KeptSums, plan: PanelPlan): readonly number[] | null {
  const find = variableFinder(kept);
  const before = wavesBefore(plan);
  const variableOf = ({ atoms: [first, ...more], wave }: PanelCell): number | undefined => {
    const atom = plan.atoms[first ?? -1];
    if (atom === undefined || more.length > 0) return undefined;
    const { column, role, code } = atom;
    const place = role === "lagged" ? before[wave ?? 0] : wave;
    if (place === NOBODY) return NOBODY;
    const at = typeof place === "number" ? (plan.waves[place] ?? null) : null;
    const v = find({ column, wave: at, level: code.kind === "level" ? code.level : null });
    const variable = kept.variables[v ?? -1];
    const isSame = code.kind === "level" || (variable?.shift === code.shift && variable.scale === code.scale);
    return isSame ? v : undefined;
  };
  const found = plan.cells.map(variableOf);
  return found.every((v) => v !== undefined) ? found : null;
}

/** The waves used of a pattern, as bits; null where a column that has to be known was not kept. */
function usedWaves(kept: KeptSums, plan: PanelPlan): ((pattern: KeptPattern) => number) | null {
  const find = columnFinder(kept);
  const placesOf = (columns: readonly string[]) =>
    plan.waves.map((wave) => columns.map((column) => find(column, wave)));
  const [required, requiredBefore] = [placesOf(plan.required), placesOf(plan.requiredBefore)];
  if ([...required, ...requiredBefore].flat().includes(undefined)) return null;
  const before = wavesBefore(plan);
  return ({ rows, observed }) => {
    const known = new Set<number | undefined>(observed);
    const isAt = (wave: number, places: typeof required) =>
      wave !== NOBODY && (rows & (1 << wave)) !== 0 && (places[wave] ?? []).every((v) => known.has(v));
    const isLed = (wave: number) =>
      plan.requiredBefore.length === 0 || isAt(before[wave] ?? NOBODY, requiredBefore);
    const waves = [...plan.waves.keys()].filter((wave) => isAt(wave, required) && isLed(wave));
    return waves.reduce((bits, wave) => bits + 2 ** wave, 0);
  };
}

/** The packed upper triangle of r r', r = 1 and the variables given. */
function productsOf(pattern: KeptPattern, variables: readonly number[]): number[] {
  const places = new Map(pattern.observed.map((v, at) => [v, at]));
  const own = variables.map((v) => places.get(v) ?? Number.NaN);
  return [
    pattern.people,
    ...own.map((at) => pattern.sum[at] ?? Number.NaN),
    ...own.flatMap((a, j) => own.slice(j).map((b) => productAt(pattern, a, b))),
  ];
}

function added(into: number[] | undefined, more: readonly number[]): number[] {
  return into === undefined ? [...more] : into.map((sum, at) => sum + (more[at] ?? Number.NaN));
}

/**
 * The sums of a formula's plan out of those that a cube keeps, without looking at anybody; null where they do not hold
 * them, such as a product of two columns.
 */
export function panelFromKept(kept: KeptSums, plan: PanelPlan): readonly PanelPattern[] | null {
  const variables = variablesOfCells(kept, plan);
  const used = usedWaves(kept, plan);
  if (variables === null || used === null) return null;
  const totals = new Map<number, { people: number; products: number[] }>();
  for (const pattern of kept.patterns) {
    const waves = used(pattern);
    if (waves === 0) continue;
    const cells = cellsOf(plan, wavesIn(waves, plan)).map((cell) => variables[cell] ?? NOBODY);
    const total = totals.get(waves);
    totals.set(waves, {
      people: (total?.people ?? 0) + pattern.people,
      products: added(total?.products, productsOf(pattern, cells)),
    });
  }
  return [...totals]
    .sort(([a], [b]) => a - b)
    .map(([waves, total]) => ({ waves: wavesIn(waves, plan), ...total }));
}

/** The variable behind each of a plan's, and by what it is to be multiplied; null where one was not kept. */
function variablesOfSeries(kept: KeptSums, plan: WidePlan) {
  const find = variableFinder(kept);
  const found = plan.variables.map((variable) => {
    const asked = askedOf(variable, plan);
    const v = asked === null ? undefined : find(asked);
    const own = kept.variables[v ?? -1];
    if (v === undefined || own === undefined || own.shift !== variable.shift) return undefined;
    return { v, scale: own.scale };
  });
  return found.every((each) => each !== undefined) ? found : null;
}

function askedOf(variable: WideVariable, { waves }: WidePlan) {
  if (variable.kind === "answer") {
    return { column: variable.column, wave: waves[variable.wave] ?? null, level: null };
  }
  const [part, ...more] = variable.parts;
  return part === undefined || more.length > 0 ? null : { ...part, wave: null };
}

/**
 * The sums of series out of those that a cube keeps; null where they do not hold them, such as people of several groups.
 */
export function wideFromKept(kept: KeptSums, plan: WidePlan): readonly WidePattern[] | null {
  const variables = variablesOfSeries(kept, plan);
  if (variables === null || plan.request.group !== undefined) return null;
  const find = columnFinder(kept);
  const needed = personColumns(plan.request).map((column) => find(column, Number.NaN));
  if (needed.includes(undefined)) return null;
  const totals = new Map<string, WidePattern>();
  for (const pattern of kept.patterns) {
    const known = new Map(pattern.observed.map((v, at) => [v, at]));
    const isComplete = needed.every((v) => known.has(v ?? NOBODY));
    const observed = [...plan.variables.keys()].filter((v) =>
      plan.variables[v]?.kind === "answer" ? known.has(variables[v]?.v ?? NOBODY) : isComplete,
    );
    const own = observed.map((v) => ({
      at: known.get(variables[v]?.v ?? NOBODY) ?? Number.NaN,
      scale: variables[v]?.scale ?? Number.NaN,
    }));
    const key = observed.join();
    const total = totals.get(key);
    totals.set(key, {
      group: 0,
      observed,
      people: (total?.people ?? 0) + pattern.people,
      sum: added(
        total && [...total.sum],
        own.map(({ at, scale }) => scale * (pattern.sum[at] ?? Number.NaN)),
      ),
      products: added(
        total && [...total.products],
        own.flatMap((a, i) =>
          own.slice(0, i + 1).map((b) => a.scale * b.scale * productAt(pattern, a.at, b.at)),
        ),
      ),
    });
  }
  return [...totals.values()].sort((a, b) => b.observed.length - a.observed.length);
}
