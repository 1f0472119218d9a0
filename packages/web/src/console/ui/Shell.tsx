import type { Staff, StudySummary } from "@longwave/api";
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { BrandMark } from "../../participant/ui/Brand.tsx";
import type { StudyPage } from "../router.ts";
import { addressOf } from "../router.ts";
import { count, frame } from "../text/en.ts";

interface ShellProps {
  readonly staff: Staff | undefined;
  readonly study?: StudySummary | undefined;
  readonly page?: StudyPage;
  readonly onSignOut?: () => void;
  readonly children: ComponentChildren;
}

const links: readonly { readonly page: StudyPage; readonly name: string }[] = [
  { page: "overview", name: frame.overview },
  { page: "people", name: frame.people },
  { page: "calendar", name: frame.calendar },
  { page: "messages", name: frame.messages },
  { page: "plan", name: frame.plan },
  { page: "analysis", name: frame.analysis },
  { page: "reporting", name: frame.reporting },
  { page: "lock", name: frame.lock },
  { page: "publish", name: frame.publish },
  { page: "discussion", name: frame.discussion },
  { page: "release", name: frame.release },
];

/** The frame of the console: the side list, who is signed in, and the page. */
export function Shell({ staff, study, page, onSignOut, children }: ShellProps): JSX.Element {
  const here = page === "add" ? "people" : page;
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
              {links.map((link) => (
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
      <button type="button" class="btn quiet" onClick={onSignOut}>
        {frame.signOut}
      </button>
    </div>
  );
}
