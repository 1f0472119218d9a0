import { type FlaggedForm, type FlagKind, may, type QualityPage, type StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { addressOfPerson } from "../router.ts";
import { qualityWords as words } from "../text/quality.ts";
import { AskQuery } from "./AskQuery.tsx";
import { Empty, Full } from "./States.tsx";

interface FlaggedFormsProps {
  readonly study: StudySummary;
  /** Changes when queries have moved elsewhere on the page. */
  readonly moved: number;
  readonly onOpened: () => void;
}

const kinds: readonly FlagKind[] = ["straight_lined", "fast", "changed"];

/** The forms worth a look, by flag and wave, each with the way to ask about it. */
export function FlaggedForms({ study, moved, onOpened }: FlaggedFormsProps): JSX.Element {
  const [kind, setKind] = useState<FlagKind | undefined>(undefined);
  const [wave, setWave] = useState("");
  const [after, setAfter] = useState(0);
  const fetched = useResource(`quality ${study.id} ${kind ?? ""} ${wave} ${after} ${moved}`, () =>
    api.quality({
      path: { study: study.id },
      query: {
        ...(kind === undefined ? {} : { kind }),
        ...(wave === "" ? {} : { wave }),
        after: String(after),
      },
    }),
  );
  return (
    <section class="card c12" aria-labelledby="flags">
      <header>
        <h2 id="flags">{words.flagsTitle}</h2>
        <p>{words.flagsLede}</p>
      </header>
      <details>
        <summary>{words.rule}</summary>
        <ul class="plain-list">
          {words.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </details>
      <Full fetched={fetched}>
        {(page) => (
          <div class="stack">
            <Filter
              page={page}
              kind={kind}
              wave={wave}
              onKind={(next) => {
                setKind(next);
                setAfter(0);
              }}
              onWave={(next) => {
                setWave(next);
                setAfter(0);
              }}
            />
            {page.forms.length === 0 ? (
              <Empty title={words.noFlagsTitle}>{words.noFlags}</Empty>
            ) : (
              <Forms study={study} page={page} onOpened={onOpened} />
            )}
            <Pager page={page} after={after} onAfter={setAfter} />
          </div>
        )}
      </Full>
    </section>
  );
}

interface FilterProps {
  readonly page: QualityPage;
  readonly kind: FlagKind | undefined;
  readonly wave: string;
  readonly onKind: (kind: FlagKind | undefined) => void;
  readonly onWave: (wave: string) => void;
}

function Filter({ page, kind, wave, onKind, onWave }: FilterProps): JSX.Element {
  return (
    <div class="acts">
      <div class="field">
        <label for="flag-kind">{words.kind}</label>
        <select
          id="flag-kind"
          value={kind ?? ""}
          onChange={({ currentTarget }) => onKind(kinds.find((each) => each === currentTarget.value))}
        >
          <option value="">{words.all}</option>
          {kinds.map((each) => (
            <option key={each} value={each}>
              {words.counted(words.flagKinds[each], page.counts[each])}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="flag-wave">{words.waveLabel}</label>
        <select id="flag-wave" value={wave} onChange={({ currentTarget }) => onWave(currentTarget.value)}>
          <option value="">{words.anyWave}</option>
          {page.waves.map((each) => (
            <option key={each.wave} value={each.wave}>
              {words.wave(each.wave)}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

interface FormsProps {
  readonly study: StudySummary;
  readonly page: QualityPage;
  readonly onOpened: () => void;
}

function Forms({ study, page, onOpened }: FormsProps): JSX.Element {
  return (
    <ul class="rows">
      {page.forms.map((form) => (
        <li key={`${form.person.id} ${form.wave}`}>
          <Form study={study} form={form} page={page} onOpened={onOpened} />
        </li>
      ))}
    </ul>
  );
}

function Form({ study, form, page, onOpened }: FormsProps & { readonly form: FlaggedForm }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const about = words.about(form.person.label, form.wave);
  const opens = may(study.role, "people.answers");
  return (
    <>
      <div>
        <p>
          {opens ? (
            <a href={addressOfPerson(study.id, form.person.id, form.wave)}>{about}</a>
          ) : (
            <b>{about}</b>
          )}{" "}
          <span class="soft small">{words.queriesOpen(form.queries)}</span>
        </p>
        <ul class="people-line small">
          {form.flags.map((flag) => (
            <li key={`${flag.kind} ${flag.item}`}>{words.flag(flag)}</li>
          ))}
        </ul>
        {asking ? (
          <AskQuery
            study={study.id}
            person={{ ...form.person, label: about }}
            waves={page.waves.filter(({ wave }) => wave === form.wave)}
            item={form.flags.find(({ item }) => item !== undefined)?.item}
            onOpened={() => {
              setAsking(false);
              onOpened();
            }}
            onCancel={() => setAsking(false)}
          />
        ) : null}
      </div>
      {may(study.role, "queries.ask") && !asking ? (
        <button
          type="button"
          class="btn second"
          aria-label={words.askOf(about)}
          onClick={() => setAsking(true)}
        >
          {words.act}
        </button>
      ) : null}
    </>
  );
}

interface PagerProps {
  readonly page: QualityPage;
  readonly after: number;
  readonly onAfter: (after: number) => void;
}

function Pager({ page, after, onAfter }: PagerProps): JSX.Element | null {
  const last = after + page.forms.length;
  if (after === 0 && last >= page.total) return null;
  const step = 50;
  return (
    <p class="acts">
      <span class="soft">{words.shown(after + 1, last, page.total)}</span>
      {after === 0 ? null : (
        <button type="button" class="btn second small" onClick={() => onAfter(Math.max(0, after - step))}>
          {words.before}
        </button>
      )}
      {last >= page.total ? null : (
        <button type="button" class="btn second small" onClick={() => onAfter(last)}>
          {words.next}
        </button>
      )}
    </p>
  );
}
