export { type BlindReportInput, blindReport } from "./blind/blind-report.ts";
export type { BlindReport, ItemDistribution, ItemMissingness } from "./blind/types.ts";
export { FindingsError, type FindingsProblemCode, findingsProblemCodes } from "./errors.ts";
export type { Point } from "./figures/binning.ts";
export { type PanelWords, type SlopePanelInput, slopePanelsOf } from "./figures/slope-panels.ts";
export { type IndividualReportInput, individualReport } from "./individual/individual-report.ts";
export type { IndividualReport } from "./individual/types.ts";
export {
  type BlindReportOptions,
  COMMENT_LIMITS,
  type CommentField,
  type Discussion,
  escapeHtml,
  type FeedInput,
  type FrontLinks,
  type FrontPageOptions,
  figureDrawing,
  type IndividualPageOptions,
  type JoinClosed,
  type JoinPage,
  type JoinQuestion,
  type JoinStep,
  type LostLink,
  type MessageOptions,
  type OwnComment,
  type PageLinks,
  type PublicStudy,
  previewDrawing,
  previewFile,
  type RenderPageOptions,
  renderBlindReport,
  renderCommentTerms,
  renderFeed,
  renderFindingsList,
  renderFrontPage,
  renderIndividualReport,
  renderJoinPage,
  renderLostLink,
  renderMessage,
  renderNotFound,
  renderNotice,
  renderOwnComment,
  renderPage,
  type ShownComment,
  type Thread,
  type TypedComment,
} from "./page/index.ts";
export { answerWords, questionWords } from "./personal/answer-words.ts";
export { lintFeedback, neverSaid } from "./personal/never-said.ts";
export type { OwnCopy } from "./personal/own-copy.ts";
export { renderOwnCopy } from "./personal/own-copy-page.ts";
export { personalFeedback } from "./personal/personal-feedback.ts";
export { type SessionItems, sessionGroup } from "./personal/session-group.ts";
export { type SimilarPeople, similarPeople } from "./personal/similar-people.ts";
export type {
  Dots,
  OwnMeasure,
  OwnPoint,
  OwnSessions,
  OwnWave,
  PersonalFeedback,
  PersonalInput,
  PublishedGroup,
  RulesShown,
} from "./personal/types.ts";
export { withDeviations } from "./plan/found-deviations.ts";
export {
  type Preregistration,
  type PreregistrationItem,
  type PreregistrationSection,
  preregistration,
  preregistrationMarkdown,
} from "./plan/preregistration.ts";
export { type Progress, plannedFormulas } from "./plan/run-models.ts";
export { type RunPlanInput, runPlan } from "./plan/run-plan.ts";
export type {
  AlternativeResult,
  AlternativeRow,
  AnswerPattern,
  AttritionReport,
  LastSeenMeans,
  LeavingTerm,
} from "./publication/alternative-types.ts";
export {
  bibtexFile,
  citationBibtex,
  citationCff,
  citationFile,
  type PublishedAs,
} from "./publication/citation-file.ts";
export type { Deviation, DeviationKind, DeviationTiming } from "./publication/deviation-types.ts";
export { type SealOptions, seal, verifySeal } from "./publication/seal.ts";
export { type PublicationTable, publicationTables } from "./publication/tables.ts";
export type {
  AnswerSource,
  DatasetSummary,
  Finding,
  FindingBounds,
  FindingEstimate,
  FindingRow,
  Language,
  MethodSection,
  ModelReport,
  NotYetRun,
  PlanScope,
  Publication,
  PublicationDraft,
  StudySummary,
  Sureness,
  VerdictRule,
} from "./publication/types.ts";
export {
  type Difference,
  type SecondRun,
  type Verification,
  verifyPublication,
} from "./publication/verify.ts";
export type { ReleaseSummary } from "./release/changes.ts";
export { type MakeReleaseInput, makeRelease, type Release } from "./release/make-release.ts";
export { zipped } from "./release/zip.ts";
export { replicationRows } from "./replication/rows.ts";
export { replicationFile, replicationScript } from "./replication/script.ts";
export { type SimulatedStudy, type SimulationOptions, simulateStudy } from "./simulate/simulate-study.ts";
export type { SimulationTruth } from "./simulate/truth.ts";
export { reportingFacts } from "./strobe/facts.ts";
export type { ReportingFacts } from "./strobe/facts-types.ts";
export { blindStrobeList, strobeList } from "./strobe/list.ts";
export { renderStrobeHtml, renderStrobeMarkdown } from "./strobe/render.ts";
export type { BlindStrobeInput, StrobeItem, StrobeList } from "./strobe/types.ts";
export { layTexts } from "./words/lay-texts.ts";
export { type CausalWord, lintCausal } from "./words/lint-causal.ts";
export { describeEntryWarning, lintEntry } from "./words/lint-entry.ts";
export { describeWordWarning, lintProtocol, type WordWarning } from "./words/lint-protocol.ts";
