import type { OwnContact, ParticipantState } from "@longwave/api";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ContactActions } from "../data/contact.ts";
import type { ContactPage } from "../state/contact-page.ts";
import type { Words } from "../text/index.ts";
import { ErrorSign } from "../ui/ErrorSign.tsx";
import { Heading } from "../ui/Heading.tsx";
import { Opening, TroubleNote } from "./Notes.tsx";
import { OwnCode } from "./OwnCode.tsx";

interface ContactProps {
  readonly words: Words;
  readonly study: ParticipantState["study"];
  readonly actions: ContactActions;
  readonly onClose: () => void;
}

/** How somebody is reached: a code first, then name, e-mail and telephone to look at and change. */
export function Contact(props: ContactProps): JSX.Element {
  const { words, study, actions } = props;
  const [page, setPage] = useState<ContactPage>({ kind: "loading" });
  const [busy, setBusy] = useState(false);
  useFocusOnNewPage(page.kind);
  useEffect(() => void actions.load().then(setPage), [actions]);
  const go = (next: Promise<ContactPage>): void => {
    if (busy) return;
    setBusy(true);
    void next.then((after) => {
      setPage(after);
      setBusy(false);
    });
  };
  return (
    <>
      {page.kind === "loading" ? <Opening words={{ ...words, opening: words.contact.loading }} /> : null}
      {page.kind === "trouble" ? (
        <>
          <Heading>{words.contact.title}</Heading>
          <TroubleNote words={words} trouble={page.trouble} />
        </>
      ) : null}
      {page.kind === "code" ? (
        <>
          <OwnCode
            words={words}
            busy={busy}
            study={study}
            own={page.asked}
            lead={words.contact.code}
            actions={{
              askForCode: () => go(actions.askForCode()),
              typeCode: (code, asked) => go(actions.typeCode(code, asked)),
            }}
          />
          <p class="soft">{words.contact.lost}</p>
        </>
      ) : null}
      {page.kind === "form" ? (
        <Known words={words} page={page} busy={busy} actions={actions} go={go} />
      ) : null}
      <div class="go">
        <button type="button" class="btn quiet" onClick={props.onClose}>
          {words.contact.back}
        </button>
      </div>
    </>
  );
}

/** A new heading is read out. */
function useFocusOnNewPage(kind: ContactPage["kind"]): void {
  const before = useRef(kind);
  useEffect(() => {
    if (before.current === kind) return;
    before.current = kind;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>("#contact h1")?.focus({ preventScroll: true });
  }, [kind]);
}

interface KnownProps {
  readonly words: Words;
  readonly page: Extract<ContactPage, { kind: "form" }>;
  readonly busy: boolean;
  readonly actions: ContactActions;
  readonly go: (next: Promise<ContactPage>) => void;
}

function Known({ words, page, busy, actions, go }: KnownProps): JSX.Element {
  const { contact } = words;
  const { mistake, done } = page;
  const known = page.contact;
  const [name, setName] = useState(known.name ?? "");
  const [email, setEmail] = useState(known.waiting?.email ?? known.email ?? "");
  const [phone, setPhone] = useState(known.phone ?? "");
  const save = (event: Event): void => {
    event.preventDefault();
    if (!busy) go(actions.save({ name, email, phone }, known));
  };
  const saved = done === "saved" && known.waiting === undefined ? contact.saved : "";
  const said = done === "moved" ? contact.moved(known.email ?? "") : saved;
  return (
    <>
      <Heading>{contact.title}</Heading>
      <p class="lede">{contact.lede}</p>
      <p role="status" class={said === "" ? "" : "after"}>
        {said}
      </p>
      {known.waiting === undefined ? null : (
        <Waiting words={words} page={page} busy={busy} actions={actions} go={go} waiting={known.waiting} />
      )}
      {known.mailReturns ? <p class="trouble">{contact.returns}</p> : null}
      <form noValidate onSubmit={save}>
        <Field id="name" label={contact.name} hint={contact.optional} value={name} onText={setName} />
        <Field
          id="email"
          label={contact.email}
          hint={contact.emailHint}
          value={email}
          onText={setEmail}
          error={mistake === "wrongEmail" ? contact.wrongEmail : undefined}
        />
        <Field
          id="tel"
          label={contact.phone}
          hint={contact.optional}
          value={phone}
          onText={setPhone}
          error={mistake === "wrongPhone" ? contact.wrongPhone : undefined}
        />
        <div role="alert">{mistake === "tooMany" ? <p class="trouble">{contact.tooMany}</p> : null}</div>
        <TroubleNote words={words} trouble={page.trouble} />
        <div class="go">
          <button type="submit" class={known.waiting ? "btn second" : "btn"} aria-disabled={busy}>
            {busy ? contact.saving : contact.save}
          </button>
        </div>
      </form>
    </>
  );
}

/** The code that shows that the new address is read. */
function Waiting(props: KnownProps & { readonly waiting: NonNullable<OwnContact["waiting"]> }): JSX.Element {
  const { words, page, busy, actions, go, waiting } = props;
  const { contact } = words;
  const [code, setCode] = useState("");
  const { mistake } = page;
  const error = mistake === "wrongCode" || mistake === "taken" ? contact[mistake] : undefined;
  return (
    <form
      noValidate
      class="own-part"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) go(actions.confirm(code, page.contact));
      }}
    >
      <h2>{contact.waitingTitle}</h2>
      <p role="status">{contact.waiting(waiting.email)}</p>
      <Field
        id="one-time-code"
        label={contact.codeLabel}
        hint={contact.codeHint}
        value={code}
        onText={setCode}
        error={error}
      />
      <div class="go">
        <button type="submit" class="btn" aria-disabled={busy}>
          {contact.confirm}
        </button>
      </div>
    </form>
  );
}

interface FieldProps {
  /** Also what browsers offer to fill in there. */
  readonly id: "name" | "email" | "tel" | "one-time-code";
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly onText: (text: string) => void;
}

function Field({ id, label, hint, value, error, onText }: FieldProps): JSX.Element {
  const own = `contact-${id}`;
  const isCode = id === "one-time-code";
  return (
    <div class={error === undefined ? "field" : "field wrong"}>
      <label for={own}>{label}</label>
      <p class="hint" id={`${own}-hint`}>
        {hint}
      </p>
      <input
        id={own}
        type={isCode || id === "name" ? "text" : id}
        class={isCode ? "figures figures-many" : undefined}
        inputMode={isCode ? "numeric" : undefined}
        autoComplete={id}
        maxLength={id === "name" ? 120 : id === "email" ? 254 : 40}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? `${own}-hint` : `${own}-hint ${own}-error`}
        onInput={({ currentTarget }) => onText(currentTarget.value)}
      />
      <div role="alert">
        {error === undefined ? null : (
          <p class="error" id={`${own}-error`}>
            <ErrorSign />
            <span>{error}</span>
          </p>
        )}
      </div>
    </div>
  );
}
