import { type FeFit, fitToJson, riclpmToJson } from "@longwave/stats";
import type { ModelReport } from "../publication/types.ts";
import type { FittedLagSlopes } from "./fit-lag-slopes.ts";
import type { FittedModel } from "./fit-model.ts";
import type { FittedPanel } from "./fit-panel.ts";
import type { AnyOutcome } from "./run-models.ts";

export interface ReportNames {
  readonly id: string;
  readonly title: string;
  readonly comparisonOnly: boolean;
  /** Why it stands apart, such as why it is for comparison only. */
  readonly label?: string;
}

/** A fitted model as a publication shows it: the plan's formula, the one fitted, and every coefficient. */
function reportModel(model: FittedModel | FittedPanel, names: ReportNames): ModelReport {
  const { label, ...rest } = names;
  const note = [label, model.note].filter((part) => part !== undefined).join(" ");
  return {
    ...rest,
    formula: model.formula,
    planned: model.planned,
    fallbackUsed: model.fallbackUsed,
    ...(note === "" ? {} : { note }),
    fit: model.kind === "fitted" ? fitToJson(model.fit) : panelJson(model),
    people: model.people,
  };
}

/** Every report of one planned model: none when it was not fitted, two for a lag in both directions. */
export function reportOutcome(outcome: AnyOutcome, names: ReportNames): readonly ModelReport[] {
  switch (outcome.kind) {
    case "not_fitted":
      return [];
    case "fitted":
    case "fitted_panel":
      return [reportModel(outcome, names)];
    case "fitted_lag_slopes":
      return reportLagSlopes(outcome, names);
  }
}

/** `riclpm --json` with the lagged paths and the rows read. */
function panelJson({ fit, rows }: FittedPanel): object {
  const { paths, waves, withinStdDev, leftOut } = fit;
  const counts = { ...rows, droppedMissing: rows.read - rows.used };
  return { ...riclpmToJson(fit), paths, waves, withinStdDev, rows: counts, leftOut };
}

function reportLagSlopes(model: FittedLagSlopes, { label, ...rest }: ReportNames): readonly ModelReport[] {
  const common = {
    fallbackUsed: false,
    people: model.people,
    ...(label === undefined ? {} : { note: label }),
  };
  const one = (id: string, formula: string, fit: FeFit): ModelReport => {
    return { ...rest, ...common, id, formula, planned: formula, fit: fitToJson(fit) };
  };
  return [
    one(rest.id, model.forward.formula, model.forward.fit),
    one(`${rest.id}-back`, model.backward.formula, model.backward.fit),
  ];
}
