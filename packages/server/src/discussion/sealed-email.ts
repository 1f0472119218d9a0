import { hkdfSync } from "node:crypto";
import { openText, sealText } from "../vault/cipher.ts";

/** The key of one comment, so that no two addresses are sealed with the same. */
function keyOf(key: Buffer, comment: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, comment, "longwave comment e-mail", 32));
}

/** An e-mail address sealed under the comment's own key. */
export function sealEmail(key: Buffer, comment: string, email: string): string {
  return sealText(keyOf(key, comment), email);
}

/** The address that was sealed. */
export function openEmail(key: Buffer, comment: string, sealed: string): string {
  return openText(keyOf(key, comment), sealed);
}
