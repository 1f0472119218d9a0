import type { Account, NewSecondFactor } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction } from "../data/use-resource.ts";
import { accountPage as words } from "../text/account.ts";
import { CopyButton } from "./CopyButton.tsx";
import { QrCode } from "./QrCode.tsx";
import { NotDone } from "./States.tsx";

interface FactorProps {
  readonly account: Account;
  readonly onAccount: (account: Account) => void;
}

/** The second factor of an account: to be set up, to be shown in this session, or shown. */
export function SecondFactor({ account, onAccount }: FactorProps): JSX.Element {
  const [made, setMade] = useState<NewSecondFactor | undefined>(undefined);
  const begin = useAction((_: undefined) => api.beginSecondFactor(), setMade);
  const state = account.secondFactor;
  const arrive = (changed: Account): void => {
    setMade(undefined);
    onAccount(changed);
  };
  return (
    <section class="card stack" aria-labelledby="factor">
      <h2 id="factor">{words.factorTitle}</h2>
      <p class="measure">{words.factorWhy}</p>
      <p role="status">
        <b>{words.factor[state]}</b>
      </p>
      {made === undefined ? null : <Secret made={made} />}
      {made !== undefined || (state === "set" && account.hasApp) ? <CodeForm onAccount={arrive} /> : null}
      {made !== undefined || state === "set" ? null : (
        <div>
          <button
            type="button"
            class={account.hasApp ? "btn quiet" : state === "none" ? "btn" : "btn second"}
            aria-disabled={begin.busy}
            onClick={() => begin.run(undefined)}
          >
            {begin.busy ? words.beginning : beginName(account)}
          </button>
        </div>
      )}
      <NotDone failure={begin.failure} />
    </section>
  );
}

function beginName({ hasApp, secondFactor }: Account): string {
  if (hasApp) return words.replace;
  return secondFactor === "none" ? words.begin : words.addApp;
}

function Secret({ made }: { readonly made: NewSecondFactor }): JSX.Element {
  return (
    <div class="stack">
      <p class="measure">{words.scan}</p>
      <QrCode text={made.uri} label={words.picture} />
      <p class="measure">{words.typeSecret}</p>
      <p class="command">
        <code class="break">{made.secret}</code>
        <CopyButton text={made.secret} of={made.secret} />
      </p>
      <h3>{words.recoveryTitle}</h3>
      <p class="measure">{words.recovery}</p>
      <ul class="codes">
        {made.recoveryCodes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div>
        <CopyButton text={made.recoveryCodes.join("\n")} of={words.copyCodes} />
      </div>
    </div>
  );
}

function CodeForm({ onAccount }: Pick<FactorProps, "onAccount">): JSX.Element {
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const action = useAction((typed: string) => api.proveSecondFactor({ body: { code: typed } }), onAccount);
  const wrong = tried && code.trim() === "";
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (code.trim() !== "") action.run(code.trim());
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <div class={wrong ? "field wrong" : "field"}>
        <label for="code">
          {words.codeLabel} <span class="hint">{words.codeHint}</span>
        </label>
        <input
          id="code"
          type="text"
          inputMode="text"
          autocomplete="one-time-code"
          value={code}
          aria-invalid={wrong}
          aria-describedby="code-error"
          onInput={(event) => setCode(event.currentTarget.value)}
        />
        <p role="alert" class="error" id="code-error">
          {wrong ? words.codeNeeded : ""}
        </p>
      </div>
      <div>
        <button type="submit" class="btn" aria-disabled={action.busy}>
          {action.busy ? words.proving : words.prove}
        </button>
      </div>
      <NotDone failure={action.failure} />
    </form>
  );
}
