import { may, type PersonPage, type StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { addressOf, addressOfConsent, addressOfPerson } from "../router.ts";
import { peoplePage, shortDate } from "../text/en.ts";
import { personPage as words } from "../text/person.ts";
import { qualityWords } from "../text/quality.ts";
import { AskQuery } from "../ui/AskQuery.tsx";
import { ContactCard } from "../ui/ContactCard.tsx";
import { Empty, Full } from "../ui/States.tsx";
import { Story } from "../ui/Story.tsx";

interface PersonProps {
  readonly study: StudySummary;
  readonly person: string;
}

/** One person: where they stand in every wave, and the way to their forms. */
export function Person({ study, person }: PersonProps): JSX.Element {
  const fetched = useResource(`person ${study.id} ${person}`, () =>
    api.person({ path: { study: study.id, person } }),
  );
  return (
    <Full fetched={fetched}>
      {(page) => (
        <div class="stack wide-gap">
          <div>
            <h2>{page.label}</h2>
            <p>
              <a href={addressOf(study.id, "people")}>{words.toPeople}</a>
            </p>
          </div>
          <Facts page={page} />
          {study.names === "shown" && page.standing !== "erased" && page.standing !== "withdrawn" ? (
            <ContactCard study={study} person={person} onChanged={fetched.reload} />
          ) : null}
          <Forms study={study} page={page} />
          {may(study.role, "queries.ask") ? <Asking study={study} page={page} /> : null}
          <Story events={page.events} />
        </div>
      )}
    </Full>
  );
}

function Facts({ page }: { readonly page: PersonPage }): JSX.Element {
  const { facts } = words;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [facts.number, String(page.number)],
    [facts.invited, shortDate(page.invitedAt)],
    [facts.consented, page.consentedAt === null ? words.notYet : shortDate(page.consentedAt)],
    [facts.language, page.language === null ? undefined : words.languages[page.language]],
    [facts.zone, page.timeZone?.replaceAll("_", " ")],
    [facts.site, page.site ?? undefined],
  ];
  return (
    <dl class="facts">
      {rows.flatMap(([name, value]) =>
        value === undefined
          ? []
          : [
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>,
            ],
      )}
    </dl>
  );
}

function Forms({ study, page }: { readonly study: StudySummary; readonly page: PersonPage }): JSX.Element {
  return (
    <section class="card" aria-labelledby="forms">
      <header>
        <h2 id="forms">{words.formsTitle}</h2>
        {may(study.role, "people.answers") && study.names === "shown" ? null : (
          <p class="small soft">{words.namesOff}</p>
        )}
        {may(study.role, "people.answers") && study.names === "shown" ? (
          <a href={addressOfConsent(study.id, page.id)}>{words.onPaper}</a>
        ) : null}
      </header>
      {page.waves.length === 0 ? (
        <Empty title={words.notYet}>{words.formsEmpty}</Empty>
      ) : (
        <ul class="rows">
          {page.waves.map((wave) => (
            <li key={wave.wave}>
              <Form study={study} page={page} wave={wave} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface FormProps {
  readonly study: StudySummary;
  readonly page: PersonPage;
  readonly wave: PersonPage["waves"][number];
}

function Form({ study, page, wave }: FormProps): JSX.Element {
  const { state, double, opensAt, closesAt } = wave;
  const name = words.wave(wave.wave);
  const done = state === "completed";
  const mayLook = may(study.role, "people.answers") && study.names === "shown" && state !== "not_yet";
  return (
    <>
      <p>
        <b>{name}</b>{" "}
        <span class={state === "open" || state === "started" ? "tag" : "tag plain"}>
          {peoplePage.states[state]}
        </span>{" "}
        {double === null ? null : <span class="tag notice">{words.double[double]}</span>}
        <br />
        <span class="small soft">
          {[words.open(shortDate(opensAt), shortDate(closesAt - 1)), words.answered(wave.answered)]
            .filter((part) => part !== "")
            .join(" · ")}
        </span>
      </p>
      {mayLook ? (
        <a
          class="btn second"
          href={addressOfPerson(study.id, page.id, wave.wave)}
          aria-label={done ? words.lookFor(name) : words.enterFor(name)}
        >
          {done ? words.look : words.enter}
        </a>
      ) : null}
    </>
  );
}

/** The way to ask about any answer of the person; the questions are fetched when it is opened. */
function Asking({ study, page }: { readonly study: StudySummary; readonly page: PersonPage }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{qualityWords.askTitle}</summary>
      {open ? <Ask study={study.id} person={page} /> : null}
    </details>
  );
}

function Ask({ study, person }: { readonly study: string; readonly person: PersonPage }): JSX.Element {
  const fetched = useResource(`asked ${study}`, () =>
    api.queries({ path: { study }, query: { state: "open" } }),
  );
  return (
    <Full fetched={fetched}>
      {({ waves }) => <AskQuery study={study} person={person} waves={waves} onOpened={() => undefined} />}
    </Full>
  );
}
