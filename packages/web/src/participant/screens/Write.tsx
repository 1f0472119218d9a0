import type { InboxAbout, ParticipantState } from "@longwave/api";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Reply } from "../data/server.ts";
import { troubleOf } from "../data/server.ts";
import type { World } from "../data/world.ts";
import type { TroubleKind, Words } from "../text/index.ts";
import { ErrorSign } from "../ui/ErrorSign.tsx";
import { Heading } from "../ui/Heading.tsx";
import { TroubleNote } from "./Notes.tsx";

interface WriteProps {
  readonly words: Words;
  readonly study: ParticipantState["study"];
  readonly world: Pick<World, "server" | "newId">;
  readonly onClose: () => void;
}

type Missing = "about" | "words";
const abouts: readonly InboxAbout[] = ["question", "contact", "harm", "other"];

/** Writing to the study team: where to turn in need stands first, and nobody promises to read at once. */
export function Write({ words, study, world, onClose }: WriteProps): JSX.Element {
  const [done, setDone] = useState(false);
  useFocusWhen(done);
  const { write } = words;
  return (
    <>
      <Heading>{done ? write.doneTitle : write.title}</Heading>
      <p class="lede">{done ? write.done : write.lede}</p>
      <div class="help">
        <p>
          <b>{write.needTitle}</b> {study.help ?? `${words.helpPage.urgentTitle} ${words.helpPage.urgent}`}
        </p>
      </div>
      {done ? null : <Letter words={words} world={world} onDone={() => setDone(true)} />}
      <div class="go">
        <button type="button" class={done ? "btn" : "btn quiet"} onClick={onClose}>
          {write.back}
        </button>
      </div>
    </>
  );
}

/** A new heading is read out. */
function useFocusWhen(done: boolean): void {
  useEffect(() => {
    if (!done) return;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>("#write h1")?.focus({ preventScroll: true });
  }, [done]);
}

interface LetterProps extends Pick<WriteProps, "words" | "world"> {
  readonly onDone: () => void;
}

function Letter({ words, world, onDone }: LetterProps): JSX.Element {
  const { write } = words;
  const id = useRef(world.newId());
  const [about, setAbout] = useState<InboxAbout | undefined>(undefined);
  const [text, setText] = useState("");
  const [missing, setMissing] = useState<Missing | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<TroubleKind | "too_many" | undefined>(undefined);
  const send = (event: Event): void => {
    event.preventDefault();
    if (busy) return;
    const lacks = about === undefined ? "about" : text.trim() === "" ? "words" : undefined;
    setMissing(lacks);
    if (about === undefined || lacks !== undefined) return;
    setBusy(true);
    void world.server.writeToTeam({ id: id.current, about, words: text.trim() }).then((reply) => {
      setBusy(false);
      if (reply.kind === "ok") onDone();
      else setFailed(failureOf(reply));
    });
  };
  return (
    <form class="write" noValidate onSubmit={send}>
      <fieldset aria-describedby={missing === "about" ? "write-about" : undefined}>
        <legend class="after">{write.about}</legend>
        <div class="options">
          {abouts.map((each) => (
            <label class="option" key={each}>
              <input
                type="radio"
                name="about"
                value={each}
                checked={about === each}
                onChange={() => setAbout(each)}
              />
              <span>{write.abouts[each]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Mistake id="write-about" words={missing === "about" ? write.chooseFirst : undefined} />
      <div class={missing === "words" ? "field wrong" : "field"}>
        <label for="write-words">{write.words}</label>
        <p class="hint" id="write-hint">
          {write.hint}
        </p>
        <textarea
          id="write-words"
          rows={6}
          maxLength={4000}
          value={text}
          aria-describedby={missing === "words" ? "write-hint write-text" : "write-hint"}
          aria-invalid={missing === "words"}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <Mistake id="write-text" words={missing === "words" ? write.writeFirst : undefined} />
      <div role="alert">{failed === "too_many" ? <p class="trouble">{write.tooMany}</p> : null}</div>
      <TroubleNote words={words} trouble={failed === "too_many" ? undefined : failed} />
      <div class="go">
        <button type="submit" class="btn" aria-disabled={busy}>
          {busy ? write.sending : write.send}
        </button>
      </div>
    </form>
  );
}

function failureOf(reply: Exclude<Reply<unknown>, { kind: "ok" }>): TroubleKind | "too_many" {
  return reply.kind === "problem" && reply.code === "request.too-many" ? "too_many" : troubleOf(reply);
}

function Mistake({ id, words }: { readonly id: string; readonly words: string | undefined }): JSX.Element {
  return (
    <div role="alert" class="field">
      {words === undefined ? null : (
        <p class="error" id={id}>
          <ErrorSign />
          <span>{words}</span>
        </p>
      )}
    </div>
  );
}
