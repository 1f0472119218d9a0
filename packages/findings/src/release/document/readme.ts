import { formatCount } from "@longwave/figure";
import type { Protocol } from "@longwave/study";
import type { Deidentified } from "../types.ts";
import { limitsOf, limitsTitle } from "./privacy-report.ts";
import { type DocumentSection, list, type ReportDocument, text } from "./types.ts";

/** Which release this is. */
export interface ReleaseEdition {
  /** 1 is the first. */
  readonly version: number;
  /** The day it was made, as 2026-03-02; absent where the same input must give the same bytes on any day. */
  readonly madeOn?: string;
  readonly simulated: boolean;
  /** Whether order, numbers and dates were drawn from a seed that can be drawn from again, or from chance. */
  readonly drawnFrom: "seed" | "chance";
  /** Version of Longwave. */
  readonly software: string;
  /** What is different since the version before, a sentence each. */
  readonly changes: readonly string[];
}

/** What a reader of the files is told first. */
export interface ReadmeInput {
  readonly protocol: Protocol;
  readonly dataset: {
    readonly hash: string;
    readonly upToSeq: number;
    readonly protocol: { readonly hash: string };
  };
  readonly made: Deidentified;
  readonly edition: ReleaseEdition;
  /** Name of the release: SHA-256 of CHECKSUMS.txt. */
  readonly hash: string;
  readonly files: readonly { readonly name: string; readonly what: string }[];
}

/** The README of a release. */
export function releaseReadme(input: ReadmeInput): ReportDocument {
  const { protocol, made, edition } = input;
  return {
    title: `${protocol.title.en}: de-identified data, version ${edition.version}`,
    tags: edition.simulated ? [SIMULATED] : [],
    lead: [
      `${formatCount(made.report.people.released, "en")} people who agreed that their answers are shared, and ${formatCount(made.report.rows.personWave, "en")} sets of answers. ${protocol.question.en}`,
    ],
    sections: [
      whichRelease(input),
      filesSection(input),
      { title: "Terms", blocks: [text(protocol.release?.terms ?? DEFAULT_TERMS)] },
      { title: "How to cite", blocks: [text(citation(input))] },
      { title: "What was done to the data", blocks: list(doneTo(made, edition)) },
      readingSection(),
      { title: limitsTitle, blocks: list(limitsOf(made.report)) },
      ...changesSection(edition),
    ],
  };
}

export const SIMULATED = "Simulated people. No real person's answers are in these files.";

const DEFAULT_TERMS =
  "For research only. Do not try to find out who anyone is. Do not pass the files on without the study team's word. Cite the study and the version.";

function whichRelease({ protocol, dataset, made, edition, hash }: ReadmeInput): DocumentSection {
  const { settings, people, rows } = made.report;
  const facts: readonly (readonly [string, string])[] = [
    ["Version", String(edition.version)],
    ...(edition.madeOn === undefined ? [] : [["Made on", edition.madeOn] as const]),
    ["Name (SHA-256 of CHECKSUMS.txt)", hash],
    ["Study text", `${protocol.id} ${protocol.version}, ${dataset.protocol.hash}`],
    ["Data of the study", `${dataset.hash}, up to answer ${dataset.upToSeq}`],
    ["People", formatCount(people.released, "en")],
    ["Rows of person_wave.csv", formatCount(rows.personWave, "en")],
    ["Fewest people who look alike (k)", String(made.report.k.after)],
    ["Smallest count shown", String(settings.minCell)],
    ["Made with", `Longwave ${edition.software}`],
    ["Contact", `${protocol.contact.name}, ${protocol.contact.email}`],
  ];
  return {
    title: "Which release this is",
    blocks: [{ kind: "table", name: "This release", head: ["", ""], rows: facts, words: [1] }],
  };
}

function filesSection({ files }: ReadmeInput): DocumentSection {
  return {
    title: "Files",
    blocks: [
      {
        kind: "table",
        name: "Files",
        head: ["File", "What it is"],
        rows: files.map(({ name, what }) => [name, what]),
        words: [1],
      },
      text("To check that nothing was changed on the way:"),
      { kind: "code", lines: ["sha256sum -c CHECKSUMS.txt", "sha256sum CHECKSUMS.txt"] },
      text("The second line prints the name of the release."),
    ],
  };
}

function citation({ protocol, edition, hash }: ReadmeInput): string {
  const year = edition.madeOn === undefined ? "" : ` (${edition.madeOn.slice(0, 4)})`;
  const simulated = edition.simulated ? " Simulated people." : "";
  return `${protocol.contact.name}${year}. ${protocol.title.en}: de-identified data, version ${edition.version}. Name ${hash.slice(0, 16)}.${simulated}`;
}

function doneTo({ report }: Deidentified, { drawnFrom }: ReleaseEdition): readonly string[] {
  return [
    "Only people who ticked the box for sharing are in it.",
    drawnFrom === "chance"
      ? "People have new numbers, in an order drawn at random. The link to the study's own ids was kept nowhere."
      : "People have new numbers, in an order drawn from a seed. Whoever has the seed and the study's data can draw it again: the seed is a secret.",
    "All dates of a person are moved by the same number of whole weeks, to a made-up year. Days of the week and spans are true, dates and seasons are not.",
    `Who people are is told so coarsely that at least ${report.k.after} look alike; where that was not enough, single values are hidden (reason: suppressed).`,
    `Highest and lowest numbers stand for at least ${report.settings.minCell} people, and rare choices are hidden.`,
    "Words that people wrote are left out, as are ticked places and whatever would tell exactly what is told coarsely.",
    "What is computed from answers was computed anew from the answers as they stand here; its rule is in the codebook.",
    "The privacy report says how much was lost by each of these.",
  ];
}

function readingSection(): DocumentSection {
  return {
    title: "How to read it",
    blocks: [
      text(
        "person.csv has one row a person: what does not change. person_wave.csv has one row for each person and wave answered. Join them by id:",
      ),
      {
        kind: "code",
        lines: [
          'person <- read.csv("person.csv")',
          'person_wave <- read.csv("person_wave.csv")',
          'panel <- merge(person_wave, person, by = "id")',
        ],
      },
      text(
        "An empty cell is missing, and the column NAME__missing beside it says why: not_asked (the question did not apply), skipped (the person chose to), not_answered (asked, and left), wave_not_done, no_translation, derived_unknown (an answer it is computed from is missing), by_rule, form_not_finished, form_time_unknown (staff typed the form, or the clock of the phone was wrong), not_in_file, suppressed (hidden, so that nobody can be picked out).",
      ),
    ],
  };
}

function changesSection({ version, changes }: ReleaseEdition): readonly DocumentSection[] {
  if (changes.length === 0) return [];
  return [{ title: `What changed since version ${version - 1}`, blocks: list(changes) }];
}
