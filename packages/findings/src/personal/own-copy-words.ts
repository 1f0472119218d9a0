import type { Language } from "../publication/types.ts";

interface CopyWords {
  readonly title: string;
  readonly intro: (study: string, date: string) => string;
  readonly demonstration: string;
  readonly contact: (name: string, email: string) => string;
  readonly about: string;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly invited: string;
  readonly enrolled: string;
  readonly timeZone: string;
  readonly notKept: string;
  readonly consents: string;
  readonly consent: (version: number, date: string) => string;
  readonly declined: (version: number, date: string) => string;
  readonly onPaper: (day: string, seenBy: string) => string;
  readonly ticked: string;
  readonly notTicked: string;
  readonly answers: string;
  readonly round: string;
  readonly question: string;
  readonly answer: string;
  readonly answeredAt: string;
  readonly receivedAt: string;
  readonly replaced: string;
  readonly typedAgain: string;
  readonly queries: string;
  readonly finished: string;
  readonly ownPage: string;
  readonly rules: (version: number) => string;
  readonly sessionsShown: string;
  readonly sessionsHidden: string;
  readonly joined: string;
  readonly contactChanges: string;
  readonly written: string;
  readonly you: string;
  readonly team: string;
  readonly messages: string;
  readonly events: string;
  readonly when: string;
  readonly what: string;
  readonly who: string;
  readonly none: string;
}

const en: CopyWords = {
  title: "What the study keeps about you",
  intro: (study, date) =>
    `A copy from “${study}”, made on ${date}. Keep it in a safe place: it holds your answers.`,
  demonstration: "This is a demonstration. No real study uses these answers.",
  contact: (name, email) => `To have something corrected or deleted, write to ${name}: ${email}.`,
  about: "About you",
  id: "Your number and id in the study",
  name: "Name",
  email: "E-mail",
  phone: "Telephone",
  invited: "Invited",
  enrolled: "Agreed to take part",
  timeZone: "Time zone",
  notKept: "Not kept",
  consents: "What you agreed to",
  consent: (version, date) => `Version ${version}, on ${date}`,
  declined: (version, date) => `You did not agree to version ${version}, on ${date}.`,
  onPaper: (day, seenBy) => `You signed it on paper on ${day}; ${seenBy} saw it.`,
  ticked: "Yes",
  notTicked: "No",
  answers: "Your answers",
  round: "Round",
  question: "Question",
  answer: "Your answer",
  answeredAt: "Answered",
  receivedAt: "Arrived",
  replaced: "changed later",
  queries: "What the study team asked itself about single answers",
  typedAgain: "What the study team typed a second time, to find slips",
  finished: "Rounds you finished",
  ownPage: "When you saw your own page",
  rules: (version) => `Shown by version ${version} of the rules`,
  sessionsShown: "You asked to see your sessions",
  sessionsHidden: "You hid your sessions",
  joined: "How you joined",
  contactChanges: "Changes of how we reach you",
  written: "What you wrote to the study team",
  you: "You",
  team: "The study team",
  messages: "Messages to you",
  events: "What was written down",
  when: "When",
  what: "What",
  who: "By",
  none: "Nothing.",
};

const nb: CopyWords = {
  title: "Hva studien har lagret om deg",
  intro: (study, date) =>
    `En kopi fra «${study}», laget ${date}. Oppbevar den trygt: den inneholder svarene dine.`,
  demonstration: "Dette er en demonstrasjon. Ingen virkelig studie bruker disse svarene.",
  contact: (name, email) => `Vil du ha noe rettet eller slettet, skriv til ${name}: ${email}.`,
  about: "Om deg",
  id: "Nummeret og id-en din i studien",
  name: "Navn",
  email: "E-post",
  phone: "Telefon",
  invited: "Invitert",
  enrolled: "Sa ja til å være med",
  timeZone: "Tidssone",
  notKept: "Ikke lagret",
  consents: "Det du har sagt ja til",
  consent: (version, date) => `Versjon ${version}, ${date}`,
  declined: (version, date) => `Du sa ikke ja til versjon ${version}, ${date}.`,
  onPaper: (day, seenBy) => `Du skrev under på papir ${day}; ${seenBy} så det.`,
  ticked: "Ja",
  notTicked: "Nei",
  answers: "Svarene dine",
  round: "Runde",
  question: "Spørsmål",
  answer: "Svaret ditt",
  answeredAt: "Besvart",
  receivedAt: "Kom fram",
  replaced: "endret senere",
  queries: "Det studieteamet har spurt seg selv om enkelte svar",
  typedAgain: "Det studieteamet skrev inn en gang til, for å finne feil",
  finished: "Runder du har gjort ferdig",
  ownPage: "Når du så din egen side",
  rules: (version) => `Vist etter versjon ${version} av reglene`,
  sessionsShown: "Du ba om å se øktene dine",
  sessionsHidden: "Du skjulte øktene dine",
  joined: "Hvordan du ble med",
  contactChanges: "Endringer i hvordan vi når deg",
  written: "Det du skrev til studieteamet",
  you: "Du",
  team: "Studieteamet",
  messages: "Meldinger til deg",
  events: "Det som er skrevet ned",
  when: "Når",
  what: "Hva",
  who: "Av",
  none: "Ingenting.",
};

/** The words around a person's copy, in their language. */
export function copyWords(language: Language): CopyWords {
  return language === "nb" ? nb : en;
}
