import type { Hypothesis, PlanModel, PlannedAnalysis, PlanTest, Protocol } from "@longwave/study";

/** One question of the form; an empty answer is one that the study text does not hold. */
export interface PreregistrationItem {
  readonly title: string;
  readonly answer: readonly string[];
}

/** The items that the plan of a study answers. */
export function planItems(protocol: Protocol): {
  readonly hypotheses: PreregistrationItem;
  readonly analysis: readonly PreregistrationItem[];
} {
  const { plan } = protocol;
  const { over } = plan.multiplicity;
  return {
    hypotheses: { title: "Hypotheses", answer: plan.hypotheses.map(hypothesisText) },
    analysis: [
      { title: "Statistical models", answer: plan.hypotheses.map(modelLine) },
      { title: "Transformations", answer: transformations(protocol) },
      { title: "Inference criteria", answer: inferenceCriteria(protocol, over) },
      {
        title: "Data exclusion",
        answer:
          plan.rows === undefined
            ? []
            : [`Every analysis uses the rows with \`${plan.rows}\`, unless it says otherwise.`],
      },
      { title: "Missing data", answer: missingData(plan.sensitivity) },
      { title: "Exploratory analysis", answer: [...plan.exploratory, ...plan.comparisons].map(analysisText) },
    ],
  };
}

function hypothesisText({ id, claim, expectedSign }: Hypothesis): string {
  if (expectedSign === 0) return `${id}: ${claim.en} Not directional.`;
  return `${id}: ${claim.en} Directional: the expected sign is ${expectedSign < 0 ? "negative" : "positive"}.`;
}

function modelLine({ id, model, test, bounds }: Hypothesis): string {
  return `${id}: ${modelText(model)}. Tested: ${testText(test)}. Limits: ${bounds}.`;
}

/** A planned model on one line, in the plan's own words. */
function modelText(model: PlanModel): string {
  const { family, ...rest } = model;
  if (model.family === "same_as") return `the model of ${model.model}`;
  if (model.family === "other") return model.what;
  const parts = Object.entries(rest).map(([name, value]) => `${name} ${valueText(value)}`);
  return `${family}: ${parts.join("; ")}`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map((part) => `\`${String(part)}\``).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : `\`${String(value)}\``;
}

const stepTexts = {
  within_sd: ", for one within-person standard deviation",
  between_sd: ", for one standard deviation of people's own means",
  unit: "",
} as const;

function testText(test: PlanTest): string {
  switch (test.kind) {
    case "term":
      return `\`${test.term}\`${stepTexts[test.per]}`;
    case "difference":
      return `\`${test.term}\`, the difference of two slopes`;
    case "joint":
      return `all coefficients of \`${test.terms}\` together; in words, \`${test.contrast}\``;
    case "path":
      return `the standardised path ${test.path}`;
    case "intersection":
      return `${test.of.join(" and ")} together`;
  }
}

function transformations({ derived }: Protocol): readonly string[] {
  return [
    "`within(x)` is the deviation from a person's own mean over the rows used, `between(x)` that mean.",
    ...derived.map(({ name, label, expr }) => `\`${name}\` (${label.en}): \`${expr}\``),
  ];
}

function inferenceCriteria({ plan }: Protocol, over: readonly string[]): readonly string[] {
  return [
    `Two-sided p below .05 after Holm's correction over ${over.join(", ")}; what is not tested counts as p = 1.`,
    "The words follow from the 95 % and 90 % intervals against limits set beforehand:",
    ...Object.entries(plan.bounds).map(
      ([name, { negligible, noticeable, unit }]) =>
        `\`${name}\`: under ${negligible} ${unit.en} is too small to matter, from ${noticeable} people notice it.`,
    ),
  ];
}

function missingData(sensitivity: readonly PlannedAnalysis[]): readonly string[] {
  return [
    "An answer with a missing value in a model is left out of that model, and people need two complete answers in a mixed model.",
    "A panel model uses every person with an answer, by full-information maximum likelihood.",
    ...sensitivity.map((analysis) => `Sensitivity analysis ${analysisText(analysis)}`),
  ];
}

function analysisText({ id, what, model, label }: PlannedAnalysis): string {
  return `${id}: ${what.en} (${modelText(model)})${label === undefined ? "" : ` ${label.en}`}`;
}
