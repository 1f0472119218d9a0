import { type PromptDrop, type PromptName, promptStands } from "@longwave/study";
import { linkPath, linkToken } from "../access/links.ts";
import { loggedEvents } from "../sessions/logged.ts";
import { contactFactsOf, peopleToPlan } from "../store/queries/contacts.ts";
import type { OutboxMessage } from "../store/queries/outbox.ts";
import { eventAnswersOf, restPromptsById } from "../store/queries/sessions.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import type { Composing } from "./compose.ts";
import type { PromptTemplate } from "./templates/prompts-words.ts";
import type { MessageFacts, MessageText, MessageWords } from "./templates/words.ts";

const dropped: Readonly<Record<PromptDrop, string>> = {
  paused: "the study was paused",
  not_agreed: "the person does not want to log sessions",
  answered: "the person has answered meanwhile",
  session: "the person logged a session that day, so there is no rest to ask about",
  late: "its moment had gone by",
};

/** The prompt that a message of the outbox is about. */
function promptOf({ template, parameters }: OutboxMessage): PromptName {
  const id = String(parameters.id);
  const localDate = String(parameters.localDate);
  if (template === "rest_prompt") return { kind: "rest", id, localDate };
  return {
    kind: "part",
    event: String(parameters.event),
    id,
    part: String(parameters.part),
    localDate,
  };
}

/** The words of a prompt about a session or a rest, asked once more just before it goes. */
export async function promptText(
  context: Composing,
  of: {
    readonly message: OutboxMessage;
    readonly template: PromptTemplate;
    readonly study: StudyRow;
    readonly facts: MessageFacts;
    readonly words: MessageWords;
    readonly stop: string;
  },
): Promise<{ readonly text: MessageText } | { readonly why: string }> {
  const { message, study, words } = of;
  const { db } = context.store;
  const protocol = context.compiler.protocol(study);
  const rows = await peopleToPlan(db, study.id, message.recipient.id);
  const [person] = await contactFactsOf(db, study.id, rows, protocol);
  if (person === undefined) return { why: "the person is not there" };
  const holder = { study: study.id, id: person.id };
  const name = promptOf(message);
  const [rest] = await restPromptsById(db, holder, [name.id]);
  const logged = loggedEvents(await eventAnswersOf(db, holder));
  const { zone } = person;
  const known = {
    logged,
    timeZone: zone,
    agreed: person.logsSince !== undefined,
    paused: person.paused === true,
  };
  const standing = promptStands(protocol, known, { name, rest, now: context.now() });
  if (standing.kind === "drop") return { why: dropped[standing.why] };
  const moment = new Intl.DateTimeFormat(message.language === "nb" ? "nb-NO" : "en-GB", {
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  });
  const address = context.origin() + linkPath(linkToken(context.linkKey, { ...holder, epoch: person.epoch }));
  const [began, until] = [moment.format(standing.beganAt), moment.format(standing.until)];
  return { text: words.prompts[of.template]({ ...of.facts, address, stop: of.stop, began, until }) };
}
