import type { Deviation } from "../publication/deviation-types.ts";
import type { Language, NotYetRun, PublicationDraft } from "../publication/types.ts";

interface Words {
  readonly fallback: (fitted: string, planned: string) => string;
  readonly fallbackWhy: string;
  readonly notRun: (count: number) => string;
  readonly notEstimated: string;
  readonly otherPlan: string;
  readonly otherPlanWhy: (locked: string, run: string) => string;
}

const english: Words = {
  fallback: (fitted, planned) => `Fitted ${fitted} in place of ${planned}.`,
  fallbackWhy: "The planned model could not be fitted well; the plan names this one for that case.",
  notRun: (count) => `${count === 1 ? "This analysis" : "These analyses"} of the plan had not been run.`,
  notEstimated: "Run as planned, and gave no estimate.",
  otherPlan: "The study text that was run is not the one that was locked.",
  otherPlanWhy: (locked, run) => `Locked: ${locked}. Run: ${run}. Nobody has given a reason.`,
};

const norwegian: Words = {
  fallback: (fitted, planned) => `Tilpasset ${fitted} i stedet for ${planned}.`,
  fallbackWhy: "Den planlagte modellen lot seg ikke tilpasse godt; planen nevner denne for slike tilfeller.",
  notRun: (count) => `${count === 1 ? "Denne analysen" : "Disse analysene"} i planen var ikke kjørt.`,
  notEstimated: "Kjørt som planlagt, og ga ikke noe anslag.",
  otherPlan: "Studieteksten som ble kjørt, er ikke den som ble låst.",
  otherPlanWhy: (locked, run) => `Låst: ${locked}. Kjørt: ${run}. Ingen har oppgitt noen grunn.`,
};

/** What is set beside the plan when its departures are looked for. */
export interface FoundInput {
  readonly language: Language;
  /** Hash of the study text as it was locked, where it is known. */
  readonly lockedHash?: string | undefined;
}

/**
 * The departures that running a plan shows by itself: another text than the locked one, fallback models, analyses
 * not run and analyses without an estimate.
 */
export function foundDeviations(draft: PublicationDraft, input: FoundInput): readonly Deviation[] {
  const words = input.language === "nb" ? norwegian : english;
  return [
    ...otherText(draft, input, words),
    ...draft.models
      .filter(({ fallbackUsed, comparisonOnly }) => fallbackUsed && !comparisonOnly)
      .map(({ id, formula, planned, note }): Deviation => {
        const what = words.fallback(formula, planned);
        return { kind: "fallback", clause: id, what, why: note ?? words.fallbackWhy };
      }),
    ...withoutEstimate(draft).map(
      ({ id, sentence }): Deviation => ({
        kind: "not_estimated",
        clause: id,
        what: words.notEstimated,
        why: sentence,
      }),
    ),
    ...notRun(draft.notYetRun, words),
  ];
}

function otherText({ study }: PublicationDraft, input: FoundInput, words: Words): readonly Deviation[] {
  const { lockedHash } = input;
  if (lockedHash === undefined || lockedHash === study.protocolHash) return [];
  const why = words.otherPlanWhy(lockedHash.slice(0, 12), study.protocolHash.slice(0, 12));
  return [{ kind: "other_plan", clause: study.id, what: words.otherPlan, why }];
}

function withoutEstimate(
  draft: PublicationDraft,
): readonly { readonly id: string; readonly sentence: string }[] {
  const { findings, sensitivity = [], exploratory = [] } = draft;
  return [
    ...findings.filter(({ rule }) => rule === "not_fitted"),
    ...[...sensitivity, ...exploratory].filter(({ rows }) => rows.length === 0),
  ];
}

/** Analyses that were not run for the same reason are one departure. */
function notRun(entries: readonly NotYetRun[], words: Words): readonly Deviation[] {
  const reasons = [...new Set(entries.map(({ why }) => why))];
  return reasons.map((why) => {
    const ids = entries.filter((entry) => entry.why === why).map(({ id }) => id);
    return { kind: "not_run", clause: ids.join(", "), what: words.notRun(ids.length), why };
  });
}

/** A draft with departures that people listed, before those that were found when its plan was run. */
export function withDeviations(draft: PublicationDraft, listed: readonly Deviation[]): PublicationDraft {
  return { ...draft, deviations: [...listed, ...(draft.deviations ?? [])] };
}
