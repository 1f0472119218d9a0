import { isLocked, type PhaseState, type StudyPhase, takesAnswers } from "@longwave/study";
import { type Refusal, refuse } from "../errors.ts";

/**
 * Refuses people to be added, or to join, where the phase does not take any.
 *
 * @throws Refusal `study.in-design`, `study.locked`, `study.recruitment-closed`, `study.paused`
 */
export function requireTakesPeople({ phase, paused }: PhaseState): void {
  requireTakesAnswers(phase);
  if (phase === "running") throw recruitmentClosed();
  if (paused) throw studyPaused();
}

/**
 * Refuses what only a study that takes answers does.
 *
 * @throws Refusal `study.in-design`, `study.locked`
 */
export function requireTakesAnswers(phase: StudyPhase): void {
  if (isLocked(phase)) throw studyLocked();
  if (!takesAnswers(phase)) throw studyInDesign();
}

/** The refusal of a consent when all places have been taken meanwhile. */
export function placesTaken(): Refusal {
  return refuse(
    "study.recruitment-closed",
    "a study with a place left",
    "one whose places were all taken before this consent",
    "Nobody new can join by the open link. The team can offer more places in the study text.",
  );
}

/** The refusal of anything that would change a locked study. */
function studyLocked(): Refusal {
  return refuse(
    "study.locked",
    "a study that is open",
    "a study that has been locked",
    "Nothing to do: what was given before the lock is kept.",
  );
}

/** The refusal of anything but work on the text, while a study is in design. */
export function studyInDesign(): Refusal {
  return refuse(
    "study.in-design",
    "a study that has been opened",
    "a study in design",
    "Open the study first: its text is locked as the plan from then on.",
  );
}

/** The refusal of an analysis or a publication once a study is closed. */
export function studyClosed(): Refusal {
  return refuse(
    "study.closed",
    "a study that is not closed",
    "a closed study",
    "To correct a publication, open the closed study again with a reason.",
  );
}

function recruitmentClosed(): Refusal {
  return refuse(
    "study.recruitment-closed",
    "a study that still recruits",
    "a study whose recruitment is closed",
    "Nobody new can join. The team can open recruitment again, with a reason.",
  );
}

/** The refusal of what a paused study does not do: it sends nothing and takes nobody new. */
export function studyPaused(): Refusal {
  return refuse(
    "study.paused",
    "a study that is not paused",
    "a study that is paused",
    "Nothing is sent and nobody new can join meanwhile. Try again when the study goes on.",
  );
}
