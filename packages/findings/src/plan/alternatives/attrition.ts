import { type DropoutModel, dropoutModel, type LastWaveMeans, type Table } from "@longwave/stats";
import { keyAt } from "../../flow/used-rows.ts";
import type {
  AlternativeResult,
  AlternativeRow,
  AnswerPattern,
  AttritionReport,
  LastSeenMeans,
  LeavingTerm,
} from "../../publication/alternative-types.ts";
import { FEWEST_PEOPLE } from "../reasons.ts";
import { attritionWords } from "./attrition-words.ts";
import { type AlternativeContext, attempt, NotMeasured, rowsFor, whereOf } from "./context.ts";
import { factorColumns } from "./factors.ts";

/**
 * Who left and after what, with the main estimate beside those that take leaving in another way; undefined when
 * nobody or too few left for a model of it.
 */
export async function reportAttrition(
  context: AlternativeContext,
  sensitivity: readonly AlternativeResult[],
): Promise<AttritionReport | undefined> {
  try {
    return await attritionOf(context, sensitivity);
  } catch (error) {
    // A study nobody left has no attrition to report.
    if (error instanceof NotMeasured) return undefined;
    throw error;
  }
}

async function attritionOf(
  context: AlternativeContext,
  sensitivity: readonly AlternativeResult[],
): Promise<AttritionReport> {
  const { protocol } = context;
  const { person, wave, outcome, exposure } = protocol.plan.variables;
  const covariates = covariatesOf(context);
  const bare = covariates.map((name) => name.replace(/^factor\((\w+)\)$/, "$1"));
  const data = await rowsFor(context, [outcome.name, exposure.name, ...bare], whereOf(context, {}));
  const { table, names } = factorColumns(data.table, covariates);
  const waves = protocol.waves.map((_, index) => index + 1);
  const model = attempt(context, () =>
    dropoutModel(
      { kind: "rows", table },
      { id: person, time: wave, outcome: outcome.name, exposure: exposure.name, covariates: names, waves },
    ),
  );
  const { counts } = model;
  if (counts.left < FEWEST_PEOPLE || counts.stayed < FEWEST_PEOPLE) throw new NotMeasured("");
  const terms = leavingTerms(context, model);
  return {
    people: counts.people,
    stayed: counts.stayed,
    left: counts.left,
    sentences: attritionWords(context).summary(counts, terms, model.lastWaveMeans),
    byWave: model.byWave.filter(({ left }) => left >= FEWEST_PEOPLE),
    terms,
    lastSeen: lastSeenOf(model.lastWaveMeans),
    patterns: answerPatterns(table, { person, wave, outcome: outcome.name, waves: waves.length }),
    beside: estimatesBeside(context, sensitivity),
  };
}

/** What the planned weights predict staying from; without such a plan nothing beside pain and exercise. */
function covariatesOf({ protocol }: AlternativeContext): readonly string[] {
  const models = [...protocol.plan.sensitivity, ...protocol.plan.exploratory].map(({ model }) => model);
  return models.flatMap((model) => (model.family === "weights" ? [model.covariates] : []))[0] ?? [];
}

/** Everything but the waves themselves; for numbers the odds for one standard deviation more. */
function leavingTerms(context: AlternativeContext, model: DropoutModel): readonly LeavingTerm[] {
  const { wave } = context.protocol.plan.variables;
  const words = attritionWords(context);
  return model.terms.flatMap(({ term, oddsRatio, lower, upper, pValue, stdDev }) => {
    if (term.startsWith(`factor(${wave})`) || ![lower, upper].every(Number.isFinite)) return [];
    const binary =
      stdDev === null ||
      context.protocol.derived.some(({ name, level }) => name === term && level === "nominal");
    const scale = (ratio: number): number => (binary ? ratio : ratio ** (stdDev ?? 1));
    const row = { oddsRatio: scale(oddsRatio), lower: scale(lower), upper: scale(upper), pValue };
    const label = words.term(term, binary);
    return [{ label, ...row, sentence: words.leaving(label, row) }];
  });
}

/** Means of groups of at least ten people at that wave; smaller ones are left out. */
function lastSeenOf(groups: readonly LastWaveMeans[]): readonly LastSeenMeans[] {
  return groups.flatMap(({ lastWave, people, means }) => {
    if (people < FEWEST_PEOPLE) return [];
    const shown = means.flatMap(({ wave, n, mean, stdError }) => {
      if (n < FEWEST_PEOPLE || stdError === null) return [];
      const half = 1.96 * stdError;
      return [{ wave, people: n, mean, lower: mean - half, upper: mean + half }];
    });
    return [{ lastWave, people, means: shown }];
  });
}

/** How many people answered which waves, the most common first; patterns of fewer than ten people are merged. */
export function answerPatterns(
  table: Table,
  names: { readonly person: string; readonly wave: string; readonly outcome: string; readonly waves: number },
): readonly AnswerPattern[] {
  const people = new Map<string, boolean[]>();
  const [id, wave, outcome] = [names.person, names.wave, names.outcome].map((name) => table.columns[name]);
  if (id === undefined || wave?.kind !== "numeric" || outcome === undefined) return [];
  for (let row = 0; row < table.nrows; row++) {
    const key = keyAt(id, row);
    const answered = people.get(key) ?? new Array<boolean>(names.waves).fill(false);
    if (outcome.missing[row] === 0) answered[(wave.values[row] ?? 0) - 1] = true;
    people.set(key, answered);
  }
  const counts = new Map<string, { readonly answered: readonly boolean[]; readonly people: number }>();
  for (const answered of people.values()) {
    if (!answered.includes(true)) continue;
    const key = answered.map(Number).join("");
    counts.set(key, { answered, people: (counts.get(key)?.people ?? 0) + 1 });
  }
  return mergedPatterns([...counts.values()]);
}

function mergedPatterns(
  patterns: readonly { readonly answered: readonly boolean[]; readonly people: number }[],
): readonly AnswerPattern[] {
  const sorted = [...patterns].sort((a, b) => b.people - a.people);
  const common = sorted.filter(({ people }) => people >= FEWEST_PEOPLE);
  const rare = sorted.slice(common.length);
  if (rare.length === 0) return common;
  // A merged cell must hide each of its parts: the smallest common pattern joins when the rare ones are few.
  const total = rare.reduce((sum, { people }) => sum + people, 0);
  const last = common.at(-1);
  if (total >= FEWEST_PEOPLE || last === undefined) return [...common, { answered: null, people: total }];
  return [...common.slice(0, -1), { answered: null, people: total + last.people }];
}

/** The planned estimate, then those of weights and pattern mixture. */
function estimatesBeside(
  context: AlternativeContext,
  sensitivity: readonly AlternativeResult[],
): readonly AlternativeRow[] {
  const { protocol, findings } = context;
  const ids = protocol.plan.sensitivity
    .filter(({ model }) => model.family === "weights" || model.family === "pattern_mixture")
    .map(({ id }) => id);
  const results = sensitivity.filter(({ id, rows }) => ids.includes(id) && rows.length > 0);
  const finding = findings.find(({ id }) => id === results[0]?.belongsTo);
  if (finding?.estimate == null) return [];
  const { value: estimate, lower, upper, unit } = finding.estimate;
  const planned = {
    label: attritionWords(context).planned(finding.id),
    estimate,
    lower,
    upper,
    unit,
    pValue: finding.pValue,
  };
  const others = results.flatMap(({ id, rows }) =>
    rows.slice(0, 1).map((row) => ({ ...row, label: `${id}: ${row.label}` })),
  );
  return [planned, ...others];
}
