import type { ContactWords } from "./contact-words.ts";

/** Where people are reached, in Norwegian. */
export const contactNb: ContactWords = {
  ask: "Når vi deg fortsatt her?",
  askText: "Si fra hvis du har fått ny e-postadresse, nytt telefonnummer eller nytt navn.",
  enter: "Se, og endre",
  title: "Slik når vi deg",
  lede: "Navnet og adressene dine er lagret atskilt fra svarene dine.",
  loading: "Henter det studien vet",
  code: {
    title: "Slik når vi deg",
    why: "Før vi viser navn og adresser, må vi vite at det er deg.",
    go: "Vis dem",
  },
  name: "Navn",
  email: "E-post",
  phone: "Telefon",
  emailHint: "En ny adresse gjelder når du har skrevet en kode som vi sender dit.",
  optional: "kan være tomt",
  returns:
    "E-posten vår til denne adressen kom i retur. Oppgi en annen, eller lagre denne igjen, så sender vi en kode dit.",
  save: "Lagre",
  saving: "Lagrer…",
  saved: "Lagret.",
  moved: (email) =>
    `Fra nå av skriver vi til ${email}. En ny personlig lenke er på vei dit; den gamle virker ikke lenger.`,
  wrongEmail: "Se på adressen en gang til: noe mangler.",
  wrongPhone: "Skriv nummeret med tall, minst fem.",
  tooMany: "Det har vært mange forsøk. Vent en time, eller skriv til studieteamet.",
  waitingTitle: "Skriv koden fra den nye adressen",
  waiting: (email) =>
    `En kode er på vei til ${email}. Til du skriver den, bruker vi adressen vi hadde. Den virker i en halv time.`,
  codeLabel: "Kode",
  codeHint: "åtte tall",
  confirm: "Bruk den nye adressen",
  wrongCode: "Koden passer ikke, eller tiden er ute. Se på meldingen, eller lagre adressen igjen.",
  taken: "Noen andre i studien har denne adressen. Bruk en annen, eller skriv til studieteamet.",
  lost: "Får du ikke lenger e-post på den gamle adressen? Skriv til studieteamet på adressen over. De kan endre den for deg.",
  back: "Tilbake til der jeg var",
};
