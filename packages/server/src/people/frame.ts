import type { DrawnSample, DrawRequest, LineProblem } from "@longwave/api";
import { drawSample, type FrameEntry, sha256 } from "@longwave/study";
import Papa from "papaparse";
import { refuse } from "../errors.ts";
import { isEmail } from "./email.ts";
import { headingOf, type PastedList, type PastedPerson, repeatedAddress, withoutControls } from "./paste.ts";

const MOST_STRATA = 200;

/** A person who could be drawn. */
interface FramePerson extends PastedPerson, FrameEntry {}

/** A sampling frame as it was read. */
interface Frame {
  readonly people: readonly FramePerson[];
  readonly problems: readonly LineProblem[];
}

/**
 * Draws people at random from a list with a first line of column names, in proportion to groups. Whoever is in the study
 * already, stands twice, or cannot be read is no part of what is drawn from.
 *
 * @param known  addresses, in lower case, that the study already has.
 * @throws Refusal `people.frame-unreadable`
 */
export function drawFromFrame(
  text: string,
  { number, seed, by }: DrawRequest,
  known: Pick<ReadonlySet<string>, "has">,
): PastedList & { readonly draw: DrawnSample } {
  const { people, problems } = readFrame(text, by, known);
  const { drawn, strata } = drawSample(people, { number, seed });
  if (strata.length > MOST_STRATA) {
    throw unreadable(
      `at most ${MOST_STRATA} groups`,
      `${strata.length} in ${by.join(", ")}`,
      "Draw by columns with few values, such as sex or an age band.",
    );
  }
  const entries = people.map(({ key, stratum }) => JSON.stringify([key, stratum])).sort();
  return {
    people: drawn.flatMap((place) => people[place] ?? []),
    problems,
    draw: { frame: people.length, frameHash: sha256(`[${entries.join(",")}]`), seed, by, strata },
  };
}

function readFrame(text: string, by: readonly string[], known: Pick<ReadonlySet<string>, "has">): Frame {
  const rows = rowsOf(text);
  const [header = []] = rows;
  const columns = header.map((cell) => cell.trim());
  const [nameAt, emailAt] = (["name", "email"] as const).map((kind) =>
    columns.findIndex((column) => headingOf(column) === kind),
  );
  if ((nameAt ?? -1) < 0 && (emailAt ?? -1) < 0) {
    throw unreadable(
      "a first line with column names, one of them name or email",
      columns.join(", ").slice(0, 200),
      "Write the names of the columns in the first line.",
    );
  }
  const groups = columns.filter((column) => headingOf(column) === undefined);
  const unknown = by.find((column) => !groups.includes(column));
  if (unknown !== undefined) {
    const expected = `groups by one of the columns ${groups.join(", ")}`;
    throw unreadable(expected, unknown, "Choose a column of the list that is neither name nor address.");
  }
  const seen = { known, seen: new Map<string, number>(), rows: new Set<string>() };
  const read = rows.slice(1).map((cells, index) => {
    const at = (place: number | undefined) => cells[place ?? -1]?.trim() || undefined;
    const person = { line: index + 2, name: at(nameAt), email: at(emailAt) };
    const stratum = by.map((column) => at(columns.indexOf(column)) ?? "–").join(" · ");
    const key = person.email?.toLowerCase() ?? JSON.stringify(cells.map((cell) => cell.trim()));
    return checked({ ...person, key, stratum }, cells.join(", "), seen);
  });
  return {
    people: read.filter((each): each is FramePerson => "key" in each),
    problems: read.filter((each): each is LineProblem => "expected" in each),
  };
}

function rowsOf(text: string): string[][] {
  return Papa.parse<string[]>(withoutControls(text), { skipEmptyLines: "greedy" }).data;
}

function checked(
  person: FramePerson,
  text: string,
  so: {
    readonly known: Pick<ReadonlySet<string>, "has">;
    readonly seen: Map<string, number>;
    readonly rows: Set<string>;
  },
): FramePerson | LineProblem {
  const { line, name, email, key } = person;
  const shown = text.slice(0, 200);
  if (name === undefined && email === undefined) {
    return { line, text: shown, expected: "a name or an address", remedy: "Fill in one of them." };
  }
  if (email !== undefined && !isEmail(email)) {
    const expected = "an e-mail address such as kari@example.org";
    return { line, text: shown, expected, remedy: `Mend "${email}".` };
  }
  const twice = repeatedAddress(person, shown, so);
  if (twice) return twice;
  if (so.rows.has(key)) {
    return {
      line,
      text: shown,
      expected: "every person once",
      remedy: "The same line stands above; leave it out.",
    };
  }
  so.rows.add(key);
  if (email !== undefined) so.seen.set(email.toLowerCase(), line);
  return person;
}

function unreadable(expected: string, found: string, remedy: string) {
  return refuse("people.frame-unreadable", expected, found, remedy);
}
