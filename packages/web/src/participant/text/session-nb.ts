import type { SessionWords } from "./session-words.ts";

/** The words around sessions in Norwegian (working translation). */
export const sessionNb: SessionWords = {
  title: "Treningsøkter",
  text: "Logg en økt bare når du har lyst: to trykk før, tre etter, ett dagen etter.",
  log: "Logg en økt",
  after: (when) => `Etter økten du begynte ${when}`,
  nextDay: (when) => `Dagen etter økten ${when}`,
  rest: "Ett spørsmål i ro",
  restLater: "Et spørsmål til i ro",
  until: (when) => `Åpent til ${when}.`,
  coming: (began, from, until) => `Begynt ${began}: vi spør en gang til fra ${from} til ${until}.`,
  place: (position, total) => `Spørsmål ${position} av ${total}`,
  otherMinutes: "Et annet antall minutter",
  minutesLabel: "Minutter",
  leave: "Gå ut, ikke logg noe",
  doneTitle: "Det var alt for nå",
  doneNext: (from, until) => `Vi spør en gang til fra ${from} til ${until}. Du finner det på denne siden.`,
  doneNow: (until) => `Når du er ferdig, kom tilbake til denne siden. Du kan svare til ${until}.`,
  doneLast: "Det er ikke mer å svare på om dette.",
  doneBack: "Tilbake til siden min",
  logged: "Går du glipp av en del, tar vi vare på de andre.",
};
