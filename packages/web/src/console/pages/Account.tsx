import type { Account as AccountValue, StaffSession } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { accountPage as words } from "../text/account.ts";
import { frame, shortMoment } from "../text/en.ts";
import { Passkeys } from "../ui/Passkeys.tsx";
import { SecondFactor } from "../ui/SecondFactor.tsx";
import { Full, NotDone } from "../ui/States.tsx";

/** One's own account: the second factor, and where one is signed in. */
export function Account(): JSX.Element {
  const fetched = useResource("account", () => api.account());
  return (
    <>
      <header class="study">
        <div>
          <p>
            <a href="#/">{frame.studies}</a>
          </p>
          <h1 tabIndex={-1}>{words.title}</h1>
        </div>
      </header>
      <Full fetched={fetched}>
        {(account) => (
          <div class="stack">
            <p class="soft break">{words.lede(account.email)}</p>
            <SecondFactor account={account} onAccount={fetched.replace} />
            <Passkeys account={account} onAccount={fetched.replace} />
            <Sessions account={account} onAccount={fetched.replace} />
          </div>
        )}
      </Full>
    </>
  );
}

interface SessionsProps {
  readonly account: AccountValue;
  readonly onAccount: (account: AccountValue) => void;
}

function Sessions({ account, onAccount }: SessionsProps): JSX.Element {
  const action = useAction(
    (session: string | undefined) => api.endSessions({ body: session === undefined ? {} : { session } }),
    onAccount,
  );
  return (
    <section class="card stack" aria-labelledby="sessions">
      <h2 id="sessions">{words.sessionsTitle}</h2>
      <p class="soft">{words.sessionsText}</p>
      <ul class="rows">
        {account.sessions.map((session) => (
          <Row key={session.id} session={session} busy={action.busy} onEnd={() => action.run(session.id)} />
        ))}
      </ul>
      {account.sessions.length > 1 ? (
        <div>
          <button
            type="button"
            class="btn second"
            aria-disabled={action.busy}
            onClick={() => action.run(undefined)}
          >
            {words.endOthers}
          </button>
        </div>
      ) : (
        <p class="soft">{words.onlyHere}</p>
      )}
      <NotDone failure={action.failure} />
    </section>
  );
}

interface RowProps {
  readonly session: StaffSession;
  readonly busy: boolean;
  readonly onEnd: () => void;
}

function Row({ session, busy, onEnd }: RowProps): JSX.Element {
  const device = session.device ?? words.unknownDevice;
  const at = shortMoment(session.startedAt);
  return (
    <li>
      <div>
        <p class="break">{device}</p>
        <p class="soft small">
          {words.started(at)}
          {session.current ? `, ${words.thisDevice}` : ""}
        </p>
      </div>
      {session.current ? null : (
        <button
          type="button"
          class="btn quiet"
          aria-disabled={busy}
          aria-label={words.endOf(device, at)}
          onClick={onEnd}
        >
          {words.end}
        </button>
      )}
    </li>
  );
}
