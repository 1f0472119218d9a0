import { type GrowthColumns, type GrowthOptions, growth } from "@longwave/stats";
import type { CaseData, ValidationCase } from "../case.ts";
import { compareMeasures, compareParameters, type ReferenceFit, type ReferenceRow } from "../path-model.ts";
import { readNumbers } from "../support.ts";

interface Numbers {
  readonly cases: readonly {
    readonly id: string;
    readonly data: CaseData;
    readonly columns: GrowthColumns;
    readonly options: GrowthOptions;
    readonly source: string;
    readonly fit: ReferenceFit;
    readonly parameters: readonly ReferenceRow[];
  }[];
}

const numbers = readNumbers<Numbers>("growth");

/** Latent growth beside lavaan. */
export const cases: readonly ValidationCase[] = numbers.cases.map((recorded) => ({
  id: recorded.id,
  model: `latent growth, ${recorded.options.se ?? "observed"} standard errors`,
  reference: `${recorded.source.split(",")[0]} growth()`,
  data: recorded.data,
  compare(table) {
    const fit = growth(recorded.columns, { kind: "rows", table }, recorded.options);
    return [...compareMeasures(fit, recorded.fit), ...compareParameters(fit.parameters, recorded.parameters)];
  },
}));
