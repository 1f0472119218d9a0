import { contactEn } from "./contact-en.ts";
import { leaveEn } from "./leave-en.ts";
import { ownEn } from "./own-en.ts";
import { sessionEn } from "./session-en.ts";
import type { Words } from "./words.ts";
import { writeEn } from "./write-en.ts";

const minutes = (count: number): string =>
  count < 1 ? "less than a minute left" : count === 1 ? "about 1 minute left" : `about ${count} minutes left`;

export const en: Words = {
  languageName: "English",
  brand: "Longwave",
  skipToPage: "Skip to the page",
  help: "Help",
  privacyNotice: "Privacy notice",
  terms: "Terms of the study",
  back: "Back",
  next: "Next",
  ratherNot: "Rather not say",
  stopHere: "Stop here, finish later",
  tryAgain: "Try again",
  simulated: "Simulated people",
  chooseLanguage: "Language",
  opening: "Opening your page",
  landing: {
    title: "This link is for you alone",
    invitedTo: "You are invited to the study",
    explain:
      "It opens your own pages in the study, so please do not pass it on. You can use it again whenever you want to go on.",
    notYou: "If this message was not meant for you, close this page. Nothing has been saved.",
    go: "Continue",
    going: "Opening…",
  },
  tryOut: {
    title: "Try taking part",
    study: "The study you can try",
    explain: "This is a demonstration you can try. Nothing you answer is used.",
    after: "You get a link of your own, so that you can stop and go on later. We do not ask who you are.",
    offer:
      "No message from us? There is a demonstration that anyone can try. Nothing you answer there is used.",
    offerGo: "Try the demonstration",
    comeBack: "To go on, open your own link, on this phone or on another. It takes you to the next question.",
    comeBackHere:
      "To go on, open this page again on this phone within 12 hours. It takes you to the next question.",
    ownLink: "Your own link:",
  },
  consent: {
    asks: "What do you say yes to?",
    nothingTicked: (needed) =>
      needed === 1
        ? "Only the one marked “Needed” is needed. Nothing is ticked for you."
        : "Only those marked “Needed” are needed. Nothing is ticked for you.",
    needed: "Needed",
    agree: "I agree, start",
    sending: "Saving your choices…",
    decline: "No, thank you",
    errorTitle: "One box is needed before you can start",
    errorItem: (label) => `Tick “${label}” if you want to take part`,
    version: (version) => `This is version ${version} of this page.`,
    declinedTitle: "That is fine",
    declinedText:
      "You have not joined the study, and nothing you did here has been saved. You can close this page. If you change your mind, the same link works.",
    declinedBack: "Read the page again",
  },
  consentAgain: {
    title: "Something has changed",
    lead: "You said yes to an earlier version of this page. Please read what is new, then decide.",
    news: "What is new",
    kept: "What you have answered is kept under what you agreed to before.",
    whole: "The whole page, as it is now",
    agree: "I agree, go on",
    stay: "Go on with what I agreed to before",
    leave: "I do not agree",
  },
  studyPaused: "The study is paused. It sends no messages for now. You can still answer what is open.",
  question: {
    progress: (position, total, minutesLeft) => `Question ${position} of ${total} · ${minutes(minutesLeft)}`,
    why: "Why we ask this",
    source: "Where the question comes from",
    chooseFirst: (ratherNot) => `Choose one answer, or press “${ratherNot}”.`,
    enterFirst: (ratherNot) => `Write an answer, or press “${ratherNot}”.`,
    tickFirst: (none) => `Mark the places that fit, or “${none}”.`,
    tickSeveral: "Mark all that fit",
    yes: "Yes",
    no: "No",
    between: (low, high) => `from ${low} to ${high}`,
    scaleEnd: (value, text) => `${value}, ${text}`,
    notANumber: (found) => `“${found}” is not a number we can read. Use figures only, such as 12.`,
    outside: (found, low, high) =>
      `${found} is outside what we expect. Write a number from ${low} to ${high}.`,
    tooManyDecimals: (decimals) =>
      decimals === 0
        ? "Write a whole number."
        : `Write at most ${decimals} figure${decimals === 1 ? "" : "s"} after the point.`,
    tooLong: (most) => `The text is longer than ${most} signs. Shorten it a little.`,
    room: (most) => `room for ${most} signs`,
    refused: (expected, remedy) => `This answer could not be saved. ${expected} ${remedy}`,
    skippedNow: "You chose not to say.",
    bodyHint: "Tap the drawing, or use the list under it.",
    bodyFront: "From the front",
    bodyBack: "From behind",
  },
  saving: {
    asYouGo: "Each answer is saved as you go.",
    saving: "Saving…",
    saved: "Saved.",
    notYetSent: (count) => (count === 1 ? "1 answer is not yet sent." : `${count} answers are not yet sent.`),
    keptUntil: (count, when) =>
      count === 1
        ? `1 answer is kept on this phone until ${when}, not yet sent.`
        : `${count} answers are kept on this phone until ${when}, not yet sent.`,
    keptHint:
      "We keep trying. You can go on, or close the page and open it again on this phone when there is a connection.",
    offlineHint: "We keep trying. You can go on answering, but keep this page open until they are sent.",
    sendNow: "Try now",
  },
  finishing: {
    title: "Sending your last answers",
    text: "Keep this page open for a moment.",
    failed: "We could not reach the study just now. Your answers are still on this page; keep it open.",
  },
  paused: {
    title: "You can stop here",
    saved: "Your answers so far are saved.",
    unsent: "Some answers are not yet sent. Keep this page open until they are.",
    unsentKept: "Some answers are not yet sent. This phone keeps them for three days.",
    how: "To go on, open the link in your message again, on this phone or on another. It takes you to the next question.",
    until: (date) => `You can finish until ${date}.`,
    goOn: "Go on now",
  },
  thanks: {
    place: (number, total) => `Time ${number} of ${total}`,
    title: "Thank you. Your answers are saved.",
    nextOpens: (date) => `Next time we ask is from ${date}.`,
    nothingUntil: "You need to do nothing until that day. Keep your link: it will work then too.",
    last: "This was the last time we ask. Thank you for staying with us.",
    calendar: "Add the date to my calendar",
    calendarHint: "A small calendar file. It does not hold your link or your answers.",
    calendarTitle: (study) => `Questions from the study: ${study}`,
    calendarText: "Open your personal link from the study when you have a few minutes.",
    recapTitle: "This time",
    recap: (answered, skipped) =>
      `You answered ${answered} question${answered === 1 ? "" : "s"}${
        skipped === 0 ? "." : ` and chose not to say for ${skipped}; that is fine.`
      }`,
    recapShow: "Show what I answered",
    recapNote: "Pain goes up and down for most people. One set of answers cannot show why.",
    ratherNotSaid: "Rather not say",
    nothingMarked: "Nothing marked",
  },
  waiting: {
    title: "Nothing to answer just now",
    opens: (date) => `The next questions open on ${date}.`,
    text: "Keep your link: it will work then too.",
  },
  ended: {
    title: "There is nothing more to answer",
    text: "No more questions will come. Thank you for the answers you gave; those you did not give are fine too.",
  },
  closed: {
    title: "These questions have closed",
    text: (date) =>
      `The time to answer them ended on ${date}. That is fine: it changes nothing for you. Answers you gave before then are kept.`,
  },
  leave: leaveEn,
  write: writeEn,
  contact: contactEn,
  own: ownEn,
  session: sessionEn,
  device: {
    title: "This phone",
    text: "Sign out when others use this phone too. Your answers stay with the study; your link opens your pages again.",
    leave: "Sign out on this phone",
    unsent: (count) =>
      count === 1
        ? "1 answer has not been sent. If you sign out now, it is deleted from this phone and lost."
        : `${count} answers have not been sent. If you sign out now, they are deleted from this phone and lost.`,
    leaveAll: "Delete them and sign out",
    leftTitle: "You are signed out",
    leftText: "Nothing of yours is kept on this phone. To go on, open the link in your message.",
    leftOffline:
      "What this phone kept has been deleted. We could not reach the study to end your visit: it ends by itself within 12 hours. Sign out once more when there is a connection.",
    notMine: "This is not my phone",
    notMineHint: "Then nothing is kept on it, not even while there is no connection.",
  },
  helpPage: {
    title: "Help",
    urgentTitle: "If your pain is new or severe",
    urgent:
      "or comes with fever, chest pain, weakness, numbness, or after a fall: contact your health service now. In an emergency, call the emergency number where you are.",
    nobodyReads: "Nobody reads your answers as they come in. The study cannot give advice about your health.",
    usualTitle: "Ups and downs",
    usual:
      "Pain that you know, and that goes up and down, is common. If you wonder about it, ask your health service.",
    contactTitle: "Questions about the study",
    contact: (name) => `Write to ${name}:`,
    noContact: "The invitation says whom to ask.",
    rightsTitle: "Your choice",
    rights:
      "Skip any question. Leave whenever you like, without a reason: press “Stop or leave the study” at the foot of the page.",
    close: "Back to where I was",
  },
  letter: {
    label: "The code of your letter",
    hint: "8 letters and figures.",
    go: "Open the questions",
    empty: "Type the code that stands in your letter.",
  },
  trouble: {
    offline: {
      title: "We cannot reach the study",
      text: "Your phone seems to be without a connection. Nothing that was saved is lost. Try again when you are connected.",
    },
    server: {
      title: "Something went wrong on our side",
      text: "Nothing that was saved is lost. Please try again in a few minutes.",
    },
    no_link: {
      title: "Open the link in your message",
      text: "Your pages in the study open with your personal link. You find it in the message or letter we sent you. If you used it a while ago on this phone, open it once more.",
    },
    wrong_link: {
      title: "This link does not work",
      text: "It may have been cut short when it was copied, or replaced by a newer one. Try the link in the latest message, or ask the study for a new one.",
    },
    wrong_code: {
      title: "This code does not work",
      text: "Look at the letter once more and type the code again. A code works once, and only until the day in the letter. The square in the letter works again and again: point a phone's camera at it.",
    },
    study_paused: {
      title: "The study is paused",
      text: "It takes nobody new for now. Please try your link again later.",
    },
    recruitment_closed: {
      title: "The study takes nobody new",
      text: "The time to join is over. Thank you for your interest. Nothing about you was saved on this page.",
    },
    locked: {
      title: "This study has finished collecting answers",
      text: "Its answers are closed and being analysed, so nothing more can be added. Thank you for what you gave.",
    },
    left: {
      title: "You have left the study",
      text: "This link no longer opens the study. If that is not right, or if you want to ask for something, write to the study team: the address is in your messages.",
    },
    closed: {
      title: "These questions have closed",
      text: "The time to answer them has passed; that is fine. The answers you gave before are kept.",
    },
    session_late: {
      title: "This part came too late",
      text: "The time for it had passed, so it was left out. The other parts of the session are kept.",
    },
    refused: {
      title: "The study could not take this",
      text: "Please try again. If it happens again, ask the study; what was saved is not lost.",
    },
  },
};
