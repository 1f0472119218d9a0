import type { AnswerPayload, FormItem } from "@longwave/study/answering";
import { progress } from "@longwave/study/answering";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useSettled } from "../data/use-settled.ts";
import type { World } from "../data/world.ts";
import { ItemField } from "../items/ItemField.tsx";
import type { Draft } from "../state/draft.ts";
import { draftOf, isTyped, readDraft } from "../state/draft.ts";
import type { Happening, Model } from "../state/model.ts";
import type { Screen } from "../state/screen.ts";
import { questionBefore } from "../state/visit.ts";
import type { Words } from "../text/index.ts";
import { Track } from "../ui/Bar.tsx";
import { ErrorSign } from "../ui/ErrorSign.tsx";
import { Heading } from "../ui/Heading.tsx";
import { Saving } from "../ui/Saving.tsx";
import { TroubleNote } from "./Notes.tsx";

interface QuestionProps {
  readonly words: Words;
  readonly model: Model;
  readonly screen: Extract<Screen, { kind: "question" }>;
  readonly tell: (happening: Happening) => void;
  readonly world: World;
}

/** One question on one screen. */
export function Question({ words, model, screen, tell, world }: QuestionProps): JSX.Element {
  const { item, visit } = screen;
  const earlier = visit.answers[item.id];
  const [draft, setDraft] = useState<Draft>(() => draftOf(item, earlier));
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const answer = (payload: AnswerPayload): void =>
    tell({ kind: "answered", payload, stamp: { id: world.newId(), answeredAt: world.now() } });
  const keep = (): boolean => {
    const read = readDraft(item, draft, words);
    if (read.ok) answer(read.payload);
    return read.ok;
  };
  // A choice is saved as it is made; something written, on Next.
  useSettled(draft, () => void (draft.kind === "chosen" && !isTyped(item) && keep()));
  const leave = (happening: Happening): void => {
    keep();
    tell(happening);
  };
  const next = (event: Event): void => {
    event.preventDefault();
    const read = readDraft(item, draft, words);
    if (read.ok) leave({ kind: "next" });
    else if (draft.kind === "nothing" && earlier?.kind === "skipped") tell({ kind: "next" });
    else setProblem(read.message);
  };
  const skip = (): void => {
    answer({ kind: "skipped" });
    tell({ kind: "next" });
  };
  const change = (changed: Draft): void => {
    setDraft(changed);
    setProblem(undefined);
  };
  const message = problem ?? refusalMessage(model, words);
  return (
    <form onSubmit={next} noValidate>
      <Progress words={words} screen={screen} />
      <fieldset aria-describedby={describedBy(item, message)}>
        <legend>
          <Heading id="question">
            <Marked text={item.text} marked={item.marked} />
          </Heading>
        </legend>
        <Hints item={item} words={words} skipped={earlier?.kind === "skipped" && draft.kind === "nothing"} />
        <ItemField
          item={item}
          draft={draft}
          onDraft={change}
          words={words}
          describedBy={describedBy(item, message)}
          wrong={message !== undefined}
        />
        <ErrorLine message={message} />
      </fieldset>
      <div class="go">
        <button type="submit" class="btn">
          {words.next}
        </button>
        <div class="pairline">
          {questionBefore(visit) === undefined ? null : (
            <button type="button" class="btn quiet" onClick={() => leave({ kind: "back" })}>
              {words.back}
            </button>
          )}
          <button type="button" class="btn quiet" onClick={skip}>
            {words.ratherNot}
          </button>
          <button type="button" class="btn quiet" onClick={() => leave({ kind: "aside", aside: "paused" })}>
            {words.stopHere}
          </button>
        </div>
      </div>
      <Saving
        words={words}
        model={model}
        world={world}
        isWrong={message !== undefined}
        onTryNow={() => tell({ kind: "readyAgain" })}
      />
      <TroubleNote words={words} trouble={model.trouble} />
      <Background item={item} words={words} />
    </form>
  );
}

function refusalMessage(model: Model, words: Words): string | undefined {
  const { refusal } = model;
  return refusal === undefined ? undefined : words.question.refused(refusal.expected, refusal.remedy);
}

function describedBy(item: FormItem, message: string | undefined): string | undefined {
  const ids = [item.help === undefined ? "" : "question-help", message === undefined ? "" : "question-error"];
  const joined = ids.filter((id) => id !== "").join(" ");
  return joined === "" ? undefined : joined;
}

function Progress({ words, screen }: Pick<QuestionProps, "words" | "screen">): JSX.Element {
  const { visit, item } = screen;
  const { position, total, minutesLeft } = progress(visit.form, visit.answers, item.id);
  return (
    <div class="progress">
      <span>{words.question.progress(position, total, minutesLeft)}</span>
      <Track share={position / total} thin />
    </div>
  );
}

/** The question with the words that name the recall period marked. */
function Marked({
  text,
  marked,
}: {
  readonly text: string;
  readonly marked: string | undefined;
}): JSX.Element {
  const start = marked === undefined || marked === "" ? -1 : text.indexOf(marked);
  if (marked === undefined || start === -1) return <>{text}</>;
  return (
    <>
      {text.slice(0, start)}
      <span class="recall">{marked}</span>
      {text.slice(start + marked.length)}
    </>
  );
}

interface HintsProps {
  readonly item: FormItem;
  readonly words: Words;
  readonly skipped: boolean;
}

function Hints({ item, words, skipped }: HintsProps): JSX.Element {
  return (
    <>
      {item.help === undefined ? null : (
        <p class="soft hint-line" id="question-help">
          {item.help}
        </p>
      )}
      {item.kind === "multi_choice" ? <p class="soft hint-line">{words.question.tickSeveral}</p> : null}
      {skipped ? <p class="soft hint-line">{words.question.skippedNow}</p> : null}
    </>
  );
}

function ErrorLine({ message }: { readonly message: string | undefined }): JSX.Element {
  return (
    <div role="alert" class="field">
      {message === undefined ? null : (
        <p class="error" id="question-error">
          <ErrorSign />
          <span>{message}</span>
        </p>
      )}
    </div>
  );
}

function Background({ item, words }: { readonly item: FormItem; readonly words: Words }): JSX.Element | null {
  if (item.why === undefined && item.source === undefined) return null;
  return (
    <>
      {item.why === undefined ? null : (
        <details class="why">
          <summary>{words.question.why}</summary>
          <p>{item.why}</p>
        </details>
      )}
      {item.source === undefined ? null : (
        <p class="soft source">
          {words.question.source}: {item.source}
        </p>
      )}
    </>
  );
}
