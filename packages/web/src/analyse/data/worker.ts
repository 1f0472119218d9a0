import { StatsError } from "@longwave/stats";
import { type Analysis, analyse } from "./analysis.ts";
import { type Choices, guessChoices } from "./choices.ts";
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
    current = request.ask === "read" ? readTable(await request.file.text()) : readTable(exampleCsv());
    const { columns, table } = current;
    return { turn, is: "read", columns, rows: table.nrows, guess: guessChoices(current) };
  }
  if (current === null) throw new FileProblem("Expected a file; found none. Choose one first.");
  return {
    turn,
    is: "analysed",
    analysis: analyse(current.table, request.choices),
    rCode: rCode(current.table, request.choices, request.fileName),
  };
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
