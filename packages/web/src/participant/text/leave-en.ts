import type { LeaveWords } from "./leave-words.ts";

/** Stopping and leaving, in English. */
export const leaveEn: LeaveWords = {
  enter: "Stop or leave the study",
  title: "Stop or leave",
  lede: "You may stop whenever you like. You need not say why, and nobody will ask you to stay.",
  legend: "What would you like?",
  ways: {
    stop_contact: {
      name: "Stop the messages",
      does: "We send you no more messages. You are still in the study: your link works as before, and your answers stay.",
      undo: "You can leave the study later if you want to.",
      confirmTitle: "Stop the messages?",
      confirm: "Yes, stop the messages",
    },
    stop_keep: {
      name: "Leave, and let my answers stay",
      does: "You leave the study. We send you nothing and ask you nothing more. The answers you gave stay in the study.",
      undo: "Your link stops working, and you cannot come back with it. You can still have your answers erased later: write to the study.",
      confirmTitle: "Leave, and let your answers stay?",
      confirm: "Yes, leave the study",
    },
    erase: {
      name: "Leave, and erase everything about me",
      does: "You leave the study. Your name, your address and all your answers are erased.",
      undo: "This cannot be undone. What the study has already published or shared stays: no names are in it. A safety copy of the study's computer may hold your answers until it is replaced.",
      confirmTitle: "Leave, and erase everything?",
      confirm: "Yes, erase everything",
    },
  },
  chooseFirst: "Choose one of the three first.",
  go: "Continue",
  back: "Go back, change nothing",
  other: "Choose something else",
  working: "One moment…",
  code: {
    title: "First, a code",
    why: "Erasing cannot be undone, so we make sure that it is you. You need a code that we send you by e-mail.",
    go: "Erase everything",
  },
  noCode: {
    title: "No e-mail from us?",
    text: "Then you can leave now, and the study team erases everything about you within a month.",
    go: "Leave now, and let the team erase me",
  },
  done: {
    stop_contact: {
      title: "You get no more messages",
      text: "You are still in the study, and your link works as before.",
      short: "No more messages",
    },
    stop_keep: {
      title: "You have left the study",
      text: "We send you nothing more. The answers you gave stay in the study. If you want them erased, write to the study.",
      short: "Left the study; answers stay",
    },
    erase: {
      title: "Everything about you is erased",
      text: "You have left the study. Your name, your address and your answers are gone.",
      short: "Left the study; everything erased",
    },
    ask_erase: {
      title: "You have left the study",
      text: "We send you nothing more. The study team now erases everything about you, within a month.",
      short: "Left the study; asked to be erased",
    },
  },
  receipt: {
    title: "Your receipt",
    what: "What you chose",
    when: "When",
    study: "Study",
    number: "Number of this receipt",
    contact: "Questions",
    keep: "Print this page or take a picture of it, if you want to keep it.",
    print: "Print this page",
  },
  thanks: "Thank you for the time you gave.",
};
