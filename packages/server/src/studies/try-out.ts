import { randomUUID } from "node:crypto";
import { takesPeople } from "@longwave/study";
import { linkPath, linkToken, tokenHash } from "../access/links.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { addPeople, countInvitedSince, lastPersonNumber } from "../store/queries/people.ts";
import { allStudies, type StudyRow, takeStudy } from "../store/queries/studies.ts";
import { requireStudy } from "./summary.ts";

const DAY_MS = 86_400_000;
// Every try adds a person for good, and anyone may try: this keeps a stranger's program from filling the disk.
const MOST_A_DAY = 5000;

/**
 * A personal link of a fresh person in the study that is open for trying.
 *
 * @throws Refusal `study.not-found`, `study.not-recruiting`, `request.too-many`
 */
export async function makeTryOutLink(context: ServerContext, wanted: string | undefined): Promise<string> {
  const study = wanted === undefined ? await firstTryOut(context) : await requireStudy(context, wanted);
  const paused = study.pausedAt !== undefined;
  if (!study.tryIt || !takesPeople({ phase: study.phase, paused })) throw notForTrying(study.title.en);
  const id = randomUUID();
  const token = linkToken(context.linkKey, { study: study.id, id, epoch: 1 });
  const invitedAt = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    if ((await countInvitedSince(trx, study.id, invitedAt - DAY_MS)) >= MOST_A_DAY) throw enoughForToday();
    const number = (await lastPersonNumber(trx, study.id)) + 1;
    await addPeople(trx, study.id, [{ id, number, tokenHash: tokenHash(token), invitedAt }]);
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

function enoughForToday() {
  return refuse(
    "request.too-many",
    `at most ${MOST_A_DAY} people who try in a day`,
    "more",
    "Come back tomorrow, or start a server of your own.",
  );
}
