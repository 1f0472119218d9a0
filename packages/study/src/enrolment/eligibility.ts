import { type ExpressionValue, evaluate, truth } from "../answering/expression.ts";
import { parseExpression } from "../protocol/language/parse.ts";
import type { EligibilityQuestion, EligibilityRule, OpenRecruitment } from "../protocol/recruitment-types.ts";

/** The answers of someone who wants to join, by question. */
export type EligibilityAnswers = Readonly<Record<string, number | string | boolean>>;

/** What the questions of an open link say about a person. */
export type Eligibility =
  | { readonly kind: "eligible"; readonly answers: EligibilityAnswers; readonly bornIn: number | undefined }
  | { readonly kind: "ineligible"; readonly rule: EligibilityRule }
  | { readonly kind: "unanswered"; readonly questions: readonly string[] };

const OLDEST = 120;

/**
 * Whether somebody can take part, by what they typed into the form.
 *
 * @param typed  yes or no, a year, or the value of a choice, as text by question.
 * @param year   the present one. `age` in a rule is this year minus the year of birth, as in the study's own data.
 * @returns the first rule that is known to be false, or the questions that have no answer that fits.
 */
export function checkEligibleAnswers(
  open: Pick<OpenRecruitment, "questions" | "rules">,
  typed: Readonly<Record<string, string | undefined>>,
  year: number,
): Eligibility {
  const read = open.questions.map(
    (question) => [question, answerTo(question, typed[question.id], year)] as const,
  );
  const questions = read.flatMap(([{ id }, value]) => (value === undefined ? [id] : []));
  if (questions.length > 0) return { kind: "unanswered", questions };
  const answers = Object.fromEntries(
    read.flatMap(([{ id }, value]) => (value === undefined ? [] : [[id, value]])),
  );
  const born = open.questions.find(({ kind }) => kind === "year_of_birth");
  const bornIn = born && Number(answers[born.id]);
  const known: Readonly<Record<string, ExpressionValue>> =
    bornIn === undefined ? answers : { ...answers, age: year - bornIn };
  const rule = open.rules.find(
    ({ eligibleWhen }) => truth(evaluate(parseExpression(eligibleWhen), (name) => known[name])) === false,
  );
  return rule === undefined ? { kind: "eligible", answers, bornIn } : { kind: "ineligible", rule };
}

function answerTo(
  question: EligibilityQuestion,
  text: string | undefined,
  year: number,
): number | string | boolean | undefined {
  if (text === undefined) return undefined;
  switch (question.kind) {
    case "yes_no":
      return text === "yes" ? true : text === "no" ? false : undefined;
    case "year_of_birth": {
      const born = /^\s*\d{4}\s*$/.test(text) ? Number(text) : Number.NaN;
      return born >= year - OLDEST && born <= year ? born : undefined;
    }
    case "choice":
      return question.options.find(({ value }) => String(value) === text)?.value;
  }
}
