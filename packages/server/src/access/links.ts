import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Whose link it is, and the how-manieth; a new epoch makes every earlier link useless. */
export interface LinkHolder {
  readonly study: string;
  readonly id: string;
  readonly epoch: number;
}

/** The token of a personal link: 128 bits of HMAC-SHA-256 over person and epoch, as 22 characters. */
export function linkToken(key: Buffer, holder: LinkHolder): string {
  const message = JSON.stringify(["participant", holder.study, holder.id, holder.epoch]);
  return createHmac("sha256", key).update(message).digest().subarray(0, 16).toString("base64url");
}

/** A mark of one person for their own phone: it tells two people apart and opens nothing. */
export function holderMark(key: Buffer, { study, id }: Pick<LinkHolder, "study" | "id">): string {
  const message = JSON.stringify(["holder", study, id]);
  return createHmac("sha256", key).update(message).digest().subarray(0, 12).toString("base64url");
}

/** What the database keeps of a token: enough to find its person, not enough to make a link. */
export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** Whether two tokens are the same, in a time that does not tell where they differ. */
export function sameToken(one: string, other: string): boolean {
  const [a, b] = [one, other].map((token) => createHash("sha256").update(token).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

/** The address of a personal link; the token travels in the fragment, which browsers never send to a server. */
export function linkPath(token: string): string {
  return `/p#${token}`;
}
