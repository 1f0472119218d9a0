import { createCipheriv, createDecipheriv, createHmac, randomFillSync } from "node:crypto";

const NONCE = 12;
const TAG = 16;
const tagLength = { authTagLength: TAG } as const;

// Asking the system for each nonce alone costs more than the sealing.
const random = Buffer.alloc(512 * NONCE);
let used = random.length;

function nextNonce(): Buffer {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  used += NONCE;
  return random.subarray(used - NONCE, used);
}

/** What a sealed text is and where it stands, in words that no other place has; as JSON, so that no two run together. */
export type Place = readonly string[];

/**
 * A text sealed with AES-256-GCM: nonce, tag and the sealed bytes in base64url.
 *
 * @param place  it can be opened in that place only.
 */
export function sealText(key: Buffer, text: string, place?: Place): string {
  const nonce = nextNonce();
  const cipher = createCipheriv("aes-256-gcm", key, nonce, tagLength);
  if (place !== undefined) cipher.setAAD(Buffer.from(JSON.stringify(place)));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** The text that was sealed in this place; throws when key, place or any byte is another. */
export function openText(key: Buffer, sealed: string, place?: Place): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE), tagLength);
  if (place !== undefined) decipher.setAAD(Buffer.from(JSON.stringify(place)));
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  const text = decipher.update(bytes.subarray(NONCE + TAG));
  decipher.final();
  return text.toString("utf8");
}

/** A fingerprint of an address that only the key can make: the same one is known again, the address is not. */
export function emailIndex(key: Buffer, email: string): string {
  return createHmac("sha256", key).update(`index:${email.trim().toLowerCase()}`).digest("base64url");
}
