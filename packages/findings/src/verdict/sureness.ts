import type { Sureness } from "../publication/types.ts";
import type { Verdict } from "./decide-verdict.ts";

/**
 * How clear an answer is, in one of three words. Clear: its test and its limit both hold with room to
 * spare. Fairly clear: the size is open, or the adjusted p is between .01 and .05, or only the
 * unadjusted test pointed elsewhere. Not clear: rules 6 and 7.
 */
export function surenessOf(verdict: Verdict, pHolm: number): Sureness {
  if (verdict.rule === 6 || verdict.rule === 7) return "not clear";
  if (verdict.rule === 4 || verdict.onlyUnadjusted) return "fairly clear";
  if (verdict.rule === 5) return "clear";
  return pHolm < 0.01 ? "clear" : "fairly clear";
}
