import type { ParticipantState } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { OwnActions } from "../data/use-own-page.ts";
import type { OwnPage } from "../state/own-page.ts";
import type { Words } from "../text/index.ts";
import { ErrorSign } from "../ui/ErrorSign.tsx";
import { Heading } from "../ui/Heading.tsx";

interface CodeProps {
  readonly words: Words;
  readonly busy: boolean;
  readonly study: ParticipantState["study"];
  readonly own: Extract<OwnPage, { kind: "code" }>;
  readonly actions: Pick<OwnActions, "askForCode" | "typeCode">;
  /** What the code is for, when not for one's own answers. */
  readonly lead?: { readonly title: string; readonly why: string; readonly go: string };
}

/** Asks for the one-time code that opens earlier answers; nobody learns here whether an address is known. */
export function OwnCode({ words, busy, study, own, actions, lead }: CodeProps): JSX.Element {
  const { code } = words.own;
  const asked = own.minutes !== undefined;
  const ask = study.tryIt ? code.askShown : asked ? code.again : code.ask;
  return (
    <>
      <Heading>{lead?.title ?? words.own.title}</Heading>
      <p class="lede">{lead?.why ?? code.why}</p>
      {study.tryIt ? <p class="after">{code.shownWhy}</p> : null}
      <p role="status" class={asked ? "after" : ""}>
        {messageOf(own, code)}
      </p>
      {asked ? (
        <CodeForm words={words} busy={busy} own={own} actions={actions} go={lead?.go ?? code.go} />
      ) : null}
      {asked ? null : <Refusal words={words} own={own} />}
      <div class="go">
        <button
          type="button"
          class={asked ? "btn second" : "btn"}
          onClick={() => actions.askForCode(study.tryIt)}
          aria-disabled={busy}
        >
          {busy && !asked ? code.asking : ask}
        </button>
      </div>
      {study.tryIt ? null : (
        <p class="soft after">
          {code.noMail(study.contact.name)}{" "}
          <a href={`mailto:${study.contact.email}`}>{study.contact.email}</a>
        </p>
      )}
    </>
  );
}

function messageOf(own: CodeProps["own"], code: Words["own"]["code"]): string {
  if (own.minutes === undefined) return "";
  return own.shown === undefined ? code.sent(own.minutes) : code.shown(own.shown, own.minutes);
}

interface FormProps extends Omit<CodeProps, "study" | "lead"> {
  readonly go: string;
}

function CodeForm({ words, busy, own, actions, go }: FormProps): JSX.Element {
  const { code } = words.own;
  const [typed, setTyped] = useState("");
  const wrong = own.refusal !== undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) actions.typeCode(typed, own);
      }}
    >
      <div class={wrong ? "field wrong" : "field"}>
        <label for="code">
          {code.label} <span class="req">{code.hint}</span>
        </label>
        <input
          id="code"
          class="figures figures-many"
          type="text"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          aria-invalid={wrong}
          aria-describedby={wrong ? "code-error" : undefined}
        />
        <Refusal words={words} own={own} />
      </div>
      <div class="go">
        <button type="submit" class="btn" aria-disabled={busy}>
          {busy ? code.going : go}
        </button>
      </div>
    </form>
  );
}

function Refusal({ words, own }: Pick<CodeProps, "words" | "own">): JSX.Element {
  return (
    <div role="alert">
      {own.refusal === undefined ? null : (
        <p class="error" id="code-error">
          <ErrorSign />
          <span>{words.own.code[own.refusal]}</span>
        </p>
      )}
    </div>
  );
}
