import { existsSync } from "node:fs";
import { readDataColumns } from "@longwave/source";
import type { Typed } from "../arguments.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { writeFileWhole } from "../output/write-files.ts";
import { askerOf } from "../plan-init/ask.ts";
import { draftPlan } from "../plan-init/draft-plan.ts";
import { planText } from "../plan-init/write-plan.ts";
import { watcherOf } from "../progress.ts";

/** `longwave plan init FILE`: a first plan for a file, from its columns and the answers to a few questions. */
export async function planInit(io: Io, typed: Typed, file: string): Promise<void> {
  const out = typed.text("out") ?? "plan.yaml";
  if (existsSync(pathFrom(io, out))) throw alreadyThere(out);
  const asker = askerOf(io, { given: (option) => typed.text(option), yes: typed.has("yes") });
  const columns = await readDataColumns(pathFrom(io, file), { watcher: watcherOf(io) });
  const { draft, notes } = await draftPlan({ file, columns, asker });
  writeFileWhole(pathFrom(io, out), planText(draft));
  io.stdout.write(
    [
      `Written to ${out}: ${draft.outcome.column} on ${draft.exposure.column}, by ${draft.person}.`,
      ...notes.map((note) => `- ${note}`),
      "",
      `Next: longwave analyse ${out} ${file} --out report/`,
      "",
    ].join("\n"),
  );
}

/** A plan may hold someone's work by now. */
function alreadyThere(path: string): CliError {
  return new CliError(
    "cli.file-exists",
    `Expected a new file for the plan; ${path} is there already, and may hold your changes. Name another with --out, or remove it.`,
  );
}
