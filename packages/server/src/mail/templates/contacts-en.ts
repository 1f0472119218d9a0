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
    says("The link is yours alone. Please do not pass it on."),
    { kind: "link", label: "Send me no more messages", address: stop },
    { kind: "link", label: "This is not me, or this person has died", address: notMe },
  ];
}

function invite(facts: ContactMessageFacts): readonly MessageLine[] {
  return [
    says(`The study asks: ${facts.question}`),
    says(
      `The first time takes about ${facts.minutes} minutes. You can skip any question, and leave whenever you like.`,
    ),
    answer("Read more and decide", facts),
    says(`You can join until ${facts.until}. If you do not want to, you need not do anything.`),
    ...foot(facts),
  ];
}

/** What comes after the first sentence of a message about a wave. */
function wave(facts: ContactMessageFacts, closing: string): readonly MessageLine[] {
  return [
    answer("Answer the questions", facts),
    says(closing),
    ...(facts.consentAgain ? [says("The consent text has changed. You are shown what is new first.")] : []),
    says("You get this message as you ticked that we may remind you."),
    ...foot(facts),
  ];
}

/** The contacts in English. */
export const englishContacts: ContactWords = {
  invitation: (facts) => ({
    subject: `Would you like to take part in ${facts.study}?`,
    lines: [says(`We would like to ask you to take part in the study “${facts.study}”.`), ...invite(facts)],
  }),
  invitation_reminder: (facts) => ({
    subject: `Still open for you: ${facts.study}`,
    lines: [says(`We would still like to have you in the study “${facts.study}”.`), ...invite(facts)],
  }),
  wave_open: (facts) => ({
    subject: `It is time: ${facts.study}`,
    lines: [
      says(`The next questions of “${facts.study}” are open. They take about ${facts.minutes} minutes.`),
      ...wave(facts, `They are open until ${facts.until}. You can skip any question.`),
    ],
  }),
  reminder: (facts) => ({
    subject: `A reminder from ${facts.study}`,
    lines: [
      says(
        `The questions of “${facts.study}” are waiting for you. They take about ${facts.minutes} minutes.`,
      ),
      ...wave(
        facts,
        `They are open until ${facts.until}. Answers on bad days are as useful to us as those on good days.`,
      ),
    ],
  }),
  last_reminder: (facts) => ({
    subject: `The last reminder this time: ${facts.study}`,
    lines: [
      says(`The questions of “${facts.study}” close soon. They take about ${facts.minutes} minutes.`),
      ...wave(
        facts,
        `They are open until ${facts.until}. If you cannot answer this time, you are welcome the next time.`,
      ),
    ],
  }),
  finish: (facts) => ({
    subject: `Not finished yet: ${facts.study}`,
    lines: [
      says(`Your questions of “${facts.study}” are not finished yet.`),
      says("What you have answered is saved. The link takes you to where you stopped."),
      ...wave(facts, `You can finish until ${facts.until}.`),
    ],
  }),
  consent_again: (facts) => ({
    subject: `Something has changed in ${facts.study}`,
    lines: [
      says(`The study “${facts.study}” has changed, so we ask for your consent anew.`),
      says(
        "The page says what is new first. What you have answered is kept under what you agreed to before.",
      ),
      answer("Read what is new and decide", facts),
      ...foot(facts),
    ],
  }),
};
