import type { WarningCode } from "@longwave/stats";
import type { Language } from "../publication/types.ts";

/** What an engine warned of, in the reader's language where it can be said in it. */
export interface WarningText {
  readonly text: string;
  readonly language: Language;
}

/**
 * A warning of a model in the reader's language. The engine writes English; in Norwegian its code decides the sentence,
 * and a code without one keeps the engine's words, marked as English.
 */
export function warningText(
  warning: { readonly code: string; readonly message: string },
  language: Language,
): WarningText {
  const translated = language === "nb" && isKnown(warning.code) ? norwegian[warning.code] : undefined;
  if (translated === undefined) return { text: warning.message, language: "en" };
  return { text: typeof translated === "string" ? translated : translated(warning.message), language };
}

function isKnown(code: string): code is WarningCode {
  return Object.hasOwn(norwegian, code);
}

type Translation = string | ((message: string) => string);

/** What stands in quotation marks in the engine's message: names of columns and terms, the same in every language. */
function named(message: string): string {
  const names = [...message.matchAll(/"([^"]+)"/g)].map(([, name]) => `«${name}»`);
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

/** The columns that a model left out, from "found a, b constant or determined by the others". */
function leftOut(message: string): string {
  const columns = /found (.+?) constant or determined/.exec(message)?.[1];
  return `${columns === undefined ? "Noen kolonner" : `«${columns}»`} er konstant eller bestemt av de andre kolonnene og er utelatt.`;
}

const singular =
  "En varians mellom personer ble anslått til nøyaktig 0 (singulær tilpasning). Dataene sier for lite om den.";
const notConverged =
  "Letingen etter den beste tilpasningen stoppet før den var ferdig. Disse tallene bør ikke brukes.";
const separation =
  "Noen forklaringsvariabler skiller utfallene uten en eneste feil (separasjon). Det finnes ikke noe endelig anslag for dem.";
const fewGroups = (message: string): string =>
  `Det er få grupper å anslå en varians mellom${named(message)}. Les størrelsen med forsiktighet.`;
const laplace =
  "Integralet over forskjellene mellom personer er en grov tilnærming (Laplace). Tallene er bare til sammenligning.";
const dependentRows =
  "Modellen tar radene som uavhengige, men flere rader er fra samme person. Standardfeilene er da som regel for små.";
const improper =
  "Løsningen er ikke gyldig: den har en negativ varians eller en korrelasjon utenfor −1 til 1. Tallene vises som de ble anslått.";

const norwegian: Readonly<Record<WarningCode, Translation>> = {
  "lmm.rank-deficient": leftOut,
  "lmm.singular": singular,
  "lmm.not-converged": notConverged,
  "lmm.variances-not-identified": (message) =>
    `Dataene kan ikke skille noen av variansene fra hverandre${named(message)}. De faste effektene står; variansene bør ikke brukes.`,
  "lmm.few-groups": fewGroups,
  "profile.not-closed": "For noen anslag setter dataene ingen grense på den ene siden av intervallet.",
  "lmm.robust-few-clusters":
    "De robuste standardfeilene hviler på få personer og kan være for små. Les dem med forsiktighet.",
  "lmm.one-person-decides": (message) =>
    `Resultatet avhenger mye av enkeltpersoner eller enkeltgrupper${named(message)}. Se på radene deres, og vis resultatet med og uten.`,
  "fe.time-constant": (message) =>
    `Kolonner som ikke endrer seg innen en person, sier ingenting her og er utelatt${named(message)}.`,
  "fe.single-rows": "Personer med bare én rad sier ingenting om endring innen en person.",
  "fe.few-people": "Det er få personer. De robuste standardfeilene kan være for små.",
  "fe.negative-variance":
    "Variansen mellom personer ble anslått under null og satt til 0. Modellen svarer da som en vanlig regresjon.",
  "lmm.residual-limit":
    "En parameter for hvordan svar henger sammen i tid, ligger på grensen av det mulige. Les ikke noe intervall inn i den.",
  "lm.rows-not-independent": dependentRows,
  "riclpm.not-converged": notConverged,
  "riclpm.improper": improper,
  "riclpm.restarts":
    "Den første tilpasningen var ikke gyldig, så flere startpunkter ble prøvd. Den med størst sannsynlighet ble beholdt.",
  "riclpm.weakly-identified":
    "Dataene kan knapt skille noen av parametrene fra hverandre. Det skjer ved lite endring innen personer.",
  "riclpm.unequal-gaps":
    "Stiene er holdt like, men det er ulikt lenge mellom rundene. En sti over lengre tid er ikke den samme stien.",
  "riclpm.never-together":
    "Noen par av spørsmål og runder har ingen svart på begge. Hvordan de henger sammen, følger av modellen alene.",
  "riclpm.people-left-out": "Noen personer mangler det modellen trenger, og er utelatt.",
  "regression.rank-deficient": leftOut,
  "glm.separation": separation,
  "glm.not-converged": notConverged,
  "glm.weights-not-counts": "Vektene er ikke hele tall. Standardfeilene gjelder ikke for slike vekter.",
  "gee.separation": separation,
  "gee.not-converged": notConverged,
  "gee.correlation-invalid":
    "Den anslåtte korrelasjonen kan ikke finnes i virkelige data, så ingen koeffisienter vises.",
  "gee.no-pairs": "Ingen personer har to rader, så korrelasjonen ble satt til null.",
  "gee.few-people": "Det er få personer. De robuste standardfeilene er da for små.",
  "gee.too-few-people": "Det er flere koeffisienter enn personer, så ingen robuste standardfeil finnes.",
  "gee.leverage": "En koeffisient avhenger av én person alene, så disse standardfeilene finnes ikke.",
  "gee.weights-vary":
    "Vektene endrer seg innen personer. Anslagene er da bare forventningsrette med uavhengighet som korrelasjon.",
  "dropout.few-events":
    "Få personer sluttet i noen av rundene. Det som sies om hvem som sluttet, er usikkert.",
  "weights.extreme": "Noen få personer har svært store vekter og betyr mye for anslaget.",
  "pattern-mixture.small-stratum": "En gruppe etter siste runde er liten. Anslaget for den er usikkert.",
  "pattern-mixture.left-out": "Noen grupper etter siste runde er for små og er utelatt.",
  "sem.not-converged": notConverged,
  "sem.not-identified": "Dataene kan ikke skille parametrene fra hverandre, så ingen standardfeil finnes.",
  "sem.improper": improper,
  "sem.saturated-not-identified":
    "Modellen uten begrensninger kan ikke anslås, så tallene for tilpasning mangler.",
  "sem.rows-dropped": "Rader uten et eneste svar er utelatt.",
  "formula.between-interaction-missing": (message) =>
    `Et samspill innen personer står uten det samme samspillet mellom personer${named(message)}.`,
  "fit.not-finite": "Noen tall er ikke endelige og er skrevet som manglende.",
  "impute.column-empty": "En kolonne har ingen svar og kan ikke fylles ut.",
  "impute.constant-column": "En kolonne har samme verdi hos alle og kan ikke forutsi noe.",
  "impute.collinear": "Noen kolonner sier det samme som andre og er utelatt fra utfyllingen.",
  "impute.predictors-cut": "Det er flere kolonner enn svarene kan bære, så noen er utelatt fra utfyllingen.",
  "pool.monte-carlo-error": "Flere utfylte datasett ville gitt sikrere tall: de varierer fra sett til sett.",
  "pool.fits-not-converged": "I noen av de utfylte datasettene ble ikke modellen ferdig tilpasset.",
  "personal.several-people": "Serien inneholder flere personer.",
  "personal.rank-deficient": leftOut,
  "personal.correlation-limit": "Sammenhengen fra dag til dag ligger på grensen av det mulige.",
  "personal.not-converged": notConverged,
  "personal.few-occasions": "Det er få dager i serien. Intervallene kan være for smale.",
  "personal.people-left-out": "Noen personer har for få dager og er utelatt.",
  "clmm.singular": singular,
  "clmm.not-converged": notConverged,
  "clmm.separation": separation,
  "clmm.few-groups": fewGroups,
  "clmm.laplace": laplace,
  "glmm.singular": singular,
  "glmm.not-converged": notConverged,
  "glmm.separation": separation,
  "glmm.few-groups": fewGroups,
  "glmm.laplace": laplace,
  "clmm.empty-category": "En svarkategori er ikke brukt av noen og har ingen terskel.",
  "clmm.proportional-odds":
    "Ved noen av grensene mellom svar er det for få rader, og de er utelatt fra sammenligningen.",
};
