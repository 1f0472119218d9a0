import { createHash, randomUUID } from "node:crypto";
import type { FoundColumn, ImportFile, ImportLook, ImportRequest, ImportRun, Problem } from "@longwave/api";
import { importLimits, problem } from "@longwave/api";
import { type DataColumn, type StudyProblem, takesAnswers, waveItems } from "@longwave/study";
import type { Inside } from "../access/gate.ts";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { parseJson } from "../store/parse.ts";
import { addImport, latestImports, noteImport } from "../store/queries/imports.ts";
import { type StudyRow, takeStudy } from "../store/queries/studies.ts";
import type { ImportRunTable } from "../store/schema-imports.ts";
import { type FileJob, type FileOutcome, hashOf } from "./job.ts";
import type { ImportOutcome } from "./types.ts";

type Asking = Pick<Inside, "study" | "staff" | "member">;

const MOST_PROBLEMS = 100;
const MOST_EXAMPLES = 3;
const LONGEST_EXAMPLE = 40;
const MOST_LISTED = 20;
/** An import that has said nothing for so long has no server any more. */
const GIVEN_UP_MS = 60_000;

/**
 * What a file holds and would bring to a study; nothing is written.
 *
 * @throws Refusal `import.site`, `import.not-open`, `import.unreadable`, `import.too-large`
 */
export async function lookAtFile(
  context: ServerContext,
  asking: Asking,
  file: ImportFile,
): Promise<ImportLook> {
  const { study } = asking;
  checkMayImport(asking);
  const read = readOf(
    await context.imports.look({ ...jobOf(context, asking, file), again: true, run: undefined }),
  );
  const questions = [...waveItems(context.compiler.protocol(study))].map(([name, { item }]) => ({
    name,
    words: item.text.en ?? "",
  }));
  const found = {
    rows: read.columns[0]?.values.length ?? 0,
    columns: read.columns.map(foundColumn),
    questions,
  };
  if (!("report" in read.outcome)) {
    return { ...found, problems: inTheWay(read.outcome), preview: [], before: false };
  }
  const { preview, before, ...counts } = read.outcome.report;
  return { ...found, problems: [], counts, preview, before, token: tokenOf(study, file) };
}

/**
 * Begins to import a file that was looked at. It goes on beside the server, in parts of whole people.
 *
 * @throws Refusal `import.site`, `import.not-open`, `import.not-looked-at`, `import.under-way`
 */
export async function startImport(
  context: ServerContext,
  asking: Asking,
  { token, again = false, ...file }: ImportRequest,
): Promise<ImportRun> {
  const { study, staff } = asking;
  checkMayImport(asking);
  if (token !== tokenOf(study, file)) throw notLookedAt();
  const { db } = context.store;
  const at = context.now();
  const run = {
    id: randomUUID(),
    study: study.id,
    ...{ file_hash: hashOf(file.csv), started_at: at, started_by: staff.email },
  };
  await db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id); // two who press at once, also at two servers
    const latest = await latestImports(trx, study.id, MOST_LISTED);
    if (latest.some((row) => presentRun(row, at).state === "running")) throw underWay();
    await addImport(trx, run);
  });
  void carryOut(context, { ...jobOf(context, asking, file), again, run: run.id });
  const added = (await importsOf(context, study)).find(({ id }) => id === run.id);
  if (added === undefined) throw new Error("an import that was added is not there");
  return added;
}

/** The latest imports into a study, the newest first. */
export async function importsOf(
  { store, now }: Pick<ServerContext, "store" | "now">,
  study: StudyRow,
): Promise<readonly ImportRun[]> {
  return (await latestImports(store.db, study.id, MOST_LISTED)).map((row) => presentRun(row, now()));
}

function presentRun(row: ImportRunTable, now: number): ImportRun {
  const ended = row.problem === null ? "done" : "failed";
  const going = now - row.beat_at > GIVEN_UP_MS ? "stopped" : "running";
  return {
    ...{ id: row.id, fileHash: row.file_hash, startedAt: row.started_at, startedBy: row.started_by },
    ...{ state: row.ended_at === null ? going : ended, done: row.done, total: row.total },
    ...(row.problem === null ? {} : { problem: parseJson(row.problem) as Problem }),
  };
}

/** What goes wrong stands in the row of the import: nobody waits for it. */
async function carryOut(context: ServerContext, job: FileJob & { readonly run: string }): Promise<void> {
  const { db } = context.store;
  try {
    const outcome = readOf(await context.imports.run(job)).outcome;
    const stopped = outcome.kind === "done" ? null : JSON.stringify(stoppedBy(outcome).problem);
    await noteImport(db, job.run, { ended_at: context.now(), problem: stopped });
  } catch (error) {
    context.log(`the import into ${job.study} failed: ${error instanceof Error ? error.name : "unknown"}`);
    const failed = problem("import.stopped", {
      expected: "to write all of the file",
      found: "that the server could not",
      remedy: goesOn,
    });
    await noteImport(db, job.run, { ended_at: context.now(), problem: JSON.stringify(failed) }).catch(
      () => undefined,
    );
  }
  context.planner.wake();
}

