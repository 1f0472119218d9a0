import type { MoveRequest } from "@longwave/api";
import { afterMove, asksReason, mayMove, movesFrom } from "@longwave/study";
import type { Kysely } from "kysely";
import type { Session } from "../access/staff.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { reconsiderEveryone } from "../store/queries/contacts.ts";
import { latestPublication } from "../store/queries/publications.ts";
import { endSafetyPause, safetyPauses } from "../store/queries/safety.ts";
import {
  markOpened,
  type StudyRow,
  setPaused,
  setPhase,
  studyById,
  type TakenStudy,
  takeStudy,
} from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import { requireOfferedLanguage } from "./create.ts";
import { requireWithoutMistakes } from "./draft.ts";

type Mover = Pick<Session["staff"], "email" | "name">;

/**
 * Moves a study to another phase, or pauses it or has it go on, by the one table of moves. A pause ends with all
 * messages of its time left out: nothing is sent in a heap.
 *
 * @throws Refusal `study.move-not-allowed`, `study.reason-missing`, `study.protocol-invalid`, `study.language-unconfirmed`
 */
export async function moveStudy(
  context: Pick<ServerContext, "store" | "now" | "compiler" | "planner">,
  study: Pick<StudyRow, "id">,
  { move, reason = "" }: MoveRequest,
  mover: Mover,
): Promise<void> {
  const at = context.now();
  if (asksReason(move) && reason.trim() === "") throw reasonMissing(move);
  await context.store.db.transaction().execute(async (trx) => {
    const taken = await takeStudy(trx, study.id);
    const standing = { phase: taken.phase, paused: taken.pausedAt !== undefined };
    if (!mayMove(move, standing)) throw notAllowed(move, standing);
    const { phase } = afterMove(move, standing);
    switch (move) {
      case "open":
        await openDraft(context, trx, { study: study.id, at, by: mover });
        break;
      case "pause":
        await setPaused(trx, study.id, { from: at });
        break;
      case "resume":
        await requireReasonAfterHarm(trx, study.id, reason);
        await endPause(trx, study.id, taken, at);
        await endSafetyPause(trx, study.id, at);
        break;
      case "reopen":
        await setPhase(trx, study.id, (await latestPublication(trx, study.id)) ? "published" : phase);
        break;
      default:
        await setPhase(trx, study.id, phase);
    }
    if (move === "reopen_recruitment") await reconsiderEveryone(trx, study.id, at);
    const detail = { phase, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) };
    const actor = `staff:${mover.email}`;
    await recordEvent(trx, { at, study: study.id, actor, action: `study.${pastOf[move]}`, detail });
  });
  context.planner.wake();
}

const pastOf = {
  open: "opened",
  close_recruitment: "recruitment-closed",
  reopen_recruitment: "recruitment-reopened",
  pause: "paused",
  resume: "resumed",
  close: "closed",
  reopen: "reopened",
} as const;

/** The text of the draft becomes the first version: it must be without mistakes, in a language somebody can answer. */
async function openDraft(
  { compiler }: Pick<ServerContext, "compiler">,
  trx: Kysely<Tables>,
  { study: id, at, by }: { readonly study: string; readonly at: number; readonly by: Mover },
): Promise<void> {
  const study = await studyById(trx, id);
  if (study === undefined) throw new Error(`study ${id} is not there`);
  requireWithoutMistakes(study.draftText);
  requireOfferedLanguage(study, compiler.protocol(study));
  await markOpened(trx, { ...study, phase: "recruiting", at, by });
}

/** A study that its safety rule paused goes on only when somebody says why that is right. */
async function requireReasonAfterHarm(trx: Kysely<Tables>, study: string, reason: string): Promise<void> {
  const [latest] = await safetyPauses(trx, study);
  if (latest?.resumed_at === null && reason.trim() === "") throw reasonMissing("resume");
}

async function endPause(trx: Kysely<Tables>, study: string, taken: TakenStudy, at: number): Promise<void> {
  const { pausedAt = at } = taken;
  await setPaused(trx, study, { from: pausedAt, until: at });
  await reconsiderEveryone(trx, study, at);
}

function notAllowed(move: string, standing: Parameters<typeof movesFrom>[0]) {
  const allowed = movesFrom(standing);
  return refuse(
    "study.move-not-allowed",
    allowed.length === 0 ? "no move: the phase has none" : `one of ${allowed.join(", ")}`,
    `${move} of a study that is ${standing.phase}${standing.paused ? " and paused" : ""}`,
    "Load the page again to see where the study stands.",
  );
}

function reasonMissing(move: string) {
  return refuse(
    "study.reason-missing",
    "a reason, as people will ask for it later",
    `${move} without one`,
    "Say why in a sentence, without names of participants.",
  );
}
