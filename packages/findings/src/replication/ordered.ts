import { formulaColumns } from "@longwave/stats";
import type { AlternativeResult } from "../publication/alternative-types.ts";
import { rCondition, rFormula, rNamed, rNumber, rString, rStrings, splitNames } from "./r-text.ts";

/** R integrates by Laplace's approximation, which is fast; the bundle by nine nodes: they differ by some hundredths. */
const WITHIN = 0.05;

/** An analysis of the outcome as ordered categories, and what the bundle says of it. */
export interface OrderedTest {
  readonly result: AlternativeResult;
  readonly formula: string;
  readonly term: string;
  readonly where: string | undefined;
}

/** The lines of R that fit a cumulative-link mixed model by ordinal and compare; undefined when it cannot be told. */
export function orderedSection({ result, formula, term, where }: OrderedTest): string | undefined {
  const [row] = result.rows;
  const [outcome = "", predictors = ""] = (rFormula(formula) ?? "").split(/\s*~\s*/);
  const rule = where === undefined ? "TRUE" : rCondition(where);
  const [split] = splitNames(term);
  if (row === undefined || predictors === "" || rule === undefined || split === undefined) return undefined;
  const columns = rStrings([...new Set(["id", ...formulaColumns(formula)])]);
  const logs = [row.estimate, row.lower, row.upper].map((value) => rNumber(Math.log(value)));
  return [
    `rows <- prepare(d[which(rep_len(with(d, ${rule}), nrow(d))), ], ${columns}, ${rStrings(splitNames(formula))})`,
    "rows$id <- factor(rows$id)",
    `rows$ordered_outcome <- factor(rows$${outcome}, ordered = TRUE)`,
    `fit <- ordinal::clmm(ordered_outcome ~ ${predictors}, data = rows)`,
    `step <- within_sd(rows, ${rString(split)})`,
    `found <- ordered_combination(fit, names(${rNamed({ [term]: 1 })}), step)`,
    `check(${rString(`${result.id} log odds ratio`)}, found, c(estimate = ${logs[0]}, se = NA, lower = ${logs[1]}, upper = ${logs[2]}), ${WITHIN})`,
  ].join("\n");
}
