import type { Language } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { messageBehind, pathOfMessage } from "../mail/stop.ts";
import { addressChange, moveChange } from "../store/queries/address-changes.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import { contactOf, personById } from "../store/queries/people.ts";
import { setContact } from "../store/queries/person-contact.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { renewLink } from "./change.ts";

/** The address under which somebody says that a change of address was not theirs; of one message, and posted to. */
export function notMyChangePath(linkKey: Buffer, message: string): string {
  return pathOfMessage(linkKey, "not-my-change", message);
}

/** The change that such an address is about, and the language of its pages. */
export interface Disputable {
  readonly study: string;
  readonly change: string;
  readonly language: Language;
}

/** Which change an address is about; undefined when it is not one of ours. */
export async function changeBehind(
  context: Pick<ServerContext, "store" | "linkKey">,
  token: string,
): Promise<Disputable | undefined> {
  const message = await messageBehind(context, "not-my-change", token);
  const change = message?.parameters.change;
  if (message === undefined || typeof change !== "string") return undefined;
  return { study: message.study, change, language: message.language };
}

/**
 * Somebody at the old address says that the change was not theirs. Which of the two is right nobody here can tell, so
 * neither gets anything: no address, no link and no visit until the team has spoken with the person. False, and nothing
 * happens, when the team has decided since, the person has left, or the time is over.
 */
export async function disputeChange(
  context: Pick<ServerContext, "store" | "now" | "linkKey">,
  { study, change: id }: Disputable,
): Promise<boolean> {
  const at = context.now();
  return context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study);
    const change = await addressChange(trx, study, id).catch(() => undefined);
    const person = change && (await personById(trx, study, change.person));
    if (!person || change.expiresAt <= at || isOut(await standingOf(trx, study, person.id))) return false;
    if (!(await moveChange(trx, id, { from: "done", to: "disputed", settled_at: at }))) return false;
    const { name = null, phone = null } = await contactOf(trx, { study, id: person.id });
    await setContact(trx, study, { person: person.id, name, phone, email: null });
    await renewLink(context, trx, person);
    await recordEvent(trx, {
      ...{ at, study, actor: `person:${person.id}`, action: "contact.disputed" },
      detail: { person: person.id },
    });
    return true;
  });
}
