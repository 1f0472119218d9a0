import type { InboxRequest } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { languageFor } from "../participant/form.ts";
import { participationOf } from "../participant/state.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addInboxMessage, countWrittenSince } from "../store/queries/inbox.ts";
import type { Person } from "../store/queries/people.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { lookAtSafety, tellTeam } from "./safety.ts";

const DAY_MS = 86_400_000;
const MOST_A_DAY = 10;

/**
 * Keeps what a person writes to the study team; sending it twice changes nothing. Of a report of harm the team is told
 * at once, without its words, and it counts for the safety rule.
 *
 * @throws Refusal `request.too-many`
 */
export async function writeToTeam(
  context: ServerContext,
  person: Person,
  { id, about, words }: InboxRequest,
): Promise<{ readonly at: number }> {
  const at = context.now();
  const participation = await participationOf(context, person);
  const { study } = participation;
  const language = languageFor(participation);
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    const writer = { study: study.id, person: person.id };
    if ((await countWrittenSince(trx, writer, at - DAY_MS)) >= MOST_A_DAY) throw enough();
    const message = { id, person: person.id, about, words, language, sentAt: at };
    if (!(await addInboxMessage(trx, study.id, message))) return;
    const actor = `person:${person.id}`;
    await recordEvent(trx, { at, study: study.id, actor, action: "inbox.written", detail: { about } });
    if (about === "harm" && !study.simulated)
      await tellTeam(context, trx, { study, at, template: "harm_reported", key: id, parameters: {} });
  });
  context.mail.wake();
  if (about === "harm") await lookAtSafety(context, study.id);
  return { at };
}

function enough() {
  return refuse(
    "request.too-many",
    `at most ${MOST_A_DAY} messages a day`,
    "more",
    "Wait until tomorrow, or write to the e-mail address of the study.",
  );
}
