import type { DataColumn } from "@longwave/study";
import { reshapeWide } from "@longwave/study";
import { CliError } from "../errors.ts";
import type { Asker } from "./ask.ts";
import { guessPerson, guessRest, guessTime, type Looked, lookAt, valuesOf, wideFamilies } from "./guess.ts";
import { type ColumnProfile, isConstant, repeatedRows } from "./profile.ts";
import { draftTime, type TimeDraft } from "./time.ts";
import type { CovariateDraft, NumberDraft, PlanDraft } from "./write-plan.ts";

/** At most so many different values are a list of categories. */
const MOST_CATEGORIES = 12;

/** The file a plan is for. */
export interface DraftInput {
  readonly file: string;
  readonly columns: readonly DataColumn[];
  readonly asker: Asker;
}

/** Words for whoever reads the terminal, beside the plan. */
export interface Drafted {
  readonly draft: PlanDraft;
  readonly notes: readonly string[];
}

/**
 * A first plan from the columns of a file and the answers to what they do not tell.
 *
 * @throws CliError `cli.no-plan` for a file of one person, or of people asked once.
 */
export async function draftPlan({ file, columns, asker }: DraftInput): Promise<Drafted> {
  const shaped = shapeOf(columns);
  const looked = lookAt(shaped.columns);
  const person = await askPerson(looked, asker, file);
  const ids = valuesOf(looked, person);
  mustBePeople(looked, person, file);
  const time = shaped.families === undefined ? await askTime(looked, asker, person) : undefined;
  const names = { person, time: time?.name ?? WAVE };
  const roles = await askRoles(looked, asker, names);
  const apart = await asker.ask({
    option: "apart",
    text: "How far apart are the waves, such as 3 months? (empty: not said)",
    suggestion: undefined,
    optional: true,
  });
  const timeDraft: TimeDraft =
    time === undefined
      ? { kind: "wide", families: shaped.families ?? {}, apart }
      : draftTime(looked, { person, column: time, apart });
  const rest = await askSizes(asker, roles.outcome, roles.exposure);
  const draft: PlanDraft = {
    id: idOf(file),
    file,
    person,
    time: timeDraft,
    ...roles,
    ...rest,
  };
  const repeated = time === undefined ? 0 : repeatedRows(ids, valuesOf(looked, time.name));
  return { draft, notes: notesOn(draft, repeated) };
}

/** What the wave of a reshaped file is called while it is looked at. */
const WAVE = "wave (counted)";

/** A file with one row for each person and columns by wave is looked at as it will be read. */
function shapeOf(columns: readonly DataColumn[]): {
  readonly columns: readonly DataColumn[];
  readonly families: Readonly<Record<string, readonly string[]>> | undefined;
} {
  const person = guessPerson(lookAt(columns));
  const ids = columns.find(({ name }) => name === person)?.values ?? [];
  const once = person !== undefined && new Set(ids).size === ids.length;
  const families = once ? wideFamilies(columns) : {};
  if (Object.keys(families).length < 2) return { columns, families: undefined };
  return { columns: reshapeWide(families, columns), families };
}

async function askPerson(looked: Looked, asker: Asker, file: string): Promise<string> {
  const suggestion = guessPerson(looked);
  const answer = await asker
    .ask({
      option: "id",
      text: "Which column says whose row it is?",
      suggestion,
      choices: namesOf(looked),
    })
    .catch((error: unknown) => {
      if (suggestion !== undefined || !(error instanceof CliError)) throw error;
      if (error.code !== "cli.missing-argument") throw error;
      throw onePerson(file, looked);
    });
  return answer ?? "";
}

function mustBePeople(looked: Looked, person: string, file: string): void {
  const { distinct = 0 } = looked.profiles.find(({ name }) => name === person) ?? {};
  if (distinct === 1) throw onePerson(file, looked, person);
  if (distinct < looked.nrows) return;
  throw new CliError(
    "cli.no-plan",
    `Expected people with several rows each; found ${distinct} different values of "${person}" in ${looked.nrows} rows of ${file}, so everyone has one. Name another column with --id, or give the columns of later waves names that end in a number (pain_1, pain_2), and longwave plan init reads them as waves.`,
  );
}

