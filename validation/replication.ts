// The R script that a bundle carries, run on simulated people of the flagship study: findings beside lme4, lavaan, clubSandwich.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type PublicationDraft,
  replicationRows,
  replicationScript,
  runPlan,
  seal,
  simulateStudy,
} from "@longwave/findings";
import { datasetSource } from "@longwave/source";
import { buildDataset } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import { parseHTML } from "linkedom";

const text = readFileSync(new URL("../protocols/exercise-and-pain.yaml", import.meta.url), "utf8");
const protocol = readProtocol(text, "protocols/exercise-and-pain.yaml");

/** One thing the script compared, as it says it. */
export interface Replicated {
  readonly what: string;
  readonly inR: string;
  readonly agrees: boolean;
}

export interface ReplicationOutcome {
  readonly compared: readonly Replicated[];
  /** Whether the script ended well, and ended with an error once a number of the bundle was changed. */
  readonly agrees: boolean;
  /** Why it was not run; null when it was. */
  readonly notRun: string | null;
}

/** Runs the script of a bundle about simulated people, and again with one number of the bundle changed. */
export async function replicate(people: number, seed: number): Promise<ReplicationOutcome> {
  if (spawnSync("Rscript", ["--version"]).status !== 0) {
    return { compared: [], agrees: true, notRun: "R is not installed" };
  }
  const folder = mkdtempSync(join(tmpdir(), "longwave-replication-"));
  try {
    const { draft, rows } = await runFlagship(people, seed);
    writeFileSync(join(folder, "rows.csv"), rows);
    const honest = runScript(folder, draft);
    const forged = runScript(folder, withOneNumberChanged(draft));
    return {
      compared: readLines(honest.stdout),
      agrees: honest.code === 0 && forged.code === 1,
      notRun: null,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runFlagship(people: number, seed: number) {
  const start = { startAt: Date.UTC(2025, 0, 13, 9), timeZone: "Europe/Oslo" };
  const study = simulateStudy(protocol, { seed, people, ...start });
  const upToSeq = study.answers.at(-1)?.seq ?? 0;
  const dataset = buildDataset({ protocol, people: study.people, answers: study.answers, upToSeq });
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const source = datasetSource(dataset);
  const scope = "all_but_imputation";
  const draft = await runPlan({ protocol, dataset, source, document, seed: 1, simulated: true, scope });
  return { draft, rows: replicationRows(protocol, dataset) };
}

/** The first finding moved by a fiftieth of the length of its interval. */
function withOneNumberChanged(draft: PublicationDraft): PublicationDraft {
  const [first, ...others] = draft.findings;
  if (first?.estimate == null) return draft;
  const { estimate } = first;
  const value = estimate.value + (estimate.upper - estimate.lower) / 50;
  return { ...draft, findings: [{ ...first, estimate: { ...estimate, value } }, ...others] };
}

function runScript(
  folder: string,
  draft: PublicationDraft,
): { readonly code: number | null; readonly stdout: string } {
  const script = replicationScript(seal(draft, { version: "0.0.0" })) ?? "";
  writeFileSync(join(folder, "replication.R"), script);
  const env = { ...process.env, OPENBLAS_NUM_THREADS: "1" };
  const ran = spawnSync("Rscript", ["replication.R", "rows.csv"], { cwd: folder, encoding: "utf8", env });
  return { code: ran.status, stdout: ran.stdout };
}

/** `H1   -0.10 (SE 0.02, …)  agrees`: what, in R, and whether it agrees, two spaces or more apart. */
function readLines(stdout: string): readonly Replicated[] {
  return stdout.split("\n").flatMap((line) => {
    const found = /^(\S.*?)\s{2,}(\S.*?)\s{2}(agrees|DIFFERS)$/.exec(line);
    if (found === null) return [];
    const [, what = "", inR = "", word] = found;
    return [{ what, inR, agrees: word === "agrees" }];
  });
}

/** The generated table of validation/README.md. */
export function replicationTable({ compared, notRun }: ReplicationOutcome, people: number): string {
  if (notRun !== null) return `Not run: ${notRun}.`;
  return [
    `${people} simulated people invited. A copy in which one number of the bundle was changed ended with an error, as it must.`,
    "",
    "| what | in R | result |",
    "|---|---|---|",
    ...compared.map(({ what, inR, agrees }) => `| ${what} | ${inR} | ${agrees ? "agrees" : "**differs**"} |`),
  ].join("\n");
}
