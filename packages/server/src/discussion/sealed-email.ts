import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** The key of one comment, so that no two addresses are sealed with the same. */
function keyOf(key: Buffer, comment: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, comment, "longwave comment e-mail", 32));
}

/** An e-mail address sealed with AES-256-GCM under the comment's own key. */
export function sealEmail(key: Buffer, comment: string, email: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(key, comment), nonce);
  const sealed = Buffer.concat([cipher.update(email, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** The address that was sealed. */
export function openEmail(key: Buffer, comment: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(key, comment), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

/** A fingerprint of an address that only the key can make: the same reader is known again, the address is not. */
export function emailIndex(key: Buffer, email: string): string {
  return createHmac("sha256", key).update(`index:${email.trim().toLowerCase()}`).digest("base64url");
}
