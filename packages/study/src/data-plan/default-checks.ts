import type { PlannedAnalysis } from "../protocol/plan-types.ts";
import type { PlanFormulas } from "./formulas.ts";
import type { DataPlan, PlanCheck } from "./types.ts";

/** What stands beside the answers when a plan does not say: what its waves allow. */
function checksOf({ sensitivity }: DataPlan, waves: number): readonly (PlanCheck | PlannedAnalysis)[] {
  if (sensitivity !== undefined) return sensitivity;
  return waves > 2 ? ["complete", "patterns", "weights", "e-value", "ar1"] : ["complete", "e-value"];
}

/** The analyses beside the answers, by their short names or as written; `first` is the hypothesis they build on. */
export function plannedChecks(
  plan: DataPlan,
  formulas: PlanFormulas,
  { waves, first }: { readonly waves: number; readonly first: string },
): readonly PlannedAnalysis[] {
  return checksOf(plan, waves).map((check, index) =>
    typeof check === "string"
      ? { id: `S${index + 1}`, ...namedCheck(check, plan, formulas, { waves, first }) }
      : check,
  );
}

function namedCheck(
  check: PlanCheck,
  plan: DataPlan,
  formulas: PlanFormulas,
  { waves, first }: { readonly waves: number; readonly first: string },
): Omit<PlannedAnalysis, "id"> {
  const { mixed, simple, marginal, fallback, covariates } = formulas;
  const term = `within(${formulas.x})`;
  switch (check) {
    case "complete":
      return {
        what: { en: `People with all ${waves} waves only`, nb: `Bare personer med alle ${waves} runder` },
        model: { family: "lmm", formula: mixed, fallback, rows: `n_waves == ${waves}` },
      };
    case "patterns":
      return {
        what: {
          en: "Pattern mixture: the slope by last wave seen, averaged by the patterns' shares",
          nb: "Mønsterblanding: stigningen etter siste runde med svar, i gjennomsnitt etter mønstrenes andel",
        },
        model: { family: "pattern_mixture", formula: simple, term },
      };
    case "weights":
      return {
        what: {
          en: "Weights by the inverse of the chance of staying in the study",
          nb: "Vekter etter den inverse sjansen for å bli i studien",
        },
        model: { family: "weights", formula: marginal, term, covariates, truncate: [1, 99] },
      };
    case "e-value":
      return {
        what: {
          en: "E-value: how strong unmeasured confounding would have to be",
          nb: "E-verdi: hvor sterk umålt forveksling måtte være",
        },
        model: { family: "e_value", of: first },
      };
    case "ar1":
      return {
        what: {
          en: "Residuals that are less alike the further apart the waves are",
          nb: "Rester som er mindre like jo lengre det er mellom rundene",
        },
        model: { family: "lmm", base: first, add: [], residual: "ar1(wave)" },
      };
    case "ordered":
      return {
        what: { en: "The outcome as ordered categories", nb: "Utfallet som ordnede kategorier" },
        model: { family: "clmm", formula: simple, term },
      };
    case "imputation":
      return imputation(plan, simple, term);
  }
}

/** Shifts of half the noticeable limit and the whole of it, in both directions. */
function imputation({ outcome }: DataPlan, formula: string, term: string): Omit<PlannedAnalysis, "id"> {
  const { noticeable } = outcome;
  return {
    what: {
      en: "Imputation, with those who left shifted by up to the limit for noticeable",
      nb: "Imputering, med dem som sluttet forskjøvet inntil grensen for merkbart",
    },
    model: {
      family: "delta_imputation",
      formula,
      term,
      imputations: 20,
      outcomeDeltas: [-noticeable, -noticeable / 2, 0, noticeable / 2, noticeable],
      exposureDeltas: [0],
    },
  };
}
