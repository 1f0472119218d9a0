import type { Publication } from "../../publication/types.ts";
import type { Html } from "../html.ts";
import { html } from "../html.ts";
import { readPanel } from "./panel-json.ts";
import { anchorOf } from "./verdicts.ts";

/** A number that leads to what it rests on; as it is where there is nothing to lead to. */
export function leadingTo(anchor: string | undefined, number: string): Html | string {
  return anchor === undefined || number === "–" || number === ""
    ? number
    : html`<a href="#${anchor}">${number}</a>`;
}

/** The address of a clause of the plan, by the id of its hypothesis or analysis; nothing where the plan has none. */
export function clauseOf(id: string, { protocol }: Pick<Publication, "protocol">): string | undefined {
  if (protocol === undefined) return undefined;
  const { hypotheses, sensitivity, exploratory, comparisons } = protocol.plan;
  const known = [...hypotheses, ...sensitivity, ...exploratory, ...comparisons].some(
    (entry) => entry.id === id,
  );
  return known ? `plan-${anchorOf(id)}` : undefined;
}

/** The address of the model of a finding. */
function modelOf(id: string | undefined, { models }: Publication): string | undefined {
  const model = models.find((candidate) => candidate.id === id);
  return model && `model-${anchorOf(model.id)}`;
}

/** Where the numbers of a figure come from on the same page: a model, a table, or the table of all answers. */
export function figureBasis(id: string, publication: Publication): string {
  const { findings, models, sensitivity = [], exploratory = [], strata = [], attrition } = publication;
  const lag = models.find(({ fit, comparisonOnly }) => !comparisonOnly && readPanel(fit) !== undefined);
  const groups = findings.find(({ rows }) => rows.length > 1);
  const known: Readonly<Record<string, string | undefined>> = {
    "within-between": modelOf(findings[0]?.model, publication),
    "women-and-men": modelOf(groups?.model, publication),
    "path-diagram": modelOf(lag?.id, publication),
    "specification-strip": sensitivity.length > 0 ? "otherwise-all" : undefined,
    "delta-map": sensitivity.length > 0 ? "otherwise-all" : undefined,
    "missingness-map": attrition && "left-waves",
    "last-wave-means": attrition && "left-means",
    "groups-forest": strata.length > 0 ? "strata-all" : undefined,
    "slope-distribution": exploratory.length > 0 ? "exploratory-all" : undefined,
  };
  return known[id] ?? "numbers";
}
