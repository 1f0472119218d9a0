import type { Hypothesis, Protocol } from "@longwave/study";
import type { Finding, VerdictRule } from "../../publication/types.ts";
import { decideVerdict, type Verdict } from "../../verdict/decide-verdict.ts";
import type { Scaled } from "./estimates.ts";

/** How another estimate of the same question compares with the planned answer. */
export interface Agreement {
  readonly finding: Finding;
  readonly verdict: Verdict;
  readonly sameRule: boolean;
  readonly sameSign: boolean;
  readonly agrees: boolean;
}

/** Limits on the scale of an estimate, and the sign that was expected. */
interface Limits {
  readonly negligible: number;
  readonly noticeable: number;
  readonly expectedSign: -1 | 0 | 1;
}

/** The limits that the plan sets for an outcome, or those of the hypothesis when the scale is the same. */
export function limitsOf(
  protocol: Protocol,
  hypothesis: Hypothesis,
  outcome: string | undefined,
): (Limits & { readonly bounds: string }) | undefined {
  const own = outcome === undefined || outcome === protocol.plan.variables.outcome.name;
  const bounds = own ? hypothesis.bounds : outcome;
  const found = protocol.plan.bounds[bounds];
  if (found === undefined) return undefined;
  const { negligible, noticeable } = found;
  return { negligible, noticeable, expectedSign: hypothesis.expectedSign, bounds };
}

/**
 * Whether another estimate leads to the same words. Its rule is decided on its own p, not adjusted. It agrees when
 * the rule is the same and, where either is sure, the sign too: the sign of an estimate that is not told from
 * zero says nothing.
 */
export function agreementOf(finding: Finding, measured: Scaled, limits: Limits): Agreement | undefined {
  if (finding.estimate === null) return undefined;
  const { negligible, noticeable, expectedSign } = limits;
  const { estimate, lower, upper, lower90, upper90, pValue } = measured;
  if (pValue === null || ![estimate, lower, upper].every(Number.isFinite)) return undefined;
  const interval = { estimate, lower, upper, lower90, upper90 };
  const verdict = decideVerdict({ ...interval, pHolm: pValue, negligible, noticeable, expectedSign });
  const sameRule = verdict.rule === finding.rule;
  const sameSign = Math.sign(estimate) === Math.sign(finding.estimate.value);
  const sure = verdict.sure || isSure(finding.rule);
  return { finding, verdict, sameRule, sameSign, agrees: sameRule && (sameSign || !sure) };
}

function isSure(rule: VerdictRule): boolean {
  return rule !== "not_fitted" && rule <= 4;
}
