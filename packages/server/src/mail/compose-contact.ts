import { contactStands, currentZone, type DropReason, RECRUITMENT } from "@longwave/study";
import { linkPath, linkToken } from "../access/links.ts";
import { textFor } from "../protocol/text-for.ts";
import { contactFactsOf, peopleToPlan } from "../store/queries/contacts.ts";
import type { OutboxMessage } from "../store/queries/outbox.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import type { Composing } from "./compose.ts";
import { notMePath } from "./stop.ts";
import type { MessageFacts, MessageText, MessageWords } from "./templates/words.ts";

const dropped: Readonly<Record<DropReason, string>> = {
  stopped: "the person wants no more messages",
  enrolled: "the person has joined meanwhile",
  not_agreed: "the person does not want reminders",
  finished: "the person has answered meanwhile",
  closed: "what it is about has closed meanwhile",
  overdue: "it could not be sent in time, and the next one is near",
  removed: "the study text no longer has this message",
  paused: "the study was paused",
  recruitment_closed: "recruitment was closed meanwhile",
};

/**
 * The words of a message that the clock decided, asked once more just before it goes: whoever has answered, joined or
 * left meanwhile gets none, and whoever has begun is asked to finish.
 */
export async function contactText(
  context: Composing,
  {
    message,
    study,
    facts,
    words,
    stop,
  }: {
    readonly message: OutboxMessage;
    readonly study: StudyRow;
    readonly facts: MessageFacts;
    readonly words: MessageWords;
    readonly stop: string;
  },
): Promise<{ readonly text: MessageText } | { readonly why: string }> {
  const protocol = context.compiler.protocol(study);
  const rows = await peopleToPlan(context.store.db, study.id, message.recipient.id);
  const [person] = await contactFactsOf(context.store.db, study.id, rows, protocol);
  if (person === undefined) return { why: "the person is not there" };
  const name = { wave: String(message.parameters.wave), contact: String(message.parameters.contact) };
  const again = message.resendOf !== undefined;
  const asked = (await textFor(context, context.store.db, study))(person.consentVersion);
  const schedule = context.compiler.schedule(asked);
  const standing = contactStands(schedule, person, name, { now: context.now(), asked: again });
  if (standing.kind === "drop") return { why: dropped[standing.why] };
  const wave = name.wave === RECRUITMENT ? asked.waves[0]?.id : name.wave;
  const holder = { study: study.id, id: person.id, epoch: person.epoch };
  const { language } = message;
  const day = new Intl.DateTimeFormat(language === "nb" ? "nb-NO" : "en-GB", {
    dateStyle: "long",
    timeZone: currentZone(person.enrolment ?? person),
  });
  const written = {
    ...facts,
    question: protocol.question[language] ?? protocol.question.en,
    address: context.origin() + linkPath(linkToken(context.linkKey, holder)),
    stop,
    notMe: context.origin() + notMePath(context.linkKey, message.id),
    minutes: asked.minutesByWave[wave ?? ""] ?? 0,
    until: day.format(standing.closesAt - 1),
    consentAgain: person.consentAgain !== undefined,
  };
  const kind = standing.finish ? "finish" : message.template;
  const write = kind in words.contacts ? words.contacts[kind as keyof typeof words.contacts] : undefined;
  return write === undefined ? { why: "it is no message of the calendar" } : { text: write(written) };
}
