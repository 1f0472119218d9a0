import type { InboxAnswerRequest, InboxItem, InboxPage } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { shortMoment } from "../text/en.ts";
import { inboxPage as words } from "../text/inbox.ts";
import { NotDone } from "./States.tsx";

interface MessageProps {
  readonly study: string;
  readonly item: InboxItem;
  readonly onPage: (page: InboxPage) => void;
}

type Writing = "email" | "call" | undefined;

/** One message to the team, what was answered, and what can be done with it. */
export function InboxMessage({ study, item, onPage }: MessageProps): JSX.Element {
  const [writing, setWriting] = useState<Writing>(undefined);
  const action = useAction(
    (body: InboxAnswerRequest) => api.handleMessage({ path: { study, message: item.id }, body }),
    (page) => {
      setWriting(undefined);
      onPage(page);
    },
  );
  const what = words.abouts[item.about];
  const marks = [
    item.readAt === undefined ? words.unread : "",
    item.closedAt === undefined ? "" : words.closed,
  ].filter((mark) => mark !== "");
  return (
    <li>
      <article aria-label={words.forWhom(what, item.person.label)}>
        <p>
          <b>{what}</b> <span>{item.person.label}</span>{" "}
          <span class="soft">{[words.sent(shortMoment(item.sentAt)), ...marks].join(", ")}</span>
        </p>
        <p class="letter-words" lang={item.language}>
          {item.words}
        </p>
        {item.answers.map((answer) => (
          <div key={answer.at} class="letter-answer">
            <p class="small soft">
              {words.answered[answer.way]} {shortMoment(answer.at)}, {answer.by.replace(/^staff:/, "")}
            </p>
            <p class="letter-words">{answer.words}</p>
          </div>
        ))}
        <NotDone failure={action.failure} />
        {writing === undefined ? (
          <Acts item={item} busy={action.busy} onWrite={setWriting} onDo={action.run} />
        ) : (
          <AnswerForm
            way={writing}
            id={item.id}
            busy={action.busy}
            onSend={(text) => action.run({ do: writing, words: text })}
            onCancel={() => setWriting(undefined)}
          />
        )}
      </article>
    </li>
  );
}

interface ActsProps {
  readonly item: InboxItem;
  readonly busy: boolean;
  readonly onWrite: (way: Writing) => void;
  readonly onDo: (request: InboxAnswerRequest) => void;
}

function Acts({ item, busy, onWrite, onDo }: ActsProps): JSX.Element {
  const label = (what: string): string => words.forWhom(what, item.person.label);
  const button = (what: string, act: () => void): JSX.Element => (
    <button
      type="button"
      class="btn second small"
      aria-label={label(what)}
      aria-disabled={busy}
      onClick={act}
    >
      {what}
    </button>
  );
  return (
    <>
      {item.canMail ? null : <p class="small soft">{words.noMail}</p>}
      <p class="acts">
        {item.canMail ? button(words.answer, () => onWrite("email")) : null}
        {button(words.call, () => onWrite("call"))}
        {item.readAt === undefined ? button(words.read, () => onDo({ do: "read" })) : null}
        {item.closedAt === undefined ? button(words.close, () => onDo({ do: "close" })) : null}
      </p>
    </>
  );
}

interface AnswerProps {
  readonly way: "email" | "call";
  readonly id: string;
  readonly busy: boolean;
  readonly onSend: (text: string) => void;
  readonly onCancel: () => void;
}

function AnswerForm({ way, id, busy, onSend, onCancel }: AnswerProps): JSX.Element {
  const [text, setText] = useState("");
  const [empty, setEmpty] = useState(false);
  const field = `answer-${id}`;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setEmpty(text.trim() === "");
        if (text.trim() !== "") onSend(text.trim());
      }}
    >
      <div class={empty ? "field wrong" : "field"}>
        <label for={field}>{way === "email" ? words.answer : words.call}</label>
        <p class="hint" id={`${field}-hint`}>
          {way === "email" ? words.answerHint : words.callHint}
        </p>
        <textarea
          id={field}
          rows={5}
          maxLength={4000}
          value={text}
          aria-invalid={empty}
          aria-describedby={empty ? `${field}-hint ${field}-error` : `${field}-hint`}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <div role="alert">
          {empty ? (
            <p class="error" id={`${field}-error`}>
              {words.missing}
            </p>
          ) : null}
        </div>
      </div>
      <p class="acts">
        <button type="submit" class="btn" aria-disabled={busy}>
          {busy ? words.busy : way === "email" ? words.send : words.note}
        </button>
        <button type="button" class="btn quiet" onClick={onCancel}>
          {words.cancel}
        </button>
      </p>
    </form>
  );
}
