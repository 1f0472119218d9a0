import type { Instrument, Protocol } from "@longwave/study";
import type { MethodSection } from "../publication/types.ts";
import { countText, limitText, numberText } from "../words/numbers.ts";
import { isGiven, localText } from "../words/study-names.ts";
import {
  listOf,
  type MethodsInput,
  modelNotes,
  panelOf,
  robustIds,
  robustNotes,
  testFamily,
  usedBounds,
} from "./methods-input.ts";

/** The methods in Norwegian (bokmål), a working translation. */
export function norwegianMethods(input: MethodsInput): readonly MethodSection[] {
  return [
    { title: "Personer", paragraphs: peopleParagraphs(input) },
    { title: "Hva det ble spurt om", paragraphs: questionParagraphs(input.protocol) },
    { title: "Sammenligningen", paragraphs: comparisonParagraphs(input) },
    { title: "Grensene", paragraphs: limitParagraphs(input) },
    { title: "Flere tester", paragraphs: testParagraphs(input) },
    { title: "Svar som mangler", paragraphs: missingParagraphs(input) },
  ];
}

function count(value: number): string {
  return countText(value, "nb");
}

function peopleParagraphs({ dataset, simulated, origin, protocol }: MethodsInput): readonly string[] {
  const { flow } = dataset;
  const who = simulated
    ? "Alle personer på denne siden er simulerte: et program laget dem ut fra en oppgitt sannhet, for å vise hvordan et funn blir til. Ingen virkelige personer har svart."
    : origin === "study"
      ? "Alle samtykket før de svarte."
      : `Svarene er samlet inn et annet sted og lest fra en fil; hvordan folk ble spurt, vet ikke Longwave.${onlyRows(protocol)}`;
  const start =
    origin === "study"
      ? `${count(flow.invited)} personer ble invitert`
      : `Filen nevner ${count(flow.invited)} personer`;
  const asked = `${start}; ${count(flow.answeredOnce)} svarte minst én gang og ${count(flow.answeredTwice)} minst to ganger, av inntil ${protocol.waves.length}.`;
  return [who, asked];
}

/** Which rows of a file were read, when a plan for gathered answers says so. */
function onlyRows(protocol: Protocol): string {
  const { include } = protocol.eligibility;
  return isGiven(protocol) && include.length > 0 ? ` Bare radene med ${include.join("; ")} ble lest.` : "";
}

function questionParagraphs(protocol: Protocol): readonly string[] {
  const main = protocol.instruments.filter(
    ({ role }) => role === "primary_outcome" || role === "primary_exposure",
  );
  const { outcome, exposure } = protocol.plan.variables;
  const scales = [outcome, exposure].flatMap(({ label, range }) =>
    range ? [`${localText(label, "nb")} går fra ${range[0]} til ${range[1]}`] : [],
  );
  return [
    ...(isGiven(protocol) ? [givenSentence(main)] : main.map(questionSentence)),
    ...(scales.length === 0 ? [] : [`I analysen: ${scales.join(", og ")}.`]),
    ...(protocol.basedOn === undefined
      ? []
      : [`Studien følger opplegget i en tidligere studie, med egne spørsmål: ${protocol.basedOn}`]),
  ];
}

function givenSentence(main: readonly Instrument[]): string {
  const names = main.flatMap(({ items }) => items.map(({ id, text }) => `${localText(text, "nb")} (${id})`));
  return `To kolonner i filen sammenlignes: ${listOf(names, "og")}. Hvordan det ble spurt eller målt, står ikke i planen.`;
}

function questionSentence(instrument: Instrument): string {
  const questions = instrument.items.map((item) => `«${localText(item.text, "nb")}»`).join(" ");
  return instrument.declaration ? `${questions} ${localText(instrument.declaration, "nb")}` : questions;
}

