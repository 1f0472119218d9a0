import { randomUUID } from "node:crypto";
import { afterQuietHours, type Protocol } from "@longwave/study";
import type { Kysely } from "kysely";
import { type PersonToTell, peopleToTell } from "../store/queries/consents.ts";
import { addMessages, type NewMessage } from "../store/queries/outbox.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";

/**
 * The tick by which a person agrees that this study writes to them. The consent text promises everyone to hear of the
 * results; who left this box empty wants no messages and reads of them on their own page.
 */
const TICK = "reminders";

/**
 * Decides, within the transaction that publishes, one message for everyone who agreed and has an address, never at
 * night on their own clock. Simulated people get none. How many were decided.
 */
export async function decideResultsOut(
  trx: Kysely<Tables>,
  { study, protocol }: { readonly study: StudyRow; readonly protocol: Protocol },
  publication: { readonly number: number; readonly at: number },
): Promise<number> {
  if (study.simulated) return 0;
  const people = (await peopleToTell(trx, study.id)).filter(({ ticks }) => ticks[TICK] === true);
  const zones = new Map<string, number>();
  const dueAt = (timeZone: string): number => {
    const known = zones.get(timeZone) ?? afterQuietHours(protocol.messages, timeZone, publication.at);
    zones.set(timeZone, known);
    return known;
  };
  return addMessages(
    trx,
    people.map((person) => messageTo(person, study.id, { ...publication, dueAt: dueAt(person.timeZone) })),
  );
}

function messageTo(
  { id, language }: PersonToTell,
  study: string,
  { number, at, dueAt }: { readonly number: number; readonly at: number; readonly dueAt: number },
): NewMessage {
  return {
    id: randomUUID(),
    key: `results:${study}:${number}:${id}`,
    study,
    template: "results_out",
    parameters: { publication: number },
    recipient: { kind: "person", id },
    language,
    urgent: false,
    decidedAt: at,
    dueAt,
  };
}
