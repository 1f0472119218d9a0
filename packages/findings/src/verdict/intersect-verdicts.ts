import type { Verdict } from "./decide-verdict.ts";

/**
 * The verdict on a claim that holds only when all its parts do (intersection-union): sure when every part is, and
 * inside a limit when every part is. It needs no correction and has no p of its own.
 *
 * Berger (1982), Technometrics 24, 295-300.
 */
export function intersectVerdicts(parts: readonly Verdict[]): Verdict {
  const every = (...rules: readonly Verdict["rule"][]): boolean =>
    parts.every(({ rule }) => rules.includes(rule));
  const sure = parts.every((part) => part.sure);
  const [insideSmall, insideLarge] = [every(2, 5), every(2, 3, 5, 6)];
  const ruleWhenSure = every(1) ? 1 : insideSmall ? 2 : insideLarge ? 3 : 4;
  const ruleWhenNotSure = insideSmall ? 5 : insideLarge ? 6 : 7;
  return {
    rule: sure ? ruleWhenSure : ruleWhenNotSure,
    sure,
    opposite: sure && parts.some(({ opposite }) => opposite),
    onlyUnadjusted: !sure && parts.every((part) => part.sure || part.onlyUnadjusted),
  };
}
