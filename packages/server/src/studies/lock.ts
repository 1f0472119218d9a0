import type { Staff } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addSignature, signaturesOf } from "../store/queries/locks.ts";
import { markLocked, openPhases, takeStudy } from "../store/queries/studies.ts";
import { studyInDesign } from "./standing.ts";

const SIGNATURES_NEEDED = 2;

/**
 * Signs the lock of a study. The second signature closes it to answers and people, in the same transaction
 * that holds the study's row: an answer is either before the lock or refused.
 *
 * @throws Refusal `study.in-design`, `study.already-locked`, `study.same-signature`
 */
export async function signLock(
  context: Pick<ServerContext, "store" | "now">,
  study: string,
  staff: Pick<Staff, "id" | "email">,
): Promise<void> {
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    const { phase } = await takeStudy(trx, study);
    if (phase === "design") throw studyInDesign();
    if (!openPhases.includes(phase)) throw alreadyLocked();
    const signed = await signaturesOf(trx, study);
    if (signed.some(({ staff: id, email }) => id === staff.id || email === staff.email))
      throw sameSignature(staff.email);
    await addSignature(trx, { study, staff: staff.id, email: staff.email, signed_at: at });
    await recordEvent(trx, { at, study, actor: `staff:${staff.email}`, action: "lock.signed" });
    if (signed.length + 1 < SIGNATURES_NEEDED) return;
    await markLocked(trx, study, at);
    await recordEvent(trx, { at, study, actor: `staff:${staff.email}`, action: "study.locked" });
  });
}

function alreadyLocked() {
  return refuse(
    "study.already-locked",
    "a study that is open",
    "a study that is locked",
    "Run the analysis to get its results.",
  );
}

function sameSignature(email: string) {
  return refuse(
    "study.same-signature",
    "the signature of a second person",
    `${email} again`,
    "Ask a colleague to sign in and sign: a lock needs two different people.",
  );
}
