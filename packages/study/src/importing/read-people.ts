import { Temporal } from "temporal-polyfill";
import { dayOf } from "../data-plan/arrange-rows.ts";
import type { DataColumn, PeopleColumns } from "../dataset/types.ts";
import type { StudyProblem } from "../errors.ts";
import type { Language, Protocol } from "../protocol/types.ts";
import { isTimeZone } from "../schedule/time-zone.ts";
import type { ImportedPerson } from "./types.ts";

const DAY_MS = 86_400_000;
/** More would not be read. */
const MOST_NAMED = 5;

/** Noon of a day (days since 1970) on the clock of a zone, ms UTC. */
export function noonOf(day: number, timeZone: string): number {
  const date = Temporal.Instant.fromEpochMilliseconds(day * DAY_MS)
    .toZonedDateTimeISO("UTC")
    .toPlainDate();
  return date.toZonedDateTime({ timeZone, plainTime: "12:00" }).epochMilliseconds;
}

/** Rows of a file and the columns about people. */
export interface PeopleInput {
  readonly protocol: Protocol;
  readonly columns: readonly DataColumn[];
  readonly names: PeopleColumns;
  /** The person of each row; undefined for a row without one. */
  readonly ids: readonly (string | undefined)[];
}

/** The people of a file, and what is wrong with their columns. */
export function readPeople(input: PeopleInput): {
  readonly people: readonly ImportedPerson[];
  readonly problems: readonly StudyProblem[];
} {
  const facts = factsOf(input);
  const odd = [...facts.keys()].filter((id) => !/^[A-Za-z0-9._-]{1,64}$/.test(id));
  const problems = [
    ...(odd.length === 0 ? [] : [idProblem(odd)]),
    ...changing(input, facts),
    ...(input.columns.some(({ name }) => name === consentColumn(input.names))
      ? []
      : [noConsentColumn(input)]),
  ];
  if (problems.length > 0) return { people: [], problems };
  const read = [...facts].map(([id, known]) => personFrom(input, id, known));
  return {
    people: read.flatMap(({ person }) => person ?? []),
    problems: together(read.flatMap(({ problem }) => problem ?? [])),
  };
}

type Field = "name" | "email" | "timeZone" | "language" | "consentedOn";
const fields: readonly Field[] = ["name", "email", "timeZone", "language", "consentedOn"];

/** What each row says of a person, without repeats. */
type Facts = ReadonlyMap<string, ReadonlyMap<Field, ReadonlySet<string | number>>>;

/** An export of ours names the day of enrolment so. */
function consentColumn({ consentedOn }: PeopleColumns): string {
  return consentedOn ?? "enrolled_day";
}

function factsOf({ columns, names, ids }: PeopleInput): Facts {
  const facts = new Map<string, Map<Field, Set<string | number>>>();
  const given = fields.flatMap((field) => {
    const name = field === "consentedOn" ? consentColumn(names) : names[field];
    const column = columns.find((each) => each.name === name);
    return column === undefined ? [] : [{ field, values: column.values }];
  });
  ids.forEach((id, row) => {
    if (id === undefined) return;
    const known = facts.get(id) ?? new Map<Field, Set<string | number>>();
    facts.set(id, known);
    for (const { field, values } of given) {
      const value = values[row];
      if (value === null || value === undefined) continue;
      const set = known.get(field) ?? new Set();
      known.set(field, set.add(value));
    }
  });
  return facts;
}

/** A person has one day of consent and one address: two in a file are a mistake in it. */
function changing({ names }: PeopleInput, facts: Facts): readonly StudyProblem[] {
  return fields.flatMap((field): readonly StudyProblem[] => {
    const those = [...facts].filter(([, known]) => (known.get(field)?.size ?? 0) > 1).map(([id]) => id);
    if (those.length === 0) return [];
    const column = field === "consentedOn" ? consentColumn(names) : names[field];
    const problem = { expected: "one value in all rows of a person", found: `several for ${listed(those)}` };
    return [
      {
        code: "import.person-differs",
        path: ["people", field],
        ...problem,
        remedy: `Correct the column “${column}”.`,
      },
    ];
  });
}

function personFrom(
  { protocol, names }: PeopleInput,
  id: string,
  known: ReadonlyMap<Field, ReadonlySet<string | number>>,
): { readonly person?: ImportedPerson; readonly problem?: StudyProblem } {
  const first = (field: Field): string | number | undefined => known.get(field)?.values().next().value;
  const timeZone = String(first("timeZone") ?? protocol.messages.timeZone ?? "UTC");
  const language = String(first("language") ?? protocol.languages[0]);
  const day = dayOf(first("consentedOn") ?? null);
  const wrong = (field: Field, expected: string, found: string): { readonly problem: StudyProblem } => ({
    problem: {
      code: "import.not-a-day",
      path: ["people", field],
      expected,
      found: `${found} (${id})`,
      remedy: "Correct it in the file, or name another column in the mapping.",
    },
  });
  if (!isTimeZone(timeZone)) return wrong("timeZone", "a time zone such as Europe/Oslo", `“${timeZone}”`);
  if (!protocol.languages.some((each) => each === language))
    return wrong("language", `a language of the study: ${protocol.languages.join(", ")}`, `“${language}”`);
  if (day === undefined || !Number.isInteger(day))
    return wrong(
      "consentedOn",
      `a day such as 2026-03-01 in “${consentColumn(names)}”`,
      `“${first("consentedOn") ?? "nothing"}”`,
    );
  const [name, email] = [first("name"), first("email")];
  return {
    person: {
      ...{ id, timeZone, language: language as Language, enrolledAt: noonOf(day, timeZone) },
      ...(name === undefined ? {} : { name: String(name) }),
      ...(email === undefined ? {} : { email: String(email) }),
    },
  };
}

/** The same mistake of many people as one. */
function together(problems: readonly StudyProblem[]): readonly StudyProblem[] {
  const byField = new Map<string, StudyProblem[]>();
  for (const problem of problems) {
    const key = problem.path.join(".");
    byField.set(key, [...(byField.get(key) ?? []), problem]);
  }
  return [...byField.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [{ ...first, found: listed([first, ...more].map(({ found }) => found)) }],
  );
}

function idProblem(odd: readonly string[]): StudyProblem {
  return {
    code: "import.id-not-a-code",
    path: ["id"],
    expected: "ids of letters, digits, points and hyphens, which name nobody",
    found: listed(odd.map((id) => `“${id}”`)),
    remedy:
      "Give people a code in the file; it stays their name in every export. Addresses go into a column of their own.",
  };
}

function noConsentColumn({ names }: PeopleInput): StudyProblem {
  return {
    code: "import.no-consent-day",
    path: ["people", "consentedOn"],
    expected: `a column “${consentColumn(names)}” with the day on which each person agreed to take part`,
    found: "none",
    remedy:
      "Add it to the file and name it in the mapping: people: { consentedOn: COLUMN }. Without consent there is nobody to import.",
  };
}

/** The first few of a list, and how many more there are. */
export function listed(all: readonly string[]): string {
  const more = all.length - MOST_NAMED;
  return all.slice(0, MOST_NAMED).join(", ") + (more > 0 ? `, and ${more} more` : "");
}
