import { type LmmFit, lmm, type Table, type TermTest, termTests } from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";
import { type LmmNumbers, type LmmStudy, nestedStudies, numbersOf, plainStudies } from "../lmm-studies.ts";
import { absolute, listed, relative } from "../support.ts";

function coefficientRows(fit: LmmFit, numbers: LmmNumbers, tolerance: number): Comparison[] {
  const reference = numbers.kenwardRoger;
  if (reference === undefined) return [];
  return fit.fixed.flatMap((row, j) => [
    relative(`${row.term} adjusted standard error`, [row.stdError, listed(reference.stdError)[j]], tolerance),
    relative(`${row.term} Kenward-Roger df`, [row.df, listed(reference.df)[j]], 1e-4),
  ]);
}

type Recorded = NonNullable<LmmNumbers["termTestsKenwardRoger"]>;

function termRows(tests: readonly TermTest[], reference: Recorded, method: string): Comparison[] {
  if (!("term" in reference)) return [];
  return tests.flatMap((test, k) => [
    absolute(`${test.term} ${method} numerator df`, [test.dfNumerator, reference.dfNumerator[k]], 0),
    relative(`${test.term} ${method} denominator df`, [test.dfDenominator, reference.dfDenominator[k]], 1e-3),
    relative(`${test.term} ${method} F`, [test.statistic, reference.statistic[k]], 1e-5),
  ]);
}

function compared(study: LmmStudy, table: Table): Comparison[] {
  const numbers = numbersOf(study);
  const data = { kind: "rows", table } as const;
  const options = study.minRows === undefined ? {} : { minRows: study.minRows };
  const plain = lmm(study.formula, data, options);
  const satterthwaite = termRows(termTests(plain), numbers.termTests, "Satterthwaite");
  if (numbers.termTestsKenwardRoger === undefined) return satterthwaite;
  const adjusted = lmm(study.formula, data, { ...options, df: "kenward-roger" });
  return [
    ...coefficientRows(adjusted, numbers, study.tolerance ?? 1e-6),
    ...termRows(termTests(adjusted), numbers.termTestsKenwardRoger, "Kenward-Roger"),
    ...satterthwaite,
  ];
}

/** Kenward-Roger's adjustment, and the tests of terms, beside pbkrtest and lmerTest. */
export const cases: readonly ValidationCase[] = [...plainStudies, ...nestedStudies].map((study) => ({
  id: `lmm-kenward-roger-${study.numbers}`,
  model: `lmm, ${study.model}`,
  reference: "lmerTest 3.1.3, pbkrtest 0.5.2",
  data: study.data,
  compare: (table) => compared(study, study.prepare?.(table) ?? table),
}));
