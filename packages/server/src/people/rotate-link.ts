import type { Inside } from "../access/gate.ts";
import { linkPath, linkToken, tokenHash } from "../access/links.ts";
import { requireOfSite } from "../access/names.ts";
import { hasLeft } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import { personById, setLink } from "../store/queries/people.ts";
import { takeStudy } from "../store/queries/studies.ts";

/**
 * Gives a person a new link; older ones, and visits opened with them, end.
 *
 * @throws Refusal `person.not-found`
 */
export async function rotateLink(
  context: ServerContext,
  { study, staff, member }: Pick<Inside, "study" | "staff" | "member">,
  id: string,
): Promise<string> {
  return context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    const person = requireOfSite(member, await personById(trx, study.id, id), id);
    if (isOut(await standingOf(trx, study.id, id))) throw hasLeft();
    const epoch = person.epoch + 1;
    const token = linkToken(context.linkKey, { study: study.id, id, epoch });
    await setLink(trx, person, { epoch, tokenHash: tokenHash(token) });
    const at = context.now();
    await recordEvent(trx, {
      at,
      study: study.id,
      actor: `staff:${staff.email}`,
      action: "link.rotated",
      detail: { person: id },
    });
    return context.origin() + linkPath(token);
  });
}
