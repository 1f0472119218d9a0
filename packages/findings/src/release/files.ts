import { csvText, dataTableCsv, type Protocol, reasonColumnName, sha256 } from "@longwave/study";
import { documentMarkdown } from "./document/markdown.ts";
import { documentPage } from "./document/page.ts";
import { privacyReport } from "./document/privacy-report.ts";
import { type ReadmeInput, releaseReadme, SIMULATED } from "./document/readme.ts";
import type { Deidentified, ReleaseEntry } from "./types.ts";
import { columnOf } from "./values/table.ts";

/** A release as files, named by the hash of what is in them. */
export interface ReleaseFiles {
  /** SHA-256 of CHECKSUMS.txt, which holds that of every file but README.md. */
  readonly hash: string;
  readonly files: Readonly<Record<string, string>>;
  /** The privacy report as a page; also among the files. */
  readonly page: string;
}

/** What the files of a release are written from. */
export type ReleaseFilesInput = Omit<ReadmeInput, "hash" | "files"> & {
  readonly protocol: Protocol;
  /** The style of the page. */
  readonly css: string;
};

/** Every file of a release. The same input gives the same bytes. */
export function releaseFiles(input: ReleaseFilesInput): ReleaseFiles {
  const { protocol, made, edition, css } = input;
  const title = `${protocol.title.en}, version ${edition.version}`;
  const report = privacyReport(made, { title, tags: edition.simulated ? [SIMULATED] : [] });
  const page = documentPage(report, css);
  const files: Record<string, string> = {
    ...dataFiles(made),
    "codebook.csv": codebookCsv(made),
    "codebook.json": json({ variables: made.codebook.map((entry) => described(entry, made)) }),
    "privacy-report.html": page,
    "privacy-report.md": documentMarkdown(report),
    ...countFiles(made),
    "dataset_description.json": json(description(input)),
  };
  const lines = Object.keys(files)
    .sort()
    .map((name) => `${sha256(files[name] ?? "")}  ${name}\n`);
  const checksums = lines.join("");
  const hash = sha256(checksums);
  const readme = releaseReadme({ ...input, hash, files: fileList(made) });
  return {
    hash,
    files: { "README.md": documentMarkdown(readme), "CHECKSUMS.txt": checksums, ...files },
    page,
  };
}

function dataFiles({ person, personWave, event }: Deidentified): Record<string, string> {
  return {
    "person.csv": dataTableCsv(person),
    "person_wave.csv": dataTableCsv(personWave),
    ...(event.nrows === 0 ? {} : { "event.csv": dataTableCsv(event) }),
  };
}

function fileList({ event }: Deidentified): ReadmeInput["files"] {
  return [
    { name: "person.csv", what: "One row a person" },
    { name: "person_wave.csv", what: "One row for each person and wave answered" },
    ...(event.nrows === 0
      ? []
      : [{ name: "event.csv", what: "One row for each session logged or rest prompt answered" }]),
    { name: "codebook.csv, codebook.json", what: "What every column is, its codes, what was done to it" },
    {
      name: "privacy-report.html, privacy-report.md",
      what: "How people are protected, what was lost, what stays open",
    },
    { name: "tables/", what: "Counts, with small ones hidden" },
    { name: "dataset_description.json", what: "The same in a form that machines find (schema.org)" },
    { name: "CHECKSUMS.txt", what: "SHA-256 of every file but README.md" },
  ];
}

function codebookCsv(made: Deidentified): string {
  const rows = made.codebook.map((entry) => {
    const { values, missing } = described(entry, made);
    return [
      entry.table,
      entry.name,
      entry.label,
      entry.level,
      entry.unit ?? null,
      (entry.coding ?? []).map(({ value, label }) => `${value}: ${label}`).join("; "),
      values,
      Object.entries(missing)
        .map(([reason, n]) => `${reason}: ${n}`)
        .join("; "),
      entry.treatment,
      entry.rule ?? null,
      entry.instrument ?? null,
      entry.source ?? null,
    ];
  });
  const head = [
    "table",
    "name",
    "label",
    "level",
    "unit",
    "codes",
    "values",
    "missing",
    "treatment",
    "rule",
    "instrument",
    "source",
  ];
  return csvText(head, rows);
}

/** An entry with how many values there are and how many are missing for which reason. */
function described(entry: ReleaseEntry, made: Deidentified) {
  const table =
    entry.table === "person" ? made.person : entry.table === "event" ? made.event : made.personWave;
  const column = columnOf(table, entry.name);
  const missing: Record<string, number> = {};
  for (const reason of column.missing ?? [])
    if (reason !== null) missing[reason] = (missing[reason] ?? 0) + 1;
  return { ...entry, values: column.values.filter((value) => value !== null).length, missing };
}

function countFiles({ tables }: Deidentified): Record<string, string> {
  return Object.fromEntries(
    tables.map(({ name, rows, columns, counts }) => [
      `tables/${name}.csv`,
      csvText(
        ["", ...columns, "all"],
        counts.shown.map((row, place) => [rows[place] ?? "all", ...row.map((n) => n ?? "hidden")]),
      ),
    ]),
  );
}

/** schema.org's Dataset, with the fields that Psych-DS asks for. */
function description({ protocol, made, edition }: ReleaseFilesInput): object {
  const names = new Map(made.codebook.map((entry) => [entry.name, entry]));
  const withReasons = [made.person, made.personWave, made.event].flatMap(({ columns, nrows }) =>
    nrows === 0 ? [] : columns.filter(({ missing }) => missing !== undefined).map(({ name }) => name),
  );
  return {
    "@context": "https://schema.org/",
    "@type": "Dataset",
    name: `${protocol.title.en}: de-identified data`,
    description: `${edition.simulated ? `${SIMULATED} ` : ""}${protocol.question.en}`,
    version: String(edition.version),
    ...(edition.madeOn === undefined ? {} : { dateCreated: edition.madeOn }),
    usageInfo: protocol.release?.terms ?? "See README.md",
    creator: { "@type": "Organization", name: protocol.contact.name, email: protocol.contact.email },
    variableMeasured: [
      ...[...names.values()].map(({ name, label, unit }) => ({
        "@type": "PropertyValue",
        name,
        description: label,
        ...(unit === undefined ? {} : { unitText: unit }),
      })),
      ...[...new Set(withReasons)].map((name) => ({
        "@type": "PropertyValue",
        name: reasonColumnName(name),
        description: `Why ${name} is missing`,
      })),
    ],
  };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
