import type { MailWay, MessageRow, MessageState, MessagesPage, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { count, shortMoment } from "../text/en.ts";
import { messagesPage as words } from "../text/messages.ts";
import { Empty, Full, NotDone } from "../ui/States.tsx";

type Shown = MessageState | "all";
const SHOWN: readonly Shown[] = ["all", "uncertain", "failed", "queued", "sending", "sent", "cancelled"];
const PAGE = 50;

/** What the study wrote to whom, newest first, and what became of it. */
export function Messages({
  study,
  show: asked,
}: {
  readonly study: StudySummary;
  readonly show?: string | undefined;
}): JSX.Element {
  const [shown, setShown] = useState<Shown>(SHOWN.find((each) => each === asked) ?? "all");
  const [from, setFrom] = useState(0);
  const state = shown === "all" ? {} : { state: shown };
  const fetched = useResource(`messages ${study.id} ${shown} ${from}`, () =>
    api.messages({
      path: { study: study.id },
      query: { ...state, ...(from === 0 ? {} : { from: String(from) }) },
    }),
  );
  const show = (next: Shown): void => {
    setShown(next);
    setFrom(0);
  };
  return (
    <Full fetched={fetched}>
      {(page) => (
        <div class="stack wide-gap">
          <Way way={page.way} />
          <StateChoice page={page} shown={shown} onShow={show} />
          {page.messages.length === 0 ? (
            <Empty title={words.emptyTitle[shown]}>{words.empty[shown]}</Empty>
          ) : (
            <ul class="bare-list stack">
              {page.messages.map((message) => (
                <li key={message.id}>
                  <Message study={study.id} message={message} onDone={fetched.reload} />
                </li>
              ))}
            </ul>
          )}
          <Pager page={page} from={from} onFrom={setFrom} />
        </div>
      )}
    </Full>
  );
}

/** How mail leaves the server, and whether it can at the moment. */
function Way({ way }: { readonly way: MailWay }): JSX.Element {
  return (
    <div role="status">
      <p class="measure">
        {way.kind === "folder" ? words.folder : words.smtp} <span class="hash">{way.place}</span>
      </p>
      {way.trouble === null ? null : (
        <div class="trouble">
          <p>
            <b>{words.troubleTitle}</b> {words.trouble(way.trouble)}
          </p>
        </div>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly page: MessagesPage;
  readonly shown: Shown;
  readonly onShow: (shown: Shown) => void;
}

function StateChoice({ page, shown, onShow }: ChoiceProps): JSX.Element {
  const all = Object.values(page.counts).reduce((sum, each) => sum + each, 0);
  return (
    <fieldset class="choices-row">
      <legend class="sr">{words.show}</legend>
      {SHOWN.map((each) => (
        <label key={each} class="choice-inline">
          <input type="radio" name="state" checked={each === shown} onChange={() => onShow(each)} />{" "}
          {words.states[each]} <span class="count">{count(each === "all" ? all : page.counts[each])}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface MessageProps {
  readonly study: string;
  readonly message: MessageRow;
  readonly onDone: () => void;
}

function Message({ study, message, onDone }: MessageProps): JSX.Element {
  const { state, template, to, lastError, reason } = message;
  const wrong = state === "failed" || state === "uncertain";
  const who = to ?? words.reader;
  return (
    <article class="card measure-card" aria-label={words.about(words.templates[template], who)}>
      <p>
        <span class={wrong ? "tag notice" : "tag plain"}>{words.states[state]}</span>{" "}
        <b>{words.templates[template]}</b> {words.to(who)}
      </p>
      <p class="small soft">{when(message)}</p>
      {state === "uncertain" ? <p>{words.uncertain}</p> : null}
      {lastError === null ? null : (
        <p class="hint break">
          {words.why}: {lastError}
        </p>
      )}
      {reason === null ? null : (
        <p class="hint">
          {words.again}: {reason}
        </p>
      )}
      {wrong ? (
        <p class="small soft break">
          {words.messageId} <span class="hash">{message.messageId}</span>
        </p>
      ) : null}
      {message.canRepeat ? <Repeat study={study} message={message} who={who} onDone={onDone} /> : null}
    </article>
  );
}

function when({ decidedAt, sentAt, dueAt, state, attempts }: MessageRow): string {
  const parts = [words.decided(shortMoment(decidedAt))];
  if (sentAt !== null) parts.push(words.sent(shortMoment(sentAt)));
  if (state === "queued" && dueAt > decidedAt) parts.push(words.due(shortMoment(dueAt)));
  if (attempts > 1) parts.push(words.attempts(attempts));
  return parts.join(" · ");
}

function Repeat({ study, message, who, onDone }: MessageProps & { readonly who: string }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const action = useAction(
    (given: string) => api.repeatMessage({ path: { study, message: message.id }, body: { reason: given } }),
    onDone,
  );
  const field = `reason-${message.id}`;
  const send = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== "") action.run(reason.trim());
  };
  if (!asking) {
    return (
      <p class="acts">
        <button
          type="button"
          class="btn second"
          aria-label={words.repeatFor(who)}
          onClick={() => setAsking(true)}
        >
          {words.repeat}
        </button>
      </p>
    );
  }
  const wrong = tried && reason.trim() === "";
  return (
    <form class={wrong ? "field wrong" : "field"} onSubmit={send}>
      <label for={field}>
        {words.reason} <span class="hint">{words.reasonHint}</span>
      </label>
      <input
        id={field}
        value={reason}
        maxLength={300}
        aria-invalid={wrong}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <p role="alert" class="error">
        {wrong ? words.reasonNeeded : ""}
      </p>
      <p class="acts">
        <button type="submit" class="btn" aria-disabled={action.busy}>
          {action.busy ? words.busy : words.repeat}
        </button>
        <button type="button" class="btn quiet" onClick={() => setAsking(false)}>
          {words.dismiss}
        </button>
      </p>
      <NotDone failure={action.failure} />
    </form>
  );
}

interface PagerProps {
  readonly page: MessagesPage;
  readonly from: number;
  readonly onFrom: (from: number) => void;
}

function Pager({ page, from, onFrom }: PagerProps): JSX.Element | null {
  const { next } = page;
  if (from === 0 && next === undefined) return null;
  return (
    <p class="acts">
      {from === 0 ? null : (
        <button type="button" class="btn second" onClick={() => onFrom(Math.max(0, from - PAGE))}>
          {words.newer}
        </button>
      )}
      {next === undefined ? null : (
        <button type="button" class="btn second" onClick={() => onFrom(next)}>
          {words.older}
        </button>
      )}
    </p>
  );
}
