import { formulaColumns } from "@longwave/stats";
import type { AlternativeResult } from "../publication/alternative-types.ts";
import { rCondition, rFormula, rNamed, rNumber, rString, rStrings, splitNames } from "./r-text.ts";

const WITHIN = 0.002;

/** An analysis with weights for those who stayed; its second row is the same model without them. */
export interface MarginalTest {
  readonly result: AlternativeResult;
  readonly formula: string;
  readonly term: string;
  readonly where: string | undefined;
}

/**
 * The lines of R that fit the marginal model without weights by geepack (independence, robust standard errors) and
 * compare; undefined when it cannot be told. The weights themselves are not found anew.
 */
export function marginalSection({ result, formula, term, where }: MarginalTest): string | undefined {
  const [, unweighted] = result.rows;
  const [outcome = "", predictors = ""] = (rFormula(formula) ?? "").split(/\s*~\s*/);
  const rule = where === undefined ? "TRUE" : rCondition(where);
  const [split] = splitNames(term);
  if (unweighted === undefined || predictors === "" || rule === undefined || split === undefined)
    return undefined;
  const columns = rStrings([...new Set(["id", ...formulaColumns(formula)])]);
  const { estimate, lower, upper } = unweighted;
  return [
    `rows <- prepare(d[which(rep_len(with(d, ${rule}), nrow(d))), ], ${columns}, ${rStrings(splitNames(formula))})`,
    "rows <- rows[order(rows$id), ]",
    "rows$person <- as.integer(factor(rows$id))",
    `fit <- geepack::geeglm(${outcome} ~ ${predictors}, id = person, data = rows, corstr = "independence")`,
    `step <- within_sd(rows, ${rString(split)})`,
    `found <- marginal_combination(fit, names(${rNamed({ [term]: 1 })}), step)`,
    `check(${rString(`${result.id} without weights`)}, found, c(estimate = ${rNumber(estimate)}, se = NA, lower = ${rNumber(lower)}, upper = ${rNumber(upper)}), ${WITHIN})`,
  ].join("\n");
}
