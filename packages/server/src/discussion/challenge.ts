import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** A puzzle is good for a day: a page may stand open for long before its form is sent. */
const LIFETIME = 24 * 3_600_000;

/** Leading zero bits that a solution must have: some thousand tries, less than a second on a phone. */
export const PUZZLE_BITS = 12;

function mark(key: Buffer, text: string): string {
  return createHmac("sha256", key).update(`challenge:${text}`).digest("base64url").slice(0, 22);
}

/** A puzzle for one form: the time at which it was made, signed. */
export function makeChallenge(key: Buffer, now: number): string {
  const at = now.toString(36);
  return `${at}.${mark(key, at)}`;
}

/** Whether a solution fits a puzzle of ours that is not too old. Without a script there is none, which is no fault. */
export function isSolved(
  key: Buffer,
  given: { readonly challenge: string; readonly solution: string },
  now: number,
): boolean {
  const [at = "", signature = ""] = given.challenge.split(".");
  const expected = Buffer.from(mark(key, at));
  const found = Buffer.from(signature);
  if (expected.length !== found.length || !timingSafeEqual(expected, found)) return false;
  const made = Number.parseInt(at, 36);
  if (!(made <= now && now - made < LIFETIME) || !/^\d{1,12}$/.test(given.solution)) return false;
  const digest = createHash("sha256").update(`${given.challenge}:${given.solution}`).digest();
  return digest.readUInt32BE(0) >>> (32 - PUZZLE_BITS) === 0;
}
