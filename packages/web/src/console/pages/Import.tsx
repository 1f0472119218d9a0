import { type ImportFile, type ImportLook, importLimits, type StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { type Meaning, mappingText, meaningsByName } from "../data/mapping.ts";
import { takesAnswers } from "../data/standing.ts";
import { useImports } from "../data/use-imports.ts";
import { useAction } from "../data/use-resource.ts";
import { importPage as words } from "../text/import.ts";
import { ImportColumns } from "../ui/ImportColumns.tsx";
import { ImportRuns } from "../ui/ImportRuns.tsx";
import { ImportSeen } from "../ui/ImportSeen.tsx";
import { Empty, Full, NotDone } from "../ui/States.tsx";

interface ImportProps {
  readonly study: StudySummary;
  readonly onChanged: () => void;
}

/** A panel that exists already: chosen, mapped, looked at, and only then imported. */
export function Import({ study, onChanged }: ImportProps): JSX.Element {
  const runs = useImports(study.id);
  if (!takesAnswers(study)) return <Empty title="">{words.notNow}</Empty>;
  return (
    <div class="stack wide-gap">
      <p class="soft measure">{words.lede}</p>
      <ChosenFile
        study={study.id}
        onStarted={() => {
          runs.reload();
          onChanged();
        }}
      />
      <Full fetched={runs}>{(value) => <ImportRuns study={study.id} runs={value} />}</Full>
    </div>
  );
}

/** A file with what was seen in it last; `meanings` is undefined while the mapping is written as text. */
interface Draft {
  readonly csv: string;
  readonly mapping: string;
  readonly meanings: ReadonlyMap<string, Meaning> | undefined;
  readonly seen: ImportLook | undefined;
}

interface ChosenProps {
  readonly study: string;
  readonly onStarted: () => void;
}

function ChosenFile({ study, onStarted }: ChosenProps): JSX.Element {
  const [draft, setDraft] = useState<Draft | undefined>(undefined);
  const [wrong, setWrong] = useState("");
  const lookAt = (file: Draft): Promise<ImportLook> =>
    api.lookAtImport({ path: { study }, body: fileOf(file) });
  const look = useAction(async (file: Draft): Promise<Draft> => {
    const seen = await lookAt(file);
    if (file.seen !== undefined) return { ...file, seen };
    const meanings = meaningsByName(seen.columns, seen.questions);
    const named = { ...file, meanings, mapping: mappingText(meanings) };
    return { ...named, seen: await lookAt(named) };
  }, setDraft);
  const start = useAction(
    async ({ file, again }: { readonly file: Draft; readonly again: boolean }) => {
      const token = file.seen?.token ?? "";
      return api.startImport({ path: { study }, body: { ...fileOf(file), token, again } });
    },
    () => {
      setDraft(undefined);
      onStarted();
    },
  );
  const choose = async (file: File): Promise<void> => {
    const problem =
      file.size > importLimits.bytes
        ? words.tooLarge(importLimits.bytes / 1_000_000)
        : file.size === 0
          ? words.empty
          : "";
    setWrong(problem);
    if (problem !== "") return;
    const csv = await file.text();
    look.run({ csv, mapping: "", meanings: new Map(), seen: undefined });
  };
  return (
    <>
      <FileField wrong={wrong} busy={look.busy} onFile={(file) => void choose(file)} />
      <NotDone failure={look.failure} />
      {draft?.seen === undefined ? null : (
        <>
          <ImportColumns
            seen={draft.seen}
            meanings={draft.meanings}
            mapping={draft.mapping}
            busy={look.busy}
            onMeanings={(meanings) =>
              setDraft({ ...draft, ...unseen(draft), meanings, mapping: mappingText(meanings) })
            }
            onMapping={(mapping) => setDraft({ ...draft, ...unseen(draft), meanings: undefined, mapping })}
            onLook={() => look.run(draft)}
          />
          <ImportSeen
            seen={draft.seen}
            busy={start.busy}
            onImport={(again) => start.run({ file: draft, again })}
          />
          <NotDone failure={start.failure} />
        </>
      )}
    </>
  );
}

/** After a change of the mapping what was seen of the columns stays, and the rest is looked at anew. */
function unseen({ seen }: Draft): Pick<Draft, "seen"> {
  if (seen === undefined) return { seen };
  const { rows, columns, questions } = seen;
  return { seen: { rows, columns, questions, problems: [], preview: [], before: false } };
}

function fileOf({ csv, mapping }: Draft): ImportFile {
  return mapping.trim() === "" ? { csv } : { csv, mapping };
}

interface FieldProps {
  readonly wrong: string;
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
}

function FileField({ wrong, busy, onFile }: FieldProps): JSX.Element {
  return (
    <div class={wrong === "" ? "field" : "field wrong"}>
      <label for="panel">{words.file}</label>
      <p class="hint" id="panel-hint">
        {words.fileHint(importLimits.bytes / 1_000_000)}
      </p>
      <input
        id="panel"
        type="file"
        accept=".csv,text/csv"
        aria-describedby="panel-hint"
        aria-invalid={wrong !== ""}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) onFile(file);
        }}
      />
      <p role="status" class="soft small">
        {busy ? words.reading : ""}
      </p>
      <p role="alert" class="error">
        {wrong}
      </p>
    </div>
  );
}
