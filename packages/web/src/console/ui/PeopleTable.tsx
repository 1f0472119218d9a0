import type { PersonRow } from "@longwave/api";
import type { JSX } from "preact";
import { addressOfPerson } from "../router.ts";
import { calendarPage } from "../text/calendar.ts";
import { peoplePage, shortDate } from "../text/en.ts";
import { leaveFor } from "../text/leave.ts";
import { personPage } from "../text/person.ts";
import { Glyph } from "./Glyph.tsx";

interface TableProps {
  readonly study: string;
  readonly people: readonly PersonRow[];
  readonly onNewLink: (person: PersonRow) => void;
  readonly onCode: (person: PersonRow) => void;
  readonly onLeave: (person: PersonRow) => void;
  readonly onCalendar: (person: PersonRow) => void;
}

/** People and where each stands; on a phone each row becomes a card of two lines. */
export function PeopleTable({ people, ...acts }: TableProps): JSX.Element {
  return (
    <table class="people">
      <thead>
        <tr>
          <th scope="col">{peoplePage.name}</th>
          <th scope="col">{peoplePage.invited}</th>
          <th scope="col">{peoplePage.consented}</th>
          <th scope="col">{peoplePage.answers}</th>
          <th scope="col">{peoplePage.latest}</th>
          <th scope="col">
            <span class="sr">{peoplePage.link}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Row key={person.id} person={person} {...acts} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Omit<TableProps, "people"> {
  readonly person: PersonRow;
}

function Row({ study, person, ...acts }: RowProps): JSX.Element {
  const { now: state } = person;
  return (
    <tr>
      <th scope="row">
        <a href={addressOfPerson(study, person.id)}>{person.label}</a>
      </th>
      <td class="date">{shortDate(person.invitedAt)}</td>
      <td class="date">
        {person.consentedAt === undefined ? peoplePage.notYet : shortDate(person.consentedAt)}
      </td>
      <td class="glyph-cell">
        <Glyph waves={person.waves} />
      </td>
      <td class="state">
        <span class={state === "open" || state === "started" ? "tag" : "tag plain"}>
          {peoplePage.tags[state]}
        </span>
        {person.standing === "no_contact" ? <span class="tag plain">{peoplePage.noMessages}</span> : null}
        {person.typing === undefined ? null : (
          <span class="tag notice">{personPage.double[person.typing]}</span>
        )}
        {person.mailReturns ? <span class="tag notice">{peoplePage.mailReturns}</span> : null}
      </td>
      <td class="acts">{person.standing === "erased" ? null : <Acts person={person} {...acts} />}</td>
    </tr>
  );
}

function Acts({ person, onNewLink, onCode, onLeave, onCalendar }: Omit<RowProps, "study">): JSX.Element {
  const act = (name: string, label: string, onPress: (person: PersonRow) => void): JSX.Element => (
    <button type="button" class="btn quiet" aria-label={label} onClick={() => onPress(person)}>
      {name}
    </button>
  );
  const { label } = person;
  return (
    <>
      {isOut(person) ? null : act(calendarPage.open, calendarPage.openFor(label), onCalendar)}
      {isOut(person) ? null : act(peoplePage.newLink, peoplePage.newLinkFor(label), onNewLink)}
      {isOut(person) ? null : act(peoplePage.code, peoplePage.codeFor(label), onCode)}
      {act(leaveFor.button, leaveFor.buttonFor(label), onLeave)}
    </>
  );
}

function isOut({ standing }: PersonRow): boolean {
  return standing === "withdrawn" || standing === "erased";
}
