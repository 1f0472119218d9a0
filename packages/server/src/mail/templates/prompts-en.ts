import type { PromptMessageFacts, PromptWords } from "./prompts-words.ts";
import type { MessageLine } from "./words.ts";

const says = (text: string): MessageLine => ({ kind: "words", text });

function foot({ stop }: PromptMessageFacts): readonly MessageLine[] {
  return [
    says(
      "You get this message as you ticked that you may log sessions. There is at most one of these a day.",
    ),
    says("The link is yours alone. Please do not pass it on."),
    { kind: "link", label: "Send me no more messages", address: stop },
  ];
}

/** The prompts about sessions and rests in English. */
export const englishPrompts: PromptWords = {
  session_part: (facts) => ({
    subject: `A part of your session is open: ${facts.study}`,
    lines: [
      says(`You logged a session that began on ${facts.began}. One part of it has no answer yet.`),
      says("It takes less than 20 seconds."),
      { kind: "link", label: "Answer it now", address: facts.address },
      says(`It is open until ${facts.until}. If you do not want to, let it pass: what you logged is kept.`),
      ...foot(facts),
    ],
  }),
  rest_prompt: (facts) => ({
    subject: `How is it right now? ${facts.study}`,
    lines: [
      says("Now and then we ask at a moment drawn by chance, away from any session."),
      says("It takes less than 20 seconds, and as long once more a while later."),
      { kind: "link", label: "Answer now", address: facts.address },
      says(`It is open until ${facts.until}. If this is a bad moment, let it pass.`),
      says("If you exercise today, log that instead."),
      ...foot(facts),
    ],
  }),
};
