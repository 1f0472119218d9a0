import {
  type FigureContext,
  forest,
  intervalGraphic,
  participantFlow,
  type SlopePanel,
  withinBetween,
} from "@longwave/figure";
import { parseHTML } from "linkedom";
import type { BlindReport } from "../../blind/types.ts";
import type { Finding, ModelReport, Publication } from "../../publication/types.ts";

const context: FigureContext = { document: parseHTML("<!doctype html><html><body></body></html>").document };
const note = "Simulated people · invented numbers for a test page";
const limits = [
  { lower: -0.5, upper: 0.5 },
  { lower: -0.1, upper: 0.1 },
];
const lagLimits = [{ lower: -0.03, upper: 0.03 }];

const flow: Publication["flow"] = {
  invited: 6419,
  consented: 4601,
  answeredOnce: 4534,
  answeredTwice: 4219,
  answeredAll: 1901,
  waves: [4025, 3805, 3547, 3327, 3064].map((answered, index) => ({ wave: `w${index + 1}`, answered })),
};

const groups = [
  { label: "Women", role: "women", estimate: -0.083, lower: -0.104, upper: -0.062 },
  { label: "Men", role: "men", estimate: -0.153, lower: -0.178, upper: -0.129 },
] as const;
const everyone = {
  label: "Everyone",
  role: "everyone",
  estimate: -0.115,
  lower: -0.131,
  upper: -0.099,
} as const;

function panel(kind: "between" | "within"): SlopePanel {
  const within = kind === "within";
  const slope = within ? -0.041 : -0.045;
  const intercept = within ? 0 : 1.6;
  const [xLow, yLow] = within ? [-6, -1.6] : [0, 0];
  const cells = Array.from({ length: 20 * 16 }, (_, index) => {
    const x0 = xLow + (index % 20) * 0.6;
    const y0 = yLow + Math.floor(index / 20) * 0.2;
    const across = (x0 + 0.3 - (xLow + 6)) / 2.8;
    const up = (y0 + 0.1 - intercept - slope * (x0 + 0.3)) / 0.55;
    return {
      x0,
      x1: x0 + 0.6,
      y0,
      y1: y0 + 0.2,
      count: Math.round(200 * Math.exp(-(across ** 2 + up ** 2) / 2)),
    };
  });
  const averages = [0.08, 0.2, 0.31, 0.41, 0.52, 0.62, 0.73, 0.88].map((share, index) => {
    const x = xLow + 12 * share;
    const mean = intercept + slope * x + (index % 2 === 0 ? 0.03 : -0.03);
    return { x, mean, lower: mean - 0.07, upper: mean + 0.07, count: 500 };
  });
  return {
    label: within ? "Within a person" : "Between people",
    xLabel: within ? "More exercise than own usual" : "Usual exercise (index)",
    yLabel: within ? "Pain against own usual" : "Usual pain, 0–5",
    slope,
    lower: slope - 0.008,
    upper: slope + 0.008,
    intercept,
    cells: cells.filter((cell) => cell.count >= 10),
    averages,
    xRange: [xLow, xLow + 12],
    yRange: [yLow, yLow + 3.2],
  };
}

const figures: Publication["figures"] = [
  participantFlow(
    {
      invited: flow.invited,
      stages: [
        { label: "Answered at least once", count: flow.answeredOnce, kind: "group" },
        ...flow.waves.map(({ answered }, index) => ({
          label: `Wave ${index + 1}`,
          count: answered,
          kind: "wave" as const,
        })),
        { label: "Answered twice or more", count: flow.answeredTwice, kind: "group" },
        { label: "Answered all five", count: flow.answeredAll, kind: "group" },
      ],
    },
    {
      title: "Two of three invited people answered at least twice",
      reading: "4,219 people answered twice or more, so that they can be compared with themselves.",
      note,
    },
    context,
  ),
  withinBetween(
    { between: panel("between"), within: panel("within") },
    {
      title: "Both slopes point down, and both are shallow",
      reading:
        "Darker squares hold more answers; squares with fewer than ten are left out. Marks are averages with 95% intervals. Both panels use the same scale.",
      note,
    },
    context,
  ),
  forest(
    {
      rows: [everyone, ...groups],
      zones: [
        { lower: -0.5, upper: 0.5, label: "smaller than people usually notice" },
        { lower: -0.1, upper: 0.1, label: "too small to matter" },
      ],
      lowLabel: "less pain",
      highLabel: "more pain",
      unit: "pain points, 0 to 5",
    },
    {
      id: "women-and-men",
      title: "Every group leans the same way; men a little more",
      reading:
        "Pain points in weeks when a person exercises more than usual, by a step of the size people usually vary.",
      note,
    },
    context,
  ),
];

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
  warnings: [],
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
    contact: "study@example.org",
  },
  dataset: {
    hash: "fbd4a5b090dd0d6085bf64723998d040",
    upToSeq: 204511,
    peopleInvited: 6419,
    people: 4534,
    rows: 17768,
  },
  plan: { lockedAt: Date.UTC(2026, 0, 12), hash: "c07713e4f2aa" },
  answer: {
    lead: "A little, in the same week. About three months later, these data cannot tell. Each person is compared with their own usual.",
    caution:
      "This page says what went together. It cannot say what made what happen: illness, seasons or mood may change both exercise and pain. It is not advice.",
  },
  findings,
  models,
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
    bibtex: "@misc{longwave2026,\n  title = {Does exercise go with less chronic pain?},\n  year = {2026}\n}",
  },
};

/** A blind report of invented numbers, while a study is still running. */
export const blindFixture: BlindReport = {
  format: "longwave.blind/1",
  study: publicationFixture.study,
  dataset: { hash: "fbd4a5b090dd0d60", upToSeq: 1204, rows: 1102 },
  lead: "1,102 forms have come in. Most questions are answered by nearly everyone.",
  flow,
  figures: figures.slice(0, 1),
  missingness: [
    {
      item: "pain_vrs",
      text: "How strong was your pain, last week?",
      wave: "w1",
      answered: 4025,
      missing: [
        { reason: "skipped", count: 31 },
        { reason: "no_translation", count: null },
      ],
    },
  ],
  distributions: [
    {
      item: "pain_vrs",
      text: "How strong was your pain, last week?",
      total: 4025,
      answers: [
        { label: "None", count: 811 },
        { label: "Very mild", count: 1201 },
        { label: "Very severe", count: null },
      ],
    },
  ],
  responseOverTime: [{ label: "First month", answered: 4025 }],
};
