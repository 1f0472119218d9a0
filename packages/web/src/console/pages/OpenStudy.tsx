import type { CreateStudyAnswer, CreateStudyRequest } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import type { Action } from "../data/use-resource.ts";
import { useAction } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { frame, openStudy } from "../text/en.ts";

/** Open a study from the text of its protocol; every mistake in the text is listed with its line, and the text stays. */
export function OpenStudy(): JSX.Element {
  const [opened, setOpened] = useState<CreateStudyAnswer | undefined>(undefined);
  const action = useAction((body: CreateStudyRequest) => api.createStudy({ body }), setOpened);
  return (
    <>
      <header class="study">
        <div>
          <p>
            <a href="#/">{frame.studies}</a>
          </p>
          <h1 tabIndex={-1}>{openStudy.title}</h1>
          <p class="soft measure">{openStudy.lede}</p>
        </div>
      </header>
      {opened === undefined ? <OpenForm action={action} /> : <Opened answer={opened} />}
    </>
  );
}

function OpenForm({ action }: { readonly action: Action<CreateStudyRequest> }): JSX.Element {
  const [protocol, setProtocol] = useState("");
  const [id, setId] = useState("");
  const [tried, setTried] = useState(false);
  const needText = tried && protocol.trim() === "";
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (protocol.trim() !== "") action.run(id.trim() === "" ? { protocol } : { protocol, id: id.trim() });
  };
  return (
    <form class="add open-study" onSubmit={submit} noValidate>
      <div class="field">
        <label for="file">{openStudy.file}</label>
        <input
          id="file"
          type="file"
          accept=".yaml,.yml,text/yaml,text/plain"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file !== undefined) void file.text().then(setProtocol);
          }}
        />
      </div>
      <div class={needText ? "field wrong" : "field"}>
        <label for="protocol">{openStudy.paste}</label>
        <textarea
          id="protocol"
          rows={14}
          value={protocol}
          aria-invalid={needText}
          aria-describedby="protocol-error"
          onInput={(event) => setProtocol(event.currentTarget.value)}
        />
        <p role="alert" class="error" id="protocol-error">
          {needText ? openStudy.needText : ""}
        </p>
      </div>
      <div class="field">
        <label for="name">{openStudy.name}</label>
        <input
          id="name"
          value={id}
          aria-describedby="name-hint"
          onInput={(event) => setId(event.currentTarget.value)}
        />
        <p class="hint" id="name-hint">
          {openStudy.nameHint}
        </p>
      </div>
      <Mistakes action={action} />
      <button type="submit" class="btn" aria-disabled={action.busy}>
        {action.busy ? openStudy.busy : openStudy.button}
      </button>
    </form>
  );
}

function Mistakes({ action }: { readonly action: Action<CreateStudyRequest> }): JSX.Element {
  const { failure } = action;
  return (
    <div role="alert">
      {failure === undefined ? null : (
        <div class="trouble">
          <p>
            <b>{openStudy.failed}</b> {failure.problem?.remedy ?? openStudy.unreachable}
          </p>
          <ul>
            {(failure.problem?.found ?? "")
              .split("\n")
              .filter((line) => line !== "")
              .map((line) => (
                <li key={line}>{line}</li>
              ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Opened({ answer }: { readonly answer: CreateStudyAnswer }): JSX.Element {
  return (
    <section class="card stack" aria-labelledby="opened">
      <h2 id="opened">{openStudy.doneTitle(answer.study.title)}</h2>
      <p>{openStudy.doneText}</p>
      {answer.waiting.map(({ language, instruments }) => (
        <p key={language} class="soft">
          {openStudy.waiting(language, instruments)}
        </p>
      ))}
      {answer.warnings.map((warning) => (
        <p key={warning} class="soft">
          {warning}
        </p>
      ))}
      <p class="acts">
        <a class="btn" href={addressOf(answer.study.id, "add")}>
          {openStudy.addPeople}
        </a>
      </p>
    </section>
  );
}
