import type { StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useContext, useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { SessionContext } from "../data/session.ts";
import { useAction } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { lockPage, publishPage, shortMoment } from "../text/en.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { NotDone } from "../ui/States.tsx";

interface LockProps {
  readonly study: StudySummary;
  readonly onStudy: (study: StudySummary) => void;
}

/** The lock: why, the rule of two people, who has signed, and the one button. */
export function Lock({ study, onStudy }: LockProps): JSX.Element {
  const [asking, setAsking] = useState(false);
  const email = useContext(SessionContext)?.staff.email;
  const action = useAction(() => api.lockStudy({ path: { study: study.id } }), onStudy);
  const { lock } = study;
  const locked = lock.lockedAt !== undefined;
  const signedByMe = email !== undefined && lock.by.includes(email);
  return (
    <div class="stack wide-gap">
      <section class="card measure-card" aria-label={lockPage.title}>
        <p>{lockPage.why}</p>
        <p>{lockPage.rule}</p>
        <p>
          <b>{lockPage.after}</b>
        </p>
      </section>
      <Signatures study={study} />
      {locked ? (
        <p class="acts">
          <a class="btn" href={addressOf(study.id, "analysis")}>
            {publishPage.toAnalysis}
          </a>
        </p>
      ) : signedByMe ? (
        <p role="status">
          <b>{lockPage.youSigned}</b> {lockPage.second}
        </p>
      ) : (
        <div>
          <button type="button" class="btn" onClick={() => setAsking(true)} aria-disabled={action.busy}>
            {lockPage.button}
          </button>
        </div>
      )}
      <NotDone failure={action.failure} />
      {asking ? (
        <Dialog
          title={lockPage.dialogTitle}
          confirm={lockPage.dialogSign}
          dismiss={lockPage.dialogNot}
          onConfirm={() => {
            setAsking(false);
            action.run(undefined);
          }}
          onDismiss={() => setAsking(false)}
        >
          <p>{lockPage.dialogText(study.title)}</p>
        </Dialog>
      ) : null}
    </div>
  );
}

function Signatures({ study }: { readonly study: StudySummary }): JSX.Element {
  const { by, needed, lockedAt } = study.lock;
  return (
    <section class="card measure-card" aria-labelledby="signatures">
      <header>
        <h2 id="signatures">{lockPage.signatures}</h2>
        <p>
          {by.length}/{needed}
        </p>
      </header>
      <ol class="story">
        {by.map((email) => (
          <li class="full" key={email}>
            {lockPage.signed(email)}
          </li>
        ))}
        {lockedAt === undefined ? (
          <li>{by.length === 0 ? lockPage.nobody : lockPage.waiting}</li>
        ) : (
          <li class="full">
            <b>{lockPage.locked}</b> {lockPage.lockedAt(shortMoment(lockedAt))}
          </li>
        )}
      </ol>
    </section>
  );
}
