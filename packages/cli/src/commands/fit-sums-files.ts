import {
  answersTo,
  fingerprint,
  type Named,
  publicKeyOf,
  type RoundRequest,
  readSumsFile,
  requestFileText,
  roundRequest,
  type ScoresFile,
  SourceError,
  type SumsFile,
  shortId,
} from "@longwave/source";
import { mergeScores, poolPanels } from "@longwave/stats/from-sums";
import type { Typed } from "../arguments.ts";
import type { OptionDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { readTextFile } from "../read-text.ts";
import { type Estimator, readEstimator } from "./estimators.ts";
import { fitterOf, type SummedFit } from "./fit-from-sums.ts";

/** The option that says whose files of sums are taken. */
export const SIGNED_BY: OptionDescription = {
  name: "signed-by",
  value: "A.pub,B.pub",
  help: "with --sums: take only files signed with the private keys of these (PEM)",
};

/** The option that asks sites for the second round of a fit. */
export const REQUEST_OPTION: OptionDescription = {
  name: "request",
  value: "FILE",
  help: "with --sums and robust standard errors: write what each site has to answer, and fit without",
};

type SentFile = Named<SumsFile | ScoresFile>;

async function checkSigners(io: Io, typed: Typed, files: readonly SentFile[]): Promise<void> {
  const named = typed.text("signed-by");
  if (named === undefined) return;
  const pems = await Promise.all(
    named.split(",").map((path) => readTextFile(io, path, "a public key (PEM)")),
  );
  const keys = pems.map(publicKeyOf);
  for (const { path, file } of files) {
    const { signedBy } = file;
    if (signedBy !== null && keys.includes(signedBy)) continue;
    const found = signedBy === null ? "no signature" : `the key ${fingerprint(signedBy)}`;
    throw new SourceError(
      "source.sums-signature",
      `Expected ${path} to be signed with a key of ${named}; found ${found}. Ask the site for a signed file, or for its public key.`,
    );
  }
}

/** The files of sums that were named; a note says whom their floors kept back. */
export async function readSumsFiles(io: Io, typed: Typed): Promise<readonly SentFile[]> {
  const files = await Promise.all(
    typed.positionals.map(async (path) => ({ path, file: await readSumsFile(pathFrom(io, path)) })),
  );
  await checkSigners(io, typed, files);
  const lost = files.reduce((sum, { file }) => sum + (file.kind === "scores" ? 0 : file.lost.people), 0);
  if (lost > 0)
    io.stderr.write(
      `Note: ${lost.toLocaleString("en")} people are not in these files: groups below the floor of their site were kept back.\n`,
    );
  return files;
}

/** A file of the first round, of a formula. */
type PanelFile = Extract<SumsFile, { readonly kind: "panel" }>;

function firstRound(files: readonly SentFile[]): Named<PanelFile>[] {
  return files.flatMap(({ path, file }) => {
    if (file.kind === "scores") return [];
    if (file.kind === "panel") return [{ path, file }];
    throw new CliError(
      "cli.option-value",
      "Expected files with the sums of a formula after longwave fit --sums; found those of two series. Use longwave riclpm --sums.",
    );
  });
}

function secondRound(files: readonly SentFile[]): Named<ScoresFile>[] {
  return files.flatMap(({ path, file }) => (file.kind === "scores" ? [{ path, file }] : []));
}

/**
 * The fit of all people behind files of sums; robust standard errors with the answers of their sites to a request.
 *
 * @throws SourceError `source.sums-file`, `source.sums-round`; StatsError `sums.different-shape`, `sums.needs-rows`,
 *   `sums.other-people`
 */
export async function fitSumsFiles(io: Io, typed: Typed): Promise<SummedFit> {
  const files = await readSumsFiles(io, typed);
  const first = firstRound(files);
  const [head] = first;
  const plan = head?.file.sums.plan;
  const estimator = readEstimator(typed, plan?.formula ?? "", plan?.person);
  const fitter = fitterOf(estimator, typed, plan?.person);
  if (typeof fitter === "string") {
    throw new CliError(
      "cli.option-value",
      `Expected a model that sums over people determine, with --sums; found ${fitter}. That needs the rows: fit it where they are.`,
    );
  }
  const sums = poolPanels(first.map(({ file }) => file.sums));
  const recipe = fitter.second(sums);
  if (recipe === null) return fitter.fit(sums, undefined);
  const asked = {
    recipe,
    time: sums.plan.time,
    person: sums.plan.person,
    model: modelWords(estimator, typed),
  };
  const request = roundRequest(
    first.map(({ file }) => file),
    asked,
    fitter.decides,
  );
  const path = typed.text("request");
  if (path !== undefined)
    return requested(io, { path, request, files: first.length }, fitter.withoutRobust(sums));
  const second = secondRound(files);
  if (second.length === 0) throw needsSecond(typed);
  return fitter.fit(sums, mergeScores(answersTo(request, first, second)));
}

/** What stands in the request of a fit, in words. */
function modelWords(estimator: Estimator, typed: Typed): string {
  if (estimator === "gee") return `estimating equations, ${typed.text("corr") ?? "exchangeable"}`;
  const residual = typed.text("residual");
  return `linear mixed model, ${typed.text("method") ?? "reml"}${residual === undefined ? "" : `, residuals ${residual}`}`;
}

function requested(
  io: Io,
  { path, request, files }: { readonly path: string; readonly request: RoundRequest; readonly files: number },
  fit: SummedFit,
): SummedFit {
  writeFileWhole(pathFrom(io, path), requestFileText(request));
  io.stderr.write(
    `Note: the request ${shortId(request.id)} is in ${path}: send it to the sites of ${files === 1 ? "the file" : `the ${files} files`}, each of which answers with longwave sums --round 2 ${path} DATA --out ANSWER.json. Standard errors are those of the model until their answers are given after --sums too.\n`,
  );
  return fit;
}

function needsSecond(typed: Typed): CliError {
  return new CliError(
    "cli.missing-argument",
    `Expected a second round of each site with --se ${typed.text("se") ?? "robust"}, which needs the estimates first; found the first round only. Add --request request.json and send that file to the sites, or use --se model.`,
  );
}
