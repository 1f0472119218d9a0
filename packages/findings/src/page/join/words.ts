import type { Language } from "../../publication/types.ts";
import type { JoinClosed } from "./types.ts";

/** The words of the page on which anyone may join. */
export interface JoinWords {
  readonly lead: string;
  readonly howLong: (minutes: readonly number[], months: number) => string;
  readonly language: string;
  readonly lostLink: string;
  readonly notices: { readonly privacy: string; readonly terms: string };
  readonly questionsTitle: string;
  readonly questionsText: string;
  readonly yes: string;
  readonly no: string;
  readonly year: string;
  readonly missing: string;
  readonly missingYear: string;
  readonly go: string;
  readonly ineligibleTitle: string;
  readonly ineligibleText: readonly string[];
  readonly contactTitle: string;
  readonly contactText: { readonly email: string; readonly none: string };
  readonly name: string;
  readonly email: string;
  readonly optional: string;
  readonly missingName: string;
  readonly missingEmail: string;
  readonly codeTitle: string;
  readonly codeText: (minutes: number) => readonly string[];
  readonly code: string;
  readonly wrongCode: string;
  readonly again: string;
  readonly inTitle: string;
  readonly inText: { readonly mailed: string; readonly keep: string };
  readonly inNext: string;
  readonly inGo: string;
  readonly closed: Readonly<Record<JoinClosed, { readonly title: string; readonly text: string }>>;
  readonly tooManyTitle: string;
  readonly tooMany: string;
  readonly tooLateTitle: string;
  readonly tooLate: string;
  readonly restart: string;
  readonly questions: (contact: { readonly name: string; readonly email: string }) => string;
}

const english: JoinWords = {
  lead: "Would you like to take part?",
  howLong: (minutes, months) =>
    minutes.length === 1
      ? `We ask you once. It takes about ${minutes[0]} minutes.`
      : `We ask you ${minutes.length} times in ${months} months. The first time takes about ${minutes[0]} minutes, the other times ${range(minutes.slice(1), "to")} minutes.`,
  language: "Språk: norsk",
  lostLink: "I take part already and have lost my link",
  notices: { privacy: "Privacy notice", terms: "Terms of the study" },
  questionsTitle: "First a few questions",
  questionsText: "They tell whether you can take part. If you cannot, we keep none of what you typed.",
  yes: "Yes",
  no: "No",
  year: "Four digits, such as 1958",
  missing: "Choose one of these.",
  missingYear: "Type the year with four digits, such as 1958.",
  go: "Go on",
  ineligibleTitle: "Thank you. You cannot take part in this study.",
  ineligibleText: [
    "We have kept nothing of what you typed. We only count how many people could not take part, and why.",
    "You did nothing wrong, and it changes nothing in the care you get.",
  ],
  contactTitle: "You can take part",
  contactText: {
    email:
      "We send a code to your address, to see that it is yours. Your name and address are kept apart from your answers.",
    none: "You have not joined yet. Next you read what taking part means, and then you decide.",
  },
  name: "Your name",
  email: "Your e-mail address",
  optional: "You may leave this empty.",
  missingName: "Type your name.",
  missingEmail: "Type an e-mail address, such as kari@example.org.",
  codeTitle: "Look into your e-mail",
  codeText: (minutes) => [
    `We have sent a message to the address you typed. If there is a code in it, type the code here. It works once, for ${minutes} minutes.`,
    "Do you take part already? Then the message holds your own link, and you need no code.",
    "Nothing came? Look among unwanted mail, or go back and check the address.",
  ],
  code: "The code from the message",
  wrongCode: "This is not the code of the latest message, or it has run out. Look once more, or begin again.",
  again: "Begin again",
  inTitle: "Here is your own link",
  inText: {
    mailed: "We have also sent it to you by e-mail. Do not pass it on: it is for you alone.",
    keep: "Keep it: put a bookmark, or write it down. Without an address we cannot send it to you again. Do not pass it on: it is for you alone.",
  },
  inNext: "Next you read what taking part means. You have not said yes to anything yet.",
  inGo: "Read on and decide",
  closed: {
    not_open: {
      title: "The study is not open yet",
      text: "Nobody can join at this address yet. Come back later.",
    },
    paused: {
      title: "The study takes a break",
      text: "Nobody can join just now. Those who take part already use their own link.",
    },
    full: {
      title: "The study has enough people",
      text: "All places have been taken. Thank you for wanting to take part.",
    },
    closed: {
      title: "The study is closed",
      text: "Nobody can join any more. Thank you for wanting to take part.",
    },
    today: {
      title: "Many people have joined today",
      text: "We take only so many people a day, so that we can look after everyone. Come back tomorrow.",
    },
  },
  tooManyTitle: "Too many tries",
  tooMany: "This was tried too often from here. Nothing is lost. Wait an hour and try again.",
  tooLateTitle: "This page has been open for too long",
  tooLate: "Nothing was kept. Please begin again.",
  restart: "Begin again",
  questions: ({ name, email }) => `Questions? Write to ${name}, ${email}.`,
};

