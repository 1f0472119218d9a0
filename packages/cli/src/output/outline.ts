import type { HardText, LanguageReading, OutlineWave, StudyOutline } from "@longwave/study";
import { alignColumns } from "./align.ts";
import { WIDTH, wrapWords } from "./wrap.ts";

/** What stands beside the outline: words of cause, and where a field stands in the text. */
interface Beside {
  readonly path: string;
  readonly words: readonly string[];
  placeOf(path: readonly (string | number)[]): { readonly line: number };
}

/** What a study text says, for a terminal. */
export function outlineText(outline: StudyOutline, beside: Beside): string {
  return [
    ...wrapWords(`${outline.title.en}: ${outline.id}, version ${outline.version}. No mistakes.`, WIDTH),
    `text ${outline.hash}`,
    `plan ${outline.planHash}`,
    "",
    `For someone who joins on ${outline.day} in ${outline.timeZone}:`,
    ...alignColumns([
      ["wave", "opens", "last day", "questions", "promised", "estimated"],
      ...outline.waves.map(waveRow),
    ]),
    ...minutesNotes(outline),
    "",
    ...messageLines(outline),
    "",
    ...outline.reading.flatMap((reading) => readingLines(reading, beside)),
    "",
    ...instrumentLines(outline),
    ...lookLines(outline, beside),
    "",
  ].join("\n");
}

function waveRow(wave: OutlineWave): readonly string[] {
  const { id, opens, closes, questions, promisedMinutes, seconds } = wave;
  const least = minutes(seconds.shortest + wave.consentSeconds);
  const most = minutes(seconds.longest + wave.consentSeconds);
  const estimate = least === most ? `${most} min` : `${least} to ${most} min`;
  return [id, opens, closes, String(questions), `${promisedMinutes} min`, estimate];
}

/** To the half minute: closer would be a promise the estimate cannot keep. */
function minutes(seconds: number): string {
  return String(Math.max(0.5, Math.round(seconds / 30) / 2));
}

function minutesNotes({ waves, events }: StudyOutline): readonly string[] {
  const [first] = waves;
  const consent =
    first === undefined || first.consentSeconds === 0
      ? []
      : [`The first wave has ${minutes(first.consentSeconds)} min of reading the consent in it.`];
  const parts = events.map(({ event, part, seconds }) => `${event} ${part} ${Math.round(seconds.longest)} s`);
  const outside = parts.length === 0 ? [] : wrapWords(`Outside the waves: ${parts.join(", ")}.`, WIDTH);
  return [...consent, ...outside];
}

function messageLines({ waves, recruitment }: StudyOutline): readonly string[] {
  const lines = [
    { name: "invited that day", messages: recruitment.messages },
    ...waves.map(({ id, messages }) => ({ name: id, messages })),
  ];
  return [
    "Messages, to whoever agreed to reminders and has not finished:",
    ...lines.flatMap(({ name, messages }) => {
      const said = messages.map(({ contact, date }) => `${contact} ${date}`).join(", ");
      return wrapWords(`${name}: ${said === "" ? "none" : said}`, WIDTH - 4).map((line, index) =>
        index === 0 ? `  ${line}` : `    ${line}`,
      );
    }),
  ];
}

function readingLines(reading: LanguageReading, beside: Beside): readonly string[] {
  const { language, consent, questions, hardest } = reading;
  const level = `Reading level in ${language}: consent ${consent.score.toFixed(1)}, questions ${questions.score.toFixed(1)} (${consent.measure}; for everyone: at most ${consent.limit}).`;
  return [
    ...wrapWords(level, WIDTH),
    ...hardest.flatMap((text) =>
      wrapWords(hardText(text, beside), WIDTH - 4).map((line, index) =>
        index === 0 ? `  ${line}` : `    ${line}`,
      ),
    ),
  ];
}

function hardText({ path, text, score, fixed }: HardText, { placeOf }: Beside): string {
  const whose = fixed ? " (the words of a scale that may not be changed)" : "";
  return `line ${placeOf(path).line}, ${score.toFixed(1)}: “${text}”${whose}`;
}

function instrumentLines({ instruments }: StudyOutline): readonly string[] {
  const words = {
    own: "own words",
    verbatim_free: "free, unchanged",
    modified_free: "free, changed",
    given: "given",
  };
  return [
    "Instruments:",
    ...instruments.flatMap(({ id, status, source }) =>
      wrapWords(`${id}: ${words[status]}${source === undefined ? "" : `. ${source}`}`, WIDTH - 4).map(
        (line, index) => (index === 0 ? `  ${line}` : `    ${line}`),
      ),
    ),
  ];
}

function lookLines(outline: StudyOutline, { words }: Beside): readonly string[] {
  const looks = [
    ...outline.waves.filter(({ overPromise }) => overPromise).map(overPromise),
    ...outline.unconfirmed.map(
      ({ language, instruments }) =>
        `${language} is not offered until a named person has confirmed the words of ${instruments.join(", ")} (norwegian.status and confirmedBy).`,
    ),
    ...outline.reading.flatMap(tooHard),
    ...words,
  ];
  if (looks.length === 0) return [];
  const lines = looks.flatMap((look) =>
    wrapWords(look, WIDTH - 4).map((line, index) => (index === 0 ? `  ${line}` : `    ${line}`)),
  );
  return ["", "To look at before people are asked:", ...lines];
}

function overPromise({ id, promisedMinutes, seconds, consentSeconds }: OutlineWave): string {
  const found = minutes(seconds.longest + consentSeconds);
  return `${id} promises ${promisedMinutes} min and may take ${found}: ask less, or promise more in minutesByWave and the consent text.`;
}

function tooHard({ language, consent, questions }: LanguageReading): readonly string[] {
  return Object.entries({ consent, questions })
    .filter(([, { score, limit }]) => score > limit)
    .map(
      ([name]) =>
        `The ${name} in ${language} is harder to read than a text for everyone: shorter words and sentences.`,
    );
}
