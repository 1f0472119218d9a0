import { createHash, createHmac } from "node:crypto";

/**
 * The token of a comment's secret address: 128 bits of HMAC-SHA-256 over the comment's id, so that a message can hold
 * the address without the store holding it.
 */
export function commentToken(key: Buffer, comment: string): string {
  const message = JSON.stringify(["comment-link", comment]);
  return createHmac("sha256", key).update(message).digest().subarray(0, 16).toString("base64url");
}

/** What the database keeps of the token. */
export function commentTokenHash(token: string): string {
  return createHash("sha256").update(`comment:${token}`).digest("base64url");
}
