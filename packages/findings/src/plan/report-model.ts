import { fitToJson } from "@longwave/stats";
import type { ModelReport } from "../publication/types.ts";
import type { FittedModel } from "./fit-model.ts";

export interface ReportNames {
  readonly id: string;
  readonly title: string;
  readonly comparisonOnly: boolean;
  /** Why it stands apart, such as why it is for comparison only. */
  readonly label?: string;
}

/** A fitted model as a publication shows it: the plan's formula, the one fitted, and every coefficient. */
export function reportModel(model: FittedModel, names: ReportNames): ModelReport {
  const { label, ...rest } = names;
  const note = [label, model.note].filter((part) => part !== undefined).join(" ");
  return {
    ...rest,
    formula: model.formula,
    planned: model.planned,
    fallbackUsed: model.fallbackUsed,
    ...(note === "" ? {} : { note }),
    fit: fitToJson(model.fit),
    people: model.people,
  };
}
