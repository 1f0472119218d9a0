import type { ParticipantWave, Problem } from "@longwave/api";
import { problem } from "@longwave/api";

/** Whether answers to this wave are taken now. */
export function isOpen(wave: ParticipantWave): boolean {
  return wave.state === "open" || wave.state === "started";
}

/** The refusal of an answer to a wave that the protocol does not have. */
export function waveUnknown(found: string, waves: readonly ParticipantWave[]): Problem {
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
