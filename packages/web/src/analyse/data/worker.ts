import { StatsError } from "@longwave/stats";
import { type Analysis, analyse } from "./analysis.ts";
import { type Choices, guessChoices } from "./choices.ts";
import { decode } from "./decode.ts";
import { exampleCsv } from "./example.ts";
import { rCode } from "./r-code.ts";
import { type ColumnSummary, FileProblem, readTable, type TableFile } from "./table-file.ts";

/** What the page asks of the worker. `turn` comes back with the answer. */
export type Request =
  | { readonly turn: number; readonly ask: "read"; readonly file: File }
  | { readonly turn: number; readonly ask: "example" }
  | { readonly turn: number; readonly ask: "analyse"; readonly choices: Choices; readonly fileName: string };

/** What the worker answers. */
export type Answer =
  | {
      /** Said once, unasked: the files the worker itself came from. */
      readonly turn: 0;
      readonly is: "ready";
      readonly files: readonly string[];
    }
  | {
      readonly turn: number;
      readonly is: "read";
      readonly columns: readonly ColumnSummary[];
      readonly rows: number;
      readonly guess: Choices;
    }
  | { readonly turn: number; readonly is: "analysed"; readonly analysis: Analysis; readonly rCode: string }
  | { readonly turn: number; readonly is: "problem"; readonly message: string };

let current: TableFile | null = null;

async function answerTo(request: Request): Promise<Answer> {
  const { turn } = request;
  if (request.ask !== "analyse") {
    current = null;
    current = request.ask === "read" ? await readFile(request.file) : readTable(exampleCsv());
    const { columns, table } = current;
    return { turn, is: "read", columns, rows: table.nrows, guess: guessChoices(current) };
  }
  if (current === null) throw new FileProblem("Expected a file; found none. Choose one first.");
  return {
    turn,
    is: "analysed",
    analysis: analyse(current.table, request.choices),
    rCode: rCode(current, request.choices, request.fileName),
  };
}

async function readFile(file: File): Promise<TableFile> {
  const { text, encoding } = decode(await file.arrayBuffer());
  return readTable(text, encoding);
}

function problemOf(turn: number, error: unknown): Answer {
  const known = error instanceof StatsError || error instanceof FileProblem;
  const message = known
    ? error.message
    : "Expected a file and choices that can be analysed; found something this page cannot read. Try a smaller file, or the command longwave fit.";
  return { turn, is: "problem", message };
}

self.addEventListener("message", (event: MessageEvent<Request>) => {
  const { turn } = event.data;
  answerTo(event.data).then(
    (answer) => self.postMessage(answer),
    (error: unknown) => self.postMessage(problemOf(turn, error)),
  );
});

const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
self.postMessage({ turn: 0, is: "ready", files: [self.location.href, ...loaded] } satisfies Answer);
