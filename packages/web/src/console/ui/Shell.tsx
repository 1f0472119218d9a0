import { may, type Permission, type Staff, type StudySummary } from "@longwave/api";
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { BrandMark } from "../../participant/ui/Brand.tsx";
import type { StudyPage } from "../router.ts";
import { addressOf } from "../router.ts";
import { changesPage, settingsPage } from "../text/changes.ts";
import { dataPage } from "../text/data.ts";
import { count, frame } from "../text/en.ts";
import { inboxPage } from "../text/inbox.ts";
import { recruitmentPage } from "../text/recruitment.ts";
import { writing } from "../text/writing.ts";

interface ShellProps {
  readonly staff: Staff | undefined;
  readonly study?: StudySummary | undefined;
  readonly page?: StudyPage;
  readonly onSignOut?: () => void;
  readonly children: ComponentChildren;
}

/** The pages of a study, each with what its reader must be allowed. */
const links: readonly {
  readonly page: Exclude<StudyPage, "person" | "form" | "consent">;
  readonly name: string;
  readonly needs: Permission;
}[] = [
  { page: "today", name: frame.today, needs: "people.list" },
  { page: "people", name: frame.people, needs: "people.list" },
  { page: "overview", name: frame.overview, needs: "study.read" },
  { page: "inbox", name: inboxPage.title, needs: "inbox.read" },
  { page: "recruitment", name: recruitmentPage.title, needs: "study.read" },
  { page: "calendar", name: frame.calendar, needs: "study.read" },
  { page: "messages", name: frame.messages, needs: "messages.read" },
  { page: "text", name: writing.title, needs: "study.read" },
  { page: "plan", name: frame.plan, needs: "study.read" },
  { page: "analysis", name: frame.analysis, needs: "results.read" },
  { page: "reporting", name: frame.reporting, needs: "study.read" },
  { page: "lock", name: frame.lock, needs: "study.lock" },
  { page: "publish", name: frame.publish, needs: "study.publish" },
  { page: "discussion", name: frame.discussion, needs: "comments.read" },
  { page: "release", name: frame.release, needs: "releases.read" },
  { page: "data", name: dataPage.title, needs: "study.read" },
  { page: "changes", name: changesPage.title, needs: "study.read" },
  { page: "settings", name: settingsPage.title, needs: "study.read" },
  { page: "team", name: frame.team, needs: "team.read" },
];

/** Pages that stand under People in the list. */
const ofPeople: ReadonlySet<StudyPage> = new Set(["add", "import", "letters", "person", "form", "consent"]);

/** The frame of the console: the side list, who is signed in, and the page. */
export function Shell({ staff, study, page, onSignOut, children }: ShellProps): JSX.Element {
  const here = page !== undefined && ofPeople.has(page) ? "people" : page;
  const current = useCurrentInSight(study === undefined ? undefined : here);
  return (
    <>
      <button type="button" class="skip" onClick={toMain}>
        {frame.skip}
      </button>
      <div class="shell">
        <header class="side">
          <a class="brand" href="#/">
            <BrandMark />
            {frame.brand}
          </a>
          {study === undefined ? null : (
            <nav aria-label={frame.nav}>
              <a href="#/" class="up">
                {frame.studies}
              </a>
              {links
                .filter(({ needs }) => may(study.role, needs))
                .map((link) => (
                  <a
                    key={link.page}
                    href={addressOf(study.id, link.page)}
                    aria-current={link.page === here ? "page" : undefined}
                    ref={link.page === here ? current : null}
                  >
                    {link.name}
                    {link.page === "people" ? <span class="count">{count(study.people)}</span> : null}
                  </a>
                ))}
            </nav>
          )}
          {staff === undefined ? null : <Who staff={staff} onSignOut={onSignOut} />}
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}

/** On a phone the list is a line that scrolls: the page one is on must not stand outside it. */
function useCurrentInSight(here: StudyPage | undefined): RefObject<HTMLAnchorElement> {
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    const link = current.current;
    const list = link?.parentElement;
    if (here === undefined || !link || !list) return;
    list.scrollLeft = link.offsetLeft - list.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
  }, [here]);
  return current;
}

/** A button and not a link: the fragment of the address holds the page's own route. */
function toMain(): void {
  document.getElementById("main")?.focus();
}

/** The first sign-in link belongs to nobody by name. */
function nameOf({ name, email }: Staff): string {
  if (name === "") return email;
  return name === "owner" ? frame.owner : name;
}

interface WhoProps {
  readonly staff: Staff;
  readonly onSignOut: (() => void) | undefined;
}

function Who({ staff, onSignOut }: WhoProps): JSX.Element {
  return (
    <div class="who small soft">
      <p>
        {frame.signedInAs}
        <br />
        <b>{nameOf(staff)}</b>
      </p>
      <p>
        <a href="#/account">{frame.account}</a>
      </p>
      <button type="button" class="btn quiet" onClick={onSignOut}>
        {frame.signOut}
      </button>
    </div>
  );
}
