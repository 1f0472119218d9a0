import { contactNb } from "./contact-nb.ts";
import { leaveNb } from "./leave-nb.ts";
import { ownNb } from "./own-nb.ts";
import { sessionNb } from "./session-nb.ts";
import type { Words } from "./words.ts";
import { writeNb } from "./write-nb.ts";

const minutes = (count: number): string =>
  count < 1
    ? "under ett minutt igjen"
    : count === 1
      ? "omtrent 1 minutt igjen"
      : `omtrent ${count} minutter igjen`;

/** Norwegian (bokmål): a working translation (ruling 21). */
export const nb: Words = {
  languageName: "Norsk",
  brand: "Longwave",
  skipToPage: "Hopp til siden",
  help: "Hjelp",
  privacyNotice: "Personvernerklæring",
  terms: "Vilkår for studien",
  back: "Tilbake",
  next: "Neste",
  ratherNot: "Vil ikke svare",
  stopHere: "Stopp her, fullfør senere",
  tryAgain: "Prøv igjen",
  simulated: "Simulerte personer",
  chooseLanguage: "Språk",
  opening: "Åpner siden din",
  landing: {
    title: "Denne lenken er bare til deg",
    invitedTo: "Du er invitert til studien",
    explain:
      "Den åpner dine egne sider i studien, så ikke send den videre. Du kan bruke den igjen når du vil fortsette.",
    notYou: "Hvis meldingen ikke var ment for deg, kan du lukke siden. Ingenting er lagret.",
    go: "Fortsett",
    going: "Åpner…",
  },
  tryOut: {
    title: "Prøv å delta",
    study: "Studien du kan prøve",
    explain: "Dette er en demonstrasjon du kan prøve. Ingenting av det du svarer, blir brukt.",
    after: "Du får din egen lenke, så du kan stoppe og fortsette senere. Vi spør ikke hvem du er.",
    offer:
      "Har du ikke fått melding fra oss? Alle kan prøve en demonstrasjon. Ingenting av det du svarer der, blir brukt.",
    offerGo: "Prøv demonstrasjonen",
    comeBack:
      "Åpne din egen lenke for å fortsette, på denne telefonen eller en annen. Du kommer til neste spørsmål.",
    comeBackHere:
      "Åpne denne siden igjen på denne telefonen innen 12 timer for å fortsette. Du kommer til neste spørsmål.",
    ownLink: "Din egen lenke:",
  },
  consent: {
    asks: "Hva sier du ja til?",
    nothingTicked: (needed) =>
      needed === 1
        ? "Bare den som er merket «Må krysses av» er nødvendig. Ingenting er krysset av for deg."
        : "Bare de som er merket «Må krysses av» er nødvendige. Ingenting er krysset av for deg.",
    needed: "Må krysses av",
    agree: "Jeg er med, start",
    sending: "Lagrer valgene dine…",
    decline: "Nei takk",
    errorTitle: "Én boks må krysses av før du kan starte",
    errorItem: (label) => `Kryss av «${label}» hvis du vil være med`,
    version: (version) => `Dette er versjon ${version} av denne siden.`,
    declinedTitle: "Det er helt i orden",
    declinedText:
      "Du er ikke med i studien, og ingenting du gjorde her er lagret. Du kan lukke siden. Ombestemmer du deg, virker den samme lenken.",
    declinedBack: "Les siden en gang til",
  },
  consentAgain: {
    title: "Noe er endret",
    lead: "Du sa ja til en tidligere versjon av denne siden. Les hva som er nytt, og bestem deg.",
    news: "Dette er nytt",
    kept: "Det du har svart, beholdes slik du samtykket til før.",
    whole: "Hele siden, slik den er nå",
    agree: "Jeg er med videre",
    stay: "Fortsett med det jeg sa ja til før",
    leave: "Jeg er ikke enig",
  },
  studyPaused: "Studien har pause. Den sender ingen meldinger nå. Du kan fortsatt svare på det som er åpent.",
  question: {
    progress: (position, total, minutesLeft) => `Spørsmål ${position} av ${total} · ${minutes(minutesLeft)}`,
    why: "Hvorfor vi spør om dette",
    source: "Hvor spørsmålet kommer fra",
    chooseFirst: (ratherNot) => `Velg ett svar, eller trykk «${ratherNot}».`,
    enterFirst: (ratherNot) => `Skriv et svar, eller trykk «${ratherNot}».`,
    tickFirst: (none) => `Merk stedene som passer, eller «${none}».`,
    tickSeveral: "Merk alle som passer",
    yes: "Ja",
    no: "Nei",
    between: (low, high) => `fra ${low} til ${high}`,
    scaleEnd: (value, text) => `${value}, ${text}`,
    notANumber: (found) => `«${found}» er ikke et tall vi kan lese. Bruk bare sifre, for eksempel 12.`,
    outside: (found, low, high) => `${found} er utenfor det vi venter. Skriv et tall fra ${low} til ${high}.`,
    tooManyDecimals: (decimals) =>
      decimals === 0 ? "Skriv et helt tall." : `Skriv høyst ${decimals} siffer etter komma.`,
    tooLong: (most) => `Teksten er lengre enn ${most} tegn. Gjør den litt kortere.`,
    room: (most) => `plass til ${most} tegn`,
    refused: () => "Svaret kunne ikke lagres. Velg eller skriv det en gang til.",
    skippedNow: "Du valgte å ikke svare.",
    bodyHint: "Trykk på tegningen, eller bruk listen under.",
    bodyFront: "Forfra",
    bodyBack: "Bakfra",
  },
  saving: {
    asYouGo: "Hvert svar lagres underveis.",
    saving: "Lagrer…",
    saved: "Lagret.",
    notYetSent: (count) => (count === 1 ? "1 svar er ikke sendt ennå." : `${count} svar er ikke sendt ennå.`),
    keptUntil: (count, when) => `${count} svar ligger på denne telefonen til ${when}, og er ikke sendt ennå.`,
    keptHint:
      "Vi prøver igjen. Du kan fortsette, eller lukke siden og åpne den igjen på denne telefonen når du har forbindelse.",
    offlineHint: "Vi prøver igjen. Du kan fortsette å svare, men la siden stå åpen til svarene er sendt.",
    sendNow: "Prøv nå",
  },
  finishing: {
    title: "Sender de siste svarene dine",
    text: "La siden stå åpen et øyeblikk.",
    failed:
      "Vi får ikke kontakt med studien akkurat nå. Svarene er fortsatt på denne siden; la den stå åpen.",
  },
  paused: {
    title: "Du kan stoppe her",
    saved: "Svarene dine så langt er lagret.",
    unsent: "Noen svar er ikke sendt ennå. La siden stå åpen til de er sendt.",
    unsentKept: "Noen svar er ikke sendt ennå. Telefonen tar vare på dem i tre dager.",
    how: "Når du vil fortsette, åpner du lenken i meldingen igjen, på denne eller en annen telefon. Den tar deg til neste spørsmål.",
    until: (date) => `Du kan fullføre til og med ${date}.`,
    goOn: "Fortsett nå",
  },
  thanks: {
    place: (number, total) => `Gang ${number} av ${total}`,
    title: "Takk. Svarene dine er lagret.",
    nextOpens: (date) => `Neste gang vi spør er fra ${date}.`,
    nothingUntil: "Du trenger ikke gjøre noe før den dagen. Ta vare på lenken: den virker også da.",
    last: "Dette var siste gang vi spør. Takk for at du ble med hele veien.",
    calendar: "Legg datoen i kalenderen min",
    calendarHint: "En liten kalenderfil. Den inneholder verken lenken eller svarene dine.",
    calendarTitle: (study) => `Spørsmål fra studien: ${study}`,
    calendarText: "Åpne den personlige lenken fra studien når du har noen minutter.",
    recapTitle: "Denne gangen",
    recap: (answered, skipped) =>
      `Du svarte på ${answered} spørsmål${skipped === 0 ? "." : ` og valgte å ikke svare på ${skipped}; det er helt i orden.`}`,
    recapShow: "Vis hva jeg svarte",
    recapNote: "Smerter går opp og ned for de fleste. Ett sett med svar kan ikke vise hvorfor.",
    ratherNotSaid: "Vil ikke svare",
    nothingMarked: "Ingenting merket",
  },
  waiting: {
    title: "Det er ingenting å svare på nå",
    opens: (date) => `De neste spørsmålene åpner ${date}.`,
    text: "Ta vare på lenken: den virker også da.",
  },
  ended: {
    title: "Det er ikke mer å svare på",
    text: "Det kommer ikke flere spørsmål. Takk for svarene du ga; de du ikke ga, er også i orden.",
  },
  closed: {
    title: "Disse spørsmålene er lukket",
    text: (date) =>
      `Tiden for å svare på dem gikk ut ${date}. Det er helt i orden, og endrer ingenting for deg. Svar du ga før det, er tatt vare på.`,
  },
  leave: leaveNb,
  write: writeNb,
  contact: contactNb,
  own: ownNb,
  session: sessionNb,
  device: {
    title: "Denne telefonen",
    text: "Logg ut hvis andre også bruker telefonen. Svarene dine er hos studien, og lenken åpner sidene dine igjen.",
    leave: "Logg ut på denne telefonen",
    unsent: (count) =>
      count === 1
        ? "1 svar er ikke sendt. Logger du ut nå, slettes det fra telefonen og går tapt."
        : `${count} svar er ikke sendt. Logger du ut nå, slettes de fra telefonen og går tapt.`,
    leaveAll: "Slett dem og logg ut",
    leftTitle: "Du er logget ut",
    leftText: "Ingenting om deg ligger igjen på telefonen. Åpne lenken i meldingen når du vil fortsette.",
    leftOffline:
      "Det telefonen tok vare på, er slettet. Vi fikk ikke kontakt med studien for å avslutte besøket: det avsluttes av seg selv innen 12 timer. Logg ut en gang til når du har forbindelse.",
    notMine: "Dette er ikke min telefon",
    notMineHint: "Da blir ingenting liggende på den, heller ikke uten forbindelse.",
  },
  helpPage: {
    title: "Hjelp",
    urgentTitle: "Hvis smertene er nye eller sterke",
    urgent:
      "eller kommer med feber, brystsmerter, svakhet, nummenhet, eller etter et fall: kontakt helsetjenesten nå. Er det akutt, ring nødnummeret der du er.",
    nobodyReads: "Ingen leser svarene dine når de kommer inn. Studien kan ikke gi råd om helsen din.",
    usualTitle: "Opp og ned",
    usual:
      "Smerter du kjenner fra før, og som går opp og ned, er vanlig. Lurer du på noe, spør helsetjenesten.",
    contactTitle: "Spørsmål om studien",
    contact: (name) => `Skriv til ${name}:`,
    noContact: "I invitasjonen står det hvem du kan spørre.",
    rightsTitle: "Ditt valg",
    rights:
      "Hopp over spørsmål om du vil. Slutt når du vil, uten grunn: trykk på «Stopp eller forlat studien» nederst på siden.",
    close: "Tilbake til der jeg var",
  },
  letter: {
    label: "Koden i brevet ditt",
    hint: "8 bokstaver og tall.",
    go: "Åpne spørsmålene",
    empty: "Skriv koden som står i brevet ditt.",
  },
  trouble: {
    offline: {
      title: "Vi får ikke kontakt med studien",
      text: "Telefonen ser ut til å være uten nett. Ingenting som er lagret, er tapt. Prøv igjen når du har nett.",
    },
    server: {
      title: "Noe gikk galt hos oss",
      text: "Ingenting som er lagret, er tapt. Prøv igjen om noen minutter.",
    },
    no_link: {
      title: "Åpne lenken i meldingen din",
      text: "Sidene dine i studien åpnes med din personlige lenke. Du finner den i meldingen eller brevet vi sendte deg. Brukte du den for en stund siden på denne telefonen, åpner du den en gang til.",
    },
    wrong_link: {
      title: "Denne lenken virker ikke",
      text: "Kanskje ble den kuttet da den ble kopiert, eller den er byttet ut med en nyere. Prøv lenken i den siste meldingen, eller be studien om en ny.",
    },
    wrong_code: {
      title: "Denne koden virker ikke",
      text: "Se på brevet en gang til og skriv koden på nytt. En kode virker én gang, og bare til den dagen som står i brevet. Ruten i brevet virker om igjen: rett et telefonkamera mot den.",
    },
    study_paused: {
      title: "Studien har pause",
      text: "Den tar ikke inn noen nye nå. Prøv lenken din igjen senere.",
    },
    recruitment_closed: {
      title: "Studien tar ikke inn flere",
      text: "Fristen for å bli med er ute. Takk for interessen. Ingenting om deg ble lagret på denne siden.",
    },
    locked: {
      title: "Denne studien er ferdig med å samle inn svar",
      text: "Svarene er lukket og blir analysert, så det kan ikke legges til mer. Takk for det du ga.",
    },
    left: {
      title: "Du har forlatt studien",
      text: "Denne lenken åpner ikke studien lenger. Hvis det ikke stemmer, eller hvis du lurer på noe, skriv til studiegruppen: adressen står i meldingene dine.",
    },
    closed: {
      title: "Disse spørsmålene er lukket",
      text: "Tiden for å svare er ute; det er helt i orden. Svarene du ga før, er tatt vare på.",
    },
    session_late: {
      title: "Denne delen kom for sent",
      text: "Tiden for den var gått, så den er utelatt. De andre delene av økten er tatt vare på.",
    },
    refused: {
      title: "Studien kunne ikke ta imot dette",
      text: "Prøv igjen. Skjer det på nytt, spør studien; det som er lagret, er ikke tapt.",
    },
  },
};
