import {
  type PanelQuery,
  type PanelRequest,
  type PanelSummer,
  readSumsFile,
  type Source,
} from "@longwave/source";
import { type LmmFit, lmmFromSums, NeedsRows, poolPanels } from "@longwave/stats";
import { oneOf, type Typed } from "../arguments.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { type Estimator, readLmmOptions } from "./estimators.ts";

const ENGINES = ["auto", "rows", "sums"] as const;

// Below this a file is read as fast as it is added up.
const ROWS_WORTH_IT = 200_000;

/** What a fit from sums is asked of. */
export interface SumsQuestion {
  readonly source: Source;
  readonly formula: string;
  readonly estimator: Estimator;
  readonly typed: Typed;
}

interface Possible {
  readonly panel: PanelSummer;
  readonly request: PanelRequest;
}

/** How sums can be asked for, or why they cannot. */
function possible({ source, formula, estimator, typed }: SumsQuestion): Possible | string {
  const [time, person, where] = [typed.text("time"), typed.text("id"), typed.text("where")];
  if (source.panel === undefined) return "data in memory already";
  if (estimator !== "lmm") return `--estimator ${estimator}`;
  if (typed.text("ranef") !== undefined || typed.text("fitted") !== undefined)
    return "numbers of single people or rows (--ranef, --fitted)";
  if (time === undefined) return "no --time, which says at which wave a row is";
  const { se = "model", df } = readLmmOptions(typed);
  if (se !== "model") return `--se ${se}`;
  if (df === "kenward-roger") return "--df kenward-roger";
  const request = {
    formula,
    time,
    ...(person === undefined ? {} : { person }),
    ...(where === undefined ? {} : { where }),
  };
  return { panel: source.panel, request };
}

/** Sums pay for a large file; a database always adds up where the rows are. */
async function isWorthIt({ source }: SumsQuestion): Promise<boolean> {
  return source.isRemote === true || (await source.describe()).nrows >= ROWS_WORTH_IT;
}

/**
 * The fit from sums formed where the data live, or null when it is to be made from rows.
 *
 * @throws CliError `cli.option-value` for `--engine sums` where rows are needed.
 */
export async function fitFromSums(question: SumsQuestion): Promise<LmmFit | null> {
  const engine = oneOf(question.typed, "engine", { words: ENGINES, fallback: "auto" });
  if (engine === "rows" || (engine === "auto" && !(await isWorthIt(question)))) return null;
  const asked = possible(question);
  if (typeof asked === "string") return refused(engine, asked);
  try {
    return lmmFromSums(await asked.panel.sums(asked.request), readLmmOptions(question.typed));
  } catch (error) {
    if (error instanceof NeedsRows) return refused(engine, error.why);
    throw error;
  }
}

function refused(engine: "auto" | "sums", why: string): null {
  if (engine === "auto") return null;
  throw new CliError(
    "cli.option-value",
    `Expected a model that sums over people determine, with --engine sums; found ${why}. Use --engine auto or rows.`,
  );
}

/**
 * The fit of all people behind files of sums.
 *
 * @throws SourceError `source.sums-file`, StatsError `sums.different-shape`, `sums.needs-rows`
 */
export async function fitSumsFiles(io: Io, typed: Typed): Promise<LmmFit> {
  const files = await Promise.all(typed.positionals.map((path) => readSumsFile(pathFrom(io, path))));
  const pooled = poolPanels(files.map(({ sums }) => sums));
  const lost = files.reduce((sum, file) => sum + file.lost.people, 0);
  if (lost > 0)
    io.stderr.write(
      `Note: ${lost.toLocaleString("en")} people are not in these files: groups below the floor of their site were kept back.\n`,
    );
  return lmmFromSums(pooled, readLmmOptions(typed));
}

/** What would be done, without doing it: the plan, the statement, and the size of what comes back. */
export async function explainFit(question: SumsQuestion): Promise<string> {
  const asked = possible(question);
  const plan = typeof asked === "string" ? asked : await queryOrWhy(asked);
  if (typeof plan === "string") {
    return `Plan     rows: every row that the formula needs is read, once\nBecause  ${plan}\n`;
  }
  const where = question.source.name;
  const auto = (await isWorthIt(question)) ? "" : " (by default rows are read here: the table is small)";
  return [
    `Plan     sums: ${where} adds up, the model is fitted from the sums${auto}`,
    `Rows     ${plan.nrows.toLocaleString("en")} in the table, none of which leaves it`,
    `People   each gives ${plan.plan.cells.length + 1} numbers, from ${plan.plan.waves.length} waves`,
    `Back     at most ${sets(plan).toLocaleString("en")} sets of waves with ${plan.width} numbers each, ${size(plan)}`,
    "",
    plan.sql,
    "",
  ].join("\n");
}

async function queryOrWhy({ panel, request }: Possible): Promise<PanelQuery | string> {
  try {
    return await panel.query(request);
  } catch (error) {
    if (error instanceof NeedsRows) return error.why;
    throw error;
  }
}

/** The sets of waves a person can be seen at; no more than there are rows. */
function sets({ plan, nrows }: PanelQuery): number {
  return Math.min(2 ** plan.waves.length - 1, nrows);
}

function size(query: PanelQuery): string {
  const kilobytes = Math.ceil((sets(query) * query.width * 8) / 1000);
  return kilobytes < 1000 ? `${kilobytes} kB` : `${(kilobytes / 1000).toFixed(1)} MB`;
}
