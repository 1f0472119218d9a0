import type { TodayKind } from "@longwave/api";
import { count, people } from "./en.ts";

const wave = (id: string): string => `wave ${id.replace(/^w/i, "")}`;
const many = (value: number, one: string, more: string): string =>
  `${count(value)} ${value === 1 ? one : more}`;

/** What a study needs of its team now. */
export const todayPage = {
  title: "Today",
  needs: "Needs a person",
  rest: "Everything else is running by itself.",
  quietTitle: "Nothing needs you now.",
  quiet: "Invitations, reminders and closing days run by themselves.",
  kinds: {
    inbox_unread: {
      title: (value) => many(value, "message to read", "messages to read"),
      text: "People wrote to the study team. Reports of harm stand first.",
      act: "Go to the inbox",
    },
    erasure_request: {
      title: (value) => many(value, "person asks", "people ask").concat(" to be erased"),
      text: "The law gives a month. Open the list of people and choose Leaves.",
      act: "Go to the people",
    },
    address_disputed: {
      title: (value) => `${many(value, "change", "changes")} of address in doubt`,
      text: "Somebody at the old address says that it was not them. Nothing is sent until you have asked the person.",
      act: undefined,
    },
    message_failed: {
      title: (value) => many(value, "message failed", "messages failed"),
      text: "The mail server refused it, or there is no address. Call, print a letter, or send it again.",
      act: "See them",
    },
    message_uncertain: {
      title: (value) => many(value, "message may have arrived or not", "messages may have arrived or not"),
      text: "Ask the person, or send it again with a reason. Nothing is sent twice by itself.",
      act: "See them",
    },
    message_waiting: {
      title: () => "The mail server cannot be reached",
      text: "Messages wait, and go in their order once it can be reached.",
      act: "See the messages",
    },
    mail_returned: {
      title: (value) => `Mail to ${many(value, "address", "addresses")} comes back`,
      text: "Call them, or print a letter; they can give another address on their own page.",
      act: "Go to the people",
    },
    consent_anew: {
      title: (value) => many(value, "person has", "people have").concat(" not answered the new consent"),
      text: "What they agreed to holds, and nothing new is asked. Their page asks them, and one mail did. A call may help, or a paper to sign.",
      act: "See who",
    },
    letter_due: {
      title: (value) => `${many(value, "letter", "letters")} to print`,
      text: "These people have no e-mail address, and something is due to them now.",
      act: "Print letters",
    },
    unfinished: {
      title: (value) => many(value, "form begun and not gone on with", "forms begun and not gone on with"),
      text: "For two days or more. The message “finish” goes out by itself; a call may help.",
      act: "Everyone who has begun",
    },
    typed_differently: {
      title: (value) => many(value, "form was typed in two ways", "forms were typed in two ways"),
      text: "Look at the paper and take the answer that is right.",
      act: undefined,
    },
    typed_once: {
      title: (value) => many(value, "form waits", "forms wait").concat(" to be typed again"),
      text: "Somebody who has not seen what was typed first does it.",
      act: undefined,
    },
    query_open: {
      title: (value) => many(value, "query on an answer waits", "queries on answers wait"),
      text: "Look at the answer, then explain or correct it.",
      act: "Answer them",
    },
    query_answered: {
      title: (value) => many(value, "query has been answered", "queries have been answered"),
      text: "Read what was said, then close it or ask again.",
      act: "Read them",
    },
    language_unconfirmed: {
      title: (value) => many(value, "language is", "languages are").concat(" not offered"),
      text: "A named person has to confirm every translation in the study text first.",
      act: "See the plan",
    },
    comment_waiting: {
      title: (value) => many(value, "comment waits", "comments wait").concat(" to be read"),
      text: "It stands under the findings once you show it.",
      act: "Read them",
    },
    run_failed: {
      title: () => "The latest analysis failed",
      text: "It says why. Nothing is lost; run it again.",
      act: "See the run",
    },
    retention_soon: {
      title: () => "The time for which data may be kept ends soon",
      text: "Until then, export or release what may be kept, and erase the people whose data may not.",
      act: "See the people",
    },
    retention_over: {
      title: () => "The time for which data may be kept is over",
      text: "Erase the people whose data may not be kept any longer; old backups hold them too.",
      act: "See the people",
    },
  } as Readonly<
    Record<
      TodayKind,
      {
        readonly title: (value: number) => string;
        readonly text: string;
        readonly act: string | undefined;
      }
    >
  >,
  more: (value: number): string => `and ${count(value)} more`,
  person: (label: string, id: string | null): string => (id === null ? label : `${label}, ${wave(id)}`),
  since: (day: string): string => `since ${day}`,
  dueTitle: "Due now",
  dueEmptyTitle: "No wave is open to anyone.",
  dueEmpty: "The calendar shows when the next one opens.",
  due: (value: number): string => `${people(value)} not begun`,
  begun: (value: number): string => `${people(value)} begun, not finished`,
  wave: (id: string): string => wave(id).replace("w", "W"),
  seeDue: "See who is due",
  aheadTitle: "The next two weeks",
  aheadEmptyTitle: "Nothing opens or closes.",
  aheadEmpty: "The calendar shows the next twelve months.",
  toCalendar: "The whole calendar",
} as const;
