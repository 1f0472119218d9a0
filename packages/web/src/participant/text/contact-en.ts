import type { ContactWords } from "./contact-words.ts";

/** Where people are reached, in English. */
export const contactEn: ContactWords = {
  ask: "Is this still where we reach you?",
  askText: "Tell us if you have a new e-mail address, telephone number or name.",
  enter: "Look, and change it",
  title: "How we reach you",
  lede: "Your name and addresses are kept apart from your answers.",
  loading: "Fetching what the study knows",
  code: {
    title: "How we reach you",
    why: "Before we show your name and addresses, we need to know that it is you.",
    go: "Show them",
  },
  name: "Name",
  email: "E-mail",
  phone: "Telephone",
  emailHint: "A new address holds once you have typed a code that we send there.",
  optional: "may be empty",
  returns:
    "Our mail to this address came back. Give another one, or save this one again and we send a code there.",
  save: "Save",
  saving: "Saving…",
  saved: "Saved.",
  moved: (email) =>
    `From now on we write to ${email}. A new personal link is on its way there; the old one no longer works.`,
  wrongEmail: "Look at the address once more: something is missing.",
  wrongPhone: "Write the number with figures, at least five of them.",
  tooMany: "There have been many tries. Wait an hour, or write to the study team.",
  waitingTitle: "Type the code from your new address",
  waiting: (email) =>
    `A code is on its way to ${email}. Until you type it, we write to the address we had. It works for half an hour.`,
  codeLabel: "Code",
  codeHint: "eight figures",
  confirm: "Use the new address",
  wrongCode: "This code does not fit, or its time is over. Look at the message, or save the address again.",
  taken: "Somebody else in this study has this address. Use another one, or write to the study team.",
  lost: "Do you not get mail at the old address any more? Then write to the study team at the address above. They can change it for you.",
  back: "Back to where I was",
};
