import type { PromptMessageFacts, PromptWords } from "./prompts-words.ts";
import type { MessageLine } from "./words.ts";

const says = (text: string): MessageLine => ({ kind: "words", text });

function foot({ stop }: PromptMessageFacts): readonly MessageLine[] {
  return [
    says(
      "Du får denne meldingen fordi du krysset av for at du kanskje logger økter. Det kommer høyst én om dagen.",
    ),
    says("Lenken er bare din. Ikke gi den videre."),
    { kind: "link", label: "Ikke send meg flere meldinger", address: stop },
  ];
}

/** The prompts about sessions and rests in Norwegian. */
export const norwegianPrompts: PromptWords = {
  session_part: (facts) => ({
    subject: `En del av økten din er åpen: ${facts.study}`,
    lines: [
      says(`Du logget en økt som begynte ${facts.began}. Én del av den er ikke besvart ennå.`),
      says("Det tar under 20 sekunder."),
      { kind: "link", label: "Svar nå", address: facts.address },
      says(`Den er åpen til ${facts.until}. Vil du ikke, kan du la det være: Det du har logget, er lagret.`),
      ...foot(facts),
    ],
  }),
  rest_prompt: (facts) => ({
    subject: `Hvordan er det akkurat nå? ${facts.study}`,
    lines: [
      says("Av og til spør vi på et tilfeldig tidspunkt, utenom øktene."),
      says("Det tar under 20 sekunder, og like lenge én gang til litt senere."),
      { kind: "link", label: "Svar nå", address: facts.address },
      says(`Det er åpent til ${facts.until}. Passer det dårlig nå, kan du la det være.`),
      says("Trener du i dag, kan du logge økten i stedet."),
      ...foot(facts),
    ],
  }),
};
