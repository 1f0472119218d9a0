import type { CommentDecision, CommentsQuery, ModeratedComment, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { shortMoment, discussionPage as words } from "../text/en.ts";
import { Empty, Full, NotDone } from "../ui/States.tsx";

const STATES = ["pending", "approved", "rejected"] as const;

/** What readers wrote under the findings: what waits first, then what is shown and what was rejected. */
export function Discussion({ study }: { readonly study: StudySummary }): JSX.Element {
  const [state, setState] = useState<CommentsQuery["state"]>("pending");
  if (study.publication === undefined) {
    return (
      <Empty title={words.notPublishedTitle}>
        {words.notPublished} <a href={addressOf(study.id, "publish")}>{words.toPublish}</a>
      </Empty>
    );
  }
  return (
    <div class="stack wide-gap">
      <fieldset class="choices-row">
        <legend class="sr">{words.show}</legend>
        {STATES.map((each) => (
          <label key={each} class="choice-inline">
            <input type="radio" name="state" checked={each === state} onChange={() => setState(each)} />{" "}
            {words.states[each]}
          </label>
        ))}
      </fieldset>
      <Queue key={state} study={study.id} state={state} />
    </div>
  );
}

function Queue({
  study,
  state,
}: {
  readonly study: string;
  readonly state: CommentsQuery["state"];
}): JSX.Element {
  const fetched = useResource(`comments ${study} ${state}`, () =>
    api.comments({ path: { study }, query: { state } }),
  );
  return (
    <Full fetched={fetched}>
      {(comments) =>
        comments.length === 0 ? (
          <Empty title={words.emptyTitle[state]}>{words.empty[state]}</Empty>
        ) : (
          <ul class="plain-list stack">
            {comments.map((comment) => (
              <li key={comment.id}>
                <Comment study={study} comment={comment} onDone={fetched.reload} />
              </li>
            ))}
          </ul>
        )
      }
    </Full>
  );
}

interface CommentProps {
  readonly study: string;
  readonly comment: ModeratedComment;
  readonly onDone: () => void;
}

function Comment({ study, comment, onDone }: CommentProps): JSX.Element {
  return (
    <article class="card measure-card stack" aria-label={words.by(comment.name)}>
      <p class="soft">
        {comment.urgent ? <span class="tag notice">{words.urgent}</span> : null} <b>{comment.name}</b>{" "}
        {shortMoment(comment.createdAt)}
        {comment.kind === null ? "" : ` · ${comment.kind}`}
        {comment.isTeam ? ` · ${words.team}` : ""}
        {comment.editedByTeam ? ` · ${words.edited}` : ""}
      </p>
      <p class="break pre-line">{comment.body}</p>
      {comment.heldFor === null || comment.state !== "pending" ? null : (
        <p class="hint">{words.heldFor[comment.heldFor] ?? comment.heldFor}</p>
      )}
      {comment.reason === null ? null : (
        <p class="hint">
          {words.reason}: {comment.reason}
        </p>
      )}
      <Decide study={study} comment={comment} onDone={onDone} />
    </article>
  );
}

type Doing = "nothing" | "edit" | "reject" | "reply";

function Decide({ study, comment, onDone }: CommentProps): JSX.Element {
  const [doing, setDoing] = useState<Doing>("nothing");
  const [text, setText] = useState("");
  const path = { study, comment: comment.id };
  const decision = useAction((body: CommentDecision) => api.decideComment({ path, body }), onDone);
  const reply = useAction(
    (body: string) => api.teamComment({ path: { study }, body: { body, parent: comment.id } }),
    onDone,
  );
  const begin = (what: Doing): void => {
    setDoing(what);
    setText(what === "edit" ? comment.body : "");
  };
  const send = (event: Event): void => {
    event.preventDefault();
    if (text.trim() === "") return;
    if (doing === "edit") decision.run({ decision: "approve", body: text, seen: comment.body });
    if (doing === "reject") decision.run({ decision: "reject", reason: text, seen: comment.body });
    if (doing === "reply") reply.run(text);
  };
  const busy = decision.busy || reply.busy;
  return (
    <>
      <p class="acts">
        {comment.state === "approved" ? null : (
          <button
            type="button"
            class="btn"
            aria-disabled={busy}
            onClick={() => decision.run({ decision: "approve", seen: comment.body })}
          >
            {words.approve}
          </button>
        )}
        <button type="button" class="btn second" onClick={() => begin("edit")}>
          {words.edit}
        </button>
        {comment.state === "rejected" ? null : (
          <button type="button" class="btn second" onClick={() => begin("reject")}>
            {words.reject}
          </button>
        )}
        {comment.state === "approved" ? (
          <button type="button" class="btn second" onClick={() => begin("reply")}>
            {words.reply}
          </button>
        ) : null}
      </p>
      {doing === "nothing" ? null : (
        <form class="field" onSubmit={send}>
          <label for={`text-${comment.id}`}>{words.fields[doing]}</label>
          <textarea
            id={`text-${comment.id}`}
            rows={4}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <p class="acts">
            <button type="submit" class="btn" aria-disabled={busy}>
              {busy ? words.busy : words.send[doing]}
            </button>
            <button type="button" class="btn quiet" onClick={() => setDoing("nothing")}>
              {words.dismiss}
            </button>
          </p>
        </form>
      )}
      <NotDone failure={decision.failure ?? reply.failure} />
    </>
  );
}
