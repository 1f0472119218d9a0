import { nearestName } from "@longwave/source";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";

/** One question of a plan, and how it can be answered without being asked. */
interface Question {
  /** The option that answers it. */
  readonly option: string;
  readonly text: string;
  readonly suggestion: string | undefined;
  /** What an answer may be; without it any text is. */
  readonly choices?: readonly string[];
  /** An empty answer without a suggestion is allowed. */
  readonly optional?: boolean;
}

/** Answers questions from options, then by asking; with `--yes` or nobody there, by what is suggested. */
export interface Asker {
  ask(question: Question): Promise<string | undefined>;
}

/**
 * Who answers the questions of `plan init`.
 *
 * @throws CliError `cli.option-value` for an answer that is none, `cli.missing-argument` when nobody can be asked.
 */
export function askerOf(
  io: Io,
  { given, yes }: { readonly given: (option: string) => string | undefined; readonly yes: boolean },
): Asker {
  const { prompt } = io;
  if (!yes && prompt === undefined) throw nobodyThere();
  return {
    async ask(question) {
      const typed = given(question.option);
      if (typed !== undefined) return checked(question, typed);
      if (yes || prompt === undefined) return settled(question);
      return asked(io, question, prompt);
    },
  };
}

async function asked(
  io: Io,
  question: Question,
  prompt: (text: string) => Promise<string>,
): Promise<string | undefined> {
  const { text, suggestion, optional } = question;
  const hint = suggestion === undefined ? "" : ` [${suggestion}]`;
  for (;;) {
    const answer = (await prompt(`${text}${hint} `)).trim();
    if (answer === "" && (suggestion !== undefined || optional === true)) return suggestion;
    try {
      if (answer !== "") return checked(question, answer);
      io.stderr.write("This one needs an answer.\n");
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      io.stderr.write(`${error.message}\n`);
    }
  }
}

function checked({ option, choices }: Question, answer: string): string {
  if (answer === "none" && option === "by") return answer;
  if (choices === undefined || choices.includes(answer)) return answer;
  const nearest = nearestName(answer, choices);
  const hint = nearest === undefined ? `Write one of: ${choices.join(", ")}.` : `Did you mean ${nearest}?`;
  throw new CliError(
    "cli.option-value",
    `Expected one of the file's columns or words for --${option}; found ${answer}. ${hint}`,
  );
}

/** What stands when nobody is asked: the suggestion, or nothing where nothing is allowed. */
function settled({ option, text, suggestion, optional, choices }: Question): string | undefined {
  if (suggestion !== undefined || optional === true) return suggestion;
  const known = choices === undefined ? "" : ` The file has: ${choices.join(", ")}.`;
  throw new CliError(
    "cli.missing-argument",
    `Expected an answer to "${text}"; nothing in the file tells. Say it with --${option}.${known}`,
  );
}

function nobodyThere(): CliError {
  return new CliError(
    "cli.missing-argument",
    "Expected a terminal to ask on, or --yes to take what the columns suggest; found neither. Write --yes, and answer with options what the file cannot tell.",
  );
}
