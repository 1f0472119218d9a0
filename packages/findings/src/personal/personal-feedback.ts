import type { FeedbackRules } from "@longwave/study";
import { ownMeasure } from "./measure.ts";
import { ownStanding, type StandingByWave } from "./own-answers.ts";
import { listText, say } from "./say.ts";
import { ownSessions } from "./sessions.ts";
import type { PersonalFeedback, PersonalInput, RulesShown } from "./types.ts";
import { dateText, whenTexts } from "./when.ts";

/**
 * What one person is told about their own answers at this moment, by the rules of the study and nothing else.
 *
 * Nothing while a round is open and unfinished, since it would change what is answered. Nothing about others before
 * publication. Never a single number for what goes with exercise, a rank, a forecast or advice.
 */
export function personalFeedback(input: PersonalInput): PersonalFeedback {
  const { rules } = input;
  if (rules.review.status !== "reviewed" && !input.demonstration) return { kind: "off" };
  const shown = rulesShown(rules);
  const open = input.takesAnswers
    ? input.waves.find(({ state }) => state === "open" || state === "started")
    : undefined;
  if (open !== undefined) {
    const { language } = rules;
    // The window ends at the first moment of the day after its last.
    const date = dateText(open.closesAt - 1, { language, timeZone: input.timeZone, day: true });
    return { kind: "locked", rules: shown, sentences: [say(rules, "roundOpen", { date })] };
  }
  return record(input, shown);
}

function record(input: PersonalInput, shown: RulesShown): PersonalFeedback {
  const { rules, published } = input;
  const standing = ownStanding(input.answers, input.person);
  const measures = rules.measures.flatMap((measure) => ownMeasure(input, measure, standing));
  const answered = measures.filter(({ points }) => points.some(({ value }) => value !== null)).length;
  const hasAnswers = answered > 0;
  return {
    kind: "record",
    rules: shown,
    sentences: hasAnswers ? opening(input, standing) : [say(rules, "nothingYet")],
    measures: hasAnswers ? measures : [],
    cautions: hasAnswers ? cautions(rules, answered) : [],
    sessions: ownSessions(input, standing),
    study:
      published === undefined
        ? { sentences: [say(rules, "groupLater")] }
        : {
            sentences: [say(rules, "groupOut"), ...(published.lead === undefined ? [] : [published.lead])],
            address: published.address,
          },
    help: [say(rules, "flareUps"), rules.helpText],
  };
}

function rulesShown({ version, hash, review, sentences }: FeedbackRules): RulesShown {
  if (review.status !== "reviewed") return { version, hash, notice: sentences.notReviewed };
  return { version, hash, reviewedBy: review.reviewedBy, reviewedOn: review.reviewedOn };
}

/** How many rounds were answered, and which were not. */
function opening({ rules, waves, timeZone }: PersonalInput, standing: StandingByWave): readonly string[] {
  const past = waves.filter(({ state }) => state !== "not_yet");
  const isAnswered = (wave: string): boolean =>
    [...(standing.get(wave)?.values() ?? [])].some(({ payload }) => payload.kind === "value");
  const moments = waves.map(({ targetDate }) => Date.parse(`${targetDate}T12:00:00Z`));
  const texts = whenTexts(moments, rules.language, timeZone);
  const missed = waves.flatMap(({ wave, state }, index) =>
    state === "not_yet" || isAnswered(wave) ? [] : [texts[index] ?? ""],
  );
  const done = past.length - missed.length;
  return [
    say(rules, "record"),
    say(rules, "roundsDone", { done, all: past.length }),
    ...(missed.length === 0 ? [] : [say(rules, "notHeard", { when: listText(missed, rules.language) })]),
  ];
}

function cautions(rules: FeedbackRules, answered: number): readonly string[] {
  const together = answered > 1 ? [say(rules, "sideBySide")] : [];
  return [...together, say(rules, "upAndDown"), say(rules, "otherThings")];
}
