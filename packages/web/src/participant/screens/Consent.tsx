import type { ParticipantState } from "@longwave/api";
import type { ConsentForm } from "@longwave/study/answering";
import { checkConsent } from "@longwave/study/answering";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Model } from "../state/model.ts";
import type { Language, Words } from "../text/index.ts";
import { ErrorSign } from "../ui/ErrorSign.tsx";
import { Heading } from "../ui/Heading.tsx";
import { LanguageSwitch } from "../ui/LanguageSwitch.tsx";
import { TroubleNote } from "./Notes.tsx";

type Ticks = Readonly<Record<string, boolean>>;

interface ConsentProps {
  readonly words: Words;
  readonly model: Model;
  readonly state: ParticipantState;
  readonly onAgree: (ticks: Ticks) => void;
  readonly onLanguage: (language: Language) => void;
  readonly onDecline: () => void;
}

/** What is new, first of all, for someone who said yes to an earlier version. */
function News({ words, form }: { readonly words: Words; readonly form: ConsentForm }): JSX.Element {
  return (
    <>
      <Heading>{words.consentAgain.title}</Heading>
      <p class="lede">{words.consentAgain.lead}</p>
      <section class="news" aria-labelledby="news">
        <h2 id="news">{words.consentAgain.news}</h2>
        <ul>
          {(form.changes ?? []).map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      </section>
      <p class="soft">{words.consentAgain.kept}</p>
      <h2>{words.consentAgain.whole}</h2>
    </>
  );
}

/** The consent page: what the study asks and promises, then one box for each thing a person may say yes to. */
export function Consent(props: ConsentProps): JSX.Element {
  const { words, model, state } = props;
  const { form, again } = state.consent;
  // Ticks belong to the exact words they were set under: in other words nothing is ticked.
  const [held, setHeld] = useState<{ readonly hash: string; readonly ticks: Ticks }>({ hash: "", ticks: {} });
  const ticks = held.hash === form.hash ? held.ticks : {};
  const [tried, setTried] = useState(0);
  const missing = tried > 0 ? form.ticks.filter((tick) => tick.required && ticks[tick.id] !== true) : [];
  const submit = (event: Event): void => {
    event.preventDefault();
    if (model.busy) return;
    const all = Object.fromEntries(form.ticks.map(({ id }) => [id, ticks[id] === true]));
    if (checkConsent(form, all).ok) props.onAgree(all);
    else setTried(tried + 1);
  };
  return (
    <form onSubmit={submit} noValidate>
      <div class="over">
        <p class="eyebrow">
          {state.study.simulated ? <span class="tag notice">{words.simulated}</span> : null}
          <span>{state.study.title}</span>
        </p>
        <LanguageSwitch
          words={words}
          languages={state.languages}
          current={model.language}
          onLanguage={props.onLanguage}
        />
      </div>
      {again ? <News words={words} form={form} /> : <Heading>{form.title}</Heading>}
      <Sections form={form} />
      <h2 id="agree">{words.consent.asks}</h2>
      <p class="soft small">
        {words.consent.nothingTicked(form.ticks.filter((tick) => tick.required).length)}
      </p>
      <MissingTicks key={tried} words={words} missing={missing} />
      <fieldset class="stack ticks" aria-labelledby="agree">
        {form.ticks.map((tick) => (
          <TickCard
            key={tick.id}
            tick={tick}
            needed={words.consent.needed}
            wrong={missing.includes(tick)}
            checked={ticks[tick.id] === true}
            onChange={(checked) => setHeld({ hash: form.hash, ticks: { ...ticks, [tick.id]: checked } })}
          />
        ))}
      </fieldset>
      <TroubleNote words={words} trouble={model.trouble} />
      <div class="go">
        <button type="submit" class="btn" aria-disabled={model.busy}>
          {model.busy ? words.consent.sending : again ? words.consentAgain.agree : words.consent.agree}
        </button>
        <button type="button" class="btn quiet" onClick={props.onDecline}>
          {again ? words.consentAgain[again.whenDeclined] : words.consent.decline}
        </button>
      </div>
      <p class="soft small after">{words.consent.version(form.version)}</p>
    </form>
  );
}

function Sections({ form }: { readonly form: ConsentForm }): JSX.Element {
  return (
    <dl class="facts">
      {form.sections.map((section) => (
        <div key={section.title}>
          <dt>{section.title}</dt>
          <dd>
            {section.paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface MissingProps {
  readonly words: Words;
  readonly missing: ConsentForm["ticks"];
}

/** The summary of what is missing, with the focus on it and a link to each box. */
function MissingTicks({ words, missing }: MissingProps): JSX.Element | null {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  if (missing.length === 0) return null;
  const goTo = (id: string) => (event: Event) => {
    event.preventDefault();
    document.getElementById(`tick-${id}`)?.focus();
  };
  return (
    <div class="trouble summary" role="alert" tabIndex={-1} ref={box}>
      <h3>
        <ErrorSign />
        {words.consent.errorTitle}
      </h3>
      <ul>
        {missing.map((tick) => (
          <li key={tick.id}>
            <a href={`#tick-${tick.id}`} onClick={goTo(tick.id)}>
              {words.consent.errorItem(tick.label)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface TickCardProps {
  readonly tick: ConsentForm["ticks"][number];
  readonly needed: string;
  readonly wrong: boolean;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function TickCard({ tick, needed, wrong, checked, onChange }: TickCardProps): JSX.Element {
  return (
    <label class={wrong ? "tick wrong" : "tick"}>
      <input
        type="checkbox"
        id={`tick-${tick.id}`}
        checked={checked}
        aria-invalid={wrong}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        <strong>{tick.label}</strong>
        <span class="small soft promise">{tick.promise}</span>
        {tick.required ? <span class="tag plain">{needed}</span> : null}
      </span>
    </label>
  );
}
