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
  readonly triedFirst: (form: string, why: "failed" | "singular" | "not_converged") => string;
  readonly singular: string;
  readonly noRiClpm: string;
  readonly notBuilt: string;
  readonly later: string;
  readonly needsOthers: (ids: readonly string[]) => string;
  readonly robustWhat: (ids: readonly string[]) => string;
  readonly robustWhy: string;
}

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
    };
    return `The form ${form} was tried first and ${words[why]}.`;
  },
  singular: "A variance was estimated as exactly zero (singular fit).",
  noRiClpm:
    "The engine does not have the random-intercept cross-lagged panel model yet. Nothing was put in its place.",
  notBuilt: "This analysis is not built yet. Nothing was put in its place.",
  later: "Part of the plan; this version of Longwave runs the confirmatory models only.",
  needsOthers: (ids) => `It is answered from ${ids.join(" and ")}, which have not been run yet.`,
  robustWhat: (ids) => `Robust standard errors (CR2) as a second column for ${ids.join(", ")}`,
  robustWhy:
    "The engine does not compute them yet. The intervals shown rest on the model's own standard errors.",
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
    };
    return `Formen ${form} ble prøvd først og ${words[why]}.`;
  },
  singular: "En varians ble anslått til nøyaktig null (singulær tilpasning).",
  noRiClpm: "Regnemotoren har ikke RI-CLPM-modellen ennå. Ingenting er satt i stedet.",
  notBuilt: "Denne analysen er ikke bygd ennå. Ingenting er satt i stedet.",
  later: "Del av planen; denne utgaven av Longwave kjører bare de bekreftende modellene.",
  needsOthers: (ids) => `Den besvares ut fra ${ids.join(" og ")}, som ikke er kjørt ennå.`,
  robustWhat: (ids) => `Robuste standardfeil (CR2) som en kolonne til for ${ids.join(", ")}`,
  robustWhy: "Regnemotoren beregner dem ikke ennå. Intervallene hviler på modellens egne standardfeil.",
};

/** The reasons in the reader's language. */
export function reasonsIn(language: Language): Reasons {
  return language === "nb" ? norwegian : english;
}
