import { lmm, profile, type Table } from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";
import { type LmmStudy, nestedStudies, numbersOf, plainStudies } from "../lmm-studies.ts";
import { absolute, atLeast } from "../support.ts";

// lme4 reads its bounds off a spline through the profile, ours are solved for.
const SHARE_OF_WIDTH = 5e-4;

function compared(study: LmmStudy, table: Table): Comparison[] {
  const { profile: recorded, logLikMl } = numbersOf(study);
  if (recorded === undefined) return [];
  const data = { kind: "rows", table } as const;
  const fit = lmm(study.formula, data, study.minRows === undefined ? {} : { minRows: study.minRows });
  const { intervals, deviance } = profile(fit, data);
  const rows = intervals.flatMap(({ parameter, lower, upper }, k) => {
    if (study.withoutProfile?.includes(parameter)) return [];
    const [from, to] = [recorded.lower[k] ?? Number.NaN, recorded.upper[k] ?? Number.NaN];
    const tolerance = SHARE_OF_WIDTH * (to - from);
    return [
      absolute(`${parameter} lower`, [lower, from], tolerance),
      absolute(`${parameter} upper`, [upper, to], tolerance),
    ];
  });
  return [atLeast("ml log-likelihood", [-deviance / 2, logLikMl], 1e-6), ...rows];
}

/** Profile likelihood intervals beside lme4's. */
export const cases: readonly ValidationCase[] = [...plainStudies, ...nestedStudies]
  .filter((study) => numbersOf(study).profile !== undefined)
  .map((study) => ({
    id: `lmm-profile-${study.numbers}`,
    model: `lmm, ${study.model}`,
    reference: "lme4 1.1.31 confint(method = profile)",
    data: study.data,
    compare: (table) => compared(study, study.prepare?.(table) ?? table),
  }));
