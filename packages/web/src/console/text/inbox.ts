import { count, people } from "./en.ts";

/** What people wrote to the study team. */
export const inboxPage = {
  title: "Inbox",
  lede: "What people wrote to the team from their own pages: open ones first, of these reports of harm first and unread first.",
  emptyTitle: "Nobody has written.",
  empty: "What people write from their own pages shows here.",
  abouts: {
    harm: "Harm or a worry",
    question: "A question",
    contact: "A new address, phone or name",
    other: "Something else",
  },
  unread: "unread",
  closed: "closed",
  sent: (at: string): string => `written ${at}`,
  answered: { email: "Answered by e-mail", call: "Called" },
  read: "Mark as read",
  close: "Close",
  answer: "Answer by e-mail",
  answerHint: "Sent as an e-mail without what the person wrote. An empty line begins a new paragraph.",
  noMail: "This person has no e-mail address, or has left. Call or write a letter, and note it.",
  call: "Note a call",
  callHint: "Kept sealed with the message; the person sees it in the copy of everything about them.",
  send: "Send the answer",
  note: "Keep the note",
  busy: "One moment…",
  cancel: "Not now",
  missing: "Write a few words.",
  forWhom: (what: string, who: string): string => `${what}: ${who}`,
  safetyTitle: "Safety",
  safety: (reported: number, asked: number, withinDays: number): string =>
    `${people(reported)} of ${count(asked)} reported harm in the last ${withinDays} days, by a question or by writing.`,
  rule: (least: number, share: number | undefined): string =>
    share === undefined
      ? `At ${people(least)} the study pauses by itself.`
      : `At ${people(least)} who are more than ${Math.round(100 * share)} % of those asked, the study pauses by itself.`,
  paused: (at: string, reported: number): string =>
    `The safety rule paused the study ${at}, after ${people(reported)} reported harm. It sends no messages and takes nobody new. Read the reports below, then decide.`,
  resumeReason: "Why may the study go on?",
  resumeHint: "Kept in the audit, without names of participants. Reports are counted anew from then on.",
  resume: "Let the study go on",
} as const;
