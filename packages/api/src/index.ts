export type { AuditAction } from "./audit-actions.ts";
export { auditActions } from "./audit-actions.ts";
export type { CallAnswer, CallInput, Client } from "./client.ts";
export { ApiError, createClient } from "./client.ts";
export type { AnswerKind, Caller, Endpoint, PathParameters } from "./endpoint.ts";
export type {
  Account,
  AccountEndpoints,
  NewSecondFactor,
  Passkey,
  PasskeyOptions,
  SecondFactorCode,
  SecondFactorState,
  StaffSession,
} from "./endpoints/account.ts";
export type {
  AmendmentEffect,
  AmendmentEndpoints,
  AmendmentPreview,
  AmendmentRequest,
  SaveAmendmentRequest,
  StudyVersion,
  TextLine,
} from "./endpoints/amendments.ts";
export type {
  CalendarCount,
  CalendarEndpoints,
  CalendarKind,
  CalendarQuery,
  PersonCalendar,
  StudyCalendar,
} from "./endpoints/calendar.ts";
export type {
  CommentDecision,
  CommentEndpoints,
  CommentsQuery,
  ModeratedComment,
  TeamCommentRequest,
} from "./endpoints/comments.ts";
export type {
  ContactChange,
  ContactEndpoints,
  ContactHistory,
  OwnContact,
  OwnContactChange,
  PersonContact,
} from "./endpoints/contact.ts";
export type { DataEndpoints } from "./endpoints/data.ts";
export type {
  DeviationAnswer,
  DeviationEndpoints,
  DeviationEntry,
  DeviationRequest,
  PlanRecord,
  PreregistrationAnswer,
  ReportingAnswer,
} from "./endpoints/deviations.ts";
export type {
  CorrectAnswerRequest,
  DoubleEntry,
  EnterAnswersAnswer,
  EnterAnswersRequest,
  EnteredAnswer,
  EntryClosed,
  EntryDifference,
  EntryEndpoints,
  EntryMode,
  EntrySheet,
  SecondEntryRequest,
  SettleDifferenceRequest,
} from "./endpoints/entry.ts";
export type {
  FoundColumn,
  ImportCounts,
  ImportEndpoints,
  ImportFile,
  ImportLook,
  ImportProblem,
  ImportRequest,
  ImportRow,
  ImportRun,
} from "./endpoints/imports.ts";
export { importLimits } from "./endpoints/imports.ts";
export type {
  InboxAbout,
  InboxAnswerRequest,
  InboxEndpoints,
  InboxItem,
  InboxPage,
  InboxRequest,
  InboxWay,
} from "./endpoints/inbox.ts";
export type {
  LeaveRequest,
  LeavingEndpoints,
  LeavingReceipt,
  LeavingWay,
  RemoveRequest,
} from "./endpoints/leaving.ts";
export type { Letter, LetterEndpoints, LettersAnswer } from "./endpoints/letters.ts";
export type {
  CodePurpose,
  MailWay,
  MessageEndpoints,
  MessageRow,
  MessageState,
  MessagesPage,
  MessagesQuery,
  MessageTemplate,
  ReadOutCode,
} from "./endpoints/messages.ts";
export type {
  ConsentGiven,
  ConsentPaper,
  PaperConsentSheet,
  RecordPaperConsentRequest,
} from "./endpoints/paper-consent.ts";
export type {
  AnswerSubmission,
  AnswersReceipt,
  AnswersRequest,
  ConsentRequest,
  CurrentWave,
  DeclineRequest,
  FinishRequest,
  LetterCodeRequest,
  ParticipantEndpoints,
  ParticipantState,
  ParticipantWave,
  SessionLog,
  SessionRequest,
  StateQuery,
} from "./endpoints/participant.ts";
export type {
  AddPeopleAnswer,
  AddPeopleRequest,
  DrawnSample,
  DrawRequest,
  ErasureRequest,
  LineProblem,
  PeopleEndpoints,
  PeoplePage,
  PeopleQuery,
  PersonEvent,
  PersonLink,
  PersonNow,
  PersonPage,
  PersonRow,
} from "./endpoints/people.ts";
export { personStates } from "./endpoints/people.ts";
export type {
  FlaggedForm,
  FlagKind,
  FollowQueryRequest,
  FormFlag,
  OpenQueryRequest,
  QualityPage,
  QualityQuery,
  QueriesPage,
  QueryEntryKind,
  QueryItem,
  QueryState,
  SayRequest,
  WaveQuestions,
} from "./endpoints/quality.ts";
export { queryStates } from "./endpoints/quality.ts";
export type { OwnRecord, RecordEndpoints, SessionsChoice, ShownCode } from "./endpoints/record.ts";
export type {
  DuplicateMark,
  DuplicateVerdict,
  LikelyDuplicate,
  OpenLinkState,
  RecruitmentDay,
  RecruitmentEndpoints,
  RecruitmentPage,
} from "./endpoints/recruitment.ts";
export type {
  RecipientRequest,
  ReleaseDraft,
  ReleaseEndpoints,
  ReleaseNumbers,
  ReleaseRecipient,
  Releases,
  ReleaseVersion,
} from "./endpoints/releases.ts";
export type {
  PublishAnswer,
  PublishRequest,
  Run,
  RunEndpoints,
  RunState,
  StartRunRequest,
} from "./endpoints/runs.ts";
export type { Language, Standing, WaveStateName } from "./endpoints/shared.ts";
export type { SignInLinkRequest, SignInRequest, Staff, StaffEndpoints } from "./endpoints/staff.ts";
export type {
  CreateStudyAnswer,
  CreateStudyRequest,
  LastRun,
  MoveRequest,
  PublicStudy,
  SaveDraftRequest,
  StudyEndpoints,
  StudyFlow,
  StudySummary,
  StudyText,
  TryAnswer,
  TryRequest,
} from "./endpoints/studies.ts";
export type { Endpoints } from "./endpoints/table.ts";
export { endpoints } from "./endpoints/table.ts";
export type {
  MemberRequest,
  RemoveMemberRequest,
  Team,
  TeamEndpoints,
  TeamMember,
} from "./endpoints/team.ts";
export type { StudyTemplate, TemplateEndpoints } from "./endpoints/templates.ts";
export type {
  Today,
  TodayDeadline,
  TodayEndpoints,
  TodayItem,
  TodayKind,
  TodayPerson,
  TodayWave,
} from "./endpoints/today.ts";
export type { WaveAgainstPlan, WaveDay, WavesPage } from "./endpoints/waves.ts";
export { openApiDocument } from "./openapi.ts";
export type { Problem, ProblemCode } from "./problems.ts";
export { isProblem, problem, problems } from "./problems.ts";
export type { NamesState, Need, Permission, Role, Rule } from "./rules.ts";
export { may, roles, rules } from "./rules.ts";
