import { randomUUID } from "node:crypto";
import type { AddPeopleAnswer, AddPeopleRequest, DrawnSample } from "@longwave/api";
import type { Inside } from "../access/gate.ts";
import { linkPath, linkToken, tokenHash } from "../access/links.ts";
import type { ServerContext } from "../context.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addPeople, knownEmails, lastPersonNumber, type NewPerson } from "../store/queries/people.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { requireTakesPeople } from "../studies/standing.ts";
import { drawFromFrame } from "./frame.ts";
import { type PastedList, type PastedPerson, readPastedList } from "./paste.ts";

/**
 * Adds the people of a pasted list, or a random sample of them, each with a personal link; lines that cannot be read are
 * reported, and of those who were not drawn nothing is kept. If told so, those
 * with an address get the messages of recruitment; the others were given their links by hand. Whoever
 * belongs to a site adds people of that site.
 *
 * @throws Refusal `study.locked`, `study.in-design`, `study.recruitment-closed`, `study.paused`, `people.frame-unreadable`
 */
export async function addPeopleFromText(
  context: ServerContext,
  { study, staff, member }: Pick<Inside, "study" | "staff" | "member">,
  { text, invite = false, draw }: AddPeopleRequest,
): Promise<AddPeopleAnswer> {
  const at = context.now();
  const answer = await context.store.db.transaction().execute(async (trx) => {
    const { phase, pausedAt } = await takeStudy(trx, study.id);
    requireTakesPeople({ phase, paused: pausedAt !== undefined });
    const known = await knownEmails(trx, study.id);
    const {
      people,
      problems,
      draw: drawn,
    }: PastedList & { readonly draw?: DrawnSample } = draw === undefined
      ? readPastedList(text, known)
      : drawFromFrame(text, draw, known);
    const first = (await lastPersonNumber(trx, study.id)) + 1;
    const added = people.map((person, index) =>
      newPerson(context, study.id, person, { number: first + index, at, invite, site: member.site }),
    );
    await addPeople(
      trx,
      study.id,
      added.map(({ row }) => row),
    );
    const detail = { added: added.length, problems: problems.length, ...drawDetail(drawn) };
    await recordEvent(trx, {
      at,
      study: study.id,
      actor: `staff:${staff.email}`,
      action: "people.added",
      detail,
    });
    const answer = { added: added.map(({ shown }) => shown), problems };
    return drawn === undefined ? answer : { ...answer, draw: drawn };
  });
  context.planner.wake();
  return answer;
}

/** What the audit keeps of a draw: with the list at hand, enough to make it again. */
function drawDetail(draw: DrawnSample | undefined) {
  if (draw === undefined) return {};
  const { frame, frameHash, seed, by } = draw;
  return { frame, frameHash, seed, by: by.join(", ") };
}

function newPerson(
  context: ServerContext,
  study: string,
  person: PastedPerson,
  given: {
    readonly number: number;
    readonly at: number;
    readonly invite: boolean;
    readonly site: string | undefined;
  },
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
      ...(given.invite && email !== undefined ? { writesFrom: given.at } : {}),
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      ...(given.site === undefined ? {} : { site: given.site }),
    },
    shown: { id, label: name ?? email ?? `Person ${given.number}`, link: context.origin() + linkPath(token) },
  };
}
