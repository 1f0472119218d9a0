import type { DataColumn } from "@longwave/study";
import { type ColumnProfile, isConstant, profileColumn, repeatedRows } from "./profile.ts";

/** Names that columns of each kind often have, in English and Norwegian, the likeliest first. */
const words = {
  person:
    /^(id|pid|person|subject|subj|participant|patient|respondent|deltaker|record|case)([_ .-]?(id|nr|no|number|code))?$|[_ .-]id$/i,
  time: /^(wave|time|visit|occasion|round|runde|session|date|dato|day|dag|week|uke|month|months|måned|year|år|t|period|assessment)([_ .-]?(no|nr|number))?$/i,
  outcome: /pain|smerte|vondt|symptom|fatigue|tretthet|mood|depress|anxi|severity|score|outcome|utfall/i,
  exposure:
    /exercis|mosjon|trening|activ|aktiv|steps|skritt|walk|sleep|søvn|minutes|dose|treat|stress|screen|alcohol|exposure/i,
  groups: /^(sex|gender|kjønn|kjonn|man|male|female|woman|group|gruppe|arm|condition)$/i,
  covariate: /^(age|alder|education|utdanning|smok|røyk|royk|bmi|income|employ|married)/i,
} as const;

/** The columns of a file with what was found out about them. */
export interface Looked {
  readonly columns: readonly DataColumn[];
  readonly profiles: readonly ColumnProfile[];
  readonly nrows: number;
}

/** What each part of a plan is likely to be; undefined where the file gives no hint. */
export interface Guesses {
  readonly person: string | undefined;
  readonly time: string | undefined;
  readonly outcome: string | undefined;
  readonly exposure: string | undefined;
  readonly by: string | undefined;
  readonly covariates: readonly string[];
}

/** Looks at every column of a file. */
export function lookAt(columns: readonly DataColumn[]): Looked {
  return { columns, profiles: columns.map(profileColumn), nrows: columns[0]?.values.length ?? 0 };
}

/** The likely person column: by its name, and it has to repeat. */
export function guessPerson({ profiles, nrows }: Looked): string | undefined {
  const named = profiles.filter(({ name }) => words.person.test(name));
  const repeats = (profile: ColumnProfile) => profile.distinct > 1 && profile.distinct < nrows;
  return (named.find(repeats) ?? named[0])?.name;
}

/** The likely time column: one that tells a person's rows apart, by name first. */
export function guessTime(looked: Looked, person: string): string | undefined {
  const ids = valuesOf(looked, person);
  const fits = looked.profiles.filter(
    ({ name, distinct }) =>
      name !== person && distinct > 1 && repeatedRows(ids, valuesOf(looked, name)) === 0,
  );
  const named = fits.filter(({ name }) => words.time.test(name));
  const byName = looked.profiles.find(({ name, distinct }) => words.time.test(name) && distinct > 1);
  return (byPlace(named)[0] ?? fits.find(({ kind }) => kind === "date") ?? byName)?.name;
}

/** Columns with the names likeliest to mean a wave first: `wave` before `months`. */
function byPlace(profiles: readonly ColumnProfile[]): readonly ColumnProfile[] {
  const order = ["wave", "time", "visit", "occasion", "round", "runde"];
  const place = ({ name }: ColumnProfile) => order.indexOf(name.toLowerCase()) + 1 || order.length + 1;
  return [...profiles].sort((a, b) => place(a) - place(b));
}

/** What the other parts of a plan are likely to be, given who and when. */
export function guessRest(
  looked: Looked,
  { person, time }: { readonly person: string; readonly time: string },
): Omit<Guesses, "person" | "time"> {
  const ids = valuesOf(looked, person);
  const free = looked.profiles.filter(
    ({ name, distinct }) => name !== person && name !== time && distinct > 1,
  );
  const constant = new Set(
    looked.columns.filter((column) => isConstant(ids, column)).map(({ name }) => name),
  );
  const changing = free.filter(({ name }) => !constant.has(name) && !words.time.test(name));
  const numbers = changing.filter(({ kind }) => kind === "number");
  const outcome = numbers.find(({ name }) => words.outcome.test(name)) ?? numbers[0];
  const usable = changing.filter(
    (profile) => profile !== outcome && (profile.kind === "number" || profile.distinct === 2),
  );
  const exposure = bestExposure(usable);
  const steady = free.filter(({ name }) => constant.has(name));
  const by = steady.find(({ name, distinct }) => distinct === 2 && words.groups.test(name));
  return {
    outcome: outcome?.name,
    exposure: exposure?.name,
    by: by?.name,
    covariates: steady
      .filter((profile) => profile !== by && words.covariate.test(profile.name) && profile.distinct <= 100)
      .map(({ name }) => name),
  };
}

/** A finished score, such as an index, before the single answers it is made of. */
function bestExposure(usable: readonly ColumnProfile[]): ColumnProfile | undefined {
  const named = usable.filter(({ name }) => words.exposure.test(name) && !words.outcome.test(name));
  const index = usable.find(({ name }) => /index|total|sum/i.test(name) && !words.outcome.test(name));
  return named[0] ?? index ?? usable.find(({ name }) => !words.outcome.test(name)) ?? usable[0];
}

/** The values of a column by its name. */
export function valuesOf({ columns }: Looked, name: string): DataColumn["values"] {
  return columns.find((column) => column.name === name)?.values ?? [];
}

/** Columns of one name with a number behind it, such as pain_1, pain_2: a file with a row for each person. */
export function wideFamilies(columns: readonly DataColumn[]): Readonly<Record<string, readonly string[]>> {
  const families = new Map<string, { readonly name: string; readonly number: number }[]>();
  for (const { name } of columns) {
    const [, stem, number] = /^(.*?\p{L}.*?)[_ .-]?(?:w|t|wave|time|visit|runde)?(\d+)$/iu.exec(name) ?? [];
    if (stem === undefined || number === undefined) continue;
    const key = stem.replace(/[_ .-]+$/, "");
    families.set(key, [...(families.get(key) ?? []), { name, number: Number(number) }]);
  }
  const whole = [...families].filter(([, members]) => members.length > 1);
  const longest = Math.max(0, ...whole.map(([, members]) => members.length));
  return Object.fromEntries(
    whole
      .filter(([, members]) => members.length === longest)
      .map(([stem, members]) => [
        stem,
        [...members].sort((a, b) => a.number - b.number).map(({ name }) => name),
      ]),
  );
}
