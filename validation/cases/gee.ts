import { type GeeFit, type GeeOptions, type GlmFit, type GlmOptions, gee, glm } from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";
import { huntLike, type Study, studies } from "../gee-studies.ts";
import { listed, readNumbers, relative } from "../support.ts";

/** One fit of geepack, iterated until nothing moves by 1e-12. */
interface GeeNumbers {
  readonly estimate: readonly number[];
  readonly stdError: readonly number[];
  readonly modelStdError: readonly number[];
  readonly scale: number;
  readonly scaleStdError: number;
  readonly alpha: number | readonly number[];
  readonly alphaStdError: number | readonly number[] | null;
  readonly qic: number | null;
  readonly qicu: number | null;
  readonly manclDeRouen?: readonly number[];
  readonly kauermannCarroll?: readonly number[];
}

interface GlmNumbers {
  readonly estimate: readonly number[];
  readonly stdError: readonly number[];
  readonly logLik: number;
  readonly aic: number;
  readonly bic: number;
  readonly residualDeviance: number;
  readonly nullDeviance: number;
  readonly dispersion: number;
}

type Recorded = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const numbers = { ...readNumbers<Recorded>("gee"), ...readNumbers<Recorded>("gee-knee") };

// As far as geepack's iterations agree with the solution.
const SOLVED = 1e-6;

function correlationRows(fit: GeeFit, reference: GeeNumbers): Comparison[] {
  return [
    relative("scale", [fit.scale, reference.scale], SOLVED),
    ...listed(reference.alpha).map((alpha, c) =>
      relative(`alpha ${fit.alphaTerms[c]}`, [fit.alpha[c], alpha], SOLVED),
    ),
    ...((reference.qic ?? null) === null ? [] : [relative("QIC", [fit.qic, reference.qic], 1e-8)]),
    ...((reference.qicu ?? null) === null ? [] : [relative("QICu", [fit.qicu, reference.qicu], 1e-8)]),
  ];
}

/** An exact derivative is what geepack codes only where the outcome is gaussian and the scale is asked for. */
function scaleErrorRows(fit: GeeFit, reference: GeeNumbers): Comparison[] {
  if (fit.family === "binomial") return [];
  return [relative("scale standard error", [fit.scaleStdError, reference.scaleStdError], SOLVED)];
}

function coefficientRows(fit: GeeFit, reference: GeeNumbers): Comparison[] {
  return fit.fixed.flatMap((row, j) => [
    relative(`${row.term} estimate`, [row.estimate, reference.estimate[j]], SOLVED),
    relative(`${row.term} robust standard error`, [row.stdError, reference.stdError[j]], SOLVED),
    relative(`${row.term} model standard error`, [row.modelStdError, reference.modelStdError[j]], SOLVED),
  ]);
}

function smallSampleRows(refit: (se: GeeOptions["se"]) => GeeFit, reference: GeeNumbers): Comparison[] {
  const named = (se: "mancl-derouen" | "kauermann-carroll", wanted: readonly number[] | undefined) =>
    wanted === undefined
      ? []
      : refit(se).fixed.map((row, j) =>
          relative(`${row.term} ${se} standard error`, [row.stdError, wanted[j]], SOLVED),
        );
  return [
    ...named("mancl-derouen", reference.manclDeRouen),
    ...named("kauermann-carroll", reference.kauermannCarroll),
  ];
}

function kebab(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function geeCase(study: Study, correlation: NonNullable<GeeOptions["correlation"]>): ValidationCase {
  const reference = numbers[study.key]?.[correlation] as GeeNumbers;
  return {
    id: `gee-${kebab(study.key)}-${correlation}`,
    model: `gee ${study.family}, ${correlation}`,
    reference: "geepack 1.3.9 geeglm",
    data: study.data,
    compare(table) {
      const prepared = study.prepare.reduce((made, prepare) => prepare(made), table);
      const refit = (se: GeeOptions["se"]) =>
        gee(
          study.formula,
          { kind: "rows", table: prepared },
          { ...study.options, family: study.family, correlation, se: se ?? "robust" },
        );
      const fit = refit("robust");
      return [
        ...coefficientRows(fit, reference),
        ...correlationRows(fit, reference),
        ...scaleErrorRows(fit, reference),
        ...smallSampleRows(refit, reference),
      ];
    },
  };
}

function glmCase(key: string, formula: string, options: GlmOptions): ValidationCase {
  const reference = numbers[key] as unknown as GlmNumbers;
  return {
    id: kebab(key).replace("glm-", "glm-hunt-"),
    model: `glm ${options.family ?? "gaussian"}${options.weights === undefined ? "" : ", weighted"}`,
    reference: "R 4.2.2 glm",
    data: huntLike.data,
    compare(table) {
      const prepared = huntLike.prepare.reduce((made, prepare) => prepare(made), table);
      return glmRows(glm(formula, { kind: "rows", table: prepared }, options), reference);
    },
  };
}

function glmRows(fit: GlmFit, reference: GlmNumbers): Comparison[] {
  return [
    ...fit.fixed.flatMap((row, j) => [
      relative(`${row.term} estimate`, [row.estimate, reference.estimate[j]], 1e-8),
      relative(`${row.term} standard error`, [row.stdError, reference.stdError[j]], 1e-8),
    ]),
    relative("log-likelihood", [fit.logLik, reference.logLik], 1e-9),
    relative("AIC", [fit.aic, reference.aic], 1e-9),
    relative("BIC", [fit.bic, reference.bic], 1e-9),
    relative("residual deviance", [fit.residualDeviance, reference.residualDeviance], 1e-9),
    relative("null deviance", [fit.nullDeviance, reference.nullDeviance], 1e-9),
    relative("dispersion", [fit.dispersion, reference.dispersion], 1e-9),
  ];
}

const CORRELATIONS = ["independence", "exchangeable", "ar1", "unstructured"] as const;

/** Generalised estimating equations and generalised linear models beside geepack and glm. */
export const cases: readonly ValidationCase[] = [
  ...studies.flatMap((study) =>
    CORRELATIONS.filter((correlation) => numbers[study.key]?.[correlation] !== undefined).map((correlation) =>
      geeCase(study, correlation),
    ),
  ),
  glmCase("glmBinomial", "high ~ ex + factor(wave) + sex + age", { family: "binomial" }),
  glmCase("glmGaussian", "pain_o ~ ex + sex + age", {}),
  glmCase("glmWeighted", "pain_o ~ ex + sex", { weights: "count" }),
];
