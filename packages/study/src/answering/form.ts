import type { Expression } from "./expression.ts";

/** A given answer: a code, a number, words, yes or no, or the list of places ticked. */
export type AnswerValue = number | string | boolean | readonly (number | string)[];

/** What a person did with a question: gave a value, or chose "rather not say". */
export type AnswerPayload =
  | { readonly kind: "value"; readonly value: AnswerValue }
  | { readonly kind: "skipped" };

/** One choice a person can make, with the code that is stored. */
export interface FormOption {
  readonly value: number | string;
  readonly text: string;
}

/** Choices shown together under one heading, by their values. */
export interface FormOptionGroup {
  readonly label: string;
  readonly values: readonly (string | number)[];
}

interface ItemBase {
  readonly id: string;
  readonly text: string;
  /** The words of `text` that name the recall period; the app underlines them. */
  readonly marked?: string;
  readonly help?: string;
  readonly why?: string;
  /** Asked unless this is known to be false. */
  readonly askIf?: Expression;
  /** The licence note that must stand near the item. */
  readonly source?: string;
}

export type SingleChoiceItem = ItemBase & {
  readonly kind: "single_choice";
  readonly options: readonly FormOption[];
};
export type MultiChoiceItem = ItemBase & {
  readonly kind: "multi_choice";
  readonly options: readonly FormOption[];
  readonly groups?: readonly FormOptionGroup[];
  readonly noneText: string;
};
export type ScaleItem = ItemBase & {
  readonly kind: "scale";
  readonly min: number;
  readonly max: number;
  readonly lowText: string;
  readonly highText: string;
};
export type IntegerItem = ItemBase & {
  readonly kind: "integer";
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
};
export type NumberItem = ItemBase & {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
  readonly decimals: number;
  readonly unit?: string;
};
export type YesNoItem = ItemBase & { readonly kind: "yes_no" };
export type TextItem = ItemBase & {
  readonly kind: "text";
  readonly maxLength: number;
  readonly multiline?: boolean;
};

/** One question as a person sees it, in one language. */
export type FormItem =
  | SingleChoiceItem
  | MultiChoiceItem
  | ScaleItem
  | IntegerItem
  | NumberItem
  | YesNoItem
  | TextItem;

/** Everything a phone needs to ask one wave. */
export interface WaveForm {
  readonly protocolId: string;
  readonly protocolVersion: string;
  readonly wave: string;
  readonly language: "en" | "nb";
  /** How long the wave takes, as the consent text promises. */
  readonly minutes: number;
  readonly items: readonly FormItem[];
  readonly helpText: string;
  /** The help text is shown when any of these is known to be true. */
  readonly helpWhen: readonly Expression[];
}

/** The answers of one person at one wave, by item id. */
export type Answers = Readonly<Record<string, AnswerPayload>>;

/** Why an answer cannot be kept, in words a person can act on. */
export interface AnswerProblem {
  readonly code: string;
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
}

/** The outcome of checking one answer. */
export type CheckedAnswer =
  | { readonly ok: true; readonly payload: AnswerPayload }
  | { readonly ok: false; readonly problem: AnswerProblem };
