import type { StudyRow } from "../store/queries/studies.ts";

/** The id of the closed and published demonstration study. */
export const closedStudyId = "exercise-and-pain";

/** The id of the demonstration study that anyone may try. */
const openStudyId = `${closedStudyId}-try`;

/**
 * Whether a study is one of the two of the demonstration: of simulated people, or of people who try it without a
 * name. Nobody's identity is in them, so they ask for no second factor.
 */
export function isDemonstration({ id, simulated, tryIt }: StudyRow): boolean {
  return (id === closedStudyId && simulated) || (id === openStudyId && tryIt);
}
