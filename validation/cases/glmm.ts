import { type CategoricalFit, clmmRanef, type GlmmOptions, glmm } from "@longwave/stats";
import type { ValidationCase } from "../case.ts";
import { compareFit, compareModes, type RecordedFit, type RecordedModes } from "../ordinal-compare.ts";
import { huntPanel } from "../ordinal-studies.ts";
import { fixture, readNumbers } from "../support.ts";

const { ohio } = readNumbers<{
  readonly ohio: { readonly glmer: readonly RecordedFit[]; readonly ranef: RecordedModes };
}>("clmm");
const recorded =
  readNumbers<
    Record<"glmerIntercept1" | "glmerIntercept9" | "glmerIntercept25" | "glmerSlope" | "glm", RecordedFit>
  >("clmm-recorded");

// glmer's standard errors come from differences of its deviance.
const BESIDE_GLMER = { estimate: 1e-4, stdError: 1e-3, logLik: 1e-6, better: true };

const hunt = fixture("hunt_like");

function huntCase(
  id: string,
  formula: string,
  options: GlmmOptions,
  compare: (fit: CategoricalFit) => ReturnType<ValidationCase["compare"]>,
): ValidationCase {
  const { nodes = 9 } = options;
  return {
    id,
    model: `logistic, ${formula.includes("|") ? `${nodes === 1 ? "Laplace" : `${nodes} nodes`}` : "no random effect"}`,
    reference: formula.includes("|") ? "lme4 1.1.31 glmer" : "R 4.2.2 glm",
    data: hunt,
    compare: (table) => compare(glmm(formula, { kind: "rows", table: huntPanel(table) }, options)),
  };
}

const intercept = "high ~ ex + sex + wave + (1 | id)";

/** Logistic mixed models beside lme4::glmer and glm. */
export const cases: readonly ValidationCase[] = [
  ...ohio.glmer.map((fit): ValidationCase => {
    const nodes = fit.nodes ?? 9;
    return {
      id: `glmm-ohio-${nodes}`,
      model: `logistic, random intercept, ${nodes === 1 ? "Laplace" : `${nodes} nodes`}`,
      reference: "lme4 1.1.31 glmer",
      data: { kind: "r-package", package: "geepack", dataset: "ohio" },
      compare(table) {
        const data = { kind: "rows", table } as const;
        const ours = glmm("resp ~ age + smoke + (1 | id)", data, { nodes });
        const rows = compareFit(ours, fit, BESIDE_GLMER);
        if (nodes !== ohio.ranef.nodes) return rows;
        return [
          ...rows,
          ...compareModes(clmmRanef(ours, data)[0], ohio.ranef, { tolerance: 3e-4, ends: true }),
        ];
      },
    };
  }),
  ...([1, 9, 25] as const).map((nodes) =>
    huntCase(`glmm-hunt-${nodes}`, intercept, { nodes }, (fit) =>
      compareFit(fit, recorded[`glmerIntercept${nodes}`], BESIDE_GLMER),
    ),
  ),
  huntCase("glmm-hunt-slope-1", "high ~ ex + sex + wave + (1 + ex | id)", { nodes: 1 }, (fit) =>
    compareFit(fit, recorded.glmerSlope, { ...BESIDE_GLMER, estimate: 1e-3 }),
  ),
  huntCase("glm-hunt", "high ~ ex + sex + wave", {}, (fit) =>
    compareFit(fit, recorded.glm, { estimate: 1e-8, stdError: 1e-6, logLik: 1e-8 }),
  ),
];
