import type { StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import type { Route, StudyPage } from "../router.ts";
import { addPeople } from "../text/add-people.ts";
import { calendarPage } from "../text/calendar.ts";
import { changesPage, settingsPage } from "../text/changes.ts";
import { dataPage } from "../text/data.ts";
import { analysis, discussionPage, lockPage, overview, peoplePage, publishPage } from "../text/en.ts";
import { entryPage } from "../text/entry.ts";
import { importPage } from "../text/import.ts";
import { inboxPage } from "../text/inbox.ts";
import { lettersPage } from "../text/letters.ts";
import { messagesPage } from "../text/messages.ts";
import { paperConsentPage } from "../text/paper-consent.ts";
import { personPage } from "../text/person.ts";
import { planPage } from "../text/plan.ts";
import { recruitmentPage } from "../text/recruitment.ts";
import { releasePage } from "../text/release.ts";
import { reportingPage } from "../text/reporting.ts";
import { teamPage } from "../text/team.ts";
import { todayPage } from "../text/today.ts";
import { writing } from "../text/writing.ts";
import { StudyHead } from "../ui/StudyHead.tsx";
import { AddPeople } from "./AddPeople.tsx";
import { Analysis } from "./Analysis.tsx";
import { Calendar } from "./Calendar.tsx";
import { Changes } from "./Changes.tsx";
import { Data } from "./Data.tsx";
import { Discussion } from "./Discussion.tsx";
import { EntryForm } from "./EntryForm.tsx";
import { Import } from "./Import.tsx";
import { Inbox } from "./Inbox.tsx";
import { Letters } from "./Letters.tsx";
import { Lock } from "./Lock.tsx";
import { Messages } from "./Messages.tsx";
import { Overview } from "./Overview.tsx";
import { PaperConsent } from "./PaperConsent.tsx";
import { People } from "./People.tsx";
import { Person } from "./Person.tsx";
import { Plan } from "./Plan.tsx";
import { Publish } from "./Publish.tsx";
import { Recruitment } from "./Recruitment.tsx";
import { Release } from "./Release.tsx";
import { Reporting } from "./Reporting.tsx";
import { Settings } from "./Settings.tsx";
import { Team } from "./Team.tsx";
import { Today } from "./Today.tsx";
import { Write } from "./Write.tsx";

/** The title of each page of a study. */
export const pageTitles: Readonly<Record<StudyPage, string>> = {
  today: todayPage.title,
  overview: overview.title,
  people: peoplePage.title,
  person: personPage.title,
  form: entryPage.title,
  consent: paperConsentPage.title,
  add: addPeople.title,
  import: importPage.title,
  letters: lettersPage.title,
  recruitment: recruitmentPage.title,
  inbox: inboxPage.title,
  text: writing.title,
  plan: planPage.title,
  analysis: analysis.title,
  reporting: reportingPage.title,
  lock: lockPage.title,
  publish: publishPage.title,
  discussion: discussionPage.title,
  release: releasePage.title,
  data: dataPage.title,
  messages: messagesPage.title,
  calendar: calendarPage.title,
  team: teamPage.title,
  changes: changesPage.title,
  settings: settingsPage.title,
};

interface StudyProps {
  readonly study: StudySummary;
  readonly route: Extract<Route, { kind: "study" }>;
  readonly onStudy: (study: StudySummary) => void;
  readonly onChanged: () => void;
}

/** One page of one study, under the study's head. */
export function Study(props: StudyProps): JSX.Element {
  return (
    <>
      <StudyHead study={props.study} title={pageTitles[props.route.page]} />
      <Page {...props} />
    </>
  );
}

function Page({ study, route, onStudy, onChanged }: StudyProps): JSX.Element {
  const { person = "", wave = "" } = route;
  switch (route.page) {
    case "today":
      return <Today study={study} />;
    case "overview":
      return <Overview study={study} />;
    case "people":
      return <People study={study} show={route.show} />;
    case "person":
      return <Person study={study} person={person} />;
    case "form":
      return <EntryForm study={study} person={person} wave={wave} />;
    case "consent":
      return <PaperConsent study={study} person={person} />;
    case "add":
      return <AddPeople study={study} onChanged={onChanged} />;
    case "import":
      return <Import study={study} onChanged={onChanged} />;
    case "letters":
      return <Letters study={study} />;
    case "inbox":
      return <Inbox study={study} onStudy={onStudy} />;
    case "recruitment":
      return <Recruitment study={study} />;
    case "text":
      return <Write study={study} onStudy={onStudy} />;
    case "plan":
      return <Plan study={study} />;
    case "analysis":
      return <Analysis study={study} onChanged={onChanged} />;
    case "reporting":
      return <Reporting study={study} />;
    case "lock":
      return <Lock study={study} onStudy={onStudy} />;
    case "publish":
      return <Publish study={study} onChanged={onChanged} />;
    case "discussion":
      return <Discussion study={study} />;
    case "release":
      return <Release study={study} />;
    case "data":
      return <Data study={study} show={route.show} />;
    case "messages":
      return <Messages study={study} show={route.show} />;
    case "calendar":
      return <Calendar study={study} />;
    case "team":
      return <Team study={study} onChanged={onChanged} />;
    case "changes":
      return <Changes study={study} onStudy={onStudy} />;
    case "settings":
      return <Settings study={study} onStudy={onStudy} />;
  }
}
