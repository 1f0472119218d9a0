import type { LetterFacts, LetterText, LetterWords } from "./letters-words.ts";

function ways({ address }: LetterFacts): Pick<LetterText, "camera" | "typing"> {
  return {
    camera: "Med telefon: rett kameraet mot ruten og åpne det den viser.",
    typing: `Med datamaskin: gå til ${address} og skriv denne koden. Den virker én gang, for disse spørsmålene.`,
  };
}

function foot({ contact }: LetterFacts): readonly string[] {
  return [
    "Ruten og koden er bare dine. Ikke gi dem videre.",
    `Vil du ikke ha flere brev, eller bor denne personen ikke her eller er død, så si fra til oss: ${contact.email}. Da skriver vi ikke igjen.`,
  ];
}

/** The letters in Norwegian. */
export const norwegianLetters: LetterWords = {
  invitation: (facts) => ({
    title: `Vil du være med i ${facts.study}?`,
    paragraphs: [
      `Vi vil gjerne spørre om du vil være med i studien «${facts.study}». Studien spør: ${facts.question}`,
      `Første gang tar det omtrent ${facts.minutes} minutter. Du leser først hva det handler om, og bestemmer deg så. Du kan hoppe over spørsmål og slutte når du vil.`,
      `Du kan bli med til og med ${facts.until}. Vil du ikke, trenger du ikke gjøre noe.`,
    ],
    ...ways(facts),
    foot: foot(facts),
  }),
  wave: (facts) => ({
    title: `Nå er det tid: ${facts.study}`,
    paragraphs: [
      `De neste spørsmålene i «${facts.study}» er åpne. De tar omtrent ${facts.minutes} minutter.`,
      `De er åpne til og med ${facts.until}. Du kan hoppe over spørsmål.`,
      "Du får dette brevet fordi du krysset av for at vi kan minne deg på det.",
    ],
    ...ways(facts),
    foot: foot(facts),
  }),
  finish: (facts) => ({
    title: `Ikke ferdig ennå: ${facts.study}`,
    paragraphs: [
      `Spørsmålene dine i «${facts.study}» er ikke ferdige ennå. Det du har svart, er lagret.`,
      `Du kan gjøre dem ferdig til og med ${facts.until}. Ruten tar deg dit du sluttet; med koden begynner du på nytt, for den viser ingenting du har svart før.`,
      "Du får dette brevet fordi du krysset av for at vi kan minne deg på det.",
    ],
    ...ways(facts),
    foot: foot(facts),
  }),
};