const goesOn =
  "What was written by then stays. Look at the same file and import it again: it goes on from there, and what is there is left alone.";

function stoppedBy(outcome: ImportOutcome): Refusal {
  const found = inTheWay(outcome)[0]?.found ?? "that the study had changed";
  return refuse("import.stopped", "the study as it was when the file was looked at", found, goesOn);
}

function jobOf(
  context: ServerContext,
  { study, staff }: Asking,
  { csv, mapping }: ImportFile,
): Omit<FileJob, "again" | "run"> {
  return { study: study.id, csv, mapping, at: context.now(), actor: `staff:${staff.email}` };
}

function readOf(outcome: FileOutcome): Extract<FileOutcome, { readonly kind: "read" }> {
  if (outcome.kind === "read") return outcome;
  if (outcome.kind === "too-large")
    throw refuse(
      "import.too-large",
      `at most ${importLimits.rows} rows and ${importLimits.columns} columns`,
      outcome.found,
      "Import it in several files of whole people, or with `longwave import` on the server.",
    );
  throw refuse(
    "import.unreadable",
    "CSV with a first line that names the columns",
    outcome.why,
    "Mend the file, or save it as CSV again, and choose it anew.",
  );
}

/** The file, the mapping and the text of the study that were looked at together. */
function tokenOf(study: StudyRow, { csv, mapping = "" }: ImportFile): string {
  const parts = [study.id, study.protocolText, mapping, csv].map(hashOf);
  return createHash("sha256").update(parts.join(" ")).digest("hex");
}

function foundColumn({ name, kind, values }: DataColumn): FoundColumn {
  const examples = new Set<string>();
  for (const value of values) {
    if (value !== null) examples.add(String(value).slice(0, LONGEST_EXAMPLE));
    if (examples.size === MOST_EXAMPLES) break;
  }
  return { name, kind, examples: [...examples] };
}

function inTheWay(outcome: ImportOutcome): ImportLook["problems"] {
  switch (outcome.kind) {
    case "problems":
      return outcome.problems.slice(0, MOST_PROBLEMS).map(presentProblem);
    case "left":
      return [leftProblem(outcome.people)];
    case "not-open":
      return [
        {
          ...plainProblem(
            "import.not-open",
            "a study that takes answers",
            `one in the phase ${outcome.phase}`,
          ),
        },
      ];
    case "differs":
      return [
        plainProblem(
          "import.differs",
          "answers that are not there yet, or are the same",
          `${outcome.report.different} that differ from those in the study`,
        ),
      ];
    case "imported-before":
      return [
        plainProblem("import.before", "a file that the study does not have", "one that was imported before"),
      ];
    default:
      return [];
  }
}

function plainProblem(code: string, expected: string, found: string): ImportLook["problems"][number] {
  return { code, where: "", expected, found, remedy: "Look at the file again.", rows: [] };
}

function presentProblem(each: StudyProblem): ImportLook["problems"][number] {
  const { code, path, expected, found, remedy, rows = [] } = each;
  return {
    code,
    where: path.join("."),
    expected,
    found,
    remedy: remedy.replace(", and give it with --map", ""),
    rows,
  };
}

function leftProblem(people: readonly string[]): ImportLook["problems"][number] {
  const named = people.slice(0, 5).join(", ");
  return {
    code: "import.left",
    where: "id",
    expected: "people who take part, or are new",
    found: `${people.length} who have left the study (${named}${people.length > 5 ? ", and more" : ""})`,
    remedy: "Take their rows out.",
    rows: [],
  };
}

function checkMayImport({ member, study }: Asking): void {
  if (member.site !== undefined)
    throw refuse(
      "import.site",
      "somebody who works at every site of the study",
      `a member of ${member.site}`,
      "Ask an owner or manager of the whole study to import it.",
    );
  if (!takesAnswers(study.phase))
    throw refuse(
      "import.not-open",
      "a study that takes answers",
      `one in the phase ${study.phase}`,
      "Open the study first; after the lock nothing is imported.",
    );
}

function notLookedAt(): Refusal {
  return refuse(
    "import.not-looked-at",
    "the file, mapping and study text that were looked at together",
    "other ones",
    "Look at the file again, then import it.",
  );
}

function underWay(): Refusal {
  return refuse(
    "import.under-way",
    "one import into a study at a time",
    "one that goes on",
    "Wait until it has ended.",
  );
}
