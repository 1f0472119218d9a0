import type { Publication } from "../../publication/types.ts";
import { list, number, record } from "./json-values.ts";

export interface PanelPath {
  readonly from: "x" | "y";
  readonly to: "x" | "y";
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly pValue: number | null;
  readonly standardized: number | null;
  readonly standardizedLower: number | null;
  readonly standardizedUpper: number | null;
}

/** What the page reads from the fit of a panel model; what is absent becomes null. */
export interface PanelView {
  readonly people: number | null;
  readonly answers: number | null;
  readonly leftOut: number;
  readonly paths: readonly PanelPath[];
  readonly chiSquare: number | null;
  readonly df: number | null;
  readonly pValue: number | null;
  readonly cfi: number | null;
  readonly rmsea: number | null;
  readonly srmr: number | null;
  readonly logLik: number | null;
}

/** A panel fit as the page shows it; nothing for a fit of another kind. */
export function readPanel(fit: object): PanelView | undefined {
  const source = record(fit);
  if (source.model !== "riclpm") return undefined;
  const left = record(source.leftOut);
  return {
    people: number(source.nobs),
    answers: number(record(source.rows).used),
    leftOut: ["withoutGroup", "withoutCovariate"].reduce((sum, why) => sum + (number(left[why]) ?? 0), 0),
    paths: list(source.paths).map(readPath),
    chiSquare: number(source.chiSquare),
    df: number(source.df),
    pValue: number(source.pValue),
    cfi: number(source.cfi),
    rmsea: number(source.rmsea),
    srmr: number(source.srmr),
    logLik: number(source.logLik),
  };
}

function readPath(value: unknown): PanelPath {
  const path = record(value);
  const end = (name: unknown): "x" | "y" => (name === "y" ? "y" : "x");
  return {
    from: end(path.from),
    to: end(path.to),
    estimate: number(path.estimate),
    lower: number(path.lower),
    upper: number(path.upper),
    pValue: number(path.pValue),
    standardized: number(path.standardized),
    standardizedLower: number(path.standardizedLower),
    standardizedUpper: number(path.standardizedUpper),
  };
}

/** Whether an answer of the publication rests on a panel model. */
export function hasLags({ findings, models }: Publication): boolean {
  const panels = new Set(models.filter(({ fit }) => readPanel(fit) !== undefined).map(({ id }) => id));
  return findings.some(({ model }) => panels.has(model));
}
