/** Where a study stands. `locked` is the time of analysis: answers are closed, results are open. */
export type StudyPhase = "design" | "recruiting" | "running" | "locked" | "published" | "closed";

/** Every phase in the order in which a study passes them. */
export const studyPhases: readonly [StudyPhase, ...StudyPhase[]] = [
  "design",
  "recruiting",
  "running",
  "locked",
  "published",
  "closed",
];

/** What somebody can do to the phase of a study by one decision. The lock takes two signatures and is no such move. */
export type StudyMove =
  | "open"
  | "close_recruitment"
  | "reopen_recruitment"
  | "pause"
  | "resume"
  | "close"
  | "reopen";

/** Every move. */
export const studyMoves: readonly [StudyMove, ...StudyMove[]] = [
  "open",
  "close_recruitment",
  "reopen_recruitment",
  "pause",
  "resume",
  "close",
  "reopen",
];

/** What decides which moves a study has now. */
export interface PhaseState {
  readonly phase: StudyPhase;
  readonly paused: boolean;
}

interface MoveRule {
  readonly from: readonly StudyPhase[];
  /** Absent: the phase stays. */
  readonly to?: StudyPhase;
  /** Only a study that is paused, or only one that is not; absent: both. */
  readonly paused?: boolean;
  /** Whether it is asked why. */
  readonly reason: boolean;
}

/**
 * The one table of moves. A move that goes back, or that people notice as a break, asks for its reason. `published`
 * and `locked` are reached by publishing and by two signatures.
 */
const rules: Readonly<Record<StudyMove, MoveRule>> = {
  open: { from: ["design"], to: "recruiting", reason: false },
  close_recruitment: { from: ["recruiting"], to: "running", reason: false },
  reopen_recruitment: { from: ["running"], to: "recruiting", reason: true },
  pause: { from: ["recruiting", "running"], paused: false, reason: true },
  resume: { from: ["recruiting", "running"], paused: true, reason: false },
  close: { from: ["locked", "published"], to: "closed", reason: false },
  reopen: { from: ["closed"], to: "locked", reason: true },
};

/** Whether a study that stands there can make a move. */
export function mayMove(move: StudyMove, { phase, paused }: PhaseState): boolean {
  const rule = rules[move];
  return rule.from.includes(phase) && (rule.paused === undefined || rule.paused === paused);
}

/** The moves of a study that stands there, in the order of the table. */
export function movesFrom(standing: PhaseState): readonly StudyMove[] {
  return studyMoves.filter((move) => mayMove(move, standing));
}

/** Whether a move asks why. */
export function asksReason(move: StudyMove): boolean {
  return rules[move].reason;
}

/** Where a study stands after a move; unchanged when it cannot make it. */
export function afterMove(move: StudyMove, standing: PhaseState): PhaseState {
  if (!mayMove(move, standing)) return standing;
  const paused = move === "pause" || (standing.paused && move !== "resume");
  return { phase: rules[move].to ?? standing.phase, paused };
}

/** Whether answers are taken from those who have joined. */
export function takesAnswers(phase: StudyPhase): boolean {
  return phase === "recruiting" || phase === "running";
}

/** Whether people can be added and join. */
export function takesPeople({ phase, paused }: PhaseState): boolean {
  return phase === "recruiting" && !paused;
}

/** Whether the data have been locked, so that results may be seen. */
export function isLocked(phase: StudyPhase): boolean {
  return phase === "locked" || phase === "published" || phase === "closed";
}
