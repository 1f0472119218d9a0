import type { AccountEndpoints } from "./account.ts";
import { accountEndpoints } from "./account.ts";
import type { AmendmentEndpoints } from "./amendments.ts";
import { amendmentEndpoints } from "./amendments.ts";
import type { CalendarEndpoints } from "./calendar.ts";
import { calendarEndpoints } from "./calendar.ts";
import type { CommentEndpoints } from "./comments.ts";
import { commentEndpoints } from "./comments.ts";
import type { ContactEndpoints } from "./contact.ts";
import { contactEndpoints } from "./contact.ts";
import type { DataEndpoints } from "./data.ts";
import { dataEndpoints } from "./data.ts";
import type { DeviationEndpoints } from "./deviations.ts";
import { deviationEndpoints } from "./deviations.ts";
import type { EntryEndpoints } from "./entry.ts";
import { entryEndpoints } from "./entry.ts";
import type { ImportEndpoints } from "./imports.ts";
import { importEndpoints } from "./imports.ts";
import type { InboxEndpoints } from "./inbox.ts";
import { inboxEndpoints } from "./inbox.ts";
import type { LeavingEndpoints } from "./leaving.ts";
import { leavingEndpoints } from "./leaving.ts";
import type { LetterEndpoints } from "./letters.ts";
import { letterEndpoints } from "./letters.ts";
import type { MessageEndpoints } from "./messages.ts";
import { messageEndpoints } from "./messages.ts";
import type { PaperConsentEndpoints } from "./paper-consent.ts";
import { paperConsentEndpoints } from "./paper-consent.ts";
import type { ParticipantEndpoints } from "./participant.ts";
import { participantEndpoints } from "./participant.ts";
import type { PeopleEndpoints } from "./people.ts";
import { peopleEndpoints } from "./people.ts";
import type { QualityEndpoints } from "./quality.ts";
import { qualityEndpoints } from "./quality.ts";
import type { RecordEndpoints } from "./record.ts";
import { recordEndpoints } from "./record.ts";
import type { RecruitmentEndpoints } from "./recruitment.ts";
import { recruitmentEndpoints } from "./recruitment.ts";
import type { ReleaseEndpoints } from "./releases.ts";
import { releaseEndpoints } from "./releases.ts";
import type { RunEndpoints } from "./runs.ts";
import { runEndpoints } from "./runs.ts";
import type { StaffEndpoints } from "./staff.ts";
import { staffEndpoints } from "./staff.ts";
import type { StudyEndpoints } from "./studies.ts";
import { studyEndpoints } from "./studies.ts";
import type { TeamEndpoints } from "./team.ts";
import { teamEndpoints } from "./team.ts";
import type { TemplateEndpoints } from "./templates.ts";
import { templateEndpoints } from "./templates.ts";
import type { TodayEndpoints } from "./today.ts";
import { todayEndpoints } from "./today.ts";
import type { WavesEndpoints } from "./waves.ts";
import { wavesEndpoints } from "./waves.ts";

/** All rows of the contract by name. */
export type Endpoints = ParticipantEndpoints &
  StaffEndpoints &
  AccountEndpoints &
  TeamEndpoints &
  StudyEndpoints &
  AmendmentEndpoints &
  TemplateEndpoints &
  LetterEndpoints &
  PeopleEndpoints &
  EntryEndpoints &
  WavesEndpoints &
  QualityEndpoints &
  ImportEndpoints &
  PaperConsentEndpoints &
  TodayEndpoints &
  CalendarEndpoints &
  RunEndpoints &
  ReleaseEndpoints &
  DataEndpoints &
  RecordEndpoints &
  LeavingEndpoints &
  CommentEndpoints &
  DeviationEndpoints &
  MessageEndpoints &
  RecruitmentEndpoints &
  InboxEndpoints &
  ContactEndpoints;

/** The contract: every endpoint of the server by name. */
export const endpoints: Endpoints = {
  ...participantEndpoints,
  ...staffEndpoints,
  ...accountEndpoints,
  ...teamEndpoints,
  ...studyEndpoints,
  ...amendmentEndpoints,
  ...templateEndpoints,
  ...letterEndpoints,
  ...peopleEndpoints,
  ...entryEndpoints,
  ...wavesEndpoints,
  ...qualityEndpoints,
  ...importEndpoints,
  ...paperConsentEndpoints,
  ...todayEndpoints,
  ...calendarEndpoints,
  ...runEndpoints,
  ...releaseEndpoints,
  ...dataEndpoints,
  ...recordEndpoints,
  ...leavingEndpoints,
  ...deviationEndpoints,
  ...commentEndpoints,
  ...messageEndpoints,
  ...recruitmentEndpoints,
  ...inboxEndpoints,
  ...contactEndpoints,
};
