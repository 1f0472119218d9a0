import type { InboxItem, InboxPage } from "@longwave/api";
import { now, press, running, seen, study } from "./console-fixtures.ts";
import type { DesignedState } from "./designed-state.ts";

const item = (id: string, more: Partial<InboxItem>): InboxItem => ({
  id,
  person: { id, label: "Kari Nordmann" },
  about: "question",
  words: "Can I answer on my daughter's phone?",
  language: "en",
  sentAt: now - 3_600_000,
  canMail: true,
  answers: [],
  ...more,
});

const full: InboxPage = {
  items: [
    item("a", {
      about: "harm",
      words: "My knee has been worse since I began to log my walks.\n\nShould I stop?",
      person: { id: "a", label: "Ola Nordmann" },
      canMail: false,
    }),
    item("b", {
      readAt: now,
      closedAt: now,
      answers: [{ way: "email", words: "Yes, with your own link.", at: now, by: "staff:anna@example.org" }],
    }),
  ],
  safety: { reported: 6, asked: 80, withinDays: 28, people: 5, share: 0.05, paused: { at: now, people: 6 } },
};

const inbox = "GET /api/studies/try/inbox";
const address = "/console/#/studies/try/inbox";

/** The states of the inbox. */
export const inboxStates: readonly DesignedState[] = [
  {
    name: "inbox",
    address,
    script: { ...study(running), [inbox]: { body: full } },
    heading: "Inbox",
    reach: async (page) => {
      await press("Note a call: Ola Nordmann")(page);
      await press("Keep the note")(page);
      await seen("Write a few words.")(page);
    },
  },
  {
    name: "inbox-empty",
    address,
    script: { ...study(running), [inbox]: { body: { items: [] } } },
    heading: "Inbox",
    reach: seen("Nobody has written."),
  },
];
