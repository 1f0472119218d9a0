import type { Protocol } from "../protocol/types.ts";
import type { ExportTable } from "./types.ts";

/** Which export this is. */
export interface ExportEdition {
  readonly protocol: Protocol;
  readonly dataset: {
    readonly hash: string;
    readonly upToSeq: number;
    readonly protocol: { readonly hash: string };
  };
  /** How many people had been erased when it was made. */
  readonly erasureSeq: number;
  readonly isLocked: boolean;
  readonly isSimulated: boolean;
  /** ms UTC. */
  readonly madeAt: number;
  /** Version of Longwave. */
  readonly software: string;
}

const rowsAre: Readonly<Record<ExportTable["name"], string>> = {
  person: "one row a person invited",
  person_wave: "one row for each person and wave answered",
  event: "one row for each session logged or rest prompt answered",
  message: "one row for each message decided for a person",
};

/** The README of an export, in Markdown. */
export function exportReadme(tables: readonly ExportTable[], edition: ExportEdition): string {
  const { protocol, dataset } = edition;
  return [
    `# ${protocol.title.en}: data`,
    "",
    ...(edition.isSimulated
      ? ["**Simulated people. No real person's answers are in these files.**", ""]
      : []),
    ...(edition.isLocked ? [] : [beforeLock, ""]),
    personal,
    "",
    "## Which data",
    "",
    `- Made ${new Date(edition.madeAt).toISOString()} by Longwave ${edition.software}`,
    `- Protocol ${protocol.id}, version ${protocol.version} (SHA-256 ${dataset.protocol.hash})`,
    `- Answers 1 to ${dataset.upToSeq} of the study, all as they stood at that answer; ${edition.erasureSeq} people had been erased`,
    `- Dataset ${dataset.hash}`,
    "",
    "## Files",
    "",
    ...tables.map(({ name, nrows }) => `- \`${name}.csv\`, \`${name}.parquet\`: ${rowsAre[name]} (${nrows})`),
    "- `codebook.csv`: what each column is, its type, and how many values are missing for which reason",
    "- `codes.csv`: what each code stands for",
    "- `load.R`: reads the tables into R with labels, factors, dates and reasons",
    "- `CHECKSUMS.txt`: SHA-256 of every file",
    "",
    "## How to read them",
    "",
    'In R, without any package: `source("load.R"); study <- load_study()`; then `study$person_wave`, and `study$missing$person_wave` for the reasons.',
    "",
    "A column `NAME__missing` says why a value of `NAME` is not there, and is empty where there is one. In CSV, columns of type `time` are milliseconds since 1970 (UTC), of type `day` days since 1970 on the person's own calendar; in Parquet they are timestamps and dates. An apostrophe before a first `=`, `+`, `-` or `@` keeps spreadsheets from computing; `load.R` takes it away.",
    "",
    ...reasons.map(([reason, what]) => `- \`${reason}\`: ${what}`),
    "",
  ].join("\n");
}

const personal =
  "These files hold the answers of people under a code. They are personal data: keep them as the study's consent text says, and do not hand them on. `longwave release` makes files for others.";

const beforeLock =
  "**The data are not locked.** They may still change, and nobody should look at results yet: an analysis chosen after seeing them cannot confirm anything.";

const reasons: readonly (readonly [string, string])[] = [
  ["not_asked", "the question was not put to this person at this wave"],
  ["skipped", "the person chose not to answer"],
  ["not_answered", "the question was put, and nothing came"],
  ["wave_not_done", "the person answered no wave"],
  ["no_translation", "the question is not asked in the person's language"],
  ["derived_unknown", "an answer it is computed from is missing"],
  ["by_rule", "the protocol leaves it out"],
  ["form_not_finished", "the form was left before its end"],
  ["form_time_unknown", "staff typed the form, or the device's clock was far off"],
  ["not_in_file", "no value was taken up"],
  ["not_consented", "the person has not consented"],
  ["not_sent", "no message was sent"],
  ["not_entered", "the person answered by themselves"],
  ["no_wave", "the message is about no wave"],
];
