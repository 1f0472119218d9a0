import type { AlternativeResult, AttritionReport } from "../../publication/alternative-types.ts";
import type { Publication } from "../../publication/types.ts";

const slope = { estimate: -0.1, lower: -0.12, upper: -0.08, unit: "pain points", pValue: 0.0001 };

const sensitivity: readonly AlternativeResult[] = [
  {
    id: "S7a",
    what: "People with all five waves only",
    formula: "pain_vrs ~ within(ex) + between(ex) + (1 | id)",
    rows: [{ ...slope, label: "One standard deviation more exercise than usual" }],
    people: 1951,
    sentence:
      "The estimate is \u22120.10 (\u22120.12 to \u22120.08) pain points. It points the same way as H1: the words would be the same.",
    agrees: true,
    belongsTo: "H1",
    note: "The form (1 + within(ex) | id) was tried first and was singular.",
  },
  {
    id: "S4b",
    what: "RI-CLPM with linear growth <&>",
    rows: [],
    people: null,
    sentence: "This could not be estimated. The best fit was improper.",
    agrees: null,
  },
];

const exploratory: readonly AlternativeResult[] = [
  {
    id: "E4",
    what: "Pain on exercise of the wave before, by fixed effects",
    label: "For comparison only",
    formula: "pain_vrs ~ lag(ex) + factor(wave)",
    rows: [
      { ...slope, label: "Exercise, then pain", estimate: 0.002, lower: -0.005, upper: 0.008, pValue: 0.6 },
    ],
    people: 4097,
    sentence: "Exercise, then pain: 0.002 (\u22120.005 to 0.008) pain points.",
    agrees: null,
    test: { pValue: 0.6, pAdjusted: 0.65 },
    cautions: ["People <choose> which weeks to answer."],
  },
];

const strata: readonly AlternativeResult[] = [
  {
    id: "by-age_band",
    what: "The slope of the first answer, by group: age",
    formula:
      "pain_vrs ~ within(ex) + between(ex) + factor(age_band) + within(ex):factor(age_band) + (1 | id)",
    rows: [
      { ...slope, label: "18 to 39", pValue: null },
      { ...slope, label: "40 to 64", pValue: null },
    ],
    people: 4194,
    sentence:
      "18 to 39 \u22120.10 (\u22120.12 to \u22120.08); 40 to 64 \u22120.10 (\u22120.12 to \u22120.08) pain points. It is not clear that the slopes differ between these groups. Exploratory: it suggests what to ask next and changes no answer.",
    agrees: null,
    test: { pValue: 0.9, pAdjusted: 0.9 },
    belongsTo: "H1",
  },
];

const attrition: AttritionReport = {
  people: 4551,
  stayed: 3010,
  left: 1541,
  sentences: [
    "Of 4,551 people, 3,010 answered the last wave.",
    "Nothing that was seen before clearly went with leaving.",
  ],
  byWave: [{ wave: 2, atRisk: 4353, left: 350 }],
  terms: [
    {
      label: "Man",
      oddsRatio: 1.06,
      lower: 0.95,
      upper: 1.18,
      pValue: 0.33,
      sentence: "Man went with neither.",
    },
  ],
  lastSeen: [
    { lastWave: 1, people: 350, means: [{ wave: 1, people: 350, mean: 1.88, lower: 1.73, upper: 2.03 }] },
  ],
  patterns: [
    { answered: [true, true, true, true, true], people: 1951 },
    { answered: null, people: 24 },
  ],
  beside: [
    { ...slope, label: "H1, as planned" },
    { ...slope, label: "S7c: Weighted" },
  ],
};

/** What stands beside the answers, one of each kind; the numbers are made up. */
export const besideFixture: Pick<
  Publication,
  "scope" | "sensitivity" | "exploratory" | "strata" | "attrition"
> = {
  scope: "all",
  sensitivity,
  exploratory,
  strata,
  attrition,
};
