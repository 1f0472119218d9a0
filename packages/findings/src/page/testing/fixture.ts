import { intervalGraphic } from "@longwave/figure";
import type { Finding, ModelReport, Publication } from "../../publication/types.ts";
import { protocol } from "../../testing/study.ts";
import { context, everyone, figures, flow, groups, lagLimits, limits } from "./fixture-figures.ts";
import { lagComparisonFixture, lagModels } from "./fixture-lags.ts";

const findings: readonly Finding[] = [
  {
    id: "H1",
    label: "In the same week",
    term: "Short term",
    verdict: "A weak association",
    rule: 3,
    sentence:
      "In weeks when people exercised more than usual, they reported slightly less pain. The difference is smaller than people usually notice. Either may come first.",
    sure: "clear",
    sureWhy: "The interval stays away from zero after allowing for several tests.",
    estimate: {
      value: -0.115,
      lower: -0.131,
      upper: -0.099,
      lower90: -0.128,
      upper90: -0.102,
      unit: "pain points",
      text: "−0.12 (−0.13 to −0.10) pain points, on a scale from 0 to 5",
    },
    rows: [everyone],
    bounds: { negligible: 0.1, noticeable: 0.5, limit: 0.5 },
    pValue: 3.1e-44,
    pHolm: 9.3e-44,
    model: "m1",
    graphic: intervalGraphic(
      { rows: [everyone], limit: 0.5, zones: limits, alt: "−0.12 (−0.13 to −0.10) pain points" },
      context,
    ),
  },
  {
    id: "H2",
    label: "Women and men",
    term: "Same week",
    verdict: "A difference, too small to matter by our set limit",
    rule: 2,
    sentence: "The same-week link was a little stronger in men than in women. Both groups had it.",
    sure: "fairly clear",
    sureWhy: "The difference holds after allowing for several tests.",
    estimate: {
      value: -0.07,
      lower: -0.102,
      upper: -0.038,
      lower90: -0.097,
      upper90: -0.043,
      unit: "pain points, men minus women",
      text: "Difference −0.07 (−0.10 to −0.04) pain points. Women −0.08, men −0.15",
    },
    rows: groups,
    bounds: { negligible: 0.1, noticeable: 0.5, limit: 0.5 },
    pValue: 0.000018,
    pHolm: 0.0412,
    model: "m1",
    graphic: intervalGraphic(
      {
        rows: groups,
        limit: 0.5,
        zones: limits,
        alt: "Women −0.08 (−0.10 to −0.06), men −0.15 (−0.18 to −0.13)",
      },
      context,
    ),
  },
  {
    id: "H3",
    label: "Three months later",
    term: "Long term",
    verdict: "Not clear: these data cannot tell",
    rule: 7,
    sentence:
      "More exercise than usual may be followed by a little less pain about three months later, or by no change. These data cannot tell.",
    sure: "not clear",
    sureWhy: "The interval reaches past the limit and includes zero.",
    estimate: {
      value: -0.018,
      lower: -0.043,
      upper: 0.006,
      lower90: -0.039,
      upper90: 0.002,
      unit: "standard units",
      text: "−0.02 (−0.04 to 0.01) in standard units",
    },
    rows: [{ label: "Everyone", role: "everyone", estimate: -0.018, lower: -0.043, upper: 0.006 }],
    bounds: { negligible: 0.03, noticeable: 0.07, limit: 0.1 },
    pValue: 0.147,
    pHolm: 0.294,
    model: "m2",
    graphic: intervalGraphic(
      {
        rows: [{ label: "Everyone", role: "everyone", estimate: -0.018, lower: -0.043, upper: 0.006 }],
        limit: 0.1,
        zones: lagLimits,
        alt: "−0.02 (−0.04 to 0.01) standard units",
      },
      context,
    ),
  },
  {
    id: "H6",
    label: "Most against none",
    term: "Between people",
    verdict: "Too few answers to tell",
    rule: "not_fitted",
    sentence: "Too few people were in one of the groups, so this question has no answer here.",
    sure: "not clear",
    sureWhy: "Nothing was fitted.",
    estimate: null,
    rows: [],
    bounds: { negligible: 0.1, noticeable: 0.5, limit: 0.5 },
    pValue: null,
    pHolm: null,
    model: "",
    graphic: "",
  },
];

const coefficient = (term: string, estimate: number, stdError: number, df: number): object => ({
  term,
  estimate,
  stdError,
  df,
  statistic: estimate / stdError,
  pValue: 0.0004,
  lower: estimate - 1.96 * stdError,
  upper: estimate + 1.96 * stdError,
});

