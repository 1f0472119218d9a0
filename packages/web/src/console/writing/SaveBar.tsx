import type { StudyText } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { type Action, useAction } from "../data/use-resource.ts";
import { writing } from "../text/writing.ts";
import { download } from "../ui/download.ts";
import { NotDone } from "../ui/States.tsx";
import type { Draft } from "./use-draft.ts";

interface SaveBarProps {
  readonly study: string;
  readonly draft: Draft;
  readonly save: Action<string>;
  readonly onSaved: (saved: StudyText) => void;
}

/** Whether what stands here is saved, and the ways to save it or to go back. */
export function SaveBar({ study, draft, save, onSaved }: SaveBarProps): JSX.Element {
  const isConflict = save.failure?.problem?.code === "study.draft-changed";
  const reload = useAction(
    () => api.studyText({ path: { study } }),
    (saved) => {
      draft.take(saved);
      onSaved(saved);
    },
  );
  return (
    <div class="save-bar">
      <p role="status">{standing(draft)}</p>
      <p class="acts">
        <button
          type="button"
          class="btn"
          aria-disabled={save.busy || !draft.isUnsaved}
          onClick={() => draft.isUnsaved && save.run(draft.base)}
        >
          {save.busy ? writing.saving : writing.save}
        </button>
        {draft.isUnsaved && !isConflict ? (
          <button type="button" class="btn quiet" onClick={() => reload.run(undefined)}>
            {writing.discard}
          </button>
        ) : null}
      </p>
      {isConflict ? (
        <Conflict study={study} draft={draft} save={save} onTheirs={() => reload.run(undefined)} />
      ) : (
        <NotDone failure={save.failure} title={writing.notSaved} />
      )}
    </div>
  );
}

function standing({ isUnsaved, isRestored, isKept }: Draft): string {
  if (!isUnsaved) return writing.saved;
  if (!isKept) return writing.cannotKeep;
  return isRestored ? writing.unsavedHere : writing.unsaved;
}

interface ConflictProps extends Omit<SaveBarProps, "onSaved"> {
  readonly onTheirs: () => void;
}

/** Somebody else saved meanwhile: both texts are there, and a person chooses. */
function Conflict({ study, draft, save, onTheirs }: ConflictProps): JSX.Element {
  const over = useAction(
    () => api.studyText({ path: { study } }),
    ({ textHash }) => save.run(textHash),
  );
  return (
    <div class="trouble" role="alert">
      <p>
        <b>{writing.conflictTitle}</b> {writing.conflictText}
      </p>
      <p class="acts">
        <button
          type="button"
          class="btn second"
          onClick={() => {
            download(`${study}-mine.yaml`, "text/yaml", draft.text);
            onTheirs();
          }}
        >
          {writing.takeTheirs}
        </button>
        <button type="button" class="btn second" onClick={() => over.run(undefined)}>
          {writing.takeMine}
        </button>
      </p>
    </div>
  );
}
