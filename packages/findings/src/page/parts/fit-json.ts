import { list, number, record, text } from "./json-values.ts";

/** What the page reads from a `fit --json` object; anything else in it is left alone. */
export interface FitView {
  readonly method: string;
  readonly nobs: number | null;
  readonly groups: readonly { readonly name: string; readonly count: number | null }[];
  readonly fixed: readonly FitTerm[];
  readonly random: readonly {
    readonly group: string;
    readonly term: string;
    readonly stdDev: number | null;
    readonly correlations: readonly (number | null)[];
  }[];
  readonly sigma: number | null;
  readonly logLik: number | null;
  readonly aic: number | null;
  readonly bic: number | null;
  readonly converged: boolean;
  readonly singular: boolean;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly rows: {
    readonly read: number | null;
    readonly used: number | null;
    readonly droppedMissing: number | null;
  };
}

export interface FitTerm {
  readonly term: string;
  readonly estimate: number | null;
  readonly stdError: number | null;
  readonly df: number | null;
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** A fit as the page shows it. A bundle may come from another version, so what is absent becomes null. */
export function readFit(fit: object): FitView {
  const source = record(fit);
  const rows = record(source.rows);
  return {
    method: text(source.method),
    nobs: number(source.nobs),
    groups: Object.entries(record(source.ngroups)).map(([name, count]) => ({
      name,
      count: number(count),
    })),
    fixed: list(source.fixed).map(readTerm),
    random: list(source.random).flatMap(readBlock),
    sigma: number(source.sigma),
    logLik: number(source.logLik),
    aic: number(source.aic),
    bic: number(source.bic),
    converged: source.converged !== false,
    singular: source.singular === true,
    warnings: list(source.warnings)
      .map(record)
      .map(({ code, message }) => ({ code: text(code), message: text(message) })),
    rows: {
      read: number(rows.read),
      used: number(rows.used),
      droppedMissing: number(rows.droppedMissing),
    },
  };
}

function readTerm(value: unknown): FitTerm {
  const term = record(value);
  return {
    term: text(term.term),
    estimate: number(term.estimate),
    stdError: number(term.stdError),
    df: number(term.df),
    statistic: number(term.statistic),
    pValue: number(term.pValue),
    lower: number(term.lower),
    upper: number(term.upper),
  };
}

function readBlock(value: unknown): FitView["random"] {
  const block = record(value);
  const stdDev = list(block.stdDev);
  const correlation = list(block.correlation);
  return list(block.terms).map((term, index) => ({
    group: text(block.group),
    term: text(term),
    stdDev: number(stdDev[index]),
    correlations: list(correlation[index]).slice(0, index).map(number),
  }));
}
