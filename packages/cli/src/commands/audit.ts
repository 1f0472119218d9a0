import type { AuditChain, AuditVerdict } from "@longwave/server";
import { HELP_OPTION, readArguments } from "../arguments.ts";
import type { CheckCommand, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";
import { readTextFile } from "../read-text.ts";
import { existingStore, STORE_OPTIONS } from "../store.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "audit",
  summary: SUMMARIES.audit,
  arguments: [{ name: "verify", help: "what to do with the audit: so far only this" }],
  options: [
    ...STORE_OPTIONS.filter(({ name }) => name === "data"),
    {
      name: "kept",
      value: "FILE",
      help: "compare with hashes kept elsewhere: a log of serve --json-log, or what this command printed earlier",
    },
    HELP_OPTION,
  ],
  notes: [
    "Every line of the audit holds a hash of itself and of the line before it, in a chain for each study. A line that was changed, taken out, put in or moved breaks the chain there, and is named. Exit code 0: whole; 1: broken.",
    "Whoever may write to the database could write the whole chain anew. So keep the hashes elsewhere: longwave serve --json-log writes them into its log every hour, and this command prints them. A chain written anew no longer passes through them, which --kept finds.",
    "With DATABASE_URL in the environment, the audit of that PostgreSQL database is read. The server may run meanwhile.",
  ],
  examples: [
    { line: "longwave audit verify", what: "the store in ./longwave-data" },
    { line: "longwave audit verify --data /srv/longwave", what: "another one" },
    { line: "longwave audit verify --kept /loghost/longwave.log", what: "beside a log of another machine" },
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
  const path = typed.text("kept");
  const kept = path === undefined ? [] : keptEnds(await readTextFile(io, path, "hashes of the audit"), path);
  const { verifyAudit } = await import("@longwave/server");
  const verdict = await verifyAudit(store, Date.now(), kept);
  io.stdout.write(report(verdict, kept.length));
  return verdict.kind === "whole";
}

const NO_STUDY = "(of no study)";
const nameOf = (study: string): string => (study === "" ? NO_STUDY : study);

/** The ends of chains that stand in a text: lines of a log in JSON, or as `report` prints them. */
function keptEnds(text: string, path: string): readonly AuditChain[] {
  const found = text.split("\n").flatMap((line) => {
    const printed = /^\s*(\(of no study\)|\S+) {2}(\d+) lines?, last hash ([0-9a-f]{64})$/.exec(
      line.trimEnd(),
    );
    const [, study = "", lines, hash] = printed ?? [];
    if (hash !== undefined) return [{ study: study === NO_STUDY ? "" : study, lines: Number(lines), hash }];
    return line.includes('"kind":"audit"') ? loggedEnd(line.slice(line.indexOf("{"))) : [];
  });
  if (found.length === 0)
    throw new CliError(
      "cli.no-hashes",
      `Expected hashes of an audit in ${path}; found none. Give a log of longwave serve --json-log, or what longwave audit verify printed earlier.`,
    );
  return found;
}

/** The end of a chain in one line of a log; nothing when the line was cut off. */
function loggedEnd(line: string): readonly AuditChain[] {
  try {
    const { study, lines, hash } = JSON.parse(line) as AuditChain;
    return [{ study, lines, hash }];
  } catch {
    return [];
  }
}

function report(verdict: AuditVerdict, compared: number): string {
  if (verdict.kind === "whole") {
    const lines = verdict.chains.map(
      ({ study, lines, hash }) =>
        `  ${nameOf(study)}  ${lines} ${lines === 1 ? "line" : "lines"}, last hash ${hash}`,
    );
    const passes =
      compared === 0 ? "" : ` It passes through all ${compared} hashes that were kept elsewhere.`;
    return `The audit is whole.${passes}\n${lines.map((line) => `${line}\n`).join("")}`;
  }
  const { study, line, id, expected, found } = verdict;
  const which = id === undefined ? "" : ` (${id})`;
  return `The audit is broken: ${nameOf(study)}, line ${line}${which}: expected ${expected}; found ${found}.\nLines before it are as they were written. Compare with an older copy to see what was changed.\n`;
}