function comparisonParagraphs(input: MethodsInput): readonly string[] {
  const { protocol, within } = input;
  const { exposure } = protocol.plan.variables;
  const steps = within ? Object.entries(within.fit.withinStdDev) : [];
  return [
    "En lineær blandet modell holder forskjeller mellom personer atskilt fra forskjeller innen én person: hvert svar sammenlignes med gjennomsnittet av personens egne svar. Den er tilpasset med restricted maximum likelihood, med frihetsgrader etter Satterthwaite.",
    ...steps.map(
      ([, value]) =>
        `Et vanlig stort steg i ${localText(exposure.label, "nb")} er ett standardavvik innen person: ${numberText(value, "nb")} ${localText(exposure.unit, "nb")}.`,
    ),
    ...laterParagraphs(input),
    ...modelNotes(input),
  ];
}

/** How the lags were estimated, and the second column of errors. */
function laterParagraphs(input: MethodsInput): readonly string[] {
  const panel = panelOf(input);
  const lags =
    panel === undefined
      ? []
      : [
          `Det som kommer senere, er anslått med en krysslagmodell med et eget nivå for hver person (RI-CLPM; Hamaker, Kuiper og Grasman 2015): nivået holdes utenfor, og avvikene fra det i én runde forutsier begge avvikene i den neste. ${panel} Den er tilpasset med full-information maximum likelihood, så alle med et svar teller, med robuste standardfeil (MLR). Grensene gjelder stier i standardenheter: standardavvik innen person.`,
          "At begge retninger finnes, sies bare når begge testene holder etter justering (intersection-union); påstanden har ingen egen p.",
        ];
  return [...lags, ...robustParagraph(input)];
}

function robustParagraph(input: MethodsInput): readonly string[] {
  const ids = robustIds(input);
  if (ids.length === 0) return [];
  return [
    `For ${listOf(ids, "og")} har en kolonne til robuste standardfeil etter person (CR2, med frihetsgrader etter Satterthwaite; Pustejovsky og Tipton 2018), som ikke lener seg på modellen for det som er igjen. Konklusjonene bygger på den første kolonnen.`,
    ...robustNotes(input),
  ];
}

function limitParagraphs({ protocol, origin }: MethodsInput): readonly string[] {
  const limits = usedBounds(protocol).map(
    ({ negligible, noticeable, unit }) =>
      `I ${localText(unit, "nb")} kalles inntil ${limitText(negligible, "nb")} for lite til å bety noe, og fra ${limitText(noticeable, "nb")} noe folk ville merke.`,
  );
  const when =
    origin === "study"
      ? "Planen satte disse grensene før noe resultat var sett."
      : "Planen nevner disse grensene; om den ble skrevet før svarene var sett, vet ikke Longwave.";
  return limits.length === 0 ? [] : [...limits, when];
}

function testParagraphs(input: MethodsInput): readonly string[] {
  const { over, waiting } = testFamily(input);
  const still =
    waiting.length === 0
      ? "Alle ble testet."
      : `${listOf(waiting, "og")} ble ikke testet; korreksjonen regner hver av dem som om p var 1, så en p på denne siden kan bare bli mindre når de er kjørt.`;
  return [
    `Planen nevner ${over.length} bekreftende tester: ${listOf(over, "og")}. P-verdiene er justert med Holms metode over alle ${over.length}. ${still}`,
    "Intervallene er ikke justert. En konklusjon krever den justerte testen; hvordan den velges, er fastsatt av sju regler.",
  ];
}

function missingParagraphs({ within }: MethodsInput): readonly string[] {
  const general =
    "Et svar der noe mangler for en modell, er ikke med i den modellen, og hver person trenger to fullstendige svar i den for å kunne sammenlignes med seg selv.";
  if (!within) return [general];
  const { rows, nobs } = within.fit;
  return [
    `${general} Den første modellen leste ${count(rows.read)} svar og brukte ${count(nobs)} fra ${count(within.people)} personer.`,
    "Dette er riktig når det å mangle et svar bare henger sammen med det som er sett før: tidligere svar og variablene i modellen. Ingen test kan vise at det er slik.",
  ];
}
