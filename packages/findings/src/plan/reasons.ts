import type { Language } from "../publication/types.ts";

/** Fewer people than this are never broken down or analysed. */
export const FEWEST_PEOPLE = 10;

/** Why something was not run, not fitted or left, in one language. */
export interface Reasons {
  readonly tooFew: (people: number) => string;
  readonly smallGroup: string;
  readonly noInterval: string;
  readonly noGroups: string;
  readonly notEstimable: (term: string) => string;
  readonly engineSays: (message: string) => string;
  readonly notConverged: string;
  readonly triedFirst: (form: string, why: WhyLeft) => string;
  readonly singular: string;
  readonly improper: string;
  readonly notBuilt: string;
  readonly later: string;
  /** Why an answer that rests on others has none. */
  readonly needsOthers: (ids: readonly string[]) => string;
  /** The robust interval disagrees with the model's on zero. */
  readonly robustDiffers: (id: string, leavesOutZero: boolean) => string;
}

/** Why a form of a model was left for a simpler one. */
type WhyLeft = "failed" | "singular" | "not_converged" | "improper";

const english: Reasons = {
  tooFew: (people) =>
    `${people === 0 ? "Nobody" : `Fewer than ${FEWEST_PEOPLE} people`} gave two complete answers. Results are shown from ${FEWEST_PEOPLE} people on, to protect them.`,
  smallGroup: `One of the groups has fewer than ${FEWEST_PEOPLE} people with two complete answers, so they are not compared.`,
  noInterval: "The interval could not be computed from these answers.",
  noGroups: "There are no groups to compare.",
  notEstimable: (term) => `The answers do not vary enough to estimate "${term}".`,
  engineSays: (message) => `There are too few complete answers for this model. The engine says: ${message}`,
  notConverged: "The model did not settle on an answer (it did not converge), also in its simpler forms.",
  triedFirst: (form, why) => {
    const words = {
      failed: "could not be fitted",
      singular: "was singular",
      not_converged: "did not converge",
      improper: "gave an improper solution",
    };
    return `The form ${form} was tried first and ${words[why]}.`;
  },
  singular: "A variance was estimated as exactly zero (singular fit).",
  improper:
    "The best fit was improper: it held a variance below zero or a correlation beyond one. Its paths cannot be trusted, so none are shown.",
  notBuilt: "This analysis is not built yet. Nothing was put in its place.",
  later: "Part of the plan; this version of Longwave runs the confirmatory models only.",
  needsOthers: (ids) => `It is answered from ${ids.join(" and ")}, which could not all be analysed.`,
  robustDiffers: (id, leavesOutZero) =>
    `${id}: the robust interval (CR2) ${leavesOutZero ? "leaves out zero where the model's own holds it" : "holds zero where the model's own leaves it out"}, so this answer depends on which standard error is used.`,
};

const norwegian: Reasons = {
  tooFew: (people) =>
    `${people === 0 ? "Ingen" : `Færre enn ${FEWEST_PEOPLE} personer`} ga to fullstendige svar. Resultater vises fra ${FEWEST_PEOPLE} personer, for at ingen skal kunne kjennes igjen.`,
  smallGroup: `En av gruppene har færre enn ${FEWEST_PEOPLE} personer med to fullstendige svar, så de sammenlignes ikke.`,
  noInterval: "Intervallet kunne ikke regnes ut fra disse svarene.",
  noGroups: "Det er ingen grupper å sammenligne.",
  notEstimable: (term) => `Svarene varierer for lite til å anslå «${term}».`,
  engineSays: (message) =>
    `Det er for få fullstendige svar til denne modellen. Regnemotoren sier: ${message}`,
  notConverged: "Modellen falt ikke til ro på et svar (den konvergerte ikke), heller ikke i enklere form.",
  triedFirst: (form, why) => {
    const words = {
      failed: "kunne ikke tilpasses",
      singular: "var singulær",
      not_converged: "konvergerte ikke",
      improper: "ga en umulig løsning",
    };
    return `Formen ${form} ble prøvd først og ${words[why]}.`;
  },
  singular: "En varians ble anslått til nøyaktig null (singulær tilpasning).",
  improper:
    "Den beste løsningen var umulig: en varians under null eller en korrelasjon over én. Stiene kan ikke stoles på, så ingen vises.",
  notBuilt: "Denne analysen er ikke bygd ennå. Ingenting er satt i stedet.",
  later: "Del av planen; denne utgaven av Longwave kjører bare de bekreftende modellene.",
  needsOthers: (ids) => `Den besvares ut fra ${ids.join(" og ")}, som ikke alle lot seg analysere.`,
  robustDiffers: (id, leavesOutZero) =>
    `${id}: det robuste intervallet (CR2) ${leavesOutZero ? "utelater null der modellens eget rommer den" : "rommer null der modellens eget utelater den"}, så dette svaret avhenger av hvilken standardfeil som brukes.`,
};

/** The reasons in the reader's language. */
export function reasonsIn(language: Language): Reasons {
  return language === "nb" ? norwegian : english;
}
