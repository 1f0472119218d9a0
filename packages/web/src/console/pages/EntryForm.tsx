import type { EnterAnswersAnswer, EntryMode, EntrySheet, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { type Draft, isEmpty, typedAnswers, useDraft } from "../data/use-draft.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { addressOfPerson } from "../router.ts";
import { calendarPage } from "../text/calendar.ts";
import { entryPage as words } from "../text/entry.ts";
import { Differences } from "../ui/Differences.tsx";
import { EntryRows } from "../ui/EntryRows.tsx";
import { HowItCame } from "../ui/HowItCame.tsx";
import { SecondForm } from "../ui/SecondForm.tsx";
import { Full, NotDone } from "../ui/States.tsx";
import { moveByKeys } from "../ui/TypedField.tsx";

interface EntryFormProps {
  readonly study: StudySummary;
  readonly person: string;
  readonly wave: string;
}

/** One form of one person: answers that stand, and those that staff type from a call or from paper. */
export function EntryForm({ study, person, wave }: EntryFormProps): JSX.Element {
  const place = { study: study.id, person, wave };
  const fetched = useResource(`form ${study.id} ${person} ${wave}`, () => api.entrySheet({ path: place }));
  return (
    <Full fetched={fetched}>
      {(sheet) => (
        <div class="stack wide-gap">
          <Head sheet={sheet} place={place} />
          {sheet.double === null ? null : (
            <Differences
              place={place}
              double={sheet.double}
              items={sheet.form.items}
              answers={sheet.answers}
              canSettle={sheet.closed === null}
              onSheet={fetched.replace}
            />
          )}
          {sheet.hidden && sheet.closed === null ? (
            <SecondForm place={place} sheet={sheet} onSheet={fetched.replace} />
          ) : (
            <Typing place={place} sheet={sheet} onSheet={fetched.replace} onSaved={fetched.reload} />
          )}
        </div>
      )}
    </Full>
  );
}

interface SheetProps {
  readonly place: { readonly study: string; readonly person: string; readonly wave: string };
  readonly sheet: EntrySheet;
}

function Head({ sheet, place }: SheetProps): JSX.Element {
  const { closed, double, hidden } = sheet;
  return (
    <div class="measure stack">
      <h2>{words.of(place.wave, sheet.label)}</h2>
      <p>
        {words.window(calendarPage.day(sheet.firstDay), calendarPage.day(sheet.lastDay))}{" "}
        <a href={addressOfPerson(place.study, place.person)}>{words.back(sheet.label)}</a>
      </p>
      {closed === null ? null : <p class="notice-line">{words.closed[closed]}</p>}
      {closed === null && sheet.state === "missed" ? <p class="notice-line">{words.late}</p> : null}
      {double === null || hidden ? null : (
        <p>{double.secondBy === null ? words.waiting : words.agree(double.secondBy)}</p>
      )}
    </div>
  );
}

interface TypingProps extends SheetProps {
  readonly onSheet: (sheet: EntrySheet) => void;
  readonly onSaved: () => void;
}

interface Header {
  readonly mode: EntryMode;
  readonly day: string;
  readonly twice: boolean;
}

function Typing({ place, sheet, onSheet, onSaved }: TypingProps): JSX.Element {
  const draft = useDraft(sheet);
  const [header, setHeader] = useState<Header>({ mode: "paper", day: "", twice: false });
  const [tried, setTried] = useState<"save" | "finish" | undefined>(undefined);
  const { action, answer } = useSaving(place, draft, () => {
    setTried(undefined);
    onSaved();
  });
  const open = sheet.closed === null;
  const waiting = draft.rows.some(({ stands }) => !stands);
  const wrong = draft.rows.filter(({ typed, stands }) => !stands && typed.kind === "wrong");
  const empty = draft.rows.filter(isEmpty).length;
  const save = (finish: boolean): void => {
    setTried(finish ? "finish" : "save");
    if (header.day === "" || wrong.length > 0 || (finish && empty > 0)) return;
    action.run({ ...header, finish });
  };
  return (
    <form
      class="stack wide-gap"
      noValidate
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(true);
        else moveByKeys(event);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        save(true);
      }}
    >
      {open && waiting ? (
        <HowItCame
          {...header}
          sheet={sheet}
          dayMissing={tried !== undefined && header.day === ""}
          onChange={setHeader}
        />
      ) : null}
      <EntryRows
        place={place}
        sheet={sheet}
        draft={draft}
        refused={answer?.refused ?? []}
        sent={action.sent}
        onSheet={onSheet}
      />
      <Outcome answer={answer} />
      {open && waiting ? (
        <Foot
          draft={draft}
          problem={problemOf({ tried, wrong: wrong.length, empty, day: header.day })}
          offersBlank={tried === "finish" && empty > 0}
          busy={action.busy}
          onLater={() => save(false)}
        />
      ) : null}
      <NotDone failure={action.failure} />
    </form>
  );
}

