import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { csv } from "./cohort.ts";

const cli = fileURLToPath(new URL("../../packages/cli/bin/longwave.js", import.meta.url));
const built = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));
const fixed = "pain_vrs ~ wave + sex + age + within(ex_index) + between(ex_index) + within(ex_index):sex";

/** The median seconds of five runs of a command; null when it fails. */
function timeCommand(command: string, args: readonly string[]): number | null {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    if (spawnSync(command, args).status !== 0) return null;
    times.push((performance.now() - start) / 1000);
  }
  return times.sort((a, b) => a - b)[2];
}

const rScript = (random: string) => `
suppressMessages(library(lme4))
d <- read.csv("${csv}")
d <- d[!is.na(d$ex_index) & !is.na(d$pain_vrs), ]
d <- d[ave(d$wave, d$id, FUN = length) >= 2, ]
d$b <- ave(d$ex_index, d$id); d$w <- d$ex_index - d$b
print(summary(lmer(pain_vrs ~ wave + sex + age + w + b + w:sex + ${random}, d))$coefficients)`;

/** Prints how long `longwave fit` takes from CSV to printed result, beside Rscript with lme4. */
export function timeWholeProcesses(): void {
  if (!existsSync(built)) return;
  console.log("\n| from CSV to printed result | `longwave fit`, s | Rscript, s | ratio | target | |");
  console.log("|---|---|---|---|---|---|");
  for (const random of ["(1 | id)", "(1 + wave | id)", "(1 + within(ex_index) | id)"]) {
    const args = [cli, "fit", `${fixed} + ${random}`, csv, "--min-rows", "2"];
    const ours = timeCommand(process.execPath, args);
    const theirs = timeCommand("Rscript", ["-e", rScript(random.replace("within(ex_index)", "w"))]);
    if (ours === null) throw new Error(`longwave fit failed: ${args.join(" ")}`);
    const ratio = theirs === null ? Number.NaN : theirs / ours;
    const verdict = theirs === null ? "no R here" : ratio >= 3 ? "met" : "missed";
    console.log(
      `| ${random} | ${ours.toFixed(2)} | ${theirs?.toFixed(2) ?? ""} | ${Number.isNaN(ratio) ? "" : ratio.toFixed(1)} | 3 x | ${verdict} |`,
    );
  }
}
