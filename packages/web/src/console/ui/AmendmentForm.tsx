import type { AmendmentPreview, AmendmentRequest, SaveAmendmentRequest, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api, type Failure } from "../data/api.ts";
import { type Action, useAction } from "../data/use-resource.ts";
import { changesPage } from "../text/changes.ts";
import { ReasonField } from "./ReasonField.tsx";
import { NotDone } from "./States.tsx";
import { TextChanges } from "./TextChanges.tsx";

interface FormProps {
  readonly study: StudySummary;
  /** The text in force. */
  readonly text: string;
  readonly onSaved: (study: StudySummary) => void;
}

/** The text to change; its effect is looked at before it can be saved. */
export function AmendmentForm({ study, text, onSaved }: FormProps): JSX.Element {
  const [protocol, setProtocol] = useState(text);
  const [moveOpen, setMoveOpen] = useState(false);
  const [seen, setSeen] = useState<AmendmentPreview | undefined>(undefined);
  const path = { study: study.id };
  const look = useAction((body: AmendmentRequest) => api.previewAmendment({ path, body }), setSeen);
  const save = useAction((body: SaveAmendmentRequest) => api.amendStudy({ path, body }), onSaved);
  if (seen !== undefined) {
    const kept = { protocol, moveOpen, token: seen.token };
    return (
      <Effect
        seen={seen}
        action={save}
        onSave={(reason) => save.run({ ...kept, reason })}
        onBack={() => setSeen(undefined)}
      />
    );
  }
  return (
    <form
      class="card stack"
      aria-labelledby="amend"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        look.run({ protocol, moveOpen });
      }}
    >
      <h2 id="amend">{changesPage.formTitle}</h2>
      <TextFields protocol={protocol} onText={setProtocol} />
      <div class="field">
        <label class="choice-inline">
          <input
            type="checkbox"
            checked={moveOpen}
            aria-describedby="move-open-hint"
            onChange={(event) => setMoveOpen(event.currentTarget.checked)}
          />{" "}
          {changesPage.moveOpen}
        </label>
        <p class="hint" id="move-open-hint">
          {changesPage.moveOpenHint}
        </p>
      </div>
      <Mistakes failure={look.failure} />
      <div>
        <button type="submit" class="btn" aria-disabled={look.busy}>
          {look.busy ? changesPage.looking : changesPage.look}
        </button>
      </div>
    </form>
  );
}

interface FieldsProps {
  readonly protocol: string;
  readonly onText: (text: string) => void;
}

function TextFields({ protocol, onText }: FieldsProps): JSX.Element {
  return (
    <>
      <div class="field">
        <label for="amend-text">
          {changesPage.text} <span class="hint">{changesPage.textHint}</span>
        </label>
        <textarea
          id="amend-text"
          rows={16}
          spellcheck={false}
          value={protocol}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </div>
      <div class="field">
        <label for="amend-file">{changesPage.file}</label>
        <input
          id="amend-file"
          type="file"
          accept=".yaml,.yml,text/yaml,text/plain"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) void file.text().then(onText);
          }}
        />
      </div>
    </>
  );
}

/** Every place that stands in the way, with what may change instead. */
function Mistakes({ failure }: { readonly failure: Failure | undefined }): JSX.Element {
  const lines = (failure?.problem?.found ?? "").split("\n").filter((line) => line !== "");
  return (
    <div role="alert">
      {failure === undefined ? null : (
        <div class="trouble">
          <p>
            <b>{failure.problem?.title ?? changesPage.failed}.</b>{" "}
            {failure.problem?.remedy ?? changesPage.unreachable}
          </p>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

interface EffectProps {
  readonly seen: AmendmentPreview;
  readonly action: Action<SaveAmendmentRequest>;
  readonly onSave: (reason: string) => void;
  readonly onBack: () => void;
}

function Effect({ seen, action, onSave, onBack }: EffectProps): JSX.Element {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const missing = reason.trim() === "";
  return (
    <form
      class="card stack"
      aria-labelledby="effect"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!missing) onSave(reason.trim());
      }}
    >
      <h2 id="effect">{changesPage.effectTitle(seen.version)}</h2>
      <Whom effect={seen.effect} />
      {seen.planParts.length === 0 ? null : (
        <p>
          <b>{changesPage.planParts(seen.planParts)}</b>
        </p>
      )}
      {seen.warnings.map((warning) => (
        <p key={warning} class="soft">
          {warning}
        </p>
      ))}
      <TextChanges changes={seen.changes} lines={seen.lines} />
      <ReasonField
        id="amend-why"
        label={changesPage.reason}
        hint={changesPage.reasonHint}
        error={tried && missing ? changesPage.reasonNeeded : ""}
        value={reason}
        onText={setReason}
      />
      <NotDone failure={action.failure} />
      <p class="acts">
        <button type="submit" class="btn" aria-disabled={action.busy}>
          {action.busy ? changesPage.saving : changesPage.save}
        </button>
        <button type="button" class="btn second" onClick={onBack}>
          {changesPage.not}
        </button>
      </p>
    </form>
  );
}

/** In people, each kind of effect a sentence; what concerns nobody is left out. */
export function Whom({ effect }: Pick<AmendmentPreview, "effect">): JSX.Element {
  const { people, ...others } = effect;
  const told = (Object.keys(others) as (keyof typeof others)[]).filter((name) => others[name] > 0);
  return (
    <section aria-label={changesPage.whom}>
      <p>
        <b>{changesPage.effect.people(people)}</b>
      </p>
      <ul class="effects">
        {told.map((name) => (
          <li key={name}>{changesPage.effect[name](others[name])}</li>
        ))}
      </ul>
    </section>
  );
}
