import type { ReleaseDraft, ReleaseVersion } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { shortMoment } from "../text/en.ts";
import { releasePage as words } from "../text/release.ts";
import { Dialog } from "./Dialog.tsx";
import { ReleaseFacts } from "./ReleaseFacts.tsx";
import { Changes } from "./ReleaseVersion.tsx";
import { NotDone } from "./States.tsx";

interface DraftProps {
  readonly study: string;
  readonly draft: ReleaseDraft;
  readonly onKept: (version: ReleaseVersion) => void;
}

/** The preview: being made, failed, or ready to be read and kept. */
export function Draft({ study, draft, onKept }: DraftProps): JSX.Element {
  switch (draft.state) {
    case "making":
      return (
        <div class="card" aria-busy="true">
          <p role="status">{words.making}</p>
          <progress aria-label={words.making} />
        </div>
      );
    case "failed":
      return <NotDone failure={{ problem: draft.problem }} title={words.failedTitle} />;
    case "ready":
      return <Ready study={study} draft={draft} onKept={onKept} />;
  }
}

function Ready({ study, draft, onKept }: DraftProps): JSX.Element {
  const [asking, setAsking] = useState(false);
  const action = useAction(() => api.keepRelease({ path: { study }, body: { draft: draft.id } }), onKept);
  return (
    <section class="card" aria-labelledby="draft">
      <header>
        <h2 id="draft">{words.readyTitle(draft.number)}</h2>
        <p>{words.readyBy(draft.startedBy, shortMoment(draft.startedAt))}</p>
      </header>
      {draft.warnings.map((warning) => (
        <p key={warning} class="trouble">
          {warning}
        </p>
      ))}
      {draft.numbers === undefined ? null : <ReleaseFacts numbers={draft.numbers} />}
      <Changes changes={draft.changes} />
      <p>{words.readFirst}</p>
      <div class="acts">
        <a
          class="btn second"
          href={`/api/studies/${encodeURIComponent(study)}/releases/draft/report`}
          target="_blank"
          rel="noreferrer"
        >
          {words.openReport}
        </a>
        <button type="button" class="btn" aria-disabled={action.busy} onClick={() => setAsking(true)}>
          {action.busy ? words.keepBusy : words.keep(draft.number)}
        </button>
      </div>
      <NotDone failure={action.failure} />
      {asking ? (
        <Dialog
          title={words.dialogTitle(draft.number)}
          confirm={words.dialogKeep}
          dismiss={words.dialogNot}
          onConfirm={() => {
            setAsking(false);
            action.run(undefined);
          }}
          onDismiss={() => setAsking(false)}
        >
          <p>{words.dialogText}</p>
        </Dialog>
      ) : null}
    </section>
  );
}
