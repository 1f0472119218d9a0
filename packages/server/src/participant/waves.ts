import type { ParticipantWave, Problem } from "@longwave/api";
import { problem } from "@longwave/api";

/** Whether answers to this wave are taken now. */
export function isOpen(wave: ParticipantWave): boolean {
  return wave.state === "open" || wave.state === "started";
}

/** For so long after a wave has closed, answers that were given before may still arrive from a phone. */
const WAITED_MS = 72 * 3_600_000;

/** Whether an answer given before its wave closed is still taken, marked as late, now that it has closed. */
export function isWaitedFor(
  wave: ParticipantWave,
  { answeredAt, now }: { readonly answeredAt: number; readonly now: number },
): boolean {
  const given = answeredAt >= wave.opensAt && answeredAt < wave.closesAt;
  return wave.state === "missed" && given && now < wave.closesAt + WAITED_MS;
}

/** The refusal of an answer to a wave that the protocol does not have. */
export function waveUnknown(found: string, waves: readonly Pick<ParticipantWave, "id">[]): Problem {
  return problem("answer.wave-unknown", {
    expected: `one of ${waves.map(({ id }) => id).join(", ")}`,
    found,
    remedy: "Load the page again to get the current form.",
  });
}

/** The refusal of an answer to a wave that is not open, saying why. */
export function waveNotOpen(wave: ParticipantWave): Problem {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const found = {
    not_yet: `a wave that opens on ${day(wave.opensAt)}`,
    completed: "a wave that has been finished",
    withdrawn: "a wave of someone who has left",
    missed: `a wave that closed on ${day(wave.closesAt)}`,
    open: "an open wave",
    started: "an open wave",
  }[wave.state];
  return problem("answer.wave-not-open", {
    expected: "an answer to the wave that is open now",
    found,
    remedy: "Open the link again to see what is open; to correct an earlier answer, write to the study.",
  });
}
