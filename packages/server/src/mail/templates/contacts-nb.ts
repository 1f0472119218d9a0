import type { ContactMessageFacts, ContactWords } from "./contacts-words.ts";
import type { MessageLine } from "./words.ts";

const says = (text: string): MessageLine => ({ kind: "words", text });
const answer = (label: string, { address }: ContactMessageFacts): MessageLine => ({
  kind: "link",
  label,
  address,
});

function foot({ stop, notMe }: ContactMessageFacts): readonly MessageLine[] {
  return [
    says("Lenken er bare din. Ikke gi den videre."),
    { kind: "link", label: "Ikke send meg flere meldinger", address: stop },
    { kind: "link", label: "Dette er ikke meg, eller personen er død", address: notMe },
  ];
}

function invite(facts: ContactMessageFacts): readonly MessageLine[] {
  return [
    says(`Studien spør: ${facts.question}`),
    says(
      `Første gang tar det omtrent ${facts.minutes} minutter. Du kan hoppe over spørsmål og slutte når du vil.`,
    ),
    answer("Les mer og bestem deg", facts),
    says(`Du kan bli med til og med ${facts.until}. Vil du ikke, trenger du ikke gjøre noe.`),
    ...foot(facts),
  ];
}

/** What comes after the first sentence of a message about a wave. */
function wave(facts: ContactMessageFacts, closing: string): readonly MessageLine[] {
  return [
    answer("Svar på spørsmålene", facts),
    says(closing),
    ...(facts.consentAgain ? [says("Samtykketeksten er endret. Du får først se hva som er nytt.")] : []),
    says("Du får denne meldingen fordi du krysset av for at vi kan minne deg på det."),
    ...foot(facts),
  ];
}

/** The contacts in Norwegian. */
export const norwegianContacts: ContactWords = {
  invitation: (facts) => ({
    subject: `Vil du være med i ${facts.study}?`,
    lines: [says(`Vi vil gjerne spørre om du vil være med i studien «${facts.study}».`), ...invite(facts)],
  }),
  invitation_reminder: (facts) => ({
    subject: `Fortsatt åpent for deg: ${facts.study}`,
    lines: [says(`Vi vil fortsatt gjerne ha deg med i studien «${facts.study}».`), ...invite(facts)],
  }),
  wave_open: (facts) => ({
    subject: `Nå er det tid: ${facts.study}`,
    lines: [
      says(`De neste spørsmålene i «${facts.study}» er åpne. De tar omtrent ${facts.minutes} minutter.`),
      ...wave(facts, `De er åpne til og med ${facts.until}. Du kan hoppe over spørsmål.`),
    ],
  }),
  reminder: (facts) => ({
    subject: `En påminnelse fra ${facts.study}`,
    lines: [
      says(`Spørsmålene i «${facts.study}» venter på deg. De tar omtrent ${facts.minutes} minutter.`),
      ...wave(
        facts,
        `De er åpne til og med ${facts.until}. Vi har like stor nytte av svar på dårlige dager som på gode.`,
      ),
    ],
  }),
  last_reminder: (facts) => ({
    subject: `Siste påminnelse denne gangen: ${facts.study}`,
    lines: [
      says(`Spørsmålene i «${facts.study}» stenger snart. De tar omtrent ${facts.minutes} minutter.`),
      ...wave(
        facts,
        `De er åpne til og med ${facts.until}. Kan du ikke svare denne gangen, er du velkommen neste gang.`,
      ),
    ],
  }),
  finish: (facts) => ({
    subject: `Ikke ferdig ennå: ${facts.study}`,
    lines: [
      says(`Spørsmålene dine i «${facts.study}» er ikke ferdige ennå.`),
      says("Det du har svart, er lagret. Lenken tar deg dit du sluttet."),
      ...wave(facts, `Du kan gjøre dem ferdig til og med ${facts.until}.`),
    ],
  }),
  consent_again: (facts) => ({
    subject: `Noe er endret i ${facts.study}`,
    lines: [
      says(`Studien «${facts.study}» er endret, så vi spør om samtykket ditt på nytt.`),
      says("Siden sier først hva som er nytt. Det du har svart, beholdes slik du samtykket til før."),
      answer("Les hva som er nytt, og bestem deg", facts),
      ...foot(facts),
    ],
  }),
};
