import { norwegianContacts } from "./contacts-nb.ts";
import { norwegianLetters } from "./letters-nb.ts";
import { norwegianPrompts } from "./prompts-nb.ts";
import type { MessageWords } from "./words.ts";

/** Every message in Norwegian. */
export const norwegian: MessageWords = {
  code: ({ code, minutes, study, contact }) => ({
    subject: `Koden din til ${study}`,
    lines: [
      { kind: "words", text: "Her er koden du ba om. Skriv den på siden der du ba om den." },
      { kind: "code", text: code },
      { kind: "words", text: `Den virker én gang, i ${minutes} minutter.` },
      {
        kind: "words",
        text: `Ba du ikke om en kode? Da kan noen andre ha den personlige lenken din. De ser ikke de tidligere svarene dine uten denne koden. Skriv til ${contact.email}, så får du en ny lenke.`,
      },
    ],
  }),
  commentLink: ({ address, study }) => ({
    subject: "Lenken til kommentaren din",
    lines: [
      { kind: "words", text: `Takk for kommentaren under funnene til «${study}».` },
      {
        kind: "words",
        text: "Med denne lenken kan du endre ordene i 15 minutter og fjerne kommentaren når som helst.",
      },
      { kind: "link", label: "Åpne kommentaren min", address },
      {
        kind: "words",
        text: "Ta vare på denne meldingen, og ikke gi lenken videre: Den som har den, kan fjerne kommentaren. Vi viser ikke e-postadressen din til noen, og vi skriver bare igjen hvis du ber om det.",
      },
      {
        kind: "words",
        text: "Har du ikke skrevet en kommentar? Da har noen oppgitt adressen din. Åpne lenken og fjern kommentaren, så slettes adressen din sammen med den.",
      },
    ],
  }),
  commentLinks: ({ comments, study }) => ({
    subject: "Lenkene til kommentarene dine",
    lines: [
      {
        kind: "words",
        text: `Noen, vi håper det var du, ba om lenkene til kommentarene som er skrevet med denne e-postadressen under funnene til «${study}».`,
      },
      ...comments.map(
        ({ date, address }) => ({ kind: "link", label: `Kommentar fra ${date}`, address }) as const,
      ),
      {
        kind: "words",
        text: "Med en lenke kan du fjerne kommentaren når som helst. Ikke gi lenkene videre. Ba du ikke om dem, trenger du ikke gjøre noe.",
      },
    ],
  }),
  resultsOut: ({ address, stop, study, corrected }) => ({
    subject: corrected ? "Resultatene er rettet" : "Resultatene er klare",
    lines: [
      {
        kind: "words",
        text: corrected
          ? `Du var med i «${study}». Resultatene er rettet. Siden sier hva som er nytt.`
          : `Du var med i «${study}». Resultatene er klare. Takk: Uten svarene dine hadde det ikke vært noen.`,
      },
      { kind: "link", label: "Les resultatene", address },
      {
        kind: "words",
        text: "Resultatene handler om grupper, aldri om én person. De er ikke råd. Ingenting av det du skrev med egne ord, er med.",
      },
      { kind: "words", text: "Du får denne meldingen fordi du krysset av for at vi kan skrive til deg." },
      { kind: "link", label: "Ikke send meg flere meldinger", address: stop },
    ],
  }),
  contacts: norwegianContacts,
  prompts: norwegianPrompts,
  letters: norwegianLetters,
  staffInvitation: ({ address, study }) => ({
    subject: `Du er invitert til å arbeide med ${study}`,
    lines: [
      { kind: "words", text: `Du har fått en rolle i studien «${study}».` },
      { kind: "link", label: "Logg inn", address },
      {
        kind: "words",
        text: "Lenken virker én gang, i ett døgn. Senere kan du be om en ny på konsollens side.",
      },
      {
        kind: "words",
        text: "For å se navnene på dem som deltar, trenger du også en autentiseringsapp på telefonen. Siden «Account» hjelper deg i gang.",
      },
      {
        kind: "words",
        text: "Ikke gi lenken videre. Kjenner du ikke til studien, trenger du ikke å gjøre noe.",
      },
    ],
  }),
  staffSignIn: ({ address, study }) => ({
    subject: "Lenken din for å logge inn",
    lines: [
      {
        kind: "words",
        text: `Noen, vi håper det var du, ba om en lenke for å logge inn på studien «${study}».`,
      },
      { kind: "link", label: "Logg inn", address },
      {
        kind: "words",
        text: "Lenken virker én gang, i ett døgn. Ikke gi den videre. Ba du ikke om den, trenger du ikke å gjøre noe.",
      },
    ],
  }),
  joinCode: ({ code, minutes, study }) => ({
    subject: `Koden din for å bli med i ${study}`,
    lines: [
      {
        kind: "words",
        text: `Noen, forhåpentligvis du, har skrevet denne adressen for å bli med i «${study}». Skriv denne koden på siden der du ble spurt om den:`,
      },
      { kind: "code", text: code },
      { kind: "words", text: `Den virker én gang, i ${minutes} minutter.` },
      {
        kind: "words",
        text: "Var det ikke deg? Da trenger du ikke gjøre noe. Uten koden kan ingen bli med med adressen din, og vi glemmer den innen et døgn.",
      },
    ],
  }),
  joinLink: ({ address, study }) => ({
    subject: `Din egen lenke til ${study}`,
    lines: [
      {
        kind: "words",
        text: `Her er din egen lenke til «${study}». Den er bare til deg: ikke gi den videre.`,
      },
      { kind: "link", label: "Åpne siden min", address },
      {
        kind: "words",
        text: "Ta vare på denne meldingen. Lenken virker gang på gang. Er du med fra før, går den videre der du slapp.",
      },
      {
        kind: "words",
        text: "Ba du ikke om den? Da har noen skrevet adressen din. De har ikke sett denne lenken, og du trenger ikke gjøre noe.",
      },
    ],
  }),
  addressCode: ({ code, minutes, study }) => ({
    subject: `Koden din for ny e-postadresse i ${study}`,
    lines: [
      {
        kind: "words",
        text: "Noen, forhåpentligvis du, vil ha meldingene våre til denne adressen. Skriv denne koden på siden der du oppga den:",
      },
      { kind: "code", text: code },
      { kind: "words", text: `Den virker én gang, i ${minutes} minutter.` },
      {
        kind: "words",
        text: "Var det ikke deg? Da trenger du ikke gjøre noe. Uten koden kommer det ikke mer hit.",
      },
    ],
  }),
  addressChanged: ({ address, study }) => ({
    subject: `Fra nå av skriver vi til deg her: ${study}`,
    lines: [
      {
        kind: "words",
        text: `E-postadressen din i «${study}» er endret til denne. Her er den nye personlige lenken din. Den gamle lenken virker ikke lenger.`,
      },
      { kind: "link", label: "Åpne siden min", address },
      { kind: "words", text: "Ta vare på denne meldingen, og ikke gi lenken videre." },
      {
        kind: "words",
        text: "Kjenner du ikke til denne studien? Svar på denne meldingen, så slutter vi å skrive til deg.",
      },
    ],
  }),
  addressNotice: ({ address, days, study }) => ({
    subject: `E-postadressen din i ${study} er endret`,
    lines: [
      {
        kind: "words",
        text: `Fra nå av skriver vi ikke lenger til denne adressen om «${study}». Lenker i tidligere meldinger virker ikke mer.`,
      },
      {
        kind: "words",
        text: "Ba du om dette, eller gjorde studieteamet det for deg? Da trenger du ikke gjøre noe.",
      },
      { kind: "link", label: "Det var ikke meg", address },
      { kind: "words", text: `Du kan si fra i ${days} dager.` },
    ],
  }),
  inboxAnswer: ({ paragraphs, study }) => ({
    subject: `Svar fra ${study}`,
    lines: [
      ...paragraphs.map((text) => ({ kind: "words", text }) as const),
      { kind: "words", text: "Du får denne meldingen fordi du skrev til studieteamet på siden din." },
    ],
  }),
  harmReported: ({ address, study }) => ({
    subject: `Noen melder om skade i ${study}`,
    lines: [
      {
        kind: "words",
        text: `En som er med i «${study}», har skrevet til teamet om skade eller bekymring. Les det i dag.`,
      },
      { kind: "link", label: "Åpne innboksen", address },
      {
        kind: "words",
        text: "Det som er skrevet, står bare i konsollen, siden det gjelder noens helse.",
      },
    ],
  }),
  safetyPaused: ({ address, study, people, withinDays }) => ({
    subject: `${study} har satt seg selv på pause`,
    lines: [
      {
        kind: "words",
        text: `${people} personer har meldt om skade i løpet av ${withinDays} dager. Etter sikkerhetsregelen i studieteksten har «${study}» satt seg selv på pause: den sender ingen meldinger og tar ikke imot noen nye.`,
      },
      { kind: "link", label: "Åpne innboksen", address },
      {
        kind: "words",
        text: "Les meldingene. En eier eller leder lar studien gå videre og sier hvorfor det er riktig, eller lar den stå på pause.",
      },
    ],
  }),
  retention: ({ address, study, keepUntil, isOver }) => ({
    subject: isOver
      ? `${study}: tiden dere kan beholde data er over`
      : `${study}: data kan beholdes til ${keepUntil}`,
    lines: [
      {
        kind: "words",
        text: isOver
          ? `Etter studieteksten kan «${study}» ta vare på det folk har gitt, til ${keepUntil}. Den dagen er forbi.`
          : `Etter studieteksten kan «${study}» ta vare på det folk har gitt, til ${keepUntil}. Det er høyst 30 dager til.`,
      },
      {
        kind: "words",
        text: "Eksporter eller utgi det som kan beholdes. Slett dem dere ikke lenger kan ha data om. Slett gamle sikkerhetskopier: de har de samme dataene. Ingenting slettes av seg selv.",
      },
      { kind: "link", label: "Åpne listen over deltakere", address },
    ],
  }),
  signature: ({ contact, study, privacy }) =>
    `${contact.name}, ${study}. Har du spørsmål? Svar på denne meldingen, eller skriv til ${contact.email}.${privacy === undefined ? "" : ` Personvernerklæring: ${privacy}`}`,
};
