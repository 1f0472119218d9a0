import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { OpenFile } from "../App.tsx";
import { type Choices, candidates } from "../data/choices.ts";
import { choose } from "../text/en.ts";

const PARTS = ["person", "time", "exposure", "outcome", "group"] as const;
const NEEDED = ["person", "exposure", "outcome"] as const;

/** What each column is; the button says what is still missing. */
export function ChooseColumns(props: {
  readonly file: OpenFile;
  readonly choices: Choices;
  readonly busy: boolean;
  readonly onChange: (choices: Choices) => void;
  readonly onAnalyse: () => void;
}): JSX.Element {
  const { file, choices, busy, onChange, onAnalyse } = props;
  const [tried, setTried] = useState(false);
  const wrong = tried ? mistake(choices) : "";
  const texts = file.columns
    .filter(
      ({ name, kind, distinct }) =>
        kind === "text" && distinct >= 2 && name !== choices.person && name !== choices.group,
    )
    .map(({ name, odd }) => (odd === null ? name : choose.odd(name, odd)));
  const constant = file.columns
    .filter(({ distinct, name }) => distinct < 2 && name !== choices.person)
    .map(({ name }) => name);
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (mistake(choices) === "" && !busy) onAnalyse();
  };
  return (
    <section class="section" aria-labelledby="columns-title">
      <h2 id="columns-title">{choose.title}</h2>
      <p class="soft">{choose.hint}</p>
      <Help />
      <form class="columns" onSubmit={submit} noValidate>
        {PARTS.map((part) => (
          <Part key={part} part={part} file={file} choices={choices} onChange={onChange} />
        ))}
        {texts.length > 0 && <p class="soft texts">{choose.texts(texts)}</p>}
        {constant.length > 0 && <p class="soft texts">{choose.constant(constant)}</p>}
        <div class="go">
          <p role="alert" class="error">
            {wrong}
          </p>
          <button type="submit" class="btn" aria-disabled={busy}>
            {busy ? choose.busy : choose.button}
          </button>
          {busy && <progress aria-label={choose.busy} />}
        </div>
      </form>
    </section>
  );
}

const EXAMPLE_ROWS = [
  ["a", 1, 2, 6],
  ["a", 2, 4, "4,5"],
  ["b", 1, 3, 3],
] as const;

/** What the words mean, with a small file to compare with. */
function Help(): JSX.Element {
  const { person, time, exposure, outcome } = choose.parts;
  return (
    <details>
      <summary>{choose.help}</summary>
      {choose.helpText.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <table class="small-file">
        <caption>{choose.helpTable}</caption>
        <thead>
          <tr>
            {[person, time, exposure, outcome].map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {EXAMPLE_ROWS.map((row) => (
            <tr key={row.join()}>
              {row.map((cell, at) => (
                <td key={at}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Part(props: {
  readonly part: keyof Choices;
  readonly file: OpenFile;
  readonly choices: Choices;
  readonly onChange: (choices: Choices) => void;
}): JSX.Element {
  const { part, file, choices, onChange } = props;
  const words = choose.parts[part];
  const empty = part === "group" ? choose.noGroup : part === "time" ? choose.noTime : choose.none;
  return (
    <div class="field">
      <label for={part}>{words.label}</label>
      <select
        id={part}
        value={choices[part]}
        aria-describedby={`${part}-hint`}
        onChange={(event) => onChange({ ...choices, [part]: event.currentTarget.value })}
      >
        <option value="">{empty}</option>
        {candidates(file.columns, part).map(({ name, examples }) => (
          <option key={name} value={name}>
            {`${name} (${examples.join(", ")} …)`}
          </option>
        ))}
      </select>
      <p class="hint" id={`${part}-hint`}>
        {words.hint}
      </p>
    </div>
  );
}

/** What keeps the choices from being analysed; empty when nothing does. */
function mistake(choices: Choices): string {
  const missing = NEEDED.filter((part) => choices[part] === "").map((part) => choose.parts[part].label);
  if (missing.length > 0) return choose.missing(missing);
  const chosen = PARTS.map((part) => choices[part]).filter((name) => name !== "");
  return new Set(chosen).size === chosen.length ? "" : choose.same;
}
