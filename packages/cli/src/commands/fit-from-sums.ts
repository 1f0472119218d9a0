import {
  fingerprint,
  type PanelQuery,
  publicKeyOf,
  readSumsFile,
  type Source,
  SourceError,
  type SumsFile,
} from "@longwave/source";
import { type GeeFit, type GeeOptions, type LmmFit, type LmmOptions, parseFormula } from "@longwave/stats";
import {
  formOutline,
  geeFromSums,
  geeRecipeOutline,
  geeSecondRound,
  lmmFromSums,
  lmmSecondRound,
  type PanelPlan,
  type PanelSums,
  poolPanels,
  recipeOutline,
  type ScoreRecipe,
  type ScoreSums,
  scoreForm,
} from "@longwave/stats/from-sums";
import type { Typed } from "../arguments.ts";
import type { OptionDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { readTextFile } from "../read-text.ts";
import type { SumsQuery, SumsWay } from "./engine.ts";
import { type Estimator, readEstimator, readGeeOptions, readLmmOptions } from "./estimators.ts";
import { panelRequest } from "./panel-request.ts";

/** What a fit is asked of. */
export interface SumsQuestion {
  readonly source: Source;
  readonly formula: string;
  readonly estimator: Estimator;
  readonly typed: Typed;
}

/** A fit that panel sums give. */
export type SummedFit = LmmFit | GeeFit;

/** How an estimator fits from sums. */
interface Fitter {
  /** The recipe of the second round; null where the first is enough. */
  second(sums: PanelSums): ScoreRecipe | null;
  /** Its shape, before anything is estimated. */
  outline(plan: PanelPlan): ScoreRecipe | null;
  fit(sums: PanelSums, scores: ScoreSums | undefined): SummedFit;
}

function lmmFitter(options: LmmOptions): Fitter {
  return {
    second: (sums) => lmmSecondRound(sums, options),
    outline: (plan) => (options.se === "model" ? null : recipeOutline(plan, [])),
    fit: (sums, scores) => lmmFromSums(sums, options, scores),
  };
}

function geeFitter(options: GeeOptions): Fitter {
  const { correlation = "exchangeable" } = options;
  return {
    second: (sums) => geeSecondRound(sums, options),
    outline: (plan) => (options.se === "model" ? null : geeRecipeOutline(plan, correlation)),
    fit: (sums, scores) => geeFromSums(sums, options, scores),
  };
}

/** How an estimator fits from sums, or why it cannot. */
function fitterOf(estimator: Estimator, typed: Typed, person = typed.text("id")): Fitter | string {
  if (typed.text("ranef") !== undefined || typed.text("fitted") !== undefined)
    return "numbers of single people or rows (--ranef, --fitted)";
  if (estimator === "gee") {
    const options = readGeeOptions(typed, person);
    if (options.family === "binomial") return "--family binomial";
    if (options.se !== "model" && options.se !== "robust") return `--se ${options.se}`;
    return geeFitter(options);
  }
  if (estimator !== "lmm") return `--estimator ${estimator}`;
  const options = readLmmOptions(typed);
  if (options.df === "kenward-roger") return "--df kenward-roger";
  if (options.se === "cr2") return "--se cr2";
  if (options.se !== "model" && options.df !== "none")
    return `Satterthwaite's degrees of freedom with --se ${options.se} (--df none is possible)`;
  return lmmFitter(options);
}

/** The column that names the person: the one typed, else the grouping factor of the random terms. */
export function personOf(typed: Typed, formula: string): string | undefined {
  return typed.text("id") ?? parseFormula(formula).random[0]?.columns[0];
}

/** How the fit can be had from sums, or why rows are needed. */
export function sumsWay({ source, formula, estimator, typed }: SumsQuestion): SumsWay<SummedFit> | string {
  const { panel } = source;
  if (panel === undefined) return "data in memory already";
  const request = panelRequest(typed, formula, personOf(typed, formula));
  const fitter = fitterOf(estimator, typed);
  if (typeof fitter === "string") return fitter;
  if (request === null) return "no --time, which says at which wave a row is";
  return {
    async query() {
      const asked = await panel.query(request);
      const outline = fitter.outline(asked.plan);
      const second = outline === null ? null : panel.outline(request, formOutline(outline, asked.plan));
      return described(asked, second);
    },
    async fit() {
      const sums = await panel.sums(request);
      const recipe = fitter.second(sums);
      if (recipe === null) return fitter.fit(sums, undefined);
      const seen = sums.patterns.map(({ waves }) => waves);
      return fitter.fit(sums, await panel.scores(request, scoreForm(recipe, sums.plan, seen)));
    },
  };
}

/** The sets of waves a person can be seen at are no more than there are rows. */
function described({ plan, sql, width, nrows, pass }: PanelQuery, second: SumsQuery["second"]): SumsQuery {
  return {
    nrows,
    ...(pass === undefined ? {} : { pass }),
    sql,
    numbers: plan.cells.length + 1,
    waves: plan.waves.length,
    sets: Math.min(2 ** plan.waves.length - 1, nrows),
    setName: "waves",
    width,
    second,
  };
}

/** The option that says whose files of sums are taken. */
export const SIGNED_BY: OptionDescription = {
  name: "signed-by",
  value: "A.pub,B.pub",
  help: "with --sums: take only files signed with the private keys of these (PEM)",
};

async function checkSigners(io: Io, typed: Typed, files: readonly SumsFile[]): Promise<void> {
  const named = typed.text("signed-by");
  if (named === undefined) return;
  const pems = await Promise.all(
    named.split(",").map((path) => readTextFile(io, path, "a public key (PEM)")),
  );
  const keys = pems.map(publicKeyOf);
  for (const [at, { signedBy }] of files.entries()) {
    if (signedBy !== null && keys.includes(signedBy)) continue;
    const found = signedBy === null ? "no signature" : `the key ${fingerprint(signedBy)}`;
    throw new SourceError(
      "source.sums-signature",
      `Expected ${typed.positionals[at]} to be signed with a key of ${named}; found ${found}. Ask the site for a signed file, or for its public key.`,
    );
  }
}

/** The files of sums that were named; a note says whom their floors kept back. */
export async function readSumsFiles(io: Io, typed: Typed): Promise<readonly SumsFile[]> {
  const files = await Promise.all(typed.positionals.map((path) => readSumsFile(pathFrom(io, path))));
  await checkSigners(io, typed, files);
  const lost = files.reduce((sum, file) => sum + file.lost.people, 0);
  if (lost > 0)
    io.stderr.write(
      `Note: ${lost.toLocaleString("en")} people are not in these files: groups below the floor of their site were kept back.\n`,
    );
  return files;
}

/**
 * The fit of all people behind files of sums.
 *
 * @throws SourceError `source.sums-file`, StatsError `sums.different-shape`, `sums.needs-rows`
 */
export async function fitSumsFiles(io: Io, typed: Typed): Promise<SummedFit> {
  const files = await readSumsFiles(io, typed);
  const sums = files.map((file) => {
    if (file.kind === "panel") return file.sums;
    throw new CliError(
      "cli.option-value",
      "Expected files with the sums of a formula after longwave fit --sums; found those of two series. Use longwave riclpm --sums.",
    );
  });
  const [head] = sums;
  const person = head?.plan.person;
  const fitter = fitterOf(readEstimator(typed, head?.plan.formula ?? "", person), typed, person);
  if (typeof fitter === "string") {
    throw new CliError(
      "cli.option-value",
      `Expected a model that sums over people determine, with --sums; found ${fitter}. That needs the rows: fit it where they are.`,
    );
  }
  return fitter.fit(poolPanels(sums), undefined);
}
