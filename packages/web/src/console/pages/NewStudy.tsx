import type { StudySummary, StudyTemplate } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { frame } from "../text/en.ts";
import { newStudy } from "../text/new-study.ts";
import { Mistakes } from "../ui/Mistakes.tsx";
import { Full } from "../ui/States.tsx";

/** A new study, from a template, a copy or a file; it begins in design, and its text is the next page. */
export function NewStudy(): JSX.Element {
  const fetched = useResource("beginnings", async () => ({
    templates: await api.templates(),
    studies: await api.studies(),
  }));
  return (
    <>
      <header class="study">
        <div>
          <p>
            <a href="#/">{frame.studies}</a>
          </p>
          <h1 tabIndex={-1}>{newStudy.title}</h1>
          <p class="soft measure">{newStudy.lede}</p>
        </div>
      </header>
      <Full fetched={fetched}>{(beginnings) => <Beginning {...beginnings} />}</Full>
    </>
  );
}

interface BeginningProps {
  readonly templates: readonly StudyTemplate[];
  readonly studies: readonly StudySummary[];
}

type Way = "template" | "copy" | "file";

/** What was chosen to begin with; a template or study by its id. */
interface Chosen {
  readonly way: Way;
  readonly template: string;
  readonly study: string;
  readonly file: string;
}

function Beginning({ templates, studies }: BeginningProps): JSX.Element {
  const [chosen, setChosen] = useState<Chosen>({
    way: templates.length > 0 ? "template" : "file",
    template: templates[0]?.id ?? "",
    study: studies[0]?.id ?? "",
    file: "",
  });
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const make = useAction(
    async () => makeStudy(await textOf(chosen, templates), { way: chosen.way, id: name.trim() }),
    ({ study }) => {
      location.hash = addressOf(study.id, "text");
    },
  );
  const isNamed = /^[a-z][a-z0-9-]{0,79}$/.test(name.trim());
  const needFile = chosen.way === "file" && chosen.file.trim() === "";
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (isNamed && !needFile) make.run(undefined);
  };
  return (
    <form class="add open-study" onSubmit={submit} noValidate>
      <Ways chosen={chosen} templates={templates} studies={studies} onChoose={setChosen} />
      <p role="alert" class="error">
        {tried && needFile ? newStudy.needFile : ""}
      </p>
      <div class={tried && !isNamed ? "field wrong" : "field"}>
        <label for="name">{newStudy.name}</label>
        <p class="hint" id="name-hint">
          {newStudy.nameHint}
        </p>
        <input
          id="name"
          value={name}
          aria-invalid={tried && !isNamed}
          aria-describedby="name-hint name-error"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <p role="alert" class="error" id="name-error">
          {tried && !isNamed ? newStudy.needName : ""}
        </p>
      </div>
      <Mistakes failure={make.failure} title={newStudy.failed} unreachable={newStudy.unreachable} />
      <button type="submit" class="btn" aria-disabled={make.busy}>
        {make.busy ? newStudy.busy : newStudy.button}
      </button>
    </form>
  );
}

interface WaysProps extends BeginningProps {
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

function Ways({ chosen, templates, studies, onChoose }: WaysProps): JSX.Element {
  const ways: readonly (readonly [Way, string])[] = [
    ...(templates.length > 0 ? [["template", newStudy.template] as const] : []),
    ...(studies.length > 0 ? [["copy", newStudy.copy] as const] : []),
    ["file", newStudy.file],
  ];
  return (
    <>
      <Radios
        legend={newStudy.from}
        name="way"
        value={chosen.way}
        options={ways.map(([id, title]) => ({ id, title }))}
        onChange={(way) => onChoose({ ...chosen, way: way as Way })}
      />
      {chosen.way === "template" ? (
        <Radios
          legend={newStudy.whichTemplate}
          name="template"
          value={chosen.template}
          options={templates}
          onChange={(template) => onChoose({ ...chosen, template })}
        />
      ) : null}
      {chosen.way === "copy" ? (
        <div class="field">
          <label for="copied">{newStudy.whichStudy}</label>
          <p class="hint" id="copy-hint">
            {newStudy.copyHint}
          </p>
          <select
            id="copied"
            value={chosen.study}
            aria-describedby="copy-hint"
            onChange={(event) => onChoose({ ...chosen, study: event.currentTarget.value })}
          >
            {studies.map(({ id, title }) => (
              <option key={id} value={id}>
                {title} ({id})
              </option>
            ))}
          </select>
        </div>
      ) : null}
      {chosen.way === "file" ? (
        <div class="field">
          <label for="file">{newStudy.whichFile}</label>
          <input
            id="file"
            type="file"
            accept=".yaml,.yml,text/yaml,text/plain"
            onChange={(event) => {
              const picked = event.currentTarget.files?.[0];
              if (picked !== undefined) void picked.text().then((file) => onChoose({ ...chosen, file }));
            }}
          />
        </div>
      ) : null}
    </>
  );
}

interface RadiosProps {
  readonly legend: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly title: string; readonly about?: string }[];
  readonly onChange: (id: string) => void;
}

function Radios({ legend, name, value, options, onChange }: RadiosProps): JSX.Element {
  return (
    <fieldset class="ways">
      <legend>{legend}</legend>
      {options.map(({ id, title, about }) => (
        <label key={id} class="way">
          <input type="radio" name={name} checked={id === value} onChange={() => onChange(id)} />
          <span>
            <b>{title}</b>
            {about === undefined ? null : <span class="soft">{about}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

async function textOf(chosen: Chosen, templates: readonly StudyTemplate[]): Promise<string> {
  if (chosen.way === "file") return chosen.file;
  if (chosen.way === "template") return templates.find(({ id }) => id === chosen.template)?.text ?? "";
  return (await api.studyText({ path: { study: chosen.study } })).text;
}

/** A template or a copy becomes a text of its own, from version 1.0.0 on; a file stays as its writer has it. */
async function makeStudy(text: string, { way, id }: { readonly way: Way; readonly id: string }) {
  if (way === "file") return api.createStudy({ body: { protocol: text, id, open: false } });
  const { withFields } = await import("@longwave/study/text"); // only now: no other page needs YAML
  const protocol = withFields(text, { id, version: "1.0.0" });
  return api.createStudy({ body: { protocol, id, open: false } });
}
