import type { PersonRow } from "@longwave/api";
import type { JSX } from "preact";
import { peoplePage, shortDate } from "../text/en.ts";
import { Glyph } from "./Glyph.tsx";

interface TableProps {
  readonly people: readonly PersonRow[];
  readonly onNewLink: (person: PersonRow) => void;
  readonly onCode: (person: PersonRow) => void;
}

/** People and where each stands; on a phone each row becomes a card of two lines. */
export function PeopleTable({ people, onNewLink, onCode }: TableProps): JSX.Element {
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
          <Row key={person.id} person={person} onNewLink={onNewLink} onCode={onCode} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Pick<TableProps, "onNewLink" | "onCode"> {
  readonly person: PersonRow;
}

function Row({ person, onNewLink, onCode }: RowProps): JSX.Element {
  const state = nowOf(person);
  return (
    <tr>
      <th scope="row">{person.label}</th>
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
      </td>
      <td class="acts">
        {isOut(person) ? null : <Acts person={person} onNewLink={onNewLink} onCode={onCode} />}
      </td>
    </tr>
  );
}

function Acts({ person, onNewLink, onCode }: RowProps): JSX.Element {
  return (
    <>
      <button
        type="button"
        class="btn quiet"
        aria-label={peoplePage.newLinkFor(person.label)}
        onClick={() => onNewLink(person)}
      >
        {peoplePage.newLink}
      </button>
      <button
        type="button"
        class="btn quiet"
        aria-label={peoplePage.codeFor(person.label)}
        onClick={() => onCode(person)}
      >
        {peoplePage.code}
      </button>
    </>
  );
}

function isOut({ standing }: PersonRow): boolean {
  return standing === "withdrawn" || standing === "erased";
}

/** What is most worth knowing about a person now: what is open, else the latest wave that has passed. */
function nowOf(person: PersonRow): keyof typeof peoplePage.tags {
  if (person.standing === "withdrawn" || person.standing === "erased") return person.standing;
  if (person.consentedAt === undefined) return "invited";
  const open = person.waves.find((state) => state === "open" || state === "started");
  return open ?? person.waves.findLast((state) => state !== "not_yet") ?? "not_yet";
}
