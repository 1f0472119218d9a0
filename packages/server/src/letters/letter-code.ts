import { createHmac, randomUUID } from "node:crypto";
import type { LetterCodeTable } from "../store/schema-messages.ts";

/** Douglas Crockford's base 32 (crockford.com/base32.html): no I, L, O or U, which are taken for other signs. */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 8;

/**
 * The code of a letter: eight signs, 40 bits, in two groups. It follows from the link key and the id of its row, so the
 * store holds no code; printed again, a letter has the same one.
 */
export function letterCode(linkKey: Buffer, { id, study, person }: CodeRow): string {
  const bytes = createHmac("sha256", linkKey)
    .update(JSON.stringify(["letter", study, person, id]))
    .digest();
  const signs = Array.from(bytes.subarray(0, LENGTH), (byte) => SIGNS[byte % SIGNS.length]).join("");
  return `${signs.slice(0, 4)} ${signs.slice(4)}`;
}

type CodeRow = Pick<LetterCodeTable, "id" | "study" | "person">;

/** What the store knows a code by. Who has the store and not the link key cannot try codes out against it. */
export function letterCodeHash(linkKey: Buffer, typed: string): string {
  return createHmac("sha256", linkKey)
    .update(JSON.stringify(["letter code", plainCode(typed)]))
    .digest("base64url");
}

/** A code as people type it: small letters, spaces and dashes, O for 0, I or L for 1. */
function plainCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s.\-–]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
}

/** A new code for a person and a wave, until the wave closes. */
export function newLetterCode(
  linkKey: Buffer,
  of: Pick<LetterCodeTable, "study" | "person" | "epoch" | "wave" | "expires_at">,
  now: number,
): LetterCodeTable {
  const row = { id: randomUUID(), ...of, made_at: now, used_at: null };
  return { ...row, code_hash: letterCodeHash(linkKey, letterCode(linkKey, row)) };
}
