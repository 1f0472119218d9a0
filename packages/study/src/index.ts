/**
 * The study as a thing of its own: its text, consent, forms, dates, scores and data. Pure: time is an argument.
 *
 * @packageDocumentation
 */
export { checkAmendment, type StudySoFar } from "./amendments/check-amendment.ts";
export type { TextVersion, VersionSpan } from "./amendments/collected.ts";
export { collectedProtocol } from "./amendments/collected.ts";
export { type ChangeArea, differencesOf, type ProtocolChange } from "./amendments/differences.ts";
export { heldWindows } from "./amendments/held-windows.ts";
export { textUnder } from "./amendments/text-under.ts";
export { canonicalJson } from "./canonical/json.ts";
export { sha256 } from "./canonical/sha256.ts";
export { compileConsent, withChangesSince } from "./consent/compile-consent.ts";
export { reshapeWide } from "./data-plan/arrange-rows.ts";
export { type CompiledPlan, compilePlan } from "./data-plan/compile.ts";
export { datasetFromPlan } from "./data-plan/dataset.ts";
export { type DataPlan, FILL_IN } from "./data-plan/types.ts";
export type { DatasetInput } from "./dataset/build.ts";
export { buildDataset } from "./dataset/build.ts";
export type { RowsInput } from "./dataset/from-rows.ts";
export { datasetFromRows } from "./dataset/from-rows.ts";
export { parseMapping } from "./dataset/mapping.ts";
export { personLevelNames } from "./dataset/person-level.ts";
export type { QualityFlag, QualityFlagKind } from "./dataset/quality-flags.ts";
export { FAST_SECONDS, qualityFlags } from "./dataset/quality-flags.ts";
export { rescored } from "./dataset/rescore.ts";
export { standingAnswers } from "./dataset/standing-answers.ts";
export type {
  AnswerRecord,
  CodebookEntry,
  ColumnMapping,
  DataColumn,
  Dataset,
  DatasetFlow,
  DataTable,
  MappedColumn,
  MissingReason,
  PersonRecord,
} from "./dataset/types.ts";
export { type Draw, type DrawnStratum, drawSample, type FrameEntry } from "./enrolment/draw.ts";
export {
  checkEligibleAnswers,
  type Eligibility,
  type EligibilityAnswers,
} from "./enrolment/eligibility.ts";
export type { StudyCode, StudyProblem } from "./errors.ts";
export { describePath, describeProblem, StudyError, studyCodes } from "./errors.ts";
export { csvText } from "./export/csv.ts";
export { exportFiles } from "./export/export-files.ts";
export type { ExportEdition } from "./export/export-readme.ts";
export { exportTables } from "./export/export-tables.ts";
export { dataTableCsv, reasonColumnName } from "./export/table-csv.ts";
export type {
  ExportColumn,
  ExportInput,
  ExportTable,
  FinishedForm,
  MessageRecord,
  ReceivedForm,
} from "./export/types.ts";
export type {
  FeedbackMeasure,
  FeedbackRules,
  FeedbackSessions,
  UnitWords,
} from "./feedback/compile-feedback.ts";
export { compileFeedback, feedbackHash } from "./feedback/compile-feedback.ts";
export type { SentenceName } from "./feedback/sentences.ts";
export type { FeedbackText, MeasurementNoise, SessionGroup } from "./feedback/types.ts";
export { readPanel } from "./importing/read-panel.ts";
export type { ImportedAnswer, ImportedPerson, ImportReading } from "./importing/types.ts";
export { compileEventForm, eventInstrument, eventParts } from "./instruments/compile-event-form.ts";
export { compileForm, unconfirmedInstruments } from "./instruments/compile-form.ts";
export type { FormTime } from "./outline/minutes.ts";
export { type OutlineWave, outlineStudy, type StudyOutline } from "./outline/outline.ts";
export type { HardText, LanguageReading } from "./outline/reading.ts";
export { type ReadingLevel, readingLevel, readingLimits } from "./outline/reading-level.ts";
export {
  afterMove,
  asksReason,
  isLocked,
  mayMove,
  movesFrom,
  type PhaseState,
  type StudyMove,
  type StudyPhase,
  studyMoves,
  studyPhases,
  takesAnswers,
  takesPeople,
} from "./phases/moves.ts";
export { dependentsOf } from "./protocol/dependents.ts";
export { isTypedTwice } from "./protocol/double-entry.ts";
export { planHash, protocolHash } from "./protocol/hash.ts";
export { parseExpression } from "./protocol/language/parse.ts";
export { parseProtocol } from "./protocol/parse.ts";
export type {
  AlternativeModel,
  AnalysisPlan,
  DeltaModel,
  FeLagModel,
  Hypothesis,
  LmmModel,
  PlanBounds,
  PlanModel,
  PlannedAnalysis,
  PlanStep,
  PlanTest,
  RiClpmModel,
  SessionContrastModel,
  VariableRole,
} from "./protocol/plan-types.ts";
export type { EligibilityQuestion, EligibilityRule, OpenRecruitment } from "./protocol/recruitment-types.ts";
export type { GeneralisationStep, QuasiIdentifier, ReleasePlan } from "./protocol/release-types.ts";
export { type RetentionState, retentionState } from "./protocol/retention.ts";
export type {
  ConsentText,
  DerivedVariable,
  EventPart,
  Instrument,
  ItemText,
  Language,
  Level,
  LocalText,
  NoticeText,
  OptionText,
  Protocol,
  SafetyRule,
  TranslationStatus,
  WaveText,
} from "./protocol/types.ts";
export { columnNames, eventItems, itemsAsked, type PlacedItem, waveItems } from "./protocol/variables.ts";
export { calendarOf, factsAsOf } from "./schedule/calendar.ts";
export { type ContactKind, contactKind, contactKinds } from "./schedule/contact-kinds.ts";
export {
  type CalendarEntry,
  CONSENT_AGAIN,
  type ContactDecision,
  type ContactFacts,
  type DecidedContact,
  type DropReason,
  RECRUITMENT,
  type SkipReason,
} from "./schedule/contact-types.ts";
export { contactStands, contactsDue } from "./schedule/contacts-due.ts";
export { type LetterDue, letterDue } from "./schedule/letter-due.ts";
export { afterQuietHours } from "./schedule/quiet-hours.ts";
export type { RestDraw, RestMoment } from "./schedule/rest-moments.ts";
export { clockMinutes, drawRestMoments, localDateOf, weekOf } from "./schedule/rest-moments.ts";
export type {
  PromptDrop,
  PromptFacts,
  PromptName,
  PromptStanding,
  PromptsDue,
  WaitingRest,
} from "./schedule/session-prompts.ts";
export {
  LOOK_BACK_DAYS,
  promptStands,
  restWeekToDraw,
  sessionPromptsDue,
} from "./schedule/session-prompts.ts";
export type { WaveState } from "./schedule/state.ts";
export { waveState } from "./schedule/state.ts";
export { currentZone, isTimeZone } from "./schedule/time-zone.ts";
export { compileSchedule, type Schedule } from "./schedule/timetable.ts";
export type { Enrolment, WaveWindow } from "./schedule/windows.ts";
export { waveWindows } from "./schedule/windows.ts";
