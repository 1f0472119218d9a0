import type { PublishAnswer, Run, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { takesAnswers } from "../data/standing.ts";
import { useAction } from "../data/use-resource.ts";
import { useRun } from "../data/use-run.ts";
import { addressOf } from "../router.ts";
import { publishedParts, publishPage, shortMoment } from "../text/en.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Report } from "../ui/Report.tsx";
import { Empty, Full, NotDone } from "../ui/States.tsx";

interface PublishProps {
  readonly study: StudySummary;
  readonly onChanged: () => void;
}

/** What will be published, a preview, the button, and then the public address. */
export function Publish({ study, onChanged }: PublishProps): JSX.Element {
  const [published, setPublished] = useState<PublishAnswer | undefined>(undefined);
  const fetched = useRun(study.id, study.results?.id);
  if (takesAnswers(study)) {
    return (
      <Empty title={publishPage.notLockedTitle}>
        {publishPage.notLocked} <a href={addressOf(study.id, "lock")}>{publishPage.toLock}</a>
      </Empty>
    );
  }
  return (
    <div class="stack wide-gap">
      <Address study={study} published={published} />
      <Full fetched={fetched}>
        {(run) =>
          run?.kind === "results" && run.state === "done" ? (
            <PublishForm
              study={study}
              run={run}
              onPublished={(answer) => {
                setPublished(answer);
                onChanged();
              }}
            />
          ) : (
            <Empty title={publishPage.noRunTitle}>
              {publishPage.noRun} <a href={addressOf(study.id, "analysis")}>{publishPage.toAnalysis}</a>
            </Empty>
          )
        }
      </Full>
    </div>
  );
}

interface AddressProps {
  readonly study: StudySummary;
  readonly published: PublishAnswer | undefined;
}

/** The public address of what is published, this minute's first. */
function Address({ study, published }: AddressProps): JSX.Element {
  const { publication } = study;
  const address = published?.address ?? publication?.address;
  if (address === undefined) return <div role="status" />;
  const full = new URL(address, location.href).href;
  const words =
    published !== undefined || publication === undefined
      ? publishPage.done
      : publishPage.before(shortMoment(publication.publishedAt));
  return (
    <div class="card new-link" role="status">
      <p>
        <b>{words}</b>{" "}
        <a href={address} class="break">
          {full}
        </a>
      </p>
      <CopyButton text={full} of={full} />
    </div>
  );
}

interface FormProps {
  readonly study: StudySummary;
  readonly run: Run;
  readonly onPublished: (answer: PublishAnswer) => void;
}

function PublishForm({ study, run, onPublished }: FormProps): JSX.Element {
  const [asking, setAsking] = useState(false);
  const [changes, setChanges] = useState("");
  const [tried, setTried] = useState(false);
  const [tell, setTell] = useState(false);
  const replaces = study.publication !== undefined;
  const listed = changes
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const action = useAction(
    () =>
      api.publish({
        path: { study: study.id },
        body: { run: run.id, ...(replaces ? { changes: listed, tellPeople: tell } : {}) },
      }),
    onPublished,
  );
  const ask = (): void => {
    setTried(true);
    if (!replaces || listed.length > 0) setAsking(true);
  };
  return (
    <>
      <section class="card measure-card" aria-labelledby="what">
        <h2 id="what">{replaces ? publishPage.correctionTitle : publishPage.whatTitle}</h2>
        {replaces ? <p>{publishPage.correction}</p> : <Parts />}
        <p>
          <b>{publishPage.cannot}</b>
        </p>
        {replaces ? (
          <>
            <Changes text={changes} onText={setChanges} wrong={tried && listed.length === 0} />
            <Tell tell={tell} onTell={setTell} />
          </>
        ) : study.simulated ? null : (
          <p>{publishPage.tells}</p>
        )}
        <div>
          <button
            type="button"
            class={replaces ? "btn second" : "btn"}
            onClick={ask}
            aria-disabled={action.busy}
          >
            {action.busy ? publishPage.busy : publishPage.button}
          </button>
        </div>
        <NotDone failure={action.failure} />
      </section>
      {run.report === undefined ? null : <Report address={run.report} title={publishPage.preview} />}
      {asking ? (
        <Dialog
          title={publishPage.dialogTitle}
          confirm={publishPage.dialogPublish}
          dismiss={publishPage.dialogNot}
          onConfirm={() => {
            setAsking(false);
            action.run(undefined);
          }}
          onDismiss={() => setAsking(false)}
        >
          <p>{publishPage.dialogText}</p>
        </Dialog>
      ) : null}
    </>
  );
}

/** Of the first publication everyone who agreed is told; of a correction only when the team thinks it matters. */
function Tell(props: { readonly tell: boolean; readonly onTell: (tell: boolean) => void }): JSX.Element {
  return (
    <div class="field">
      <label class="choice-inline">
        <input
          type="checkbox"
          checked={props.tell}
          onChange={(event) => props.onTell(event.currentTarget.checked)}
        />{" "}
        {publishPage.tell}
      </label>
      <p class="hint">{publishPage.tellHint}</p>
    </div>
  );
}

function Parts(): JSX.Element {
  return (
    <ul class="plain-list">
      {publishedParts.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

interface ChangesProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly wrong: boolean;
}

function Changes({ text, onText, wrong }: ChangesProps): JSX.Element {
  return (
    <div class={wrong ? "field wrong" : "field"}>
      <label for="changes">
        {publishPage.changes} <span class="hint">{publishPage.changesHint}</span>
      </label>
      <textarea
        id="changes"
        rows={3}
        value={text}
        aria-invalid={wrong}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <p role="alert" class="error">
        {wrong ? publishPage.changesNeeded : ""}
      </p>
    </div>
  );
}
