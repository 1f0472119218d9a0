import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
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
  useEffect(() => {
    void keepForOffline().then(setOffline);
  }, []);
  const { busy, ask } = useWorker((told: Answer) => {
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
    ask(chosen === null ? { ask: "example" } : { ask: "read", file: chosen });
  };
  const run = (): void => {
    setResult(null);
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
      {problem !== null && <Problem message={problem} />}
      {file !== null && (
        <ChooseColumns file={file} choices={choices} busy={busy} onChange={setChoices} onAnalyse={run} />
      )}
      {result !== null && (
        <AnswerPart {...result} fileName={fileName.current} isExample={fileName.current === EXAMPLE_NAME} />
      )}
    </Frame>
  );
}
