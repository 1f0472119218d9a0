/**
 * Asking and checking, for phone and server alike. This door imports nothing from outside its own folder.
 *
 * @packageDocumentation
 */
export { checkAnswer } from "./check-answer.ts";
export type { CheckedConsent, ConsentForm, ConsentTick } from "./consent.ts";
export { checkConsent } from "./consent.ts";
export type { EventForm, EventFormPart, EventPartState, LoggedEvent } from "./events.ts";
export { comingEventPart, eventPartState, openEventPart } from "./events.ts";
export type {
  ArithmeticOperator,
  BinaryOperator,
  CallExpression,
  CallLookup,
  ComparisonOperator,
  Expression,
  ExpressionValue,
  FunctionName,
  Lookup,
} from "./expression.ts";
export { evaluate } from "./expression.ts";
export type {
  AnswerPayload,
  AnswerProblem,
  Answers,
  AnswerValue,
  CheckedAnswer,
  FormItem,
  FormOption,
  FormOptionGroup,
  IntegerItem,
  MultiChoiceItem,
  NumberItem,
  ScaleItem,
  SingleChoiceItem,
  TextItem,
  WaveForm,
  YesNoItem,
} from "./form.ts";
export { askedItems, helpCalledFor, isAsked, nextItem, progress } from "./walk.ts";
