import { englishContacts } from "./contacts-en.ts";
import { englishLetters } from "./letters-en.ts";
import { englishPrompts } from "./prompts-en.ts";
import type { MessageWords } from "./words.ts";

/** Every message in English. */
export const english: MessageWords = {
  code: ({ code, minutes, study, contact }) => ({
    subject: `Your code for ${study}`,
    lines: [
      { kind: "words", text: "Here is the code you asked for. Type it on the page where you asked." },
      { kind: "code", text: code },
      { kind: "words", text: `It works once, for ${minutes} minutes.` },
      {
        kind: "words",
        text: `Did you not ask for a code? Then someone else may have your personal link. They cannot see your earlier answers without this code. Please write to ${contact.email}, and you get a new link.`,
      },
    ],
  }),
  commentLink: ({ address, study }) => ({
    subject: "The link to your comment",
    lines: [
      { kind: "words", text: `Thank you for your comment under the findings of “${study}”.` },
      {
        kind: "words",
        text: "With this link you can change the words for 15 minutes, and remove the comment at any time.",
      },
      { kind: "link", label: "Open my comment", address },
      {
        kind: "words",
        text: "Keep this message and do not pass the link on: whoever has it can remove the comment. We show your e-mail address to nobody, and we write again only if you ask.",
      },
      {
        kind: "words",
        text: "Did you not write a comment? Then someone typed your address. Open the link and remove the comment; your address is erased with it.",
      },
    ],
  }),
  commentLinks: ({ comments, study }) => ({
    subject: "The links to your comments",
    lines: [
      {
        kind: "words",
        text: `Someone, we hope you, asked for the links to the comments written with this e-mail address under the findings of “${study}”.`,
      },
      ...comments.map(
        ({ date, address }) => ({ kind: "link", label: `Comment of ${date}`, address }) as const,
      ),
      {
        kind: "words",
        text: "With a link you can remove the comment at any time. Do not pass the links on. If you did not ask for them, you need not do anything.",
      },
    ],
  }),
  resultsOut: ({ address, stop, study, corrected }) => ({
    subject: corrected ? "The results have been corrected" : "The results are out",
    lines: [
      {
        kind: "words",
        text: corrected
          ? `You took part in “${study}”. The results have been corrected. The page says what has changed.`
          : `You took part in “${study}”. The results are out. Thank you: without your answers there would be none.`,
      },
      { kind: "link", label: "Read the results", address },
      {
        kind: "words",
        text: "The results are about groups, never about one person. They are not advice. Nothing you wrote in your own words is in them.",
      },
      { kind: "words", text: "You get this message as you ticked that we may write to you." },
      { kind: "link", label: "Send me no more messages", address: stop },
    ],
  }),
  contacts: englishContacts,
  prompts: englishPrompts,
  letters: englishLetters,
  staffInvitation: ({ address, study }) => ({
    subject: `You are invited to work on ${study}`,
    lines: [
      { kind: "words", text: `You have been given a role in the study “${study}”.` },
      { kind: "link", label: "Sign in", address },
      {
        kind: "words",
        text: "The link works once, for one day. After that, ask for a new one on the page of the console.",
      },
      {
        kind: "words",
        text: "To see the names of people who take part you also need an authenticator app on your phone. The page “Account” helps you set it up.",
      },
      {
        kind: "words",
        text: "Do not pass the link on. If you know nothing of this study, you need not do anything.",
      },
    ],
  }),
  staffSignIn: ({ address, study }) => ({
    subject: "Your sign-in link",
    lines: [
      { kind: "words", text: `Somebody, we hope you, asked for a link to sign in to the study “${study}”.` },
      { kind: "link", label: "Sign in", address },
      {
        kind: "words",
        text: "The link works once, for one day. Do not pass it on. If you did not ask for it, you need not do anything.",
      },
    ],
  }),
  joinCode: ({ code, minutes, study }) => ({
    subject: `Your code to join ${study}`,
    lines: [
      {
        kind: "words",
        text: `Somebody, we hope you, typed this address to take part in “${study}”. Type this code on the page where you were asked for it:`,
      },
      { kind: "code", text: code },
      { kind: "words", text: `It works once, for ${minutes} minutes.` },
      {
        kind: "words",
        text: "Was it not you? Then you need not do anything. Without the code nobody can join with your address, and we forget it within a day.",
      },
    ],
  }),
  joinLink: ({ address, study }) => ({
    subject: `Your own link to ${study}`,
    lines: [
      {
        kind: "words",
        text: `Here is your own link to “${study}”. It is for you alone: do not pass it on.`,
      },
      { kind: "link", label: "Open my page", address },
      {
        kind: "words",
        text: "Keep this message. The link works again and again, also when you take part already: then it goes on where you stopped.",
      },
      {
        kind: "words",
        text: "Did you not ask for it? Then somebody typed your address. They have not seen this link, and you need not do anything.",
      },
    ],
  }),
  addressCode: ({ code, minutes, study }) => ({
    subject: `Your code for a new e-mail address in ${study}`,
    lines: [
      {
        kind: "words",
        text: "Somebody, we hope you, wants our messages to come to this address. Type this code on the page where you gave it:",
      },
      { kind: "code", text: code },
      { kind: "words", text: `It works once, for ${minutes} minutes.` },
      {
        kind: "words",
        text: "Was it not you? Then you need not do anything. Without the code nothing more comes here.",
      },
    ],
  }),
  addressChanged: ({ address, study }) => ({
    subject: `From now on we write to you here: ${study}`,
    lines: [
      {
        kind: "words",
        text: `Your e-mail address in “${study}” has been changed to this one. Here is your new personal link. The old link no longer works.`,
      },
      { kind: "link", label: "Open my page", address },
      { kind: "words", text: "Keep this message, and do not pass the link on." },
      {
        kind: "words",
        text: "Do you know nothing of this study? Then please answer this message, and we stop writing to you.",
      },
    ],
  }),
  addressNotice: ({ address, days, study }) => ({
    subject: `Your e-mail address in ${study} was changed`,
    lines: [
      {
        kind: "words",
        text: `From now on we do not write to this address about “${study}” any more. Links in earlier messages no longer work.`,
      },
      {
        kind: "words",
        text: "Did you ask for this, or the study team for you? Then you need not do anything.",
      },
      { kind: "link", label: "That was not me", address },
      { kind: "words", text: `You can say so for ${days} days.` },
    ],
  }),
  inboxAnswer: ({ paragraphs, study }) => ({
    subject: `An answer from ${study}`,
    lines: [
      ...paragraphs.map((text) => ({ kind: "words", text }) as const),
      { kind: "words", text: "You get this message as you wrote to the study team on your page." },
    ],
  }),
  harmReported: ({ address, study }) => ({
    subject: `Somebody reports harm in ${study}`,
    lines: [
      {
        kind: "words",
        text: `Somebody who takes part in “${study}” has written to the team about harm or a worry. Please read it today.`,
      },
      { kind: "link", label: "Open the inbox", address },
      {
        kind: "words",
        text: "What was written stands in the console only, as it is about somebody's health.",
      },
    ],
  }),
  safetyPaused: ({ address, study, people, withinDays }) => ({
    subject: `${study} has paused itself`,
    lines: [
      {
        kind: "words",
        text: `${people} people reported harm within ${withinDays} days. By the safety rule of its text, the study “${study}” has paused itself: it sends no messages and takes nobody new.`,
      },
      { kind: "link", label: "Open the inbox", address },
      {
        kind: "words",
        text: "Read the reports. An owner or manager lets the study go on, and says why that is right, or leaves it paused.",
      },
    ],
  }),
  retention: ({ address, study, keepUntil, isOver }) => ({
    subject: isOver
      ? `${study}: the time for which data may be kept is over`
      : `${study}: data may be kept until ${keepUntil}`,
    lines: [
      {
        kind: "words",
        text: isOver
          ? `By its text, the study “${study}” may keep what people gave until ${keepUntil}. That day is past.`
          : `By its text, the study “${study}” may keep what people gave until ${keepUntil}. That is at most 30 days from now.`,
      },
      {
        kind: "words",
        text: "Export or release what may be kept. Erase the people whose data may not. Delete old backups: they hold the same data. Nothing is erased by itself.",
      },
      { kind: "link", label: "Open the list of people", address },
    ],
  }),
  signature: ({ contact, study, privacy }) =>
    `${contact.name}, ${study}. Questions? Answer this message, or write to ${contact.email}.${privacy === undefined ? "" : ` Privacy notice: ${privacy}`}`,
};
