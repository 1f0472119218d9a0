import type { AuditVerdict } from "@longwave/server";
import { HELP_OPTION, readArguments } from "../arguments.ts";
import type { CheckCommand, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";
import { existingStore, STORE_OPTIONS } from "../store.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "audit",
  summary: SUMMARIES.audit,
  arguments: [{ name: "verify", help: "what to do with the audit: so far only this" }],
  options: [...STORE_OPTIONS.filter(({ name }) => name === "data"), HELP_OPTION],
  notes: [
    "Every line of the audit holds a hash of itself and of the line before it, in a chain for each study. A line that was changed, taken out, put in or moved breaks the chain there, and is named. Exit code 0: whole; 1: broken.",
    "Whoever may write to the database could write the whole chain anew. Keep the hashes printed here elsewhere, from time to time: a chain written anew no longer passes through them.",
    "With DATABASE_URL in the environment, the audit of that PostgreSQL database is read. The server may run meanwhile.",
  ],
  examples: [
    { line: "longwave audit verify", what: "the store in ./longwave-data" },
    { line: "longwave audit verify --data /srv/longwave", what: "another one" },
  ],
};

/** `longwave audit verify`: whether the audit is as it was written. */
export const audit: CheckCommand = { description, check };

async function check(args: readonly string[], io: Io): Promise<boolean> {
  const typed = readArguments(description, args);
  const [wish] = typed.positionals;
  if (wish !== "verify")
    throw new CliError(
      "cli.extra-argument",
      `Expected verify after "longwave audit"; found "${wish ?? ""}". Write: longwave audit verify`,
    );
  const store = existingStore(io, typed);
  const { verifyAudit } = await import("@longwave/server");
  const verdict = await verifyAudit(store, Date.now());
  io.stdout.write(report(verdict));
  return verdict.kind === "whole";
}

const nameOf = (study: string): string => (study === "" ? "(of no study)" : study);

function report(verdict: AuditVerdict): string {
  if (verdict.kind === "whole") {
    const lines = verdict.chains.map(
      ({ study, lines, hash }) =>
        `  ${nameOf(study)}  ${lines} ${lines === 1 ? "line" : "lines"}, last hash ${hash}`,
    );
    return `The audit is whole.\n${lines.map((line) => `${line}\n`).join("")}`;
  }
  const { study, line, id, expected, found } = verdict;
  const which = id === undefined ? "" : ` (${id})`;
  return `The audit is broken: ${nameOf(study)}, line ${line}${which}: expected ${expected}; found ${found}.\nLines before it are as they were written. Compare with an older copy to see what was changed.\n`;
}