const norwegian: JoinWords = {
  lead: "Vil du være med?",
  howLong: (minutes, months) =>
    minutes.length === 1
      ? `Vi spør deg én gang. Det tar omtrent ${minutes[0]} minutter.`
      : `Vi spør deg ${minutes.length} ganger på ${months} måneder. Første gang tar det omtrent ${minutes[0]} minutter, de andre gangene ${range(minutes.slice(1), "til")} minutter.`,
  language: "Language: English",
  lostLink: "Jeg er med fra før og har mistet lenken",
  notices: { privacy: "Personvernerklæring", terms: "Vilkår for studien" },
  questionsTitle: "Først noen spørsmål",
  questionsText:
    "De viser om du kan være med. Kan du ikke være med, tar vi ikke vare på noe av det du har skrevet.",
  yes: "Ja",
  no: "Nei",
  year: "Fire sifre, som 1958",
  missing: "Velg ett av disse.",
  missingYear: "Skriv året med fire sifre, som 1958.",
  go: "Gå videre",
  ineligibleTitle: "Takk. Du kan ikke være med i denne studien.",
  ineligibleText: [
    "Vi har ikke tatt vare på noe av det du skrev. Vi teller bare hvor mange som ikke kunne være med, og hvorfor.",
    "Du har ikke gjort noe galt, og det endrer ikke noe i helsehjelpen du får.",
  ],
  contactTitle: "Du kan være med",
  contactText: {
    email:
      "Vi sender en kode til adressen din for å se at den er din. Navn og adresse lagres atskilt fra svarene dine.",
    none: "Du har ikke blitt med ennå. Nå leser du hva det vil si å være med, og så bestemmer du deg.",
  },
  name: "Navnet ditt",
  email: "E-postadressen din",
  optional: "Du kan la denne stå tom.",
  missingName: "Skriv navnet ditt.",
  missingEmail: "Skriv en e-postadresse, som kari@example.org.",
  codeTitle: "Se i e-posten din",
  codeText: (minutes) => [
    `Vi har sendt en melding til adressen du skrev. Står det en kode i den, skriver du koden her. Den virker én gang, i ${minutes} minutter.`,
    "Er du med fra før? Da står din egen lenke i meldingen, og du trenger ingen kode.",
    "Kom det ingenting? Se i søppelposten, eller gå tilbake og se etter om adressen er riktig.",
  ],
  code: "Koden fra meldingen",
  wrongCode:
    "Dette er ikke koden fra den siste meldingen, eller så er den for gammel. Se etter, eller begynn på nytt.",
  again: "Begynn på nytt",
  inTitle: "Her er din egen lenke",
  inText: {
    mailed: "Vi har også sendt den til deg på e-post. Ikke gi den videre: den er bare til deg.",
    keep: "Ta vare på den: lagre den som bokmerke, eller skriv den ned. Uten en adresse kan vi ikke sende den på nytt. Ikke gi den videre: den er bare til deg.",
  },
  inNext: "Nå leser du hva det vil si å være med. Du har ikke sagt ja til noe ennå.",
  inGo: "Les videre og bestem deg",
  closed: {
    not_open: {
      title: "Studien er ikke åpen ennå",
      text: "Ingen kan bli med på denne adressen ennå. Kom tilbake senere.",
    },
    paused: {
      title: "Studien tar en pause",
      text: "Ingen kan bli med akkurat nå. De som er med fra før, bruker sin egen lenke.",
    },
    full: {
      title: "Studien har nok deltakere",
      text: "Alle plassene er tatt. Takk for at du ville være med.",
    },
    closed: {
      title: "Studien er avsluttet",
      text: "Ingen kan bli med lenger. Takk for at du ville være med.",
    },
    today: {
      title: "Mange har blitt med i dag",
      text: "Vi tar imot et visst antall om dagen, slik at vi kan ta vare på alle. Kom tilbake i morgen.",
    },
  },
  tooManyTitle: "For mange forsøk",
  tooMany: "Det er prøvd for ofte herfra. Ingenting er gått tapt. Vent en time og prøv igjen.",
  tooLateTitle: "Siden har stått åpen for lenge",
  tooLate: "Ingenting ble tatt vare på. Begynn på nytt.",
  restart: "Begynn på nytt",
  questions: ({ name, email }) => `Spørsmål? Skriv til ${name}, ${email}.`,
};

/** The least and the most of some minutes, as "3 to 6", or the one number that all of them are. */
function range(minutes: readonly number[], to: string): string {
  const least = Math.min(...minutes);
  const most = Math.max(...minutes);
  return least === most ? `${least}` : `${least} ${to} ${most}`;
}

/** The words of the page in a language. */
export function joinWords(language: Language): JoinWords {
  return language === "nb" ? norwegian : english;
}