/** A series of one person needs no plan of people. */
function onePerson(file: string, looked: Looked, person?: string): CliError {
  const found =
    person === undefined
      ? "no column that looks like a person's number or code"
      : `one person in "${person}"`;
  const numbers = looked.profiles.filter(({ kind, distinct }) => kind === "number" && distinct > 2);
  const time = looked.profiles.find(({ name }) => /^(day|wk|week|date|time)$/i.test(name) && name !== "date");
  const guess = guessRest(looked, { person: "", time: time?.name ?? "" });
  const outcome = guess.outcome ?? numbers[0]?.name ?? "OUTCOME";
  const exposure = guess.exposure ?? numbers[1]?.name ?? "EXPOSURE";
  const alike = `--residual "ar1(${time?.name ?? "TIME"})"`;
  const more =
    person === undefined
      ? ` (with a column that is the same in every row, --id COLUMN ${alike} allows for days that resemble the day before)`
      : ` --id ${person} ${alike}`;
  return new CliError(
    "cli.no-plan",
    `Expected several people with several rows each, as each is compared with their own usual and with others; found ${found} in ${file}. If these are one person's days, no plan is needed: longwave fit "${outcome} ~ ${exposure}" ${file}${more}. If there are several people, name their column with --id.`,
  );
}

async function askTime(looked: Looked, asker: Asker, person: string): Promise<ColumnProfile> {
  const name = await asker.ask({
    option: "time",
    text: "Which column says when, or which wave?",
    suggestion: guessTime(looked, person),
    choices: namesOf(looked).filter((name) => name !== person),
  });
  const found = looked.profiles.find((profile) => profile.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}

type Roles = Pick<PlanDraft, "outcome" | "exposure" | "by" | "covariates">;

async function askRoles(
  looked: Looked,
  asker: Asker,
  names: { readonly person: string; readonly time: string },
): Promise<Roles> {
  const guesses = guessRest(looked, names);
  const choices = namesOf(looked).filter((name) => name !== names.person && name !== names.time);
  const outcome = await askNumber(looked, asker, {
    option: "outcome",
    text: "Which column is the outcome, what you ask about?",
    suggestion: guesses.outcome,
    choices,
  });
  const exposure = await askNumber(looked, asker, {
    option: "exposure",
    text: "Which column may go together with it?",
    suggestion: guesses.exposure === outcome.column ? undefined : guesses.exposure,
    choices: choices.filter((name) => name !== outcome.column),
  });
  const by = await asker.ask({
    option: "by",
    text: "Which column has two groups to compare, or none?",
    suggestion: guesses.by ?? "none",
    choices: [...twoGroups(looked, choices), "none"],
  });
  const used = [outcome.column, exposure.column, by];
  const covariates = await asker.ask({
    option: "covariates",
    text: "Which columns to adjust for, with commas between, or none?",
    suggestion: guesses.covariates.filter((name) => !used.includes(name)).join(",") || "none",
  });
  return {
    outcome,
    exposure,
    by:
      by === undefined || by === "none" ? undefined : { column: by, groups: inOrder(profileOf(looked, by)) },
    covariates: covariateNames(covariates).map((name) => covariateOf(looked, names.person, name)),
  };
}

function twoGroups(looked: Looked, choices: readonly string[]): readonly string[] {
  return choices.filter((name) => profileOf(looked, name).distinct === 2);
}

async function askNumber(
  looked: Looked,
  asker: Asker,
  question: { option: string; text: string; suggestion: string | undefined; choices: readonly string[] },
): Promise<NumberDraft> {
  const column = (await asker.ask(question)) ?? "";
  const profile = profileOf(looked, column);
  const codes = profile.kind === "text" ? codesOf(profile) : [];
  const range: readonly [number, number] = codes.length > 0 ? [0, 1] : wholeRange(profile);
  const label = await asker.ask({
    option: `${question.option}-label`,
    text: `What is "${column}" called inside a sentence?`,
    suggestion: [column.replace(/[_.]+/g, " "), ...codes.slice(1)].join(" "),
  });
  return { column, label: label ?? column, unit: codes.length > 0 ? "step" : "points", range, codes };
}

/** The two words of a column of words, in order. */
function codesOf({ name, values, distinct }: ColumnProfile): readonly string[] {
  if (distinct === 2) return values.map(String).sort();
  throw new CliError(
    "cli.option-value",
    `Expected a column of numbers, or of two words; "${name}" has ${distinct} different texts. Write numbers for them in the file, or name another column.`,
  );
}

function wholeRange({ name, min, max }: ColumnProfile): readonly [number, number] {
  if (Number.isFinite(min) && min < max) return [Math.floor(min), Math.ceil(max)];
  throw new CliError(
    "cli.option-value",
    `Expected a column whose values differ; "${name}" has ${Number.isFinite(min) ? `only ${min}` : "no value in any row"}. Name another column.`,
  );
}

function covariateNames(answer: string | undefined): readonly string[] {
  if (answer === undefined || answer === "none") return [];
  return answer
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function covariateOf(looked: Looked, person: string, name: string): CovariateDraft {
  const column = looked.columns.find((candidate) => candidate.name === name);
  if (column === undefined) {
    throw new CliError(
      "cli.option-value",
      `Expected columns of the file after --covariates; found ${name}. The file has: ${namesOf(looked).join(", ")}.`,
    );
  }
  const { kind, distinct } = profileOf(looked, name);
  const categories = kind === "text" || isCode(name, distinct) ? inOrder(profileOf(looked, name)) : [];
  if (kind === "text" && distinct > MOST_CATEGORIES) {
    throw new CliError(
      "cli.option-value",
      `Expected at most ${MOST_CATEGORIES} categories in "${name}"; found ${distinct}. Leave it out, or put them together in the file.`,
    );
  }
  return { column: name, categories, once: isConstant(valuesOf(looked, person), column) };
}

/** Codes in order: numbers by size, words by letter. */
function inOrder({ kind, values }: ColumnProfile): readonly (number | string)[] {
  return kind === "number" ? values : values.map(String).sort();
}

/** Numbers that are codes by their name: education 1, 2, 3. */
function isCode(name: string, distinct: number): boolean {
  return (
    /educ|utdann|smok|røyk|employ|ethnic|group|site|center|centre/i.test(name) && distinct <= MOST_CATEGORIES
  );
}

async function askSizes(
  asker: Asker,
  outcome: NumberDraft,
  exposure: NumberDraft,
): Promise<Pick<PlanDraft, "negligible" | "noticeable" | "expect" | "asksAbout" | "title" | "question">> {
  const size = (option: string, text: string) =>
    asker.ask({ option, text: `${text} (empty: fill it in later)`, suggestion: undefined, optional: true });
  const scale = `"${outcome.label}" runs from ${outcome.range[0]} to ${outcome.range[1]}.`;
  const expect = await asker.ask({
    option: "expect",
    text: `With more ${exposure.label}, do you expect less or more ${outcome.label}, or either?`,
    suggestion: "either",
    choices: ["less", "more", "either"],
  });
  const question = await asker.ask({
    option: "question",
    text: "The question, as people would ask it?",
    suggestion: `Does ${exposure.label} go together with ${outcome.label}?`,
  });
  const title = await asker.ask({
    option: "title",
    text: "A title?",
    suggestion: `${capital(exposure.label)} and ${outcome.label}`,
  });
  const asksAbout = await asker.ask({
    option: "asks-about",
    text: "How long is each answer about: day, week, two weeks, year? (empty: not said)",
    suggestion: undefined,
    choices: ["day", "week", "two weeks", "year"],
    optional: true,
  });
  return {
    negligible: await size("negligible", `${scale} Which difference is too small to matter?`),
    noticeable: await size("noticeable", "Which difference would people notice?"),
    expect: expect ?? "either",
    question: question ?? "",
    title: title ?? "",
    asksAbout,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the data cannot tell, and what was seen in them that needs a look. */
function notesOn(draft: PlanDraft, repeated: number): readonly string[] {
  const { time, outcome } = draft;
  const waves = time.kind === "coded" ? time.values.length : time.kind === "counted" ? time.waves : undefined;
  const open = draft.negligible === undefined || draft.noticeable === undefined;
  return [
    ...(open
      ? [
          `Fill in which difference in ${outcome.label} is too small to matter and which people would notice: no data can tell, and analyse waits for it.`,
        ]
      : []),
    "The ranges are those found in the file: write what the scales can be.",
    ...(repeated > 0 && time.kind === "coded"
      ? [
          `${repeated} rows have a person and a "${time.column}" that an earlier row has too: name another column with --time, or keep one row of each.`,
        ]
      : []),
    ...(waves === 2 ? ["With two waves what comes first cannot be asked: that needs three."] : []),
    ...(waves !== undefined && waves > 10
      ? ["With more than ten waves the lags are left out unless answers: names them."]
      : []),
  ];
}

/** The name of a study from that of its file: small letters, digits and `-`. */
function idOf(file: string): string {
  const base = (file.split(/[/\\]/).at(-1) ?? file).replace(/\.(csv|gz|parquet)+$/i, "").replace(/\..*$/, "");
  const plain = base
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+|-+$/g, "");
  return plain === "" ? "my-data" : plain;
}

function namesOf({ profiles }: Looked): readonly string[] {
  return profiles.map(({ name }) => name);
}

function profileOf({ profiles }: Looked, name: string): ColumnProfile {
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
}
