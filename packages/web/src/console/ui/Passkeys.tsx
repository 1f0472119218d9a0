import type { Account, Passkey } from "@longwave/api";
import { startAuthentication, startRegistration } from "@simplewebauthn/browser";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { type Action, useAction } from "../data/use-resource.ts";
import { accountPage as words } from "../text/account.ts";
import { shortMoment } from "../text/en.ts";
import { NotDone } from "./States.tsx";

interface PasskeysProps {
  readonly account: Account;
  readonly onAccount: (account: Account) => void;
}

/** The passkeys of an account: to sign with one, to add one under a name, to take one away. */
export function Passkeys({ account, onAccount }: PasskeysProps): JSX.Element {
  const { passkeys, secondFactor } = account;
  const remove = useAction((passkey: string) => api.removePasskey({ body: { passkey } }), onAccount);
  return (
    <section class="card stack" aria-labelledby="passkeys">
      <h2 id="passkeys">{words.passkeysTitle}</h2>
      <p class="measure">{words.passkeysWhy}</p>
      {passkeys.length === 0 ? (
        <p class="soft">{words.noPasskeys}</p>
      ) : (
        <ul class="rows">
          {passkeys.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} mayRemove={secondFactor === "verified"} remove={remove} />
          ))}
        </ul>
      )}
      <NotDone failure={remove.failure} />
      {secondFactor === "set" ? (
        <Show isThere={passkeys.length > 0} onAccount={onAccount} />
      ) : (
        <Add onAccount={onAccount} />
      )}
    </section>
  );
}

interface RowProps {
  readonly passkey: Passkey;
  readonly mayRemove: boolean;
  readonly remove: Action<string>;
}

function Row({ passkey, mayRemove, remove }: RowProps): JSX.Element {
  const { id, name, addedAt, usedAt } = passkey;
  const used = usedAt === null ? words.passkeyNotUsed : words.passkeyUsed(shortMoment(usedAt));
  return (
    <li>
      <div>
        <p class="break">{name}</p>
        <p class="soft small">
          {words.passkeyAdded(shortMoment(addedAt))}, {used}
        </p>
      </div>
      {mayRemove ? (
        <button
          type="button"
          class="btn quiet"
          aria-disabled={remove.busy}
          aria-label={words.removePasskey(name)}
          onClick={() => remove.run(id)}
        >
          {words.remove}
        </button>
      ) : null}
    </li>
  );
}

/** Whether the device was reached; when it was not, or said no, the words of the page are enough. */
type Asked<T> = { readonly kind: "done"; readonly value: T } | { readonly kind: "device" };

async function withDevice<T>(
  answer: Promise<unknown>,
  send: (signed: Signed) => Promise<T>,
): Promise<Asked<T>> {
  const signed = await answer.then(
    (value) => value as Signed,
    () => undefined,
  );
  return signed === undefined ? { kind: "device" } : { kind: "done", value: await send(signed) };
}

type Signed = Readonly<Record<string, unknown>>;

/** An action that asks a device, and whether the device did not do it. */
function useDevice(
  act: (input: string) => Promise<Asked<Account>>,
  onAccount: (account: Account) => void,
): Action<string> & { readonly noDevice: boolean } {
  const [noDevice, setNoDevice] = useState(false);
  const action = useAction(act, (asked) => {
    setNoDevice(asked.kind === "device");
    if (asked.kind === "done") onAccount(asked.value);
  });
  return { ...action, noDevice };
}

interface ShowProps extends Pick<PasskeysProps, "onAccount"> {
  readonly isThere: boolean;
}

function Show({ isThere, onAccount }: ShowProps): JSX.Element {
  const action = useDevice(async () => {
    const options = await api.askPasskey();
    const answer = startAuthentication({ optionsJSON: options as never });
    return withDevice(answer, (signed) => api.provePasskey({ body: { signed } }));
  }, onAccount);
  if (!isThere) return <p class="soft">{words.passkeyAfterCode}</p>;
  return (
    <>
      <div>
        <button type="button" class="btn" aria-disabled={action.busy} onClick={() => action.run("")}>
          {action.busy ? words.waitingForDevice : words.usePasskey}
        </button>
      </div>
      <Device action={action} />
    </>
  );
}

function Add({ onAccount }: Pick<PasskeysProps, "onAccount">): JSX.Element {
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const action = useDevice(
    async (given) => {
      const options = await api.beginPasskey();
      const answer = startRegistration({ optionsJSON: options as never });
      return withDevice(answer, (signed) => api.addPasskey({ body: { name: given, signed } }));
    },
    (account) => {
      setName("");
      setTried(false);
      onAccount(account);
    },
  );
  const wrong = tried && name.trim() === "";
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== "") action.run(name.trim());
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <div class={wrong ? "field wrong" : "field"}>
        <label for="passkey-name">
          {words.passkeyName} <span class="hint">{words.passkeyNameHint}</span>
        </label>
        <input
          id="passkey-name"
          maxLength={60}
          value={name}
          aria-invalid={wrong}
          aria-describedby="passkey-name-error"
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <p role="alert" class="error" id="passkey-name-error">
          {wrong ? words.passkeyNameNeeded : ""}
        </p>
      </div>
      <div>
        <button type="submit" class="btn second" aria-disabled={action.busy}>
          {action.busy ? words.waitingForDevice : words.addPasskey}
        </button>
      </div>
      <Device action={action} />
    </form>
  );
}

function Device({ action }: { readonly action: ReturnType<typeof useDevice> }): JSX.Element {
  return (
    <>
      <p role="alert" class={action.noDevice ? "error" : ""}>
        {action.noDevice && !action.busy ? words.noDevice : ""}
      </p>
      <NotDone failure={action.failure} />
    </>
  );
}
