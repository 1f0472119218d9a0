import { csvText } from "@longwave/study";
import type { AlternativeResult, AttritionReport } from "./alternative-types.ts";
import type { Publication } from "./types.ts";

interface NamedTable {
  readonly name: string;
  readonly csv: string;
}

/** What stands beside the answers as CSV: sensitivity and exploratory analyses, groups of people, and who left. */
export function besideTables(publication: Publication): readonly NamedTable[] {
  const { sensitivity = [], exploratory = [], strata = [], attrition } = publication;
  return [
    ...(sensitivity.length === 0 ? [] : [{ name: "sensitivity.csv", csv: resultsCsv(sensitivity) }]),
    ...(exploratory.length === 0 ? [] : [{ name: "exploratory.csv", csv: resultsCsv(exploratory) }]),
    ...(strata.length === 0 ? [] : [{ name: "groups.csv", csv: resultsCsv(strata) }]),
    ...(attrition === undefined ? [] : attritionTables(attrition)),
  ];
}

const resultColumns = [
  ...["analysis", "what", "row", "estimate", "lower_95", "upper_95", "unit", "p_value", "people"],
  ...["p_adjusted", "beside", "same_words", "sentence"],
];

/** One line for each estimate; an analysis without any has one line with its reason. */
function resultsCsv(results: readonly AlternativeResult[]): string {
  const lines = results.flatMap((result) => {
    const { id, what, people, agrees, belongsTo, sentence, test } = result;
    const end = [
      people,
      test?.pAdjusted ?? null,
      belongsTo ?? "",
      agrees === null ? "" : String(agrees),
      sentence,
    ];
    if (result.rows.length === 0) return [[id, what, "", null, null, null, "", null, ...end]];
    return result.rows.map(({ label, estimate, lower, upper, unit, pValue }) => {
      return [id, what, label, estimate, lower, upper, unit, pValue, ...end];
    });
  });
  return csvText(resultColumns, lines);
}

function attritionTables(attrition: AttritionReport): readonly NamedTable[] {
  const { terms, lastSeen, patterns, byWave, beside } = attrition;
  return [
    {
      name: "leaving.csv",
      csv: csvText(
        ["what", "odds_ratio", "lower_95", "upper_95", "p_value"],
        terms.map(({ label, oddsRatio, lower, upper, pValue }) => [label, oddsRatio, lower, upper, pValue]),
      ),
    },
    {
      name: "leaving-by-wave.csv",
      csv: csvText(
        ["wave", "seen_before", "left"],
        byWave.map(({ wave, atRisk, left }) => [wave, atRisk, left]),
      ),
    },
    {
      name: "means-by-last-wave.csv",
      csv: csvText(
        ["last_wave", "wave", "people", "mean", "lower_95", "upper_95"],
        lastSeen.flatMap(({ lastWave, means }) =>
          means.map(({ wave, people, mean, lower, upper }) => [lastWave, wave, people, mean, lower, upper]),
        ),
      ),
    },
    {
      name: "answer-patterns.csv",
      csv: csvText(
        ["waves_answered", "people"],
        patterns.map(({ answered, people }) => [answered?.map(Number).join("") ?? "other", people]),
      ),
    },
    {
      name: "leaving-estimates.csv",
      csv: csvText(
        ["analysis", "estimate", "lower_95", "upper_95", "unit", "p_value"],
        beside.map(({ label, estimate, lower, upper, unit, pValue }) => [
          label,
          estimate,
          lower,
          upper,
          unit,
          pValue,
        ]),
      ),
    },
  ];
}
