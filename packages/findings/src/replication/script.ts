import type { Hypothesis, Protocol } from "@longwave/study";
import { extendModel, type ResolvedModel, resolveModel, rowsOf } from "../plan/resolve-model.ts";
import type { Finding, ModelReport, Publication } from "../publication/types.ts";
import { localText } from "../words/study-names.ts";
import { marginalPrelude, marginalSection } from "./marginal.ts";
import { mixedSection } from "./mixed.ts";
import { orderedSection } from "./ordered.ts";
import { panelSection } from "./panel.ts";
import { panelPrelude, prelude } from "./prelude.ts";
import { rComment, rString } from "./r-text.ts";

/** File name of the script beside a bundle. */
export const replicationFile = "replication.R";

/** A part of the script: R, or why there is none. */
type Part =
  | {
      readonly kind: "mixed" | "panel" | "ordered" | "marginal";
      readonly ids: string;
      readonly claim: string;
      readonly code: string;
    }
  | { readonly kind: "left_out"; readonly ids: string; readonly why: string };

/**
 * An R script that fits the models behind the findings anew (lme4 and lmerTest, lavaan, ordinal, geepack) and compares
 * every estimate, standard error and interval with the bundle; it ends with an error when one differs. The rows it reads
 * are those that `longwave analyse --rows` writes. Undefined for an early bundle that does not hold its study text.
 */
export function replicationScript(publication: Publication): string | undefined {
  const { protocol } = publication;
  if (protocol === undefined) return undefined;
  const parts = [...partsOf(publication, protocol), ...besideParts(publication, protocol)];
  const kinds = new Set(parts.map(({ kind }) => kind));
  const robust = publication.findings.some((finding) => finding.robust !== undefined);
  const packages = [
    ...(kinds.has("mixed") ? ["lme4", "lmerTest"] : []),
    ...(kinds.has("panel") ? ["lavaan"] : []),
    ...(kinds.has("ordered") ? ["ordinal"] : []),
    ...(kinds.has("marginal") ? ["geepack"] : []),
    ...(robust ? ["clubSandwich"] : []),
  ];
  return [
    head(publication, packages),
    `suppressPackageStartupMessages({${packages.map((name) => `library(${name})`).join("; ")}})`,
    prelude + (kinds.has("panel") ? panelPrelude : "") + (kinds.has("marginal") ? marginalPrelude : ""),
    ...parts.map(partText),
    `cat(if (differ == 0) "Everything agrees.\\n" else paste0(differ, " differ.\\n"))`,
    "quit(status = if (differ == 0) 0 else 1)",
    "",
  ].join("\n");
}

function head({ study, hash, version }: Publication, packages: readonly string[]): string {
  return rComment(
    [
      `${study.question}${study.simulated ? " Simulated people, not a real study." : ""}`,
      `Fits the models behind the findings of bundle ${hash}`,
      `(Longwave ${version}) anew in R and compares. Needs R with ${packages.join(", ")}.`,
      "",
      "  longwave analyse STUDY.yaml DATA.csv --out report --rows rows.csv",
      "  Rscript report/replication.R rows.csv",
      "",
      "rows.csv holds people's answers: it is for the analyst, and no part of the bundle.",
      "Agrees: mixed and marginal models to 0.2 % of a standard error, panel models to 1 %, ordered categories (here by Laplace's",
      "approximation, in the bundle by quadrature) to 5 %, p-values to 1 %.",
    ].join("\n"),
  );
}

function partText(part: Part): string {
  if (part.kind === "left_out")
    return `cat(${rString(`${part.ids}: not fitted anew here. ${part.why}\n`)})\n`;
  return `${rComment(`${part.ids}: ${part.claim}`)}\n${part.code}\n`;
}

function partsOf(publication: Publication, protocol: Protocol): readonly Part[] {
  const seen = new Set<string>();
  return publication.findings.flatMap((finding) => {
    const hypothesis = protocol.plan.hypotheses.find(({ id }) => id === finding.id);
    if (hypothesis === undefined || seen.has(finding.id)) return [];
    const part = partOf({ publication, protocol, finding, hypothesis });
    for (const id of part.ids.split(" and ")) seen.add(id);
    return [part];
  });
}

interface PartInput {
  readonly publication: Publication;
  readonly protocol: Protocol;
  readonly finding: Finding;
  readonly hypothesis: Hypothesis;
}