function problemOf(given: {
  readonly tried: "save" | "finish" | undefined;
  readonly wrong: number;
  readonly empty: number;
  readonly day: string;
}): string {
  if (given.tried === undefined) return "";
  if (given.day === "") return words.dayNeeded;
  if (given.wrong > 0) return words.mend(given.wrong);
  return given.tried === "finish" && given.empty > 0 ? words.empty(given.empty) : "";
}

interface Saving {
  readonly action: ReturnType<typeof useAction<Header & { readonly finish: boolean }, EnterAnswersAnswer>> & {
    readonly sent: ReadonlyMap<string, string>;
  };
  readonly answer: EnterAnswersAnswer | undefined;
}

/** Sends what was typed; the ids stay the same until it has been saved, so that sending again is safe. */
function useSaving(place: SheetProps["place"], draft: Draft, onSaved: () => void): Saving {
  const [answer, setAnswer] = useState<EnterAnswersAnswer | undefined>(undefined);
  const sent = useRef(new Map<string, string>());
  const action = useAction(
    ({ twice, ...rest }: Header & { readonly finish: boolean }) =>
      api.enterAnswers({
        path: place,
        body: {
          ...rest,
          ...(twice ? { twice } : {}),
          answers: typedAnswers(draft).map((each) => {
            const id = sent.current.get(each.item) ?? crypto.randomUUID();
            sent.current.set(each.item, id);
            return { ...each, id };
          }),
        },
      }),
    (result) => {
      setAnswer(result);
      onSaved();
    },
  );
  return { action: { ...action, sent: sent.current }, answer };
}

function Outcome({ answer }: { readonly answer: EnterAnswersAnswer | undefined }): JSX.Element {
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (answer !== undefined) said.current?.focus();
  }, [answer]);
  return (
    <div role="status">
      {answer === undefined ? null : (
        <p tabIndex={-1} ref={said}>
          <b>{answer.saved.length === 0 ? words.nothing : words.saved(answer.saved.length)}</b>{" "}
          {answer.finished ? words.done : ""}
        </p>
      )}
    </div>
  );
}

interface FootProps {
  readonly draft: Draft;
  readonly problem: string;
  readonly offersBlank: boolean;
  readonly busy: boolean;
  readonly onLater: () => void;
}

function Foot({ draft, problem, offersBlank, busy, onLater }: FootProps): JSX.Element {
  const open = draft.rows.filter(({ stands }) => !stands);
  const empty = open.filter(isEmpty).length;
  return (
    <div class="entry-foot">
      <p class="small soft">{words.progress(open.length - empty, open.length)}</p>
      <p role="alert" class="error">
        {problem}
      </p>
      <p class="acts">
        {offersBlank ? (
          <button type="button" class="btn second" onClick={draft.markBlank}>
            {words.markBlank(empty)}
          </button>
        ) : null}
        <button type="submit" class="btn" aria-disabled={busy}>
          {busy ? words.busy : words.finish}
        </button>
        <button type="button" class="btn second" onClick={onLater}>
          {words.save}
        </button>
      </p>
    </div>
  );
}
