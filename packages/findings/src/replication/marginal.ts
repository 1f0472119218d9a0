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
  readonly weights: {
    readonly wave: string;
    readonly outcome: string;
    readonly exposure: string;
    readonly covariates: readonly string[];
    readonly truncate: readonly [number, number] | undefined;
  };
}

/** What the script needs beside the common beginning when it has a marginal section. */
export const marginalPrelude = `
# Weights by the inverse of the chance of staying: at each wave after one that was answered, leaving for good is
# predicted from what was last seen of the person; over the same by wave alone; cut at two percentiles.
remaining_weights <- function(d, wave, outcome, exposure, covariates, cut) {
  last_known <- function(x, person) ave(seq_along(x), person, FUN = function(i) {
    known <- cummax(ifelse(is.na(x[i]), 0L, seq_along(i)))
    ifelse(known == 0L, NA, i[pmax(known, 1L)])
  })
  waves <- sort(unique(d[[wave]]))
  rows <- which(!is.na(d[[outcome]]))
  rows <- rows[order(d$id[rows], d[[wave]][rows])]
  seen <- d[rows, ]
  carried <- function(name) seen[[name]][last_known(seen[[name]], seen$id)]
  risk <- data.frame(at = match(seen[[wave]], waves), last = seen[[outcome]])
  risk$change <- ave(risk$last, seen$id, FUN = function(y) c(0, diff(y)))
  risk$exposure <- carried(exposure)
  risk$left <- as.integer(!duplicated(seen$id, fromLast = TRUE))
  for (name in covariates) {
    bare <- sub("^factor[(](.*)[)]$", "\\\\1", name)
    risk[[bare]] <- if (bare == name) carried(bare) else factor(carried(bare))
  }
  at_risk <- risk$at < length(waves)
  terms <- setdiff(names(risk), c("at", "left", if (length(waves) < 3) "change"))
  by_wave <- if (length(waves) > 2) "factor(at)" else "1"
  full <- glm(reformulate(c(by_wave, terms), "left"), binomial, risk[at_risk, ], na.action = na.exclude)
  plain <- glm(reformulate(by_wave, "left"), binomial, risk[at_risk, ])
  ratio <- rep(NA_real_, nrow(risk))
  ratio[at_risk] <- (1 - fitted(plain)) / (1 - fitted(full))
  weight <- ave(ratio, seen$id, FUN = function(z) cumprod(c(1, z[-length(z)])))
  limits <- if (is.null(cut)) c(-Inf, Inf) else quantile(weight, cut / 100, na.rm = TRUE)
  found <- rep(NA_real_, nrow(d))
  found[rows] <- pmin(pmax(weight, limits[[1]]), limits[[2]])
  found
}
`;

/**
 * The lines of R that find the weights anew, fit the marginal model with and without them by geepack (independence,
 * robust standard errors) and compare; undefined when it cannot be told.
 */
export function marginalSection(test: MarginalTest): string | undefined {
  const { result, formula, term, where } = test;
  const [outcome = "", predictors = ""] = (rFormula(formula) ?? "").split(/\s*~\s*/);
  const rule = where === undefined ? "TRUE" : rCondition(where);
  const [split] = splitNames(term);
  if (result.rows.length < 2 || predictors === "" || rule === undefined || split === undefined)
    return undefined;
  const columns = [...new Set(["id", ...formulaColumns(formula)])];
  const { wave, covariates, truncate, ...named } = test.weights;
  const cut = truncate === undefined ? "NULL" : `c(${truncate.join(", ")})`;
  const names = [wave, named.outcome, named.exposure].map(rString).join(", ");
  const fitted = (row: number, what: string, weight?: string) => {
    const { estimate = Number.NaN, lower = Number.NaN, upper = Number.NaN } = result.rows[row] ?? {};
    const needed = rStrings(weight === undefined ? columns : [...columns, weight]);
    return [
      `rows <- prepare(base, ${needed}, ${rStrings(splitNames(formula))})`,
      "rows <- rows[order(rows$id), ]",
      "rows$person <- as.integer(factor(rows$id))",
      `fit <- geepack::geeglm(${outcome} ~ ${predictors}, id = person, data = rows, corstr = "independence"${weight === undefined ? "" : `, weights = ${weight}`})`,
      `found <- marginal_combination(fit, names(${rNamed({ [term]: 1 })}), step)`,
      `check(${rString(what)}, found, c(estimate = ${rNumber(estimate)}, se = NA, lower = ${rNumber(lower)}, upper = ${rNumber(upper)}), ${WITHIN})`,
    ];
  };
  return [
    `base <- d[which(rep_len(with(d, ${rule}), nrow(d))), ]`,
    `base$remaining_weight <- remaining_weights(base, ${names}, ${rStrings(covariates)}, ${cut})`,
    `step <- within_sd(prepare(base, ${rStrings(columns)}, ${rStrings(splitNames(formula))}), ${rString(split)})`,
    ...fitted(0, result.id, "remaining_weight"),
    ...fitted(1, `${result.id} without weights`),
  ].join("\n");
}