function partOf(input: PartInput): Part {
  const { publication, protocol, finding, hypothesis } = input;
  const ids = finding.id;
  const model = publication.models.find(({ id }) => id === finding.model);
  if (hypothesis.test.kind === "intersection") {
    return { kind: "left_out", ids, why: `It holds when ${hypothesis.test.of.join(" and ")} do.` };
  }
  if (model === undefined || finding.estimate === null) {
    return { kind: "left_out", ids, why: "The bundle has no model for it." };
  }
  const planned = resolveModel(protocol, hypothesis.model);
  return planned.kind === "panel" ? panelPart(input, model, planned) : mixedPart(input, model, planned);
}

const cannotTell = "Its formula or its rows use what this script cannot say in R.";

function mixedPart(input: PartInput, model: ModelReport, planned: ResolvedModel): Part {
  const { publication, finding, hypothesis } = input;
  const ids = finding.id;
  if (planned.kind !== "lmm") return { kind: "left_out", ids, why: cannotTell };
  const second = publication.models.find(({ id }) => id === `${hypothesis.id}-adjusted`);
  const { test } = hypothesis;
  const code = mixedSection({ finding, test, model, second, where: planned.where });
  if (code === undefined) return { kind: "left_out", ids, why: cannotTell };
  return { kind: "mixed", ids, claim: claimOf(input), code };
}

function panelPart(
  input: PartInput,
  model: ModelReport,
  planned: Extract<ResolvedModel, { kind: "panel" }>,
): Part {
  const { publication, protocol } = input;
  const tests = publication.findings.flatMap((finding) => {
    const hypothesis = protocol.plan.hypotheses.find(({ id }) => id === finding.id);
    const shares = finding.model === model.id && hypothesis?.test.kind === "path";
    return shares ? [{ finding, test: hypothesis.test }] : [];
  });
  const ids = tests.map(({ finding }) => finding.id).join(" and ");
  const code = panelSection({ model, planned, tests });
  if (code === undefined) return { kind: "left_out", ids, why: cannotTell };
  return { kind: "panel", ids, claim: claimOf(input), code };
}

/** The sensitivity analyses that R fits anew: ordered categories, and averages over people with weights and without. */
function besideParts(publication: Publication, protocol: Protocol): readonly Part[] {
  return protocol.plan.sensitivity.flatMap(({ id, what, model }): readonly Part[] => {
    const result = publication.sensitivity?.find((candidate) => candidate.id === id);
    if (result === undefined || result.rows.length === 0) return [];
    if (model.family !== "clmm" && model.family !== "weights") return [];
    const { formula, term } = model;
    const test = { result, formula, term, where: rowsOf(protocol, model) };
    const [kind, code] =
      model.family === "clmm"
        ? (["ordered", orderedSection(test)] as const)
        : (["marginal", marginalSection({ ...test, weights: weightsOf(protocol, model) })] as const);
    if (code === undefined) return [{ kind: "left_out", ids: id, why: cannotTell }];
    return [{ kind, ids: id, claim: localText(what, "en"), code }];
  });
}

/** What the weights of a marginal model are found from. */
function weightsOf(
  { plan: { variables } }: Protocol,
  {
    covariates,
    truncate,
  }: { readonly covariates: readonly string[]; readonly truncate?: readonly [number, number] },
) {
  const { wave, outcome, exposure } = variables;
  return { wave, outcome: outcome.name, exposure: exposure.name, covariates, truncate };
}

function claimOf({ hypothesis }: PartInput): string {
  return localText(hypothesis.claim, "en").replaceAll(/\s+/g, " ");
}

/** The models whose columns the script reads: formulas, rules for rows, and series with their covariates. */
export function replicationTexts(protocol: Protocol): readonly string[] {
  const ordered = protocol.plan.sensitivity.flatMap(({ model }) =>
    model.family === "clmm" || model.family === "weights"
      ? [
          model.formula,
          rowsOf(protocol, model) ?? "",
          ...(model.family === "weights" ? [protocol.plan.variables.exposure.name, ...model.covariates] : []),
        ]
      : [],
  );
  const planned = protocol.plan.hypotheses.flatMap(({ model, test }) => {
    const resolved = resolveModel(protocol, model);
    switch (resolved.kind) {
      case "lmm": {
        const added =
          test.kind === "joint" && test.second ? extendModel(resolved, test.second.add) : resolved;
        return [...added.formulas, resolved.where ?? ""];
      }
      case "panel":
      case "lag_slopes":
        return [resolved.x, resolved.y, ...resolved.covariates, resolved.where ?? ""];
      default:
        return [];
    }
  });
  return [...planned, ...ordered];
}
