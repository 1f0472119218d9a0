import type { AlternativeWords } from "./words-types.ts";

/** English sentences of the analyses beside the planned answers. */
export const alternativesEnglish: AlternativeWords = {
  estimate: (interval, unit) => `The estimate is ${interval} ${unit}.`,
  row: (label, interval, unit) => `${label}: ${interval} ${unit}.`,
  sameWay: (id) => `It points the same way as ${id}: the words would be the same.`,
  sameSign: (id, verdict) =>
    `The sign is the same as in ${id}, but the words would be: \u201c${verdict}\u201d.`,
  otherWay: (id, verdict) =>
    `It does not point the same way as ${id}. The words would be: \u201c${verdict}\u201d.`,
  notCompared: "It is on another scale, so its words are not compared.",
  notMeasured: "This could not be estimated.",
  noFinding: "The planned answer it stands beside could not be estimated.",
  notConverged: "The model did not settle on an answer (it did not converge).",
  improper:
    "The best fit was improper: it held a variance below zero or a correlation beyond one. Its paths are not shown.",
  path: (from, to) => `${from}, then ${to}`,
  reliability: (path, share) => `${path}, reliability ${share}`,
  inGroup: (path, group) => `${path}, ${group}`,
  standardUnit: "standard units",
  oddsRatioUnit: "odds ratio",
  riskRatioUnit: "risk ratio",
  shareUnit: "percent of people",
  stepMore: (exposure) => `One standard deviation more ${exposure} than usual`,
  ordered: (higher, sure, outcome, id) =>
    sure
      ? `Answers of more ${outcome} were ${higher ? "more" : "less"} likely in weeks with more than usual. The scale is another than in ${id}; only the sign is compared.`
      : `Answers of more ${outcome} were neither clearly more nor clearly less likely. The scale is another than in ${id}; only the sign is compared.`,
  groupsTest: (p, differ) =>
    `Exploratory: paths free in each group against equal over groups, ${p}. ${differ ? "Taken alone, before the other exploratory tests are counted, the groups fit better with paths of their own." : "Equal paths fit about as well."}`,
  eValue: ({ exposure, outcome }, { estimate, limit }) =>
    `Something not measured that changes over time would have to go with both ${exposure} and ${outcome} by a risk ratio of ${estimate} each to account for the whole estimate, and of ${limit} each to bring the interval to zero.`,
  eValueRows: { estimate: "E-value of the estimate", limit: "E-value of the limit nearest to zero" },
  eValueNote:
    "RR = exp(0.91 d) with d the estimate over the standard deviation of the outcome; E = RR + sqrt(RR (RR - 1)). VanderWeele and Ding (2017), Annals of Internal Medicine 167(4), 268-274. A bound, not a test: it does not say that such a thing exists or does not.",
  slopeRows: {
    stdDev: "How much the slope differs between people (standard deviation)",
    reliability: "Reliability of one person's slope (middle person)",
    beyond: (bound) => `People expected beyond the noticeable limit (${bound})`,
    opposite: "People expected on the other side of zero",
  },
  slopes: ({ stdDev, reliability, beyond, opposite }) =>
    `Exploratory: people differ in the slope by a standard deviation of ${stdDev}. ${beyond} of people are expected beyond the noticeable limit, and ${opposite} on the other side of zero. One person's own slope has a reliability of ${reliability}, so it ${Number(reliability.replace(",", ".")) < 0.5 ? "is too uncertain to show anyone" : "may be shown with its interval"}.`,
  noSlopes: "The model that settled has no slope that differs between people.",
  patterns: {
    average: "Averaged over patterns",
    ignoring: "Everyone together",
    complete: "Answered the last wave",
    late: "Left late",
    early: "Left early",
  },
  weights: ({ unweighted, smallest, largest }) =>
    `The same model without weights gives ${unweighted}. Weights run from ${smallest} to ${largest}.`,
  weightRows: { weighted: "Weighted", unweighted: "Not weighted" },
  delta: ({ cells, changed, imputations, estimate, unit }) =>
    `With ${imputations} imputations and no shift the estimate is ${estimate} ${unit}. In ${changed} of ${cells} cells of the map the words would be others.`,
  deltaStable: "No shift of the map changes the words.",
  deltaTips: ({ outcome, shift, more, exposure }) =>
    `The words change when those who left are taken to have ${shift} ${more ? "more" : "less"} ${outcome} than their answers predict, with ${exposure} as predicted.`,
  deltaTipsElsewhere: "The words change only when both are shifted.",
  deltaCell: (outcome, exposure) => `Outcome ${outcome}, exposure ${exposure}`,
  noFormTimes:
    "The data do not say how long a form took (form_seconds), so the rule cannot be applied. Nothing was put in its place.",
  noSessions: "There are no sessions in the data. Nothing was put in their place.",
  leftOut: (parts) => `Left out: ${parts.join("; ")}.`,
  leftFast: ({ left, judged }, seconds) =>
    `${left} forms finished in under ${seconds} seconds, of ${judged} with a time`,
  leftStraight: ({ left, judged }) =>
    `${left} forms with the same answer throughout, of ${judged} that can show it`,
  fewerThan: (count) => `fewer than ${count}`,
  imputationLater:
    "It takes longer than this run was given. The command longwave analyse runs it on the same data.",
};
