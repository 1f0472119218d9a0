import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { download } from "../../console/ui/download.ts";
import type { OpenFile } from "../App.tsx";
import { EXAMPLE_NAME, exampleCsv } from "../data/example.ts";
import { drop } from "../text/en.ts";

/** Drop a file or choose one; keyboard and screen reader use the button. */
export function ChooseFile(props: {
  readonly file: OpenFile | null;
  readonly busy: boolean;
  /** A file, or null for the example. */
  readonly onFile: (file: File | null) => void;
}): JSX.Element {
  const { file, busy, onFile } = props;
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined): void => {
    const chosen = files?.[0];
    if (chosen !== undefined) onFile(chosen);
  };
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer?.files);
  };
  return (
    <section class="section" aria-labelledby="file-title">
      <h2 id="file-title">{drop.title}</h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a comfort beside the button */}
      <div
        class={over ? "drop over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        <button
          type="button"
          class={file === null ? "btn" : "btn second"}
          onClick={() => input.current?.click()}
        >
          {file === null ? drop.button : drop.another}
        </button>
        <p class="soft">{over ? drop.over : drop.hint}</p>
        <input
          ref={input}
          id="file"
          type="file"
          class="sr"
          tabIndex={-1}
          aria-label={drop.button}
          accept=".csv,.tsv,.txt,text/csv"
          onChange={(event) => {
            take(event.currentTarget.files);
            // The same file, corrected, can be chosen again.
            event.currentTarget.value = "";
          }}
        />
      </div>
      <p class="try-example">
        <button type="button" class="btn quiet" onClick={() => onFile(null)}>
          {drop.example}
        </button>
        <button
          type="button"
          class="btn quiet"
          onClick={() => download(EXAMPLE_NAME, "text/csv", exampleCsv())}
        >
          {drop.saveExample}
        </button>
      </p>
      <p role="status" class="soft">
        {busy ? drop.reading : file === null ? "" : drop.read(file.name, file.rows, file.columns.length)}
      </p>
      {busy && <progress aria-label={drop.reading} />}
    </section>
  );
}
