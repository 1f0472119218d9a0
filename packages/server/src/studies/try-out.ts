import { randomUUID } from "node:crypto";
import { linkPath, linkToken, tokenHash } from "../access/links.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { addPeople, lastPersonNumber } from "../store/queries/people.ts";
import { allStudies, openPhases, type StudyRow, takeStudy } from "../store/queries/studies.ts";
import { requireStudy } from "./summary.ts";

/**
 * A personal link of a fresh person in the study that is open for trying.
 *
 * @throws Refusal `study.not-found`, `study.not-recruiting`
 */
export async function makeTryOutLink(context: ServerContext, wanted: string | undefined): Promise<string> {
  const study = wanted === undefined ? await firstTryOut(context) : await requireStudy(context, wanted);
  if (!study.tryIt || !openPhases.includes(study.phase)) throw notForTrying(study.title.en);
  const id = randomUUID();
  const token = linkToken(context.linkKey, { study: study.id, id, epoch: 1 });
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    const number = (await lastPersonNumber(trx, study.id)) + 1;
    await addPeople(trx, study.id, [{ id, number, tokenHash: tokenHash(token), invitedAt: context.now() }]);
  });
  return linkPath(token);
}

async function firstTryOut(context: ServerContext): Promise<StudyRow> {
  const study = (await allStudies(context.store.db)).find((each) => each.tryIt);
  if (study) return study;
  throw refuse(
    "study.not-found",
    "a study that is open for trying",
    "none on this server",
    "Start the server with its demonstration.",
  );
}

function notForTrying(title: string) {
  return refuse(
    "study.not-recruiting",
    "a study that anyone may try",
    title,
    "Ask the study for a personal link, or try the demonstration.",
  );
}
