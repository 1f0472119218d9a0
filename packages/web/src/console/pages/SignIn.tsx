import type { Staff } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { signIn } from "../text/en.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { NotDone } from "../ui/States.tsx";

/** A one-time link was opened: it is used on the press of the button and not before. */
export function SignIn(props: {
  readonly token: string;
  readonly onArrive: (staff: Staff) => void;
}): JSX.Element {
  const action = useAction(
    (token: string) => api.signIn({ body: { token } }),
    (staff) => {
      history.replaceState(null, "", `${location.pathname}#/`);
      window.dispatchEvent(new HashChangeEvent("hashchange"));
      props.onArrive(staff);
    },
  );
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>{signIn.title}</h1>
      <p>{signIn.ready}</p>
      <div>
        <button type="button" class="btn" onClick={() => action.run(props.token)} aria-disabled={action.busy}>
          {action.busy ? signIn.busy : signIn.button}
        </button>
      </div>
      <NotDone failure={action.failure} title={signIn.failed} />
      {action.failure === undefined ? null : (
        <>
          <LinkByMail />
          <HowToSignIn />
        </>
      )}
    </div>
  );
}

/** Nobody is signed in: how to get a link. */
export function SignedOut(): JSX.Element {
  return (
    <div class="narrow">
      <h1 tabIndex={-1}>{signIn.outTitle}</h1>
      <p>{signIn.out}</p>
      <LinkByMail />
      <HowToSignIn />
    </div>
  );
}

/** Ask for a link; the answer is the same for every address. */
function LinkByMail(): JSX.Element {
  const [email, setEmail] = useState("");
  const [wrong, setWrong] = useState(false);
  const [sent, setSent] = useState(false);
  const action = useAction(
    (address: string) => api.requestSignIn({ body: { email: address } }),
    () => setSent(true),
  );
  const submit = (event: Event): void => {
    event.preventDefault();
    const isWhole = /^\S+@\S+\.\S+$/.test(email.trim());
    setWrong(!isWhole);
    setSent(false);
    if (isWhole) action.run(email.trim());
  };
  return (
    <form class="card stack" onSubmit={submit} noValidate aria-labelledby="by-mail">
      <h2 id="by-mail">{signIn.mailTitle}</h2>
      <p>{signIn.mail}</p>
      <div class={wrong ? "field wrong" : "field"}>
        <label for="email">{signIn.email}</label>
        <input
          id="email"
          type="email"
          autocomplete="email"
          value={email}
          aria-invalid={wrong}
          aria-describedby="email-error"
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
        <p role="alert" class="error" id="email-error">
          {wrong ? signIn.emailWrong : ""}
        </p>
      </div>
      <div>
        <button type="submit" class="btn" aria-disabled={action.busy}>
          {action.busy ? signIn.sending : signIn.send}
        </button>
      </div>
      <p role="status">{sent ? signIn.sent : ""}</p>
      <NotDone failure={action.failure} />
    </form>
  );
}

function HowToSignIn(): JSX.Element {
  return (
    <section class="card" aria-labelledby="how">
      <h2 id="how">{signIn.howTitle}</h2>
      <p>{signIn.how}</p>
      <p class="command">
        <code>{signIn.command}</code>
        <CopyButton text={signIn.command} of={signIn.command} />
      </p>
      <p class="soft">{signIn.howAfter}</p>
    </section>
  );
}
