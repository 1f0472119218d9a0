import type { EntrySheet } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { isEmpty, typedAnswers, useDraft } from "../data/use-draft.ts";
import { useAction } from "../data/use-resource.ts";
import { entryPage as words } from "../text/entry.ts";
import { EntryRows } from "./EntryRows.tsx";
import { NotDone } from "./States.tsx";
import { moveByKeys } from "./TypedField.tsx";

interface SecondFormProps {
  readonly place: { readonly study: string; readonly person: string; readonly wave: string };
  readonly sheet: EntrySheet;
  readonly onSheet: (sheet: EntrySheet) => void;
}

/** The same form typed by somebody else, who does not see what the first one typed. */
export function SecondForm({ place, sheet, onSheet }: SecondFormProps): JSX.Element {
  const draft = useDraft(sheet);
  const [tried, setTried] = useState(false);
  const action = useAction(
    () => api.secondEntry({ path: place, body: { answers: [...typedAnswers(draft)] } }),
    onSheet,
  );
  const wrong = draft.rows.filter(({ stands, typed }) => !stands && typed.kind === "wrong").length;
  const empty = draft.rows.filter(isEmpty).length;
  const problem = wrong > 0 ? words.mend(wrong) : empty > 0 ? words.empty(empty) : "";
  const save = (): void => {
    setTried(true);
    if (problem === "") action.run(undefined);
  };
  return (
    <form
      class="stack wide-gap"
      noValidate
      aria-labelledby="second"
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
        else moveByKeys(event);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div class="measure">
        <h2 id="second">{words.secondTitle}</h2>
        <p>{words.second(sheet.double?.firstBy ?? "")}</p>
      </div>
      <EntryRows place={place} sheet={sheet} draft={draft} refused={[]} sent={new Map()} onSheet={onSheet} />
      <div class="entry-foot">
        <p role="alert" class="error">
          {tried ? problem : ""}
        </p>
        <p class="acts">
          {tried && wrong === 0 && empty > 0 ? (
            <button type="button" class="btn second" onClick={draft.markBlank}>
              {words.markBlank(empty)}
            </button>
          ) : null}
          <button type="submit" class="btn" aria-disabled={action.busy}>
            {action.busy ? words.busy : words.secondSave}
          </button>
        </p>
        <NotDone failure={action.failure} />
      </div>
    </form>
  );
}
