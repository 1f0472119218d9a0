import { describeWordWarning, lintFeedback, lintProtocol } from "@longwave/findings";
import {
  compilePlan,
  isTimeZone,
  outlineStudy,
  type Protocol,
  StudyError,
  type StudyProblem,
} from "@longwave/study";
import { isDataPlan, placesIn, readDataPlan, readProtocol } from "@longwave/study/text";
import { HELP_OPTION, readArguments, type Typed, wrongValue } from "../arguments.ts";
import type { CheckCommand, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";
import { mistakesText } from "../output/mistakes.ts";
import { outlineText } from "../output/outline.ts";
import { readTextFile } from "../read-text.ts";
import { SUMMARIES } from "../summaries.ts";

const description: CommandDescription = {
  name: "check",
  summary: SUMMARIES.check,
  arguments: [{ name: "STUDY", help: "the study as YAML" }],
  options: [
    { name: "on", value: "DATE", help: "show the days of someone who joins on YYYY-MM-DD (today)" },
    {
      name: "zone",
      value: "ZONE",
      help: "where that person lives, such as Europe/Oslo (the study's messages.timeZone, or UTC)",
    },
    { name: "json", help: "print everything as JSON" },
    HELP_OPTION,
  ],
  notes: [
    "Names every mistake with its line, what was expected, what was found and what to do. Without a mistake it says what the text says: waves with their days, messages, minutes, how hard the words are to read, what waits for a named person, and the hash. Exit code 0: no mistake; 1: mistakes.",
    "Minutes are reckoned at 180 words a minute, and seconds for each kind of answer; docs/running-a-study.md has the rule. Nothing is written and nothing is sent.",
    "A plan for data that exist already (longwave plan init) can be checked too; which of its columns the file lacks is said by longwave analyse.",
  ],
  examples: [
    { line: "longwave check study.yaml", what: "before a study is opened, and after each change" },
    { line: "longwave check study.yaml --on 2027-03-01 --zone Europe/Oslo", what: "when will what happen?" },
  ],
};

/** `longwave check STUDY`: every mistake of a study text in place, or what it says. */
export const check: CheckCommand = { description, check: run };

async function run(args: readonly string[], io: Io): Promise<boolean> {
  const typed = readArguments(description, args);
  const [path = ""] = typed.positionals;
  const joins = joinsAt(typed);
  const text = await readTextFile(io, path, "a study text (YAML)");
  mustBeStudyText(text, path);
  const print = (plain: string, data: unknown): void => {
    io.stdout.write(typed.has("json") ? `${JSON.stringify(data, null, 2)}\n` : plain);
  };
  const read = reading(text, path);
  if (read.problems.length > 0) {
    print(mistakesText(path, read.problems), { ok: false, problems: read.problems });
    return false;
  }
  if (read.protocol === undefined) {
    print(`${path} is a plan for data that exist already. No mistakes.\n`, { ok: true, problems: [] });
    return true;
  }
  const { protocol } = read;
  const timeZone = joins.timeZone ?? protocol.messages.timeZone ?? "UTC";
  const outline = outlineStudy(protocol, { at: joins.at, timeZone });
  const words = lintProtocol(protocol).map(describeWordWarning);
  print(outlineText(outline, { words, placeOf: placesIn(text), path }), {
    ok: true,
    problems: [],
    outline,
    words,
  });
  return true;
}

/** The study in the text, or the mistakes that keep it from being one. */
function reading(
  text: string,
  path: string,
): { readonly protocol?: Protocol; readonly problems: readonly StudyProblem[] } {
  try {
    if (isDataPlan(text)) {
      readDataPlan(text, path).placed(compilePlan);
      return { problems: [] };
    }
    const protocol = readProtocol(text, path);
    return { protocol, problems: feedbackProblems(protocol) };
  } catch (error) {
    if (error instanceof StudyError) return { problems: inReadingOrder(error.problems) };
    throw error;
  }
}

function inReadingOrder(problems: readonly StudyProblem[]): readonly StudyProblem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** What is refused when a study is opened is a mistake here too. */
function feedbackProblems(protocol: Protocol): readonly StudyProblem[] {
  return lintFeedback(protocol).map(({ place, word }) => ({
    code: "protocol.feedback-sentence",
    path: [place],
    expected: "no cause, advice, praise, rank or forecast in what is said of people's own answers",
    found: `“${word}”`,
    remedy: "Say what was answered and how uncertain it is; docs/personal-feedback.md has examples.",
  }));
}

function joinsAt(typed: Typed): { readonly at: number; readonly timeZone: string | undefined } {
  const timeZone = typed.text("zone");
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw wrongValue("zone", "a time zone such as Europe/Oslo", timeZone);
  }
  const day = typed.text("on");
  if (day === undefined) return { at: Date.now(), timeZone };
  const noon = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T12:00:00Z`) : Number.NaN;
  if (Number.isNaN(noon)) throw wrongValue("on", "a day such as 2027-03-01", day);
  return { at: noon, timeZone };
}

/** Files of another kind would give a list of odd mistakes: they are named for what they are. */
function mustBeStudyText(text: string, path: string): void {
  const found = otherKind(text);
  if (found === undefined) return;
  throw new CliError(
    "cli.not-a-study-text",
    `Expected a study text (YAML that starts with schema: longwave.protocol/1); ${path} ${found}`,
  );
}

function otherKind(text: string): string | undefined {
  if (text.trim() === "") return "is empty. Start from one of protocols/templates/.";
  if (text.includes("\0")) return "is not text. Give the YAML file of the study.";
  if (/^\s*\{[\s\S]*"longwave\.publication\//.test(text)) {
    return "is a sealed bundle. To check its plan against data, use longwave verify.";
  }
  if (/^schema\s*:/m.test(text)) return undefined;
  const [first = ""] = text.trimStart().split("\n");
  if (/^[^:{]*[,;\t][^:]*$/.test(first)) {
    return `looks like a table: its first line is “${first.trim().slice(0, 60)}”. Data are read by longwave analyse, fit and import.`;
  }
  if (/^columns\s*:/m.test(text)) return "looks like a mapping. Give the study text it belongs to.";
  return undefined;
}
