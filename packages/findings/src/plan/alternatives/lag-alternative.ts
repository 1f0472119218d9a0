import { fe, formulaColumns } from "@longwave/stats";
import type { FeLagModel } from "@longwave/study";
import { intervalText } from "../../words/numbers.ts";
import { capitalise } from "../../words/sentence-parts.ts";
import { localText, studyNames } from "../../words/study-names.ts";
import { type AlternativeContext, attempt, type Measured, rowsFor, whereOf } from "./context.ts";
import { scaledEstimate } from "./estimates.ts";
import { coefficientOf } from "./slope-alternatives.ts";
import { alternativeWords } from "./words.ts";

/** y on the x of the wave before, each person compared with themselves, with clustered standard errors. */
export async function measureLag(context: AlternativeContext, model: FeLagModel): Promise<Measured> {
  const { person, wave, outcome } = context.protocol.plan.variables;
  const term = `lag(${model.x})`;
  const right = [term, ...model.covariates, `factor(${wave})`].join(" + ");
  const formula = `${model.y} ~ ${right}`;
  const data = await rowsFor(context, formulaColumns(formula), whereOf(context, model));
  const fit = attempt(context, () =>
    fe(formula, data, { id: person, time: wave, minRows: 2, se: "arellano" }),
  );
  const { language, protocol } = context;
  const words = alternativeWords(language);
  const scaled = scaledEstimate(coefficientOf(context, fit, term));
  const names = studyNames(protocol, language);
  const label = capitalise(words.path(names.exposure, names.outcome));
  const unit = model.y === outcome.name ? localText(outcome.unit, language) : model.y;
  const { estimate, lower, upper, pValue } = scaled;
  const text = intervalText({ value: estimate, lower, upper }, language);
  return {
    rows: [{ label, estimate, lower, upper, pValue, unit }],
    people: fit.ngroups[person] ?? null,
    formula,
    sentence: words.row(label, text, unit),
    agrees: null,
    pValue,
  };
}
