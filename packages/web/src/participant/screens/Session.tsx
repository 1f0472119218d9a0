import type { AnswerPayload, FormItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { World } from "../data/world.ts";
import { momentInWords } from "../dates.ts";
import { ItemField } from "../items/ItemField.tsx";
import { Minutes } from "../items/Minutes.tsx";
import type { FieldProps } from "../items/props.ts";
import type { Draft } from "../state/draft.ts";
import { draftOf, readDraft } from "../state/draft.ts";
import type { Happening, Model } from "../state/model.ts";
import type { SessionNote, SessionPage } from "../state/session.ts";
import { sessionItem, sessionNotes } from "../state/session.ts";
import type { Words } from "../text/index.ts";
import { ErrorSign } from "../ui/ErrorSign.tsx";
import { Heading } from "../ui/Heading.tsx";
import { Saving } from "../ui/Saving.tsx";
import { TroubleNote } from "./Notes.tsx";

interface SessionProps {
  readonly words: Words;
  readonly model: Model;
  readonly page: SessionPage;
  readonly tell: (happening: Happening) => void;
  readonly world: World;
}

/** One part of a session: a question a screen, a tap goes on by itself; then what comes next. */
export function Session(props: SessionProps): JSX.Element {
  const item = sessionItem(props.page);
  return item === undefined ? (
    <PartDone {...props} />
  ) : (
    <SessionQuestion key={item.id} {...props} item={item} />
  );
}

/** A choice made by hand goes on at once; arrow keys pass over choices that nobody means, so keys wait for Next. */
const BY_HAND_MS = 1000;

function SessionQuestion(props: SessionProps & { readonly item: FormItem }): JSX.Element {
  const { words, page, tell, world, item } = props;
  const earlier = page.given.find((answer) => answer.item === item.id)?.payload;
  const [draft, setDraft] = useState<Draft>(() => draftOf(item, earlier));
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const touchedAt = useRef(Number.NEGATIVE_INFINITY);
  const answer = (payload: AnswerPayload): void =>
    tell({ kind: "sessionAnswered", payload, stamp: { id: world.newId(), answeredAt: world.now() } });
  const go = (given: Draft): void => {
    const read = readDraft(item, given, words);
    if (read.ok) answer(read.payload);
    else setProblem(read.message);
  };
  const change = (changed: Draft, byTap: boolean): void => {
    setDraft(changed);
    setProblem(undefined);
    if (byTap && performance.now() - touchedAt.current < BY_HAND_MS) go(changed);
  };
  const next = (event: Event): void => {
    event.preventDefault();
    go(draft);
  };
  const back = (): void =>
    page.at === 0
      ? tell({ kind: "aside", aside: "none" })
      : tell({ kind: "session", page: { ...page, at: page.at - 1 } });
  return (
    <form
      onSubmit={next}
      noValidate
      class="session"
      onPointerUp={() => {
        touchedAt.current = performance.now();
      }}
    >
      <p class="progress">{words.session.place(page.at + 1, page.part.items.length)}</p>
      <fieldset aria-describedby={problem === undefined ? undefined : "question-error"}>
        <legend>
          <Heading id="question">{item.text}</Heading>
        </legend>
        <SessionField
          item={item}
          draft={draft}
          words={words}
          wrong={problem !== undefined}
          describedBy={problem === undefined ? undefined : "question-error"}
          onChange={change}
        />
        <div role="alert" class="field">
          {problem === undefined ? null : (
            <p class="error" id="question-error">
              <ErrorSign />
              <span>{problem}</span>
            </p>
          )}
        </div>
      </fieldset>
      <div class="go">
        <button type="submit" class="btn">
          {words.next}
        </button>
        <div class="pairline">
          <button type="button" class="btn quiet" onClick={back}>
            {page.at === 0 ? words.session.leave : words.back}
          </button>
          <button type="button" class="btn quiet" onClick={() => answer({ kind: "skipped" })}>
            {words.ratherNot}
          </button>
        </div>
      </div>
    </form>
  );
}

interface SessionFieldProps extends Omit<FieldProps<FormItem>, "onDraft"> {
  /** `byTap`: the choice is whole as it stands, so the page may go on. */
  readonly onChange: (draft: Draft, byTap: boolean) => void;
}

function SessionField({ item, onChange, ...rest }: SessionFieldProps): JSX.Element {
  const { words } = rest;
  if (item.kind !== "integer") {
    const whole = item.kind === "single_choice" || item.kind === "scale" || item.kind === "yes_no";
    return <ItemField item={item} {...rest} onDraft={(draft) => onChange(draft, whole)} />;
  }
  const isTapped = (draft: Draft): boolean =>
    draft.kind === "typed" && document.activeElement?.tagName !== "INPUT";
  return (
    <Minutes
      item={item}
      {...rest}
      other={words.session.otherMinutes}
      onDraft={(draft) => onChange(draft, isTapped(draft) || isRadio(document.activeElement))}
    />
  );
}

function isRadio(element: Element | null): boolean {
  return element instanceof HTMLInputElement && element.type === "radio";
}

/** After the last question of a part: saved or kept here, and when the next part comes. */
function PartDone({ words, model, page, tell, world }: SessionProps): JSX.Element {
  const log = model.state?.sessions;
  const notes = log === undefined ? [] : sessionNotes(log, model.logged, world.now());
  const note = notes.find(({ logged }) => logged.id === page.id);
  return (
    <>
      <Heading>{words.session.doneTitle}</Heading>
      <p class="lede">{whatNext(note, { words, model, world })}</p>
      <p class="soft">{words.session.logged}</p>
      <Saving words={words} model={model} world={world} onTryNow={() => tell({ kind: "readyAgain" })} />
      <TroubleNote words={words} trouble={model.trouble} />
      <div class="go">
        <button type="button" class="btn second" onClick={() => tell({ kind: "aside", aside: "none" })}>
          {words.session.doneBack}
        </button>
      </div>
    </>
  );
}

function whatNext(
  note: SessionNote | undefined,
  { words, model, world }: Pick<SessionProps, "words" | "model" | "world">,
): string {
  const { language } = model;
  const part = note?.open ?? note?.coming;
  if (note === undefined || part === undefined) return words.session.doneLast;
  const moment = (minutes: number): string =>
    momentInWords(note.logged.beganAt + minutes * 60_000, world.now(), {
      language,
      timeZone: world.timeZone,
    });
  if (note.open !== undefined) return words.session.doneNow(moment(part.untilMinutes));
  return words.session.doneNext(moment(part.fromMinutes), moment(part.untilMinutes));
}
