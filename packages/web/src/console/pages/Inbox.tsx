import { type InboxPage, may, type StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { shortMoment } from "../text/en.ts";
import { inboxPage as words } from "../text/inbox.ts";
import { InboxMessage } from "../ui/InboxMessage.tsx";
import { Empty, Full, NotDone } from "../ui/States.tsx";

interface InboxProps {
  readonly study: StudySummary;
  readonly onStudy: (study: StudySummary) => void;
}

/** What people wrote to the team, and how near the study is to its safety pause. */
export function Inbox({ study, onStudy }: InboxProps): JSX.Element {
  const fetched = useResource(`inbox ${study.id}`, () => api.inbox({ path: { study: study.id } }));
  return (
    <Full fetched={fetched}>
      {(page) => (
        <div class="cards">
          {page.safety === undefined ? null : (
            <Safety
              study={study}
              safety={page.safety}
              onResumed={(resumed) => {
                onStudy(resumed);
                fetched.reload();
              }}
            />
          )}
          <section class="card c12" aria-labelledby="inbox">
            <h2 id="inbox">{words.title}</h2>
            <p class="soft">{words.lede}</p>
            {page.items.length === 0 ? (
              <Empty title={words.emptyTitle}>{words.empty}</Empty>
            ) : (
              <ul class="plain-rows letters-in">
                {page.items.map((item) => (
                  <InboxMessage key={item.id} study={study.id} item={item} onPage={fetched.replace} />
                ))}
              </ul>
            )}
          </section>
        </div>
      )}
    </Full>
  );
}

interface SafetyProps {
  readonly study: StudySummary;
  readonly safety: NonNullable<InboxPage["safety"]>;
  readonly onResumed: (study: StudySummary) => void;
}

function Safety({ study, safety, onResumed }: SafetyProps): JSX.Element {
  const { paused } = safety;
  return (
    <section class={paused === undefined ? "card c12" : "card c12 next-step"} aria-labelledby="safety">
      <h2 id="safety">{words.safetyTitle}</h2>
      {paused === undefined ? (
        <p>
          {words.safety(safety.reported, safety.asked, safety.withinDays)}{" "}
          {words.rule(safety.people, safety.share)}
        </p>
      ) : (
        <>
          <p role="status">
            <b>{words.paused(shortMoment(paused.at), paused.people)}</b>
          </p>
          {may(study.role, "study.move") ? <Resume study={study} onResumed={onResumed} /> : null}
        </>
      )}
    </section>
  );
}

function Resume({ study, onResumed }: Pick<SafetyProps, "study" | "onResumed">): JSX.Element {
  const [reason, setReason] = useState("");
  const action = useAction(
    () => api.moveStudy({ path: { study: study.id }, body: { move: "resume", reason } }),
    onResumed,
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        action.run(undefined);
      }}
    >
      <div class="field">
        <label for="resume-reason">{words.resumeReason}</label>
        <p class="hint" id="resume-hint">
          {words.resumeHint}
        </p>
        <textarea
          id="resume-reason"
          rows={3}
          maxLength={2000}
          value={reason}
          aria-describedby="resume-hint"
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </div>
      <NotDone failure={action.failure} />
      <button type="submit" class="btn" aria-disabled={action.busy}>
        {action.busy ? words.busy : words.resume}
      </button>
    </form>
  );
}
