import { filterTable, type RiclpmColumns, type RiclpmFit, type RiclpmOptions, riclpm } from "@longwave/stats";
import type { CaseData, Comparison, ValidationCase } from "../case.ts";
import { compareMeasures, compareParameters, type ReferenceFit, type ReferenceRow } from "../path-model.ts";
import { readNumbers } from "../support.ts";

interface Numbers {
  readonly cases: readonly {
    readonly id: string;
    readonly data: CaseData;
    readonly columns: RiclpmColumns;
    readonly options: RiclpmOptions;
    readonly where?: string;
    readonly source: string;
    readonly fit: ReferenceFit;
    readonly parameters: readonly ReferenceRow[];
    readonly tests: readonly { name: string; method: string; statistic: number; df: number }[];
  }[];
}

const numbers = readNumbers<Numbers>("riclpm");

function compareTests(fit: RiclpmFit, tests: Numbers["cases"][number]["tests"]): Comparison[] {
  return tests.flatMap(({ name, method, statistic, df }): Comparison[] => {
    const ours = fit.tests.find((test) => test.name === name && test.method === method);
    const of = `${method} test of ${name}`;
    return [
      {
        quantity: of,
        ours: ours?.statistic ?? Number.NaN,
        reference: statistic,
        tolerance: 2e-3,
        scale: "absolute",
      },
      { quantity: `${of}: df`, ours: ours?.df ?? Number.NaN, reference: df, tolerance: 0, scale: "absolute" },
    ];
  });
}

function inWords({ randomIntercepts, ...options }: RiclpmOptions): string {
  const said = Object.entries(options).map(([name, value]) => `${name} ${[value].flat().join(" and ")}`);
  return [randomIntercepts === false ? "clpm" : "riclpm", ...said].join(", ");
}

/** The RI-CLPM, the CLPM and their extensions beside lavaan. */
export const cases: readonly ValidationCase[] = numbers.cases.map((recorded) => ({
  id: recorded.id,
  model: inWords(recorded.options),
  reference: `${recorded.source.split(",")[0]} lavaan()`,
  data: recorded.data,
  compare(table) {
    const { where, columns, options } = recorded;
    const rows = where === undefined ? table : filterTable(table, where);
    const tests = recorded.tests.length > 0;
    const fit = riclpm(columns, { kind: "rows", table: rows }, { ...options, tests });
    return [
      ...compareMeasures(fit, recorded.fit),
      ...compareParameters(fit.parameters, recorded.parameters),
      ...compareTests(fit, recorded.tests),
    ];
  },
}));