const fit = {
  formula: "pain_vrs ~ within(ex) + between(ex) + man + (1 + within(ex) | id)",
  estimator: "lmm",
  method: "reml",
  nobs: 17160,
  ngroups: { id: 4194 },
  fixed: [
    coefficient("(Intercept)", 1.5812, 0.0312, 4188.2),
    coefficient("within(ex)", -0.0413, 0.0031, 3011.4),
    coefficient("between(ex)", -0.0452, 0.0049, 4190.1),
    coefficient("man", -0.2107, 0.0281, 4187.7),
  ],
  random: [
    {
      group: "id",
      terms: ["(Intercept)", "within(ex)"],
      covariance: [
        [0.64, 0],
        [0, 0.0009],
      ],
      stdDev: [0.8, 0.03],
      correlation: [
        [1, -0.12],
        [-0.12, 1],
      ],
    },
  ],
  theta: [1.1, 0, 0.04],
  sigma: 0.723,
  logLik: -21034.5,
  deviance: 42069,
  aic: 42085,
  bic: 42147.1,
  converged: true,
  singular: false,
  warnings: [
    { code: "lmm.singular", message: "Expected every variance to be positive." },
    { code: "lmm.few-groups", message: 'Expected at least 10 groups; found 4 of "site".' },
    { code: "later.version", message: "A later engine warned of something." },
  ],
  rows: { read: 17768, used: 17160, droppedMissing: 608 },
};

const models: readonly ModelReport[] = [
  {
    id: "m1",
    title: "Same week, within and between people",
    formula: fit.formula,
    planned: "pain_vrs ~ within(ex) + between(ex) + man + (1 + within(ex) + wave | id)",
    fallbackUsed: true,
    comparisonOnly: false,
    fit,
    people: 4194,
  },
  {
    id: "m2",
    title: "Lagged hybrid model",
    formula: "pain_vrs ~ lag(within(ex)) + between(ex) + (1 | id)",
    planned: "pain_vrs ~ lag(within(ex)) + between(ex) + (1 | id)",
    fallbackUsed: false,
    comparisonOnly: true,
    note: "With few waves, a person's own average contains later answers, so lagged estimates of this kind are biased. The planned model for lags keeps stable levels apart.",
    fit: { ...fit, singular: true },
    people: 3702,
  },
  ...lagModels,
];

/** A publication of invented numbers about simulated people: for tests and pictures of pages only. */
export const publicationFixture: Publication = {
  format: "longwave.publication/1",
  hash: "5f1dd8e0c4a94a6f9e0c2b7d8135ab90f1dd8e0c4a94a6f9e0c2b7d8135ab901",
  version: "0.1.0",
  seed: 1,
  language: "en",
  study: {
    id: "exercise-and-pain",
    title: "Exercise and pain (simulated people)",
    question: "Does exercise go with less chronic pain?",
    simulated: true,
    protocolVersion: "1.0.0",
    protocolHash: "a41f20c5d9e0b7318c6e",
    contact: "The exercise and pain study team, study@example.org",
  },
  dataset: {
    hash: "fbd4a5b090dd0d6085bf64723998d040",
    upToSeq: 204511,
    peopleInvited: 6419,
    people: 4534,
    rows: 17768,
  },
  plan: { lockedAt: Date.UTC(2026, 0, 12), hash: "c07713e4f2aa" },
  protocol,
  answer: {
    lead: "A little, in the same week. About three months later, these data cannot tell. Each person is compared with their own usual.",
    caution:
      "This page says what went together. It cannot say what made what happen: illness, seasons or mood may change both exercise and pain. It is not advice.",
  },
  findings,
  models,
  lagComparison: lagComparisonFixture,
  notYetRun: [
    {
      id: "H3",
      what: "Cross-lagged panel model with random intercepts",
      why: "This version of Longwave does not fit it yet.",
    },
    {
      id: "S6",
      what: "What if the missing answers were different",
      why: "Needs several filled-in copies of the data.",
    },
  ],
  flow,
  figures,
  methods: [
    { title: "People", paragraphs: ["2,530 women and 2,004 men, median age 54. All are simulated."] },
    {
      title: "Pain",
      paragraphs: ["One question about last week, with six words from “none” (0) to “very severe” (5)."],
    },
    {
      title: "Exercise",
      paragraphs: ["How often, how hard and how long, last week: an index from 0 to 15."],
    },
    {
      title: "Comparison",
      paragraphs: ["A mixed model that keeps differences between people apart from changes within a person."],
    },
  ],
  limitations: [
    "Both answers come from the same form, so a gloomy day may colour both.",
    "Something else may change both exercise and pain.",
    "Three months may be the wrong gap: a change that comes and goes within days is not seen here.",
  ],
  citation: {
    text: "Longwave (2026). Does exercise go with less chronic pain? Five waves, simulated people. Bundle 5f1dd8e0.",
    bibtex:
      "@misc{longwave2026,\n  title = {Does exercise go with less chronic pain?},\n  year = {2026}\n}\n",
  },
};
