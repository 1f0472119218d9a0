import type { LineProblem } from "@longwave/api";
import { isEmail } from "./email.ts";

/** One person read from a line. */
export interface PastedPerson {
  readonly line: number;
  readonly name: string | undefined;
  readonly email: string | undefined;
}

/** The people of a pasted list and the lines that could not be read. */
export interface PastedList {
  readonly people: readonly PastedPerson[];
  readonly problems: readonly LineProblem[];
}

/** How many people can be added at a time. */
const MOST_PEOPLE = 10_000;
const LONGEST_LINE = 500;

/**
 * Reads a pasted list or CSV: a name and an e-mail address a line in either order, one of them may be missing,
 * separated by comma, semicolon or tab; `Name <address>` also works. A header line is recognised and left out.
 *
 * @param known  addresses, in lower case, that the study already has.
 */
export function readPastedList(text: string, known: Pick<ReadonlySet<string>, "has">): PastedList {
  const people: PastedPerson[] = [];
  const problems: LineProblem[] = [];
  const seen = new Map<string, number>();
  const lines = withoutControls(text).split(/\r\n|\r|\n/);
  lines.forEach((content, index) => {
    if (content.trim() === "" || (index === 0 && isHeader(content))) return;
    const read = readLine(content, index + 1);
    const problem =
      "expected" in read
        ? read
        : repeated(read, content, { known, seen, full: people.length >= MOST_PEOPLE });
    if (problem) problems.push(problem);
    if (problem || "expected" in read) return;
    if (read.email) seen.set(read.email.toLowerCase(), read.line);
    people.push(read);
  });
  return { people, problems };
}

/** A list without what no database keeps (the character NUL) and no name has: control characters, and a mark of order. */
export function withoutControls(text: string): string {
  return text.replace(/^\uFEFF|(?![\t\r\n])\p{Cc}/gu, "");
}

function isHeader(line: string): boolean {
  const cells = splitCells(line);
  return cells.length > 0 && cells.every((cell) => headingOf(cell) !== undefined);
}

const headings = {
  name: ["name", "navn", "fullname"],
  email: ["email", "emailaddress", "mail", "epost", "epostadresse"],
} as const;

/** What a column with this heading holds; undefined for anything else. */
export function headingOf(heading: string): "name" | "email" | undefined {
  const word = heading.toLowerCase().replace(/[^a-z]/g, "");
  return (["name", "email"] as const).find((kind) => (headings[kind] as readonly string[]).includes(word));
}

function readLine(text: string, line: number): PastedPerson | LineProblem {
  if (text.length > LONGEST_LINE) {
    return {
      line,
      text: `${text.slice(0, 60)}…`,
      expected: `at most ${LONGEST_LINE} characters a line`,
      remedy: "Check that every person stands on a line of their own.",
    };
  }
  const cells = splitCells(text);
  if (cells === unclosed) {
    return {
      line,
      text,
      expected: "a closing quotation mark",
      remedy: "Close the quotation mark or take it away.",
    };
  }
  const filled = cells.filter((cell) => cell !== "");
  const emails = filled.filter((cell) => cell.includes("@"));
  const names = filled.filter((cell) => !cell.includes("@"));
  if (emails.length > 1 || names.length > 1 || filled.length === 0) {
    return {
      line,
      text,
      expected: "one name and one e-mail address, separated by a comma",
      remedy: "Write the name and the address only; put a name with a comma in quotation marks.",
    };
  }
  const [email] = emails;
  if (email !== undefined && !isEmail(email)) {
    return { line, text, expected: "an e-mail address such as kari@example.org", remedy: `Mend "${email}".` };
  }
  return { line, name: names[0], email };
}

function repeated(
  person: PastedPerson,
  text: string,
  so: {
    readonly known: Pick<ReadonlySet<string>, "has">;
    readonly seen: ReadonlyMap<string, number>;
    readonly full: boolean;
  },
): LineProblem | undefined {
  const { line } = person;
  if (so.full) {
    return {
      line,
      text,
      expected: `at most ${MOST_PEOPLE} people at a time`,
      remedy: "Paste the rest after these.",
    };
  }
  return repeatedAddress(person, text, so);
}

/** What is wrong with an address that stands in the list, or in the study, already. */
export function repeatedAddress(
  { line, email: address }: Pick<PastedPerson, "line" | "email">,
  text: string,
  so: { readonly known: Pick<ReadonlySet<string>, "has">; readonly seen: ReadonlyMap<string, number> },
): LineProblem | undefined {
  const email = address?.toLowerCase();
  if (email === undefined) return undefined;
  const first = so.seen.get(email);
  if (first !== undefined) {
    return {
      line,
      text,
      expected: "every address once",
      remedy: `It stands in line ${first} already; leave this line out.`,
    };
  }
  if (!so.known.has(email)) return undefined;
  return {
    line,
    text,
    expected: "an address that is not in the study",
    remedy: "This person is there already; make a new link from the list.",
  };
}

const unclosed: readonly string[] = [];

/** The cells of one line; `unclosed` when a quotation mark is. Takes time in proportion to the line's length. */
function splitCells(line: string): readonly string[] {
  const trimmed = line.trim();
  const separator = ["\t", ";", ","].find((each) => trimmed.includes(each)) ?? ",";
  return namedAddress(trimmed) ?? separate(trimmed, separator);
}

/** The two parts of `Name <address>`, if the line is one. */
function namedAddress(line: string): readonly string[] | undefined {
  const at = line.indexOf("<");
  if (at < 0 || !line.endsWith(">")) return undefined;
  const name = line.slice(0, at).trim();
  const address = line.slice(at + 1, -1).trim();
  const whole = /^"[^"]*"$|^[^",;\t>]*$/.test(name) && /^[^<>]+$/.test(address);
  return whole ? [name.replaceAll('"', "").trim(), address] : undefined;
}

function separate(line: string, separator: string): readonly string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  let before = "";
  for (const character of line) {
    if (character === '"') {
      if (!quoted && before === '"') cell += '"';
      quoted = !quoted;
    } else if (character === separator && !quoted) {
      cells.push(cell);
      cell = "";
    } else cell += character;
    before = character;
  }
  return quoted ? unclosed : [...cells, cell].map((each) => each.trim());
}
