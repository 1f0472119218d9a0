import { randomUUID } from "node:crypto";
import type { AddPeopleAnswer, Staff } from "@longwave/api";
import { linkPath, linkToken, tokenHash } from "../access/links.ts";
import type { ServerContext } from "../context.ts";
import { studyLocked } from "../participant/consent.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addPeople, knownEmails, lastPersonNumber, type NewPerson } from "../store/queries/people.ts";
import { openPhases, type StudyRow, takeStudy } from "../store/queries/studies.ts";
import { type PastedPerson, readPastedList } from "./paste.ts";

/**
 * Adds the people of a pasted list, each with a personal link; lines that cannot be read are reported.
 *
 * @throws Refusal `study.locked`
 */
export async function addPeopleFromText(
  context: ServerContext,
  study: StudyRow,
  text: string,
  staff: Staff,
): Promise<AddPeopleAnswer> {
  const at = context.now();
  return context.store.db.transaction().execute(async (trx) => {
    const { phase } = await takeStudy(trx, study.id);
    if (!openPhases.includes(phase)) throw studyLocked();
    const { people, problems } = readPastedList(text, await knownEmails(trx, study.id));
    const first = (await lastPersonNumber(trx, study.id)) + 1;
    const added = people.map((person, index) =>
      newPerson(context, study.id, person, { number: first + index, at }),
    );
    await addPeople(
      trx,
      study.id,
      added.map(({ row }) => row),
    );
    const detail = { added: added.length, problems: problems.length };
    await recordEvent(trx, {
      at,
      study: study.id,
      actor: `staff:${staff.email}`,
      action: "people.added",
      detail,
    });
    return { added: added.map(({ shown }) => shown), problems };
  });
}

function newPerson(
  context: ServerContext,
  study: string,
  person: PastedPerson,
  given: { readonly number: number; readonly at: number },
): { readonly row: NewPerson; readonly shown: AddPeopleAnswer["added"][number] } {
  const id = randomUUID();
  const token = linkToken(context.linkKey, { study, id, epoch: 1 });
  const { name, email } = person;
  return {
    row: {
      id,
      number: given.number,
      tokenHash: tokenHash(token),
      invitedAt: given.at,
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
    },
    shown: { id, label: name ?? email ?? `Person ${given.number}`, link: context.origin() + linkPath(token) },
  };
}
