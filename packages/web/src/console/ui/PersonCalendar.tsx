import type { PersonCalendar as Calendar, PersonRow, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { calendarPage as words } from "../text/calendar.ts";
import { frame, peoplePage } from "../text/en.ts";
import { AsOf } from "./AsOf.tsx";
import { Full } from "./States.tsx";

interface WithCalendarProps {
  readonly study: StudySummary;
  readonly children: (onCalendar: (person: PersonRow) => void) => JSX.Element;
}

/** Shows the calendar of one person over the list until it is put away. */
export function WithCalendar({ study, children }: WithCalendarProps): JSX.Element {
  const [shown, setShown] = useState<PersonRow | undefined>(undefined);
  return (
    <>
      {shown === undefined ? null : (
        <PersonCalendar key={shown.id} study={study} person={shown} onClose={() => setShown(undefined)} />
      )}
      {children(setShown)}
    </>
  );
}

interface PersonCalendarProps {
  readonly study: StudySummary;
  readonly person: PersonRow;
  readonly onClose: () => void;
}

function PersonCalendar({ study, person, onClose }: PersonCalendarProps): JSX.Element {
  const [asOf, setAsOf] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const fetched = useResource(`calendar ${study.id} ${person.id} ${asOf}`, () =>
    api.personCalendar({
      path: { study: study.id, person: person.id },
      query: asOf === "" ? {} : { asOf },
    }),
  );
  return (
    <section class="card calendar" aria-labelledby="person-calendar">
      <header>
        <h2 id="person-calendar" tabIndex={-1} ref={heading}>
          {words.personTitle(person.label)}
        </h2>
        <button type="button" class="btn quiet" onClick={onClose}>
          {frame.close}
        </button>
      </header>
      <AsOf asOf={asOf} onAsOf={setAsOf} />
      <Full fetched={fetched}>{(calendar) => <Entries calendar={calendar} />}</Full>
    </section>
  );
}

function Entries({ calendar }: { readonly calendar: Calendar }): JSX.Element {
  const { waves, entries, timeZone } = calendar;
  return (
    <>
      <p class="soft">
        {words.zone(timeZone)}{" "}
        {waves.map(({ wave, state }) => `${words.wave(wave)}: ${peoplePage.states[state]}`).join(" · ")}
      </p>
      {entries.length === 0 ? (
        <p>{words.personEmpty}</p>
      ) : (
        <ul class="bare-list">
          {entries.map(({ at, day, kind, wave }) => (
            <li key={`${at} ${kind} ${wave}`}>
              <b class="num">{words.day(day)}</b> {words.what(kind, wave)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
