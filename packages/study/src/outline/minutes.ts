import type { ConsentForm, FormItem, WaveForm } from "../answering/index.ts";
import { wordsOf } from "./reading-level.ts";

/**
 * Words read in a second: 180 a minute. Adults read plain English silently at 238 words a minute on average (Brysbaert
 * 2019, Journal of Memory and Language 109, 104047); people in pain, or over sixty on a phone, are given a quarter less.
 */
const WORDS_A_SECOND = 3;

/** From one question to the next. */
const NEXT_SECONDS = 1;

/**
 * Seconds to decide and to answer once the words are read. They are the house's own, for people who are not in a hurry:
 * compare them with the times of forms that were filled in (`form_seconds`).
 */
const ANSWER_SECONDS: Readonly<Record<FormItem["kind"], number>> = {
  ...{ yes_no: 3, single_choice: 3, scale: 4, integer: 6, number: 7, multi_choice: 7, text: 30 },
};

/** How long a form takes, in seconds. */
export interface FormTime {
  /** For someone who is asked everything. */
  readonly longest: number;
  /** For someone who is asked nothing that depends on another answer. */
  readonly shortest: number;
}

/** How long the questions of a wave, or of a part of a session, take: reading at 180 words a minute, and answering. */
export function formTime(items: WaveForm["items"]): FormTime {
  const seconds = (chosen: WaveForm["items"]): number =>
    chosen.reduce((sum, item) => sum + itemSeconds(item), 0);
  return { longest: seconds(items), shortest: seconds(items.filter(({ askIf }) => askIf === undefined)) };
}

/** How long the consent text and its boxes take to read and tick, in seconds. */
export function consentSeconds({ title, sections, ticks }: ConsentForm): number {
  const words = [
    title,
    ...sections.flatMap((section) => [section.title, ...section.paragraphs]),
    ...ticks.flatMap(({ label, promise }) => [label, promise]),
  ];
  return readingSeconds(words) + ticks.length * ANSWER_SECONDS.yes_no;
}

function itemSeconds(item: FormItem): number {
  // "Why we ask" is folded away, so nobody has to read it.
  return (
    readingSeconds([item.text, item.help ?? "", ...choicesOf(item)]) +
    ANSWER_SECONDS[item.kind] +
    NEXT_SECONDS
  );
}

function choicesOf(item: FormItem): readonly string[] {
  if (item.kind === "single_choice") return item.options.map(({ text }) => text);
  if (item.kind === "scale") return [item.lowText, item.highText];
  if (item.kind !== "multi_choice") return [];
  return [
    ...item.options.map(({ text }) => text),
    ...(item.groups ?? []).map(({ label }) => label),
    item.noneText,
  ];
}

function readingSeconds(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + wordsOf(text).length, 0) / WORDS_A_SECOND;
}
