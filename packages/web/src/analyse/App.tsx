import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Analysis } from "./data/analysis.ts";
import { type Choices, NO_CHOICES } from "./data/choices.ts";
import { EXAMPLE_NAME } from "./data/example.ts";
import { keepForOffline } from "./data/offline.ts";
import type { ColumnSummary } from "./data/table-file.ts";
import { useWorker } from "./data/use-worker.ts";
import type { Answer } from "./data/worker.ts";
import { page } from "./text/en.ts";
import { AnswerPart } from "./ui/AnswerPart.tsx";
import { ChooseColumns } from "./ui/ChooseColumns.tsx";
import { ChooseFile } from "./ui/ChooseFile.tsx";
import { Frame } from "./ui/Frame.tsx";
import { Problem } from "./ui/Problem.tsx";

/** A file that has been read. */
export interface OpenFile {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
}

interface Result {
  readonly analysis: Analysis;
  readonly rCode: string;
}

/** Drop a file, say what the columns are, see the answer: all in this browser. */
export function App(): JSX.Element {
  const [file, setFile] = useState<OpenFile | null>(null);
  const [choices, setChoices] = useState<Choices>(NO_CHOICES);
  const [result, setResult] = useState<Result | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [offline, setOffline] = useState(false);
  const fileName = useRef("");
  const { busy, ask } = useWorker((told: Answer) => {
    if (told.is === "ready") return void keepForOffline(told.files).then(setOffline);
    setProblem(told.is === "problem" ? told.message : null);
    if (told.is === "analysed") setResult({ analysis: told.analysis, rCode: told.rCode });
    if (told.is !== "read") return;
    setFile({ name: fileName.current, rows: told.rows, columns: told.columns });
    setChoices(told.guess);
  });
  const open = (chosen: File | null): void => {
    fileName.current = chosen?.name ?? EXAMPLE_NAME;
    setFile(null);
    setResult(null);
    setProblem(null);
    ask(chosen === null ? { ask: "example" } : { ask: "read", file: chosen });
  };
  const run = (): void => {
    setResult(null);
    setProblem(null);
    ask({ ask: "analyse", choices, fileName: fileName.current });
  };
  return (
    <Frame>
      <header class="hero">
        <h1>{page.title}</h1>
        <p class="stand">{page.lede}</p>
        <p class="private">
          <b>{page.private}</b> {offline ? page.offlineReady : ""}
        </p>
      </header>
      <ChooseFile file={file} busy={busy && file === null} onFile={open} />
      {file !== null && (
        <ChooseColumns file={file} choices={choices} busy={busy} onChange={setChoices} onAnalyse={run} />
      )}
      {problem !== null && <Problem message={problem} />}
      {result !== null && (
        <AnswerPart
          {...result}
          fileName={fileName.current}
          isExample={fileName.current === EXAMPLE_NAME}
          isStale={isStale(result.analysis.choices, choices)}
        />
      )}
    </Frame>
  );
}

/** Whether the answer on the page is for other columns than those chosen now. */
function isStale(answered: Choices, chosen: Choices): boolean {
  return Object.entries(chosen).some(([part, name]) => answered[part as keyof Choices] !== name);
}
