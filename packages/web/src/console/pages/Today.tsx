import type { StudySummary, Today as TodayAnswer, TodayItem, TodayKind } from "@longwave/api";
import { may } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { useFresh, useResource } from "../data/use-resource.ts";
import { addressOf, addressOfPerson } from "../router.ts";
import { calendarPage } from "../text/calendar.ts";
import { people, shortDate } from "../text/en.ts";
import { todayPage as words } from "../text/today.ts";
import { NextStep } from "../ui/NextStep.tsx";
import { Empty, Full } from "../ui/States.tsx";

/** What a study needs of its team now: what only a person can mend, who is due, and the next two weeks. */
export function Today({ study }: { readonly study: StudySummary }): JSX.Element {
  const fetched = useResource(`today ${study.id}`, () => api.today({ path: { study: study.id } }));
  useFresh(fetched, "today");
  return (
    <div class="cards">
      <NextStep study={study} />
      <div class="c12">
        <Full fetched={fetched}>
          {(today) => (
            <div class="cards inner">
              <Needs study={study} today={today} />
              <Due study={study} today={today} />
              <Ahead study={study} today={today} />
            </div>
          )}
        </Full>
      </div>
    </div>
  );
}

interface PartProps {
  readonly study: StudySummary;
  readonly today: TodayAnswer;
}

function Needs({ study, today }: PartProps): JSX.Element {
  return (
    <section class="card c12" aria-labelledby="needs">
      <header>
        <h2 id="needs">{words.needs}</h2>
        {today.items.length === 0 ? null : <p>{words.rest}</p>}
      </header>
      {today.items.length === 0 ? (
        <Empty title={words.quietTitle}>{words.quiet}</Empty>
      ) : (
        <ul class="rows">
          {today.items.map((item) => (
            <li key={item.kind}>
              <Item study={study} item={item} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Item({ study, item }: { readonly study: StudySummary; readonly item: TodayItem }): JSX.Element {
  const { kind, count: many, people: shown, detail } = item;
  const { title, text, act } = words.kinds[kind];
  const place = placeOf(study, kind);
  return (
    <>
      <div>
        <p>
          <b>{title(many)}</b>
          {detail === null ? "" : `: ${detail}`}
          <br />
          <span class="soft">{text}</span>
        </p>
        {shown.length === 0 ? null : (
          <ul class="people-line small">
            {shown.map(({ id, label, wave, since }) => (
              <li key={`${id} ${wave}`}>
                <a href={addressOfPerson(study.id, id)}>{words.person(label, wave)}</a>
                {since === null ? "" : ` ${words.since(shortDate(since))}`}
              </li>
            ))}
            {many > shown.length ? <li>{words.more(many - shown.length)}</li> : null}
          </ul>
        )}
      </div>
      {place === undefined || act === undefined ? null : (
        <a class="btn second" href={place}>
          {act}
        </a>
      )}
    </>
  );
}

/** Where it is mended, if the reader may go there. */
function placeOf({ id, role }: StudySummary, kind: TodayKind): string | undefined {
  switch (kind) {
    case "inbox_unread":
      return may(role, "inbox.read") ? addressOf(id, "inbox") : undefined;
    case "erasure_request":
    case "mail_returned":
      return addressOf(id, "people");
    case "message_failed":
      return addressOf(id, "messages", "failed");
    case "message_uncertain":
      return addressOf(id, "messages", "uncertain");
    case "message_waiting":
      return addressOf(id, "messages", "queued");
    case "letter_due":
      return may(role, "people.links") ? addressOf(id, "letters") : undefined;
    case "consent_anew":
      return addressOf(id, "people", "asked_anew");
    case "unfinished":
      return addressOf(id, "people", "started");
    case "query_open":
      return addressOf(id, "data", "open");
    case "query_answered":
      return addressOf(id, "data", "answered");
    case "language_unconfirmed":
      return addressOf(id, "plan");
    case "comment_waiting":
      return addressOf(id, "discussion");
    case "run_failed":
      return addressOf(id, "analysis");
    case "retention_soon":
    case "retention_over":
      return addressOf(id, "people");
    case "typed_differently":
    case "typed_once":
    case "address_disputed":
      return undefined;
  }
}

function Due({ study, today }: PartProps): JSX.Element {
  return (
    <section class="card c5" aria-labelledby="due">
      <header>
        <h2 id="due">{words.dueTitle}</h2>
        {today.waves.length === 0 ? null : <a href={addressOf(study.id, "people", "open")}>{words.seeDue}</a>}
      </header>
      {today.waves.length === 0 ? (
        <Empty title={words.dueEmptyTitle}>{words.dueEmpty}</Empty>
      ) : (
        <ul class="bare-list">
          {today.waves.map(({ wave, due, begun }) => (
            <li key={wave}>
              <b>{words.wave(wave)}</b> {words.due(due)}, {words.begun(begun)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Ahead({ study, today }: PartProps): JSX.Element {
  return (
    <section class="card c7 calendar" aria-labelledby="ahead">
      <header>
        <h2 id="ahead">{words.aheadTitle}</h2>
        <a href={addressOf(study.id, "calendar")}>{words.toCalendar}</a>
      </header>
      {today.deadlines.length === 0 ? (
        <Empty title={words.aheadEmptyTitle}>{words.aheadEmpty}</Empty>
      ) : (
        <ul class="bare-list">
          {today.deadlines.map(({ day, kind, wave, people: many }) => (
            <li key={`${day} ${kind} ${wave}`}>
              <b class="num">{calendarPage.day(day)}</b> {calendarPage.what(kind, wave)}: {people(many)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
