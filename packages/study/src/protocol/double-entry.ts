import { sha256 } from "../canonical/sha256.ts";
import type { Protocol } from "./types.ts";

/**
 * Whether the study text has a form typed twice. A sample is drawn by the person and the wave: whoever asks again gets
 * the same, nobody chooses, and nobody can tell before the form has been typed.
 */
export function isTypedTwice(
  { id, doubleEntry }: Pick<Protocol, "id" | "doubleEntry">,
  { person, wave }: { readonly person: string; readonly wave: string },
): boolean {
  if (doubleEntry?.of !== "sample") return doubleEntry?.of === "all";
  const drawn = Number.parseInt(sha256(`double entry ${id} ${person} ${wave}`).slice(0, 12), 16);
  return drawn / 2 ** 48 < doubleEntry.share;
}
