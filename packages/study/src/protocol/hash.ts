import { canonicalJson } from "../canonical/json.ts";
import { sha256 } from "../canonical/sha256.ts";
import type { Protocol } from "./types.ts";

/** SHA-256 of the plan in a protocol as canonical JSON, in hexadecimal: the name of exactly this plan. */
export function planHash({ plan }: Protocol): string {
  return sha256(canonicalJson(plan));
}

/** SHA-256 of the protocol as canonical JSON, in hexadecimal: the name of exactly this text. */
export function protocolHash(protocol: Protocol): string {
  return sha256(canonicalJson(protocol));
}
