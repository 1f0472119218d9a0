import {
  may,
  type PeoplePage as PageOfPeople,
  type PersonNow,
  type PersonRow,
  personStates,
  type StudySummary,
} from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { takesAnswers, takesPeople } from "../data/standing.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { count, frame, peoplePage, shortDate } from "../text/en.ts";
import { leaveFor } from "../text/leave.ts";
import { lettersPage } from "../text/letters.ts";
import { namesHidden } from "../text/team.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { LeaveFor } from "../ui/LeaveFor.tsx";
import { PeopleTable } from "../ui/PeopleTable.tsx";
import { WithCalendar } from "../ui/PersonCalendar.tsx";
import { ReadOutCode } from "../ui/ReadOutCode.tsx";
import { Empty, Full, NotDone } from "../ui/States.tsx";

/** How many people a page holds. */
const pageSize = 50;

interface PeopleProps {
  readonly study: StudySummary;
  /** The state in which people are asked for. */
  readonly show?: string | undefined;
}

/** The people of a study: find, choose by state, turn the pages, make a new link. */
export function People({ study, show }: PeopleProps): JSX.Element {
  const [search, setSearch] = useState("");
  const [state, setState] = useState(choiceOf(show));
  // The `after` of every page before this one, so that Previous can go back.
  const [pages, setPages] = useState<readonly string[]>([]);
  const after = pages.at(-1);
  const fetched = useResource(`people ${study.id} ${search} ${state ?? ""} ${after ?? ""}`, () =>
    api.people({
      path: { study: study.id },
      query: {
        ...(after === undefined ? {} : { after }),
        ...(search === "" ? {} : { search }),
        ...(state === undefined ? {} : state === "asked_anew" ? { consent: state } : { state }),
      },
    }),
  );
  const find = (text: string): void => {
    setSearch(text);
    setPages([]);
  };
  return (
    <>
      {study.names === "second_factor" ? (
        <p class="measure">
          <b>{namesHidden.title}</b> {namesHidden.text} <a href="#/account">{namesHidden.link}</a>
        </p>
      ) : null}
      <Toolbar study={study} search={search} onFind={find}>
        <StateChoice
          page={fetched.resource.kind === "here" ? fetched.resource.value : undefined}
          state={state}
          onState={(next) => {
            setState(next);
            setPages([]);
          }}
        />
      </Toolbar>
      <NewLink study={study}>
        {(onNewLink) => (
          <ReadOutCode study={study}>
            {(onCode) => (
              <WithCalendar study={study}>
                {(onCalendar) => (
                  <LeaveFor study={study} onDone={fetched.reload}>
                    {(onLeave) => (
                      <Full fetched={fetched}>
                        {(page) =>
                          page.people.length === 0 ? (
                            <NoPeople study={study} search={search} isFiltered={state !== undefined} />
                          ) : (
                            <>
                              <ErasureRequests page={page} />
                              <div class="card table-card">
                                <PeopleTable
                                  study={study.id}
                                  people={page.people}
                                  {...{ onNewLink, onCode, onLeave, onCalendar }}
                                />
                                <Pager page={page} pages={pages} onPages={setPages} />
                              </div>
                            </>
                          )
                        }
                      </Full>
                    )}
                  </LeaveFor>
                )}
              </WithCalendar>
            )}
          </ReadOutCode>
        )}
      </NewLink>
    </>
  );
}

/** Who waits to be erased stands above everyone else, until it is done. */
function ErasureRequests({ page }: { readonly page: PageOfPeople }): JSX.Element | null {
  const { erasureRequests: requests } = page;
  if (requests.length === 0) return null;
  return (
    <div class="card new-link">
      <p>
        <b>{leaveFor.requests(requests.length)}.</b> {leaveFor.deadline}
      </p>
      <ul>
        {requests.map(({ id, label, askedAt }) => (
          <li key={id}>{leaveFor.asked(label, shortDate(askedAt))}</li>
        ))}
      </ul>
    </div>
  );
}

interface ToolbarProps {
  readonly study: StudySummary;
  readonly search: string;
  readonly onFind: (search: string) => void;
  readonly children: JSX.Element;
}

/** A state, or that somebody is asked to consent anew. */
type Choice = PersonNow | "asked_anew";

function choiceOf(text: string | undefined): Choice | undefined {
  return text === "asked_anew" ? text : personStates.find((each) => each === text);
}

interface StateChoiceProps {
  readonly page: PageOfPeople | undefined;
  readonly state: Choice | undefined;
  readonly onState: (state: Choice | undefined) => void;
}

