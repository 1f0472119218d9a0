import { type AddPeopleAnswer, type AddPeopleRequest, may, type StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { previewPeople } from "../data/people-list.ts";
import { useAction } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { addPeople } from "../text/add-people.ts";
import { importPage } from "../text/import.ts";
import { Added } from "../ui/Added.tsx";
import { Preview } from "../ui/Preview.tsx";
import { type DraftDraw, drawOf, FramePreview, Sampling } from "../ui/Sampling.tsx";
import { NotDone } from "../ui/States.tsx";

interface AddProps {
  readonly study: StudySummary;
  readonly onChanged: () => void;
}

/** Add people from a pasted list or a file; what the server did not take can be mended and sent again. */
export function AddPeople({ study, onChanged }: AddProps): JSX.Element {
  const [text, setText] = useState("");
  const [answer, setAnswer] = useState<AddPeopleAnswer | undefined>(undefined);
  const [invite, setInvite] = useState(true);
  const action = useAction(
    (list: Omit<AddPeopleRequest, "invite">) =>
      api.addPeople({ path: { study: study.id }, body: { ...list, invite } }),
    (result) => {
      setAnswer(result);
      onChanged();
    },
  );
  if (answer !== undefined) {
    return (
      <Added
        study={study.id}
        answer={answer}
        invited={invite}
        onAgain={(again) => {
          setText(again);
          setAnswer(undefined);
        }}
      />
    );
  }
  return (
    <AddForm
      study={study}
      text={text}
      onText={setText}
      action={action}
      invitation={<Invitation invite={invite} onInvite={setInvite} />}
    />
  );
}

interface FormProps {
  readonly study: StudySummary;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly action: ReturnType<typeof useAction<Omit<AddPeopleRequest, "invite">, AddPeopleAnswer>>;
  readonly invitation: JSX.Element;
}

interface InvitationProps {
  readonly invite: boolean;
  readonly onInvite: (invite: boolean) => void;
}

/** Whether Longwave writes to them, or the team hands out the links. */
function Invitation({ invite, onInvite }: InvitationProps): JSX.Element {
  return (
    <div class="field">
      <label class="choice-inline">
        <input
          type="checkbox"
          checked={invite}
          aria-describedby="invite-hint"
          onChange={(event) => onInvite(event.currentTarget.checked)}
        />{" "}
        {addPeople.invite}
      </label>
      <p class="hint" id="invite-hint">
        {addPeople.inviteHint}
      </p>
    </div>
  );
}

function AddForm({ study, text, onText, action, invitation }: FormProps): JSX.Element {
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState<DraftDraw>(null);
  const lines = previewPeople(text);
  const understood = lines.filter((line) => line.doubt === undefined).length;
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (lines.length === 0) return;
    const draw = draft === null ? undefined : drawOf(draft);
    if (draft === null) action.run({ text });
    else if (draw !== undefined) action.run({ text, draw });
  };
  const needText = tried && lines.length === 0;
  return (
    <form class="add" onSubmit={submit} noValidate>
      <p class="soft">{addPeople.lede}</p>
      {may(study.role, "people.import") ? (
        <p>
          <a href={addressOf(study.id, "import")}>{importPage.open}</a>
        </p>
      ) : null}
      <div class="split">
        <div class="stack">
          <div class={needText ? "field wrong" : "field"}>
            <label for="list">{addPeople.paste}</label>
            <textarea
              id="list"
              rows={10}
              value={text}
              aria-describedby="list-example"
              aria-invalid={needText}
              onInput={(event) => onText(event.currentTarget.value)}
            />
            <p class="hint" id="list-example">
              {addPeople.example} <span class="hash">{addPeople.exampleText}</span>
            </p>
            <p role="alert" class="error">
              {needText ? addPeople.needText : ""}
            </p>
          </div>
          <div class="field">
            <label for="file">{addPeople.file}</label>
            <input
              id="file"
              type="file"
              accept=".csv,.txt,text/csv,text/plain"
              onChange={(event) => {
                const file = event.currentTarget.files?.[0];
                if (file !== undefined) void file.text().then(onText);
              }}
            />
          </div>
        </div>
        {draft === null ? <Preview lines={lines} /> : <FramePreview text={text} />}
      </div>
      <Sampling text={text} draft={draft} tried={tried} onDraft={setDraft} />
      {invitation}
      <NotDone failure={action.failure} />
      <button type="submit" class="btn" aria-disabled={action.busy}>
        {action.busy ? addPeople.adding : draft === null ? addPeople.add(understood) : addPeople.drawNow}
      </button>
    </form>
  );
}