/** Everyone, or those in one state, with how many there are. */
function StateChoice({ page, state, onState }: StateChoiceProps): JSX.Element {
  const many = (value: number | undefined): string => (value === undefined ? "" : ` (${count(value)})`);
  const counts = page?.counts;
  const all = counts && Object.values(counts).reduce((sum, each) => sum + each, 0);
  return (
    <div class="field narrow">
      <label for="state">{peoplePage.show}</label>
      <select
        id="state"
        value={state ?? ""}
        onChange={(event) => onState(choiceOf(event.currentTarget.value))}
      >
        <option value="">{`${peoplePage.everyone}${many(all)}`}</option>
        {personStates.map((each) => (
          <option key={each} value={each}>{`${peoplePage.tags[each]}${many(counts?.[each])}`}</option>
        ))}
        {page?.askedAnew || state === "asked_anew" ? (
          <option value="asked_anew">{`${peoplePage.askedAnew}${many(page?.askedAnew)}`}</option>
        ) : null}
      </select>
    </div>
  );
}

function Toolbar({ study, search, onFind, children }: ToolbarProps): JSX.Element {
  const [text, setText] = useState(search);
  const submit = (event: Event): void => {
    event.preventDefault();
    onFind(text.trim());
  };
  return (
    <search>
      <form class="toolbar" onSubmit={submit}>
        {children}
        <div class="field">
          <label for="find">{peoplePage.find}</label>
          <input
            id="find"
            type="search"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </div>
        <button type="submit" class="btn second">
          {peoplePage.search}
        </button>
        {search === "" ? null : (
          <button
            type="button"
            class="btn quiet"
            onClick={() => {
              setText("");
              onFind("");
            }}
          >
            {peoplePage.clear}
          </button>
        )}
        {takesAnswers(study) && may(study.role, "people.links") ? (
          <a class="btn second" href={addressOf(study.id, "letters")}>
            {lettersPage.open}
          </a>
        ) : null}
        {takesPeople(study) ? (
          <a class="btn" href={addressOf(study.id, "add")}>
            {peoplePage.add}
          </a>
        ) : null}
      </form>
    </search>
  );
}

interface NoPeopleProps {
  readonly study: StudySummary;
  readonly search: string;
  readonly isFiltered: boolean;
}

function NoPeople({ study, search, isFiltered }: NoPeopleProps): JSX.Element {
  if (search === "" && isFiltered)
    return <Empty title={peoplePage.noneTitle}>{peoplePage.noneInState}</Empty>;
  if (search !== "") return <Empty title={peoplePage.noneTitle}>{peoplePage.none(search)}</Empty>;
  return (
    <Empty title={peoplePage.emptyTitle}>
      {peoplePage.empty}{" "}
      {takesPeople(study) ? <a href={addressOf(study.id, "add")}>{peoplePage.add}</a> : null}
    </Empty>
  );
}

interface PagerProps {
  readonly page: PageOfPeople;
  readonly pages: readonly string[];
  readonly onPages: (pages: readonly string[]) => void;
}

function Pager({ page, pages, onPages }: PagerProps): JSX.Element {
  const { next } = page;
  const from = pages.length * pageSize + 1;
  return (
    <div class="pager">
      <p class="small soft" role="status">
        {peoplePage.shown(from, from + page.people.length - 1, page.total)}
      </p>
      <div>
        {pages.length === 0 ? null : (
          <button type="button" class="btn second" onClick={() => onPages(pages.slice(0, -1))}>
            {peoplePage.before}
          </button>
        )}
        {next === undefined ? null : (
          <button type="button" class="btn second" onClick={() => onPages([...pages, next])}>
            {peoplePage.after}
          </button>
        )}
      </div>
    </div>
  );
}

interface NewLinkProps {
  readonly study: StudySummary;
  readonly children: (onNewLink: (person: PersonRow) => void) => JSX.Element;
}

/** Asks before a link is replaced, and shows the new one until it is put away. */
function NewLink({ study, children }: NewLinkProps): JSX.Element {
  const [asked, setAsked] = useState<PersonRow | undefined>(undefined);
  const [made, setMade] = useState<{ readonly label: string; readonly link: string } | undefined>(undefined);
  const action = useAction(
    async (person: PersonRow) => {
      const { link } = await api.personLink({ path: { study: study.id, person: person.id } });
      return { label: person.label, link };
    },
    (result) => setMade(result),
  );
  return (
    <>
      <NotDone failure={action.failure} />
      <div role="status">
        {made === undefined ? null : (
          <div class="card new-link">
            <p>
              <b>{peoplePage.rotated(made.label)}</b> <span class="hash">{made.link}</span>
            </p>
            <CopyButton text={made.link} of={peoplePage.rotated(made.label)} />
            <button type="button" class="btn quiet" onClick={() => setMade(undefined)}>
              {frame.close}
            </button>
          </div>
        )}
      </div>
      {children(setAsked)}
      {asked === undefined ? null : (
        <Dialog
          title={peoplePage.rotateTitle(asked.label)}
          confirm={peoplePage.rotate}
          dismiss={peoplePage.keep}
          onConfirm={() => {
            setAsked(undefined);
            action.run(asked);
          }}
          onDismiss={() => setAsked(undefined)}
        >
          <p>{peoplePage.rotateText}</p>
        </Dialog>
      )}
    </>
  );
}
